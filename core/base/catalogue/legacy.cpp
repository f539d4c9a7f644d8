#include "core/base/catalogue/areas.h"

#include <QtGlobal>
#include <array>

namespace tern::base {

namespace {

constexpr const char* askForModern =
    QT_TRANSLATE_NOOP("Catalogue", "The server has to offer IKEv2 or SSTP; whoever runs it can switch them on. Both "
                                   "are part of Windows Server and usually need no new machine.");
constexpr const char* askForStronger = QT_TRANSLATE_NOOP(
    "Catalogue", "Stronger settings are needed, here and on the server; whoever runs the server knows which.");

// The citations; several are joined by " · ".
#define MICROSOFT_2024 "Microsoft: PPTP and L2TP deprecation, October 2024"
#define MARLINSPIKE_2012 "Marlinspike, Hulton, Ray: MS-CHAPv2, DEF CON 20, 2012"
#define FELSCH_2018 "Felsch et al.: The Dangers of Key Reuse, USENIX Security 2018"
#define SCHNEIER_1998 "Schneier, Mudge: Cryptanalysis of PPTP, ACM CCS 1998"

constexpr std::array rows{
    CatalogueRow{"tern.legacy.pptp",
                 QT_TRANSLATE_NOOP("Catalogue", "PPTP is not safe any more, and new Windows servers refuse it."),
                 askForModern, MICROSOFT_2024 " · Microsoft Security Advisory 2743314, 2012"},
    CatalogueRow{"tern.legacy.pptp-password",
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Whoever records one sign-in by PPTP can work out the password (MS-CHAP) "
                                   "and then read everything that was sent."),
                 QT_TRANSLATE_NOOP("Catalogue", "Move to IKEv2 or SSTP, and change this password afterwards."),
                 MARLINSPIKE_2012 " · Microsoft Security Advisory 2743314, 2012"},
    CatalogueRow{"tern.legacy.pptp-encryption",
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "PPTP encrypts with RC4, which has been broken, and nobody notices when "
                                   "data is changed on the way."),
                 QT_TRANSLATE_NOOP("Catalogue", "PPTP has nothing better; IKEv2 and SSTP have."),
                 "RFC 3078 · RFC 7465 · " SCHNEIER_1998},
    CatalogueRow{"tern.legacy.l2tp",
                 QT_TRANSLATE_NOOP("Catalogue", "L2TP is outdated and easily set up wrong, and new Windows servers "
                                                "refuse it."),
                 askForModern, MICROSOFT_2024 " · RFC 9395"},
    CatalogueRow{"tern.legacy.l2tp-shared-key",
                 QT_TRANSLATE_NOOP("Catalogue", "L2TP with a shared key: everybody who has the key can pretend to be "
                                                "your server, and new Windows servers refuse it."),
                 askForModern, FELSCH_2018 " · " MICROSOFT_2024},
    CatalogueRow{"tern.legacy.l2tp-no-ipsec",
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "This L2TP connection is set up without IPsec: nothing is encrypted, and "
                                   "everybody on the way can read along."),
                 askForModern, "RFC 2661 §9 · RFC 3193"},
    CatalogueRow{
        "tern.legacy.ikev1",
        QT_TRANSLATE_NOOP("Catalogue", "IKEv1 was retired in 2023: it is not maintained any more, and comes with "
                                       "outdated encryption."),
        QT_TRANSLATE_NOOP("Catalogue", "Find out whether the server also offers IKEv2 or SSTP; whoever runs it knows."),
        "RFC 9395"},
    CatalogueRow{"tern.legacy.plugin",
                 QT_TRANSLATE_NOOP("Catalogue", "Tern does not speak this kind of VPN, and cannot connect it: %1."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Find out whether the server also offers IKEv2 or SSTP; whoever runs it knows.")},
    CatalogueRow{"tern.legacy.can-fall-back",
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "On Windows this connection can silently fall back to what is no longer "
                                   "safe (%1). Tern never does."),
                 QT_TRANSLATE_NOOP("Catalogue", "With Tern you are safe. On Windows computers the connection has to be "
                                                "set to IKEv2 or SSTP, by whoever manages them."),
                 "[MS-RRASM] §2.2.2 · " MICROSOFT_2024},
    CatalogueRow{"tern.legacy.retired-first",
                 QT_TRANSLATE_NOOP("Catalogue", "On Windows this connection uses %1 before anything else, which is no "
                                                "longer safe. Tern never does."),
                 QT_TRANSLATE_NOOP("Catalogue", "With Tern you are safe. On Windows computers the connection has to be "
                                                "set to IKEv2 or SSTP, by whoever manages them."),
                 "[MS-RRASM] §2.2.2 · " MICROSOFT_2024},
    CatalogueRow{"tern.legacy.plain-password",
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "This connection allows the password to be sent as readable text, or as "
                                   "good as readable (PAP, SPAP)."),
                 askForStronger, "RFC 1334 §2"},
    CatalogueRow{"tern.legacy.old-sign-in",
                 QT_TRANSLATE_NOOP("Catalogue", "This connection allows an old way to sign in (CHAP or MS-CHAP) from "
                                                "which the password can be guessed."),
                 askForStronger, "RFC 1994 · RFC 2433 · " SCHNEIER_1998},
    CatalogueRow{"tern.legacy.no-encryption",
                 QT_TRANSLATE_NOOP("Catalogue", "This connection allows everything to be sent unencrypted."),
                 askForStronger, "[MS-RRASM] §2.2.2"},
    CatalogueRow{"tern.legacy.optional-encryption",
                 QT_TRANSLATE_NOOP("Catalogue", "Encryption is optional here: a server, or somebody in between, can "
                                                "switch it off."),
                 askForStronger, "[MS-RRASM] §2.2.2 · " SCHNEIER_1998},
    CatalogueRow{
        "tern.legacy.server-not-checked",
        QT_TRANSLATE_NOOP("Catalogue", "On Windows this connection signs in without checking the server, so "
                                       "a false one can collect passwords. Tern always checks."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "On Windows computers the server check has to be switched on, by whoever manages them."),
        "RFC 5216 §5.3 · [MS-PEAP]"},
    CatalogueRow{"tern.legacy.certificate-not-checked",
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Where this connection comes from, any certificate of the server was good "
                                   "enough, also a false one. Tern always checks."),
                 QT_TRANSLATE_NOOP("Catalogue", "If Tern refuses the server, give the connection the certificate of "
                                                "the authority to trust; whoever runs the server has it."),
                 "RFC 5280 §6 · RFC 9525"},
    CatalogueRow{"tern.legacy.name-not-checked",
                 QT_TRANSLATE_NOOP("Catalogue", "On Windows this connection does not check the server's name. Tern "
                                                "always checks."),
                 QT_TRANSLATE_NOOP(
                     "Catalogue",
                     "If Tern refuses the server, it needs a certificate with its right name, from whoever runs it."),
                 "RFC 4945 · RFC 9525"},
    CatalogueRow{"tern.legacy.revocation-off",
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Nobody asks whether the server's certificate was withdrawn: one that was "
                                   "stolen would go unnoticed."),
                 QT_TRANSLATE_NOOP("Catalogue", "Switch the check on again: it is in the server certificate of this "
                                                "connection."),
                 "RFC 5280 §6.3 · RFC 6960"},
    CatalogueRow{"tern.legacy.shared-key",
                 QT_TRANSLATE_NOOP("Catalogue", "All users share one key here: everybody who has it can pretend to be "
                                                "your server."),
                 QT_TRANSLATE_NOOP("Catalogue", "A user name and password, or a certificate, of each person's own is "
                                                "better; whoever runs the server can set that up."),
                 "RFC 7296 §2.15"},
    CatalogueRow{
        "tern.legacy.short-shared-key",
        QT_TRANSLATE_NOOP("Catalogue", "The shared key is short (below %1 characters): from one recorded sign-in "
                                       "it can be guessed."),
        QT_TRANSLATE_NOOP(
            "Catalogue", "Whoever runs the server can choose a long, random key, or better a sign-in for each person."),
        "RFC 7296 §2.15 · " FELSCH_2018},
    CatalogueRow{"tern.legacy.broken-algorithms",
                 QT_TRANSLATE_NOOP("Catalogue", "On Windows this connection asks for encryption that can be broken "
                                                "today: %1. Tern never uses it."),
                 askForStronger, "RFC 8247 · RFC 8221"},
    CatalogueRow{"tern.legacy.weak-algorithms",
                 QT_TRANSLATE_NOOP("Catalogue", "This connection asks for outdated encryption: %1."), askForStronger,
                 "RFC 8247 · RFC 8221 · RFC 9395"},
    CatalogueRow{
        "tern.legacy.no-pfs",
        QT_TRANSLATE_NOOP("Catalogue", "Keys are renewed without a new key exchange (no PFS): who finds out one "
                                       "key can read more of what was recorded."),
        QT_TRANSLATE_NOOP(
            "Catalogue",
            "Usual on Windows servers. Whoever runs the server can switch PFS on when its policy is changed anyway."),
        "RFC 7296 §1.3"},
    CatalogueRow{"tern.legacy.legacy-algorithms-allowed",
                 QT_TRANSLATE_NOOP("Catalogue", "You have allowed outdated encryption (3DES, SHA-1, short keys) for "
                                                "this connection. Somebody with enough effort can read along."),
                 QT_TRANSLATE_NOOP("Catalogue", "Switch it off again as soon as the server can do better: it is in "
                                                "the connection's settings."),
                 "RFC 8247 · RFC 8221"},
    CatalogueRow{"tern.legacy.weak-in-use",
                 QT_TRANSLATE_NOOP("Catalogue", "This connection is protected by outdated encryption: %1."),
                 QT_TRANSLATE_NOOP("Catalogue", "The server has chosen it, because you have allowed it. Ask whoever "
                                                "runs the server for AES-256 with SHA-256 and group 14 or 19."),
                 "RFC 8247 · RFC 8221"},
    CatalogueRow{
        "tern.legacy.certificate-expired",
        QT_TRANSLATE_NOOP("Catalogue", "Your certificate %1 has expired on %2: the server will refuse it."),
        QT_TRANSLATE_NOOP(
            "Catalogue", "A new certificate is needed, from whoever runs the VPN; choose it for this connection then."),
        "RFC 5280 §4.1.2.5"},
    CatalogueRow{
        "tern.legacy.certificate-expires", QT_TRANSLATE_NOOP("Catalogue", "Your certificate %1 expires on %2."),
        QT_TRANSLATE_NOOP("Catalogue", "A new certificate is needed before that day, from whoever runs the VPN."),
        "RFC 5280 §4.1.2.5"},
    CatalogueRow{
        "tern.legacy.authority-expired",
        QT_TRANSLATE_NOOP("Catalogue", "The certificate %1, by which this connection recognises its server, has "
                                       "expired on %2."),
        QT_TRANSLATE_NOOP("Catalogue", "The new certificate to trust is needed; whoever runs the server has it."),
        "RFC 5280 §4.1.2.5"},
    CatalogueRow{
        "tern.legacy.authority-expires",
        QT_TRANSLATE_NOOP("Catalogue", "The certificate %1, by which this connection recognises its server, "
                                       "expires on %2."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "The new certificate to trust is needed before that day; whoever runs the server has it."),
        "RFC 5280 §4.1.2.5"},
};

} // namespace

std::span<const CatalogueRow> legacyRows() {
    return rows;
}

} // namespace tern::base
