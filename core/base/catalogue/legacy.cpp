#include "core/base/catalogue/areas.h"

#include <QtGlobal>
#include <array>

namespace tern::base {

namespace {

constexpr const char* askForModern =
    QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator whether the server offers IKEv2 or SSTP. Both are part of "
                                   "Windows Server and usually need no new machine.");
constexpr const char* askForStronger =
    QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator to switch the connection to stronger settings.");

constexpr std::array rows{
    CatalogueRow{"tern.legacy.pptp",
                 QT_TRANSLATE_NOOP("Catalogue", "PPTP: passwords captured on the way can be cracked, and new Windows "
                                                "servers refuse it."),
                 askForModern},
    CatalogueRow{"tern.legacy.l2tp",
                 QT_TRANSLATE_NOOP("Catalogue", "L2TP is outdated, and new Windows servers refuse it."), askForModern},
    CatalogueRow{"tern.legacy.l2tp-shared-key",
                 QT_TRANSLATE_NOOP("Catalogue", "L2TP with a shared key: everybody who has the key can pretend to be "
                                                "your server, and new Windows servers refuse it."),
                 askForModern},
    CatalogueRow{
        "tern.legacy.plugin",
        QT_TRANSLATE_NOOP("Catalogue", "This connection belongs to an extra program (%1), which Tern cannot "
                                       "replace."),
        QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator whether the server also offers IKEv2 or SSTP.")},
    CatalogueRow{"tern.legacy.can-fall-back",
                 QT_TRANSLATE_NOOP("Catalogue", "On Windows this connection can silently fall back to PPTP or L2TP, "
                                                "which are no longer safe. Tern never does."),
                 QT_TRANSLATE_NOOP("Catalogue", "With Tern you are safe. For your Windows computers, ask your "
                                                "administrator to set the connection to IKEv2 or SSTP.")},
    CatalogueRow{"tern.legacy.retired-first",
                 QT_TRANSLATE_NOOP("Catalogue", "On Windows this connection uses %1 before anything else, which is no "
                                                "longer safe. Tern never does."),
                 QT_TRANSLATE_NOOP("Catalogue", "With Tern you are safe. For your Windows computers, ask your "
                                                "administrator to set the connection to IKEv2 or SSTP.")},
    CatalogueRow{"tern.legacy.plain-password",
                 QT_TRANSLATE_NOOP("Catalogue", "This connection allows the password to be sent as readable text."),
                 askForStronger},
    CatalogueRow{"tern.legacy.old-sign-in",
                 QT_TRANSLATE_NOOP("Catalogue", "This connection allows an old way to sign in (CHAP or MS-CHAP) from "
                                                "which the password can be guessed."),
                 askForStronger},
    CatalogueRow{"tern.legacy.no-encryption",
                 QT_TRANSLATE_NOOP("Catalogue", "This connection allows everything to be sent unencrypted."),
                 askForStronger},
    CatalogueRow{"tern.legacy.optional-encryption",
                 QT_TRANSLATE_NOOP("Catalogue", "Encryption is optional here: a server, or somebody in between, can "
                                                "switch it off."),
                 askForStronger},
    CatalogueRow{"tern.legacy.server-not-checked",
                 QT_TRANSLATE_NOOP("Catalogue", "On Windows this connection signs in without checking the server, so "
                                                "a false one can collect passwords. Tern always checks."),
                 QT_TRANSLATE_NOOP("Catalogue", "For your Windows computers, ask your administrator to switch the "
                                                "server check on.")},
    CatalogueRow{"tern.legacy.name-not-checked",
                 QT_TRANSLATE_NOOP("Catalogue", "On Windows this connection does not check the server's name. Tern "
                                                "always checks."),
                 QT_TRANSLATE_NOOP("Catalogue", "If Tern refuses the server, ask your administrator for a certificate "
                                                "with the server's right name.")},
    CatalogueRow{"tern.legacy.shared-key",
                 QT_TRANSLATE_NOOP("Catalogue", "All users share one key here: everybody who has it can pretend to be "
                                                "your server."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator for a personal user name and password, or a "
                                                "certificate.")},
    CatalogueRow{"tern.legacy.weak-algorithms",
                 QT_TRANSLATE_NOOP("Catalogue", "This connection asks for outdated encryption: %1."), askForStronger},
    CatalogueRow{"tern.legacy.legacy-algorithms-allowed",
                 QT_TRANSLATE_NOOP("Catalogue", "You have allowed outdated encryption (3DES, SHA-1, short keys) for "
                                                "this connection. Somebody with enough effort can read along."),
                 QT_TRANSLATE_NOOP("Catalogue", "Switch it off again as soon as the server can do better: it is in "
                                                "the connection's settings.")},
    CatalogueRow{"tern.legacy.weak-in-use",
                 QT_TRANSLATE_NOOP("Catalogue", "This connection is protected by outdated encryption: %1."),
                 QT_TRANSLATE_NOOP("Catalogue", "The server has chosen it, because you have allowed it. Ask whoever "
                                                "runs the server for AES-256 with SHA-256 and group 14 or 19.")},
};

} // namespace

std::span<const CatalogueRow> legacyRows() {
    return rows;
}

} // namespace tern::base
