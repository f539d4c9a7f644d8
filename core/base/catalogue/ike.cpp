#include "core/base/catalogue/areas.h"

#include <QtGlobal>
#include <array>

namespace tern::base {

namespace {

constexpr const char* allowOutdated =
    QT_TRANSLATE_NOOP("Catalogue", "The server may only have the outdated encryption that Windows servers start with. "
                                   "Ask whoever runs it to allow AES-256 with SHA-256 and group 14 or 19. Until then "
                                   "you can allow outdated encryption for this connection alone, in its settings or "
                                   "with: ternctl set NAME legacy-algorithms=on");

// %1 is the server as the user dialled it.
constexpr std::array rows{
    CatalogueRow{"tern.ike.internal", QT_TRANSLATE_NOOP("Catalogue", "Tern made a mistake of its own."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again. If it happens again, save a report and send it to us.")},

    // No answer.
    CatalogueRow{"tern.ike.no-answer", QT_TRANSLATE_NOOP("Catalogue", "%1 does not answer."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check the server name and your internet connection. Some networks, "
                                                "such as hotels, block this kind of VPN: try another network.")},
    CatalogueRow{"tern.ike.no-answer-4500",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 answered at first and then went silent."),
                 QT_TRANSLATE_NOOP("Catalogue", "A firewall on the way probably blocks UDP port 4500. Try another "
                                                "network, or ask whoever runs the server or the network.")},
    CatalogueRow{"tern.ike.lost", QT_TRANSLATE_NOOP("Catalogue", "The connection to %1 was lost."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check your internet connection, then connect again.")},
    CatalogueRow{"tern.ike.closed-by-server", QT_TRANSLATE_NOOP("Catalogue", "%1 ended the connection."),
                 QT_TRANSLATE_NOOP("Catalogue", "Connect again. If it keeps happening, ask whoever runs the server "
                                                "about time limits and maintenance.")},
    CatalogueRow{"tern.ike.expired", QT_TRANSLATE_NOOP("Catalogue", "%1 would not renew the keys of the connection."),
                 QT_TRANSLATE_NOOP("Catalogue", "Connect again. If it keeps happening, ask whoever runs the server "
                                                "about rekeying.")},

    // Another address, another server.
    CatalogueRow{"tern.ike.mobility.unproven",
                 QT_TRANSLATE_NOOP("Catalogue", "The server's new address could not be confirmed."),
                 QT_TRANSLATE_NOOP("Catalogue", "Somebody on the way may have changed packets. Connect again; if it "
                                                "keeps happening, use another network.")},
    CatalogueRow{"tern.ike.redirected", QT_TRANSLATE_NOOP("Catalogue", "%1 sends this connection to another server."),
                 QT_TRANSLATE_NOOP("Catalogue", "Connect again. If that does not help, ask whoever runs the server.")},
    CatalogueRow{"tern.ike.redirect.loop",
                 QT_TRANSLATE_NOOP("Catalogue", "The servers send this connection round in a circle, back to %1."),
                 QT_TRANSLATE_NOOP("Catalogue", "Tell whoever runs the servers.")},
    CatalogueRow{"tern.ike.redirect.too-many",
                 QT_TRANSLATE_NOOP("Catalogue", "The servers sent this connection on too often, at last to %1."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again in five minutes. If it happens again, tell whoever runs "
                                                "the servers.")},
    CatalogueRow{"tern.ike.resume.refused", QT_TRANSLATE_NOOP("Catalogue", "%1 does not take up the earlier session."),
                 QT_TRANSLATE_NOOP("Catalogue", "Connect again.")},

    // The two ends do not understand each other.
    CatalogueRow{"tern.ike.malformed", QT_TRANSLATE_NOOP("Catalogue", "The server sent something Tern cannot read."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again. If it happens again, tell whoever runs the server and "
                                                "send us a report.")},
    CatalogueRow{"tern.ike.critical",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 insists on something that Tern does not know."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask whoever runs the server for standard IKEv2 settings.")},
    CatalogueRow{"tern.ike.version", QT_TRANSLATE_NOOP("Catalogue", "%1 does not speak IKEv2."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask whoever runs the server to switch on IKEv2, or use SSTP if the "
                                                "server offers it.")},
    CatalogueRow{"tern.ike.syntax", QT_TRANSLATE_NOOP("Catalogue", "%1 did not understand Tern."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask whoever runs the server to look at its log, and send us a "
                                                "report.")},
    CatalogueRow{"tern.ike.restarts", QT_TRANSLATE_NOOP("Catalogue", "%1 asked again and again to start over."),
                 QT_TRANSLATE_NOOP("Catalogue", "The server may be overloaded. Try again in a few minutes.")},
    CatalogueRow{"tern.ike.no-nat-traversal",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 does not support VPN traffic through home routers."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask whoever runs the server to switch on NAT traversal.")},
    CatalogueRow{"tern.ike.server-error", QT_TRANSLATE_NOOP("Catalogue", "%1 refused with error %2."),
                 QT_TRANSLATE_NOOP("Catalogue", "Give this number to whoever runs the server.")},

    // Encryption.
    CatalogueRow{"tern.ike.proposal",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 accepts none of the secure encryption methods Tern offers."),
                 allowOutdated},
    CatalogueRow{"tern.ike.proposal.none",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 accepts none of the encryption methods Tern offers, not even the "
                                                "outdated ones."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask whoever runs the server to allow AES-256 with SHA-256 and group "
                                                "14 or 19.")},
    CatalogueRow{"tern.ike.proposal.unoffered",
                 QT_TRANSLATE_NOOP("Catalogue", "The server chose an encryption method that was not offered."),
                 QT_TRANSLATE_NOOP("Catalogue", "Tern ended the connection for your safety. Tell whoever runs the "
                                                "server.")},
    CatalogueRow{"tern.ike.post-quantum.unavailable",
                 QT_TRANSLATE_NOOP("Catalogue", "This computer cannot do the post-quantum key exchange that the "
                                                "connection requires."),
                 QT_TRANSLATE_NOOP("Catalogue", "It comes with OpenSSL 3.5 or later, as in Debian 13. Upgrade the "
                                                "system, or set post-quantum protection to automatic.")},
    CatalogueRow{"tern.ike.post-quantum.unsupported",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 does not offer the post-quantum key exchange that this connection "
                                                "requires."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask whoever runs the server to switch on ML-KEM-768 or ML-KEM-1024, "
                                                "or set post-quantum protection to automatic.")},
    CatalogueRow{"tern.ike.key-group",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 insists on a key exchange that Tern considers unsafe."),
                 allowOutdated},
    CatalogueRow{"tern.ike.child.proposal",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 accepts none of the secure methods to protect your traffic."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask whoever runs the server to allow AES-GCM, or AES-CBC with "
                                                "SHA-256, for the tunnel's traffic. Until then you can allow "
                                                "outdated encryption for this connection alone, in its settings or "
                                                "with: ternctl set NAME legacy-algorithms=on")},

