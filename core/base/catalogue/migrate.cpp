#include "core/base/catalogue/areas.h"

#include <QtGlobal>
#include <array>

namespace tern::base {

namespace {

// The lines of a migration plan: what is (sentence) and why, or what comes of it (remedy).
constexpr std::array rows{
    // Why this protocol.
    CatalogueRow{
        "tern.migrate.use.both", QT_TRANSLATE_NOOP("Catalogue", "The server offers both secure ways, IKEv2 and SSTP."),
        QT_TRANSLATE_NOOP("Catalogue", "Tern uses IKEv2, which is faster and survives a change of network, and "
                                       "SSTP where a network blocks IKEv2.")},
    CatalogueRow{"tern.migrate.use.ikev2", QT_TRANSLATE_NOOP("Catalogue", "The server offers IKEv2."),
                 QT_TRANSLATE_NOOP("Catalogue", "It is the safest and fastest way, and survives a change of network.")},
    CatalogueRow{
        "tern.migrate.use.sstp", QT_TRANSLATE_NOOP("Catalogue", "The server offers SSTP."),
        QT_TRANSLATE_NOOP("Catalogue", "It is protected like a secure web site, and works nearly everywhere.")},
    CatalogueRow{"tern.migrate.use.sstp-not-weak",
                 QT_TRANSLATE_NOOP("Catalogue", "The server offers SSTP, and IKEv2 with outdated encryption only."),
                 QT_TRANSLATE_NOOP("Catalogue", "Tern uses SSTP, which is protected like a secure web site.")},
    CatalogueRow{
        "tern.migrate.use.proxy",
        QT_TRANSLATE_NOOP("Catalogue", "Your connection goes through a proxy, and only SSTP can."),
        QT_TRANSLATE_NOOP("Catalogue", "It is protected like a secure web site, and works nearly everywhere.")},
    CatalogueRow{"tern.migrate.use.weak",
                 QT_TRANSLATE_NOOP("Catalogue", "The server offers IKEv2, but with outdated encryption only."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "It is better than what you have, but not good: ask the administrator to "
                                   "update it. A letter is ready for that.")},
    CatalogueRow{"tern.migrate.use.asked", QT_TRANSLATE_NOOP("Catalogue", "You asked for %1."),
                 QT_TRANSLATE_NOOP("Catalogue", "The trial connection shows whether it works.")},
    CatalogueRow{"tern.migrate.use.unchecked", QT_TRANSLATE_NOOP("Catalogue", "The server has not been checked."),
                 QT_TRANSLATE_NOOP("Catalogue", "Tern tries IKEv2 and SSTP; the trial connection shows what works.")},
    // Why none.
    CatalogueRow{"tern.migrate.not.needed", QT_TRANSLATE_NOOP("Catalogue", "This connection is fine as it is."),
                 QT_TRANSLATE_NOOP("Catalogue", "Nothing has to be done.")},
    CatalogueRow{"tern.migrate.not.only-retired",
                 QT_TRANSLATE_NOOP("Catalogue", "The server %1 offers only what is being retired."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Its administrator has to enable SSTP or IKEv2 first. A letter that says "
                                   "how is ready to be sent.")},
    CatalogueRow{"tern.migrate.not.repair",
                 QT_TRANSLATE_NOOP("Catalogue", "The server %1 answers, but cannot be used as it is."),
                 QT_TRANSLATE_NOOP("Catalogue", "Its administrator has to repair it first. A letter that says what and "
                                                "how is ready to be sent.")},
    CatalogueRow{"tern.migrate.not.silent", QT_TRANSLATE_NOOP("Catalogue", "No VPN answers at %1."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Check the server's name and that this computer is on the network, then "
                                   "check again. If it stays so, send the letter to its administrator.")},
    CatalogueRow{"tern.migrate.not.asked", QT_TRANSLATE_NOOP("Catalogue", "The server does not offer %1."),
                 QT_TRANSLATE_NOOP("Catalogue", "It does offer %2: choose that, or leave the choice to Tern.")},
    CatalogueRow{"tern.migrate.not.policy",
                 QT_TRANSLATE_NOOP("Catalogue", "What the server offers is less safe than your organisation asks for."),
                 QT_TRANSLATE_NOOP("Catalogue", "Its administrator has to update it first. A letter that says how is "
                                                "ready to be sent.")},
    CatalogueRow{"tern.migrate.not.no-server",
                 QT_TRANSLATE_NOOP("Catalogue", "This connection does not say which server to call."),
                 QT_TRANSLATE_NOOP("Catalogue", "Enter the server's name; your administrator knows it.")},
    // What comes along.
    CatalogueRow{"tern.migrate.keep.server", QT_TRANSLATE_NOOP("Catalogue", "Server: %1"),
                 QT_TRANSLATE_NOOP("Catalogue", "This server is called.")},
    CatalogueRow{"tern.migrate.keep.username", QT_TRANSLATE_NOOP("Catalogue", "User name: %1"),
                 QT_TRANSLATE_NOOP("Catalogue", "You sign in as before.")},
    CatalogueRow{"tern.migrate.keep.name-asked", QT_TRANSLATE_NOOP("Catalogue", "User name: asked when connecting"),
                 QT_TRANSLATE_NOOP("Catalogue", "The old connection had none.")},
    CatalogueRow{"tern.migrate.keep.password",
                 QT_TRANSLATE_NOOP("Catalogue", "Password: as before, sent only through a protected connection"),
                 QT_TRANSLATE_NOOP("Catalogue", "If it is in your keyring, it moves to the new connection there.")},
    CatalogueRow{"tern.migrate.keep.certificate", QT_TRANSLATE_NOOP("Catalogue", "Your certificate: %1"),
                 QT_TRANSLATE_NOOP("Catalogue", "It is read where it is, as before.")},
    CatalogueRow{"tern.migrate.keep.shared-key", QT_TRANSLATE_NOOP("Catalogue", "The shared key of this connection"),
                 QT_TRANSLATE_NOOP("Catalogue", "It was made for IKEv2. A personal sign-in would be safer.")},
    CatalogueRow{"tern.migrate.keep.new-shared-key",
                 QT_TRANSLATE_NOOP("Catalogue", "A new shared key, asked when connecting"),
                 QT_TRANSLATE_NOOP("Catalogue", "It must not be the one of L2TP, which too many people know.")},
    CatalogueRow{
        "tern.migrate.keep.authority", QT_TRANSLATE_NOOP("Catalogue", "The certificate authority of this connection"),
        QT_TRANSLATE_NOOP("Catalogue", "The server has to prove itself with a certificate of that authority.")},
    CatalogueRow{
        "tern.migrate.keep.policy-authority",
        QT_TRANSLATE_NOOP("Catalogue", "The certificate authority of your organisation"),
        QT_TRANSLATE_NOOP("Catalogue", "The server has to prove itself with a certificate of that authority.")},
    CatalogueRow{"tern.migrate.keep.pins", QT_TRANSLATE_NOOP("Catalogue", "The server's key: %1"),
                 QT_TRANSLATE_NOOP("Catalogue", "Only a server with that key is trusted.")},
    CatalogueRow{"tern.migrate.keep.eap-names", QT_TRANSLATE_NOOP("Catalogue", "The sign-in server's name: %1"),
                 QT_TRANSLATE_NOOP("Catalogue", "Your password goes to a server of that name only.")},
    CatalogueRow{"tern.migrate.keep.full-tunnel",
                 QT_TRANSLATE_NOOP("Catalogue", "All traffic goes through the connection"),
                 QT_TRANSLATE_NOOP("Catalogue", "As before.")},
    CatalogueRow{"tern.migrate.keep.split-tunnel",
                 QT_TRANSLATE_NOOP("Catalogue", "Only what belongs to the other network goes through the connection"),
                 QT_TRANSLATE_NOOP("Catalogue", "As before.")},
    CatalogueRow{"tern.migrate.keep.routes", QT_TRANSLATE_NOOP("Catalogue", "Networks: %1"),
                 QT_TRANSLATE_NOOP("Catalogue", "They are reached through the connection, as before.")},
    CatalogueRow{"tern.migrate.keep.excluded", QT_TRANSLATE_NOOP("Catalogue", "Networks beside the connection: %1"),
                 QT_TRANSLATE_NOOP("Catalogue", "They are reached directly, as before.")},
    CatalogueRow{"tern.migrate.keep.dns", QT_TRANSLATE_NOOP("Catalogue", "Name servers: %1"),
                 QT_TRANSLATE_NOOP("Catalogue", "As before.")},
    CatalogueRow{"tern.migrate.keep.domains", QT_TRANSLATE_NOOP("Catalogue", "Name domains: %1"),
                 QT_TRANSLATE_NOOP("Catalogue", "As before.")},
    CatalogueRow{"tern.migrate.keep.address", QT_TRANSLATE_NOOP("Catalogue", "Your fixed address: %1"),
                 QT_TRANSLATE_NOOP("Catalogue", "As before.")},
    CatalogueRow{"tern.migrate.keep.ipsec-policy", QT_TRANSLATE_NOOP("Catalogue", "Encryption as it was chosen: %1"),
                 QT_TRANSLATE_NOOP("Catalogue", "It is asked for first.")},
    CatalogueRow{"tern.migrate.keep.proxy", QT_TRANSLATE_NOOP("Catalogue", "Proxy: %1"),
                 QT_TRANSLATE_NOOP("Catalogue", "The connection goes through it, as before.")},
    CatalogueRow{"tern.migrate.keep.always-on", QT_TRANSLATE_NOOP("Catalogue", "Connecting by itself"),
                 QT_TRANSLATE_NOOP("Catalogue", "As before.")},
    // What stays behind.
    CatalogueRow{"tern.migrate.drop.protocol", QT_TRANSLATE_NOOP("Catalogue", "%1 is not used any more."),
                 QT_TRANSLATE_NOOP("Catalogue", "It is no longer safe, and it is being switched off everywhere.")},
    CatalogueRow{"tern.migrate.drop.fall-back",
                 QT_TRANSLATE_NOOP("Catalogue", "PPTP and L2TP are no way out any more when the secure ways fail."),
                 QT_TRANSLATE_NOOP("Catalogue", "Who disturbs the secure ways could have forced the unsafe ones.")},
    CatalogueRow{"tern.migrate.drop.plugin", QT_TRANSLATE_NOOP("Catalogue", "The extra program (%1) is not used."),
                 QT_TRANSLATE_NOOP("Catalogue", "Tern connects by itself; ask your administrator whether the server "
                                                "lets you in that way.")},
    CatalogueRow{"tern.migrate.drop.ppp-encryption",
                 QT_TRANSLATE_NOOP("Catalogue", "Connecting without encryption is not possible any more."),
                 QT_TRANSLATE_NOOP("Catalogue", "IKEv2 and SSTP always encrypt.")},
    CatalogueRow{"tern.migrate.drop.server",
                 QT_TRANSLATE_NOOP("Catalogue", "The old server is not called any more: %1"),
                 QT_TRANSLATE_NOOP("Catalogue", "Another one takes its place.")},
    CatalogueRow{"tern.migrate.drop.port", QT_TRANSLATE_NOOP("Catalogue", "Port %1 is not used any more."),
                 QT_TRANSLATE_NOOP("Catalogue", "It belonged to the old protocol.")},
    CatalogueRow{"tern.migrate.drop.old-sign-in",
                 QT_TRANSLATE_NOOP("Catalogue", "Old ways to sign in are not used any more: %1"),
                 QT_TRANSLATE_NOOP("Catalogue", "The password could be read or guessed from them.")},
    CatalogueRow{"tern.migrate.drop.shared-key",
                 QT_TRANSLATE_NOOP("Catalogue", "The shared key of L2TP is not used again."),
                 QT_TRANSLATE_NOOP("Catalogue", "Everybody who has it can pretend to be your server. The server proves "
                                                "itself with a certificate instead.")},
    CatalogueRow{"tern.migrate.drop.eap-type",
                 QT_TRANSLATE_NOOP("Catalogue", "The way to sign in with number %1 is not known to Tern."),
                 QT_TRANSLATE_NOOP("Catalogue", "You sign in by user name and password instead.")},
    CatalogueRow{"tern.migrate.drop.no-check",
                 QT_TRANSLATE_NOOP("Catalogue", "Connecting without checking the server is not possible any more."),
                 QT_TRANSLATE_NOOP("Catalogue", "Tern always checks, so that no false server gets your password.")},
    CatalogueRow{"tern.migrate.drop.ipsec-policy",
                 QT_TRANSLATE_NOOP("Catalogue", "The chosen IPsec encryption is not used."),
                 QT_TRANSLATE_NOOP("Catalogue", "SSTP is encrypted by TLS, with the best that both sides have.")},
    CatalogueRow{"tern.migrate.drop.weak-policy",
                 QT_TRANSLATE_NOOP("Catalogue", "The outdated encryption of the old settings is not used: %1"),
                 QT_TRANSLATE_NOOP("Catalogue", "Tern asks for the best that both sides have.")},
    CatalogueRow{"tern.migrate.drop.weak-allowed",
                 QT_TRANSLATE_NOOP("Catalogue", "Outdated encryption is not allowed any more."),
                 QT_TRANSLATE_NOOP("Catalogue", "It can be allowed again in the connection's settings.")},
    CatalogueRow{"tern.migrate.drop.proxy", QT_TRANSLATE_NOOP("Catalogue", "The proxy %1 is not used."),
                 QT_TRANSLATE_NOOP("Catalogue", "Only SSTP goes through a proxy.")},
    // What a person is asked.
    CatalogueRow{"tern.migrate.ask.server", QT_TRANSLATE_NOOP("Catalogue", "Server"),
                 QT_TRANSLATE_NOOP("Catalogue", "Another one, if your administrator has told you so.")},
    CatalogueRow{"tern.migrate.ask.server-replaced", QT_TRANSLATE_NOOP("Catalogue", "Server"),
                 QT_TRANSLATE_NOOP("Catalogue", "Your organisation has replaced the old server by this one.")},
    CatalogueRow{"tern.migrate.ask.username", QT_TRANSLATE_NOOP("Catalogue", "User name"),
                 QT_TRANSLATE_NOOP("Catalogue", "Empty: it is asked when connecting.")},
    CatalogueRow{"tern.migrate.ask.name-form", QT_TRANSLATE_NOOP("Catalogue", "User name"),
                 QT_TRANSLATE_NOOP("Catalogue", "Some servers want it with the domain: COMPANY\\%1 or %1@company.com. "
                                                "Change it only if signing in fails or your administrator says so.")},
    CatalogueRow{"tern.migrate.ask.name-whole", QT_TRANSLATE_NOOP("Catalogue", "User name"),
                 QT_TRANSLATE_NOOP("Catalogue", "As before, with its domain.")},
    CatalogueRow{"tern.migrate.ask.certificate", QT_TRANSLATE_NOOP("Catalogue", "Your certificate"),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "You sign in with one: a file from your administrator (.p12), or a smart "
                                   "card.")},
    CatalogueRow{"tern.migrate.ask.authority",
                 QT_TRANSLATE_NOOP("Catalogue", "The certificate authority of your organisation"),
                 QT_TRANSLATE_NOOP("Catalogue", "This computer does not know who vouches for the server. Ask your "
                                                "administrator for the authority's certificate, a file.")},
    CatalogueRow{"tern.migrate.ask.authority-maybe",
                 QT_TRANSLATE_NOOP("Catalogue", "The certificate authority of your organisation"),
                 QT_TRANSLATE_NOOP("Catalogue", "Only if your administrator has given you its certificate, a file.")},
    CatalogueRow{
        "tern.migrate.ask.allow-weak", QT_TRANSLATE_NOOP("Catalogue", "Allow outdated encryption for this connection"),
        QT_TRANSLATE_NOOP("Catalogue", "Somebody with enough effort can read along. Better send the letter to the "
                                       "administrator first.")},
    // What can go wrong on the way.
    CatalogueRow{"tern.migrate.busy", QT_TRANSLATE_NOOP("Catalogue", "Another connection is being tried right now."),
                 QT_TRANSLATE_NOOP("Catalogue", "Wait until it is done, or cancel it, then try again.")},
    CatalogueRow{"tern.migrate.unanswered", QT_TRANSLATE_NOOP("Catalogue", "Something is still missing: %1"),
                 QT_TRANSLATE_NOOP("Catalogue", "Answer the question, then try again.")},
    CatalogueRow{"tern.migrate.cancelled", QT_TRANSLATE_NOOP("Catalogue", "The trial was cancelled."),
                 QT_TRANSLATE_NOOP("Catalogue", "Everything is as it was before.")},
    CatalogueRow{"tern.migrate.changed", QT_TRANSLATE_NOOP("Catalogue", "“%1” was changed or removed meanwhile."),
                 QT_TRANSLATE_NOOP("Catalogue", "Look at it, then start again.")},
    CatalogueRow{"tern.migrate.nothing-to-undo",
                 QT_TRANSLATE_NOOP("Catalogue", "“%1” was not migrated, so there is nothing to undo."),
                 QT_TRANSLATE_NOOP("Catalogue", "ternctl archive lists the connections that were replaced.")},
};

} // namespace

std::span<const CatalogueRow> migrateRows() {
    return rows;
}

} // namespace tern::base