    // Who the server is.
    CatalogueRow{"tern.ike.no-trust",
                 QT_TRANSLATE_NOOP("Catalogue", "There is no certificate authority to check %1 with."),
                 QT_TRANSLATE_NOOP("Catalogue", "Choose the certificate authority in the connection's settings.")},
    CatalogueRow{"tern.ike.auth.server-identity",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 calls itself “%2”, which is not what the connection expects."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check the server identity in the connection's settings. No password "
                                                "was sent.")},
    CatalogueRow{"tern.ike.auth.server-cert-missing", QT_TRANSLATE_NOOP("Catalogue", "%1 showed no certificate."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask whoever runs the server to let it send its certificate. No "
                                                "password was sent.")},
    CatalogueRow{
        "tern.ike.auth.server-cert-url",
        QT_TRANSLATE_NOOP(
            "Catalogue", "%1 sent an address from which its certificate is to be fetched, instead of the certificate."),
        QT_TRANSLATE_NOOP("Catalogue", "Tern fetches nothing for a server it does not know yet. Ask whoever runs the "
                                       "server to turn “hash and URL” off. No password was sent.")},
    CatalogueRow{"tern.ike.auth.server-unproven", QT_TRANSLATE_NOOP("Catalogue", "%1 did not prove who it is."),
                 QT_TRANSLATE_NOOP("Catalogue", "Do not use this network for the VPN until whoever runs the server "
                                                "has looked at it.")},
    CatalogueRow{"tern.ike.auth.server-method",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 proves its identity in a way this connection does not allow."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check whether the connection should use a shared key or a user name "
                                                "and password.")},

    // Who we are.
    CatalogueRow{"tern.ike.auth.rejected", QT_TRANSLATE_NOOP("Catalogue", "%1 refused your sign-in."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check the user name and password. If they are right, ask whoever "
                                                "runs the server whether you may use the VPN.")},
    CatalogueRow{"tern.ike.auth.certificate",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 does not accept your certificate (%2, issued by %3)."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask whoever runs the server whether it knows this certificate: it may "
                                                "have been revoked or replaced, or be meant for another server.")},
    CatalogueRow{"tern.ike.auth.one-method",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 does not ask for a certificate and then a password."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask whoever runs the server which of the two it wants, and set this "
                                                "connection to that one.")},
    CatalogueRow{"tern.ike.auth.psk", QT_TRANSLATE_NOOP("Catalogue", "The shared key does not match the one of %1."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check the key and type it again, or ask whoever runs the server.")},
    CatalogueRow{"tern.ike.ppk.rejected",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 refused the sign-in or the post-quantum pre-shared key (PPK)."),
                 QT_TRANSLATE_NOOP("Catalogue", "The server cannot tell which of them is wrong. Check the PPK and its "
                                                "name, then the rest of what you sign in with.")},
    CatalogueRow{"tern.ike.ppk.unsupported",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 does not use a post-quantum pre-shared key (PPK)."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "This connection requires one. Ask whoever runs the server to set it up, "
                                   "or make it optional in the connection's settings.")},
    CatalogueRow{"tern.ike.ppk.unknown",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 does not know the post-quantum pre-shared key (PPK) named %2."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check the name of the PPK, or ask whoever runs the server for it.")},
    CatalogueRow{"tern.ike.auth.no-eap",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 does not sign people in with a user name and password."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask whoever runs the server which way to sign in it expects.")},
    CatalogueRow{
        "tern.ike.auth.answered-late", QT_TRANSLATE_NOOP("Catalogue", "%1 did not wait for your answer."),
        QT_TRANSLATE_NOOP("Catalogue", "Connect again and answer sooner; have your password or code at hand.")},
    CatalogueRow{"tern.ike.windows.credentials",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 says the user name or password is wrong."),
                 QT_TRANSLATE_NOOP("Catalogue", "Type the password again. You may need to add your domain, as in "
                                                "DOMAIN\\name.")},
    CatalogueRow{"tern.ike.windows.account-disabled", QT_TRANSLATE_NOOP("Catalogue", "Your account is disabled."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator to enable it.")},
    CatalogueRow{"tern.ike.windows.account-locked",
                 QT_TRANSLATE_NOOP("Catalogue", "Your account is locked after too many attempts."),
                 QT_TRANSLATE_NOOP("Catalogue", "Wait a while, or ask your administrator to unlock it.")},
    CatalogueRow{"tern.ike.windows.password-expired", QT_TRANSLATE_NOOP("Catalogue", "Your password has expired."),
                 QT_TRANSLATE_NOOP("Catalogue", "Change it on a computer in the office or on your company's web "
                                                "page, then connect again.")},
    CatalogueRow{"tern.ike.windows.password-change",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 did not accept the new password."),
                 QT_TRANSLATE_NOOP("Catalogue", "Choose a longer password that you have not used before.")},
    CatalogueRow{"tern.ike.windows.logon-hours",
                 QT_TRANSLATE_NOOP("Catalogue", "Your account may not sign in at this time of day."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again during working hours, or ask your administrator.")},
    CatalogueRow{"tern.ike.windows.no-permission", QT_TRANSLATE_NOOP("Catalogue", "Your account may not use this VPN."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator for permission to dial in.")},
    CatalogueRow{"tern.ike.windows.policy",
                 QT_TRANSLATE_NOOP("Catalogue", "A rule of %1 does not allow this connection."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator about the server's network policy and its "
                                                "sign-in methods.")},
    CatalogueRow{"tern.ike.windows.other", QT_TRANSLATE_NOOP("Catalogue", "%1 refused with Windows error %2."),
                 QT_TRANSLATE_NOOP("Catalogue", "Give this number to whoever runs the server.")},

    // What the server hands out.
    CatalogueRow{"tern.ike.address", QT_TRANSLATE_NOOP("Catalogue", "%1 has no free address for you."),
                 QT_TRANSLATE_NOOP("Catalogue", "Too many people may be connected. Try again later, or tell whoever "
                                                "runs the server.")},
    CatalogueRow{"tern.ike.no-address", QT_TRANSLATE_NOOP("Catalogue", "%1 gave you no address in its network."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask whoever runs the server to set up addresses for VPN users.")},
    CatalogueRow{"tern.ike.config-required",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 could not give you settings for its network."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask whoever runs the server to look at its address pools.")},
    CatalogueRow{"tern.ike.child.selectors",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 and Tern could not agree on which traffic to protect."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask whoever runs the server which networks VPN users may reach.")},
    CatalogueRow{"tern.ike.child.single-pair",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 allows only one network per connection."),
                 QT_TRANSLATE_NOOP("Catalogue", "Switch off IPv6 in the connection's settings and try again.")},
    CatalogueRow{"tern.ike.child.no-more",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 allows no further connection of your account."),
                 QT_TRANSLATE_NOOP("Catalogue", "End the VPN on your other devices, then try again.")},
    CatalogueRow{"tern.ike.child.busy", QT_TRANSLATE_NOOP("Catalogue", "%1 is busy at the moment."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again in a minute.")},
};

} // namespace

std::span<const CatalogueRow> ikeRows() {
    return rows;
}

} // namespace tern::base
