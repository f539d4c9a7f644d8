#include "core/base/catalogue/areas.h"

#include <QtGlobal>
#include <array>

namespace tern::base {

namespace {

constexpr std::array rows{
    CatalogueRow{"tern.engine.internal", QT_TRANSLATE_NOOP("Catalogue", "Tern made a mistake of its own."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again. If it happens again, save a report and send it to us.")},
    CatalogueRow{"tern.engine.unavailable",
                 QT_TRANSLATE_NOOP("Catalogue", "Tern's background service does not answer."),
                 QT_TRANSLATE_NOOP("Catalogue", "Log out and in again. If that does not help, install Tern again.")},
    CatalogueRow{"tern.engine.not-found", QT_TRANSLATE_NOOP("Catalogue", "There is no connection “%1”."),
                 QT_TRANSLATE_NOOP("Catalogue", "Look in the list of connections for the right name.")},
    CatalogueRow{"tern.engine.ambiguous", QT_TRANSLATE_NOOP("Catalogue", "More than one connection fits “%1”."),
                 QT_TRANSLATE_NOOP("Catalogue", "Write the whole name, or use the connection's id.")},
    CatalogueRow{"tern.engine.file-unreadable", QT_TRANSLATE_NOOP("Catalogue", "The file “%1” cannot be read."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check that the file is there and that you may open it.")},
    CatalogueRow{"tern.engine.file-too-large", QT_TRANSLATE_NOOP("Catalogue", "The file “%1” is too large."),
                 QT_TRANSLATE_NOOP("Catalogue", "A phonebook is much smaller. Check that you picked the right file.")},
    CatalogueRow{"tern.engine.already-imported",
                 QT_TRANSLATE_NOOP("Catalogue", "“%1” is already in the list and was not added again."),
                 QT_TRANSLATE_NOOP("Catalogue", "To import it anew, remove the connection first.")},
    CatalogueRow{"tern.engine.certificate-not-kept",
                 QT_TRANSLATE_NOOP("Catalogue", "The certificate and key of “%1” could not be saved."),
                 QT_TRANSLATE_NOOP("Catalogue", "Make room on the disk, remove the connection and import it again.")},
    CatalogueRow{"tern.engine.authority-unreadable",
                 QT_TRANSLATE_NOOP("Catalogue", "“%1” trusts the certificates in %2, which cannot be read."),
                 QT_TRANSLATE_NOOP("Catalogue", "If the server is not trusted, ask your administrator for the "
                                                "certificate of its authority.")},
    CatalogueRow{"tern.engine.secret-kept",
                 QT_TRANSLATE_NOOP("Catalogue", "The password or key of “%1” is in your keyring now. The file %2 still "
                                                "holds it, for everybody who can open it."),
                 QT_TRANSLATE_NOOP("Catalogue", "Delete the file, or keep it away from others.")},
    CatalogueRow{"tern.engine.secret-not-kept",
                 QT_TRANSLATE_NOOP("Catalogue", "The password or key of “%1” could not be put into the keyring. The "
                                                "file %2 holds it, for everybody who can open it."),
                 QT_TRANSLATE_NOOP("Catalogue", "Enter it when you connect. Delete the file, or keep it away from "
                                                "others.")},
    CatalogueRow{"tern.engine.bad-change", QT_TRANSLATE_NOOP("Catalogue", "“%1” cannot be set to that."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check what you typed and try again.")},
    CatalogueRow{"tern.engine.in-use", QT_TRANSLATE_NOOP("Catalogue", "“%1” is connected."),
                 QT_TRANSLATE_NOOP("Catalogue", "Disconnect first, then try again.")},
    CatalogueRow{"tern.engine.no-such-prompt", QT_TRANSLATE_NOOP("Catalogue", "That question is no longer open."),
                 QT_TRANSLATE_NOOP("Catalogue", "Connect again if you still want to.")},
    CatalogueRow{"tern.engine.no-certificate",
                 QT_TRANSLATE_NOOP("Catalogue", "“%1” does not say which certificate is yours."),
                 QT_TRANSLATE_NOOP("Catalogue", "Choose your certificate in the connection's settings: a file from "
                                                "your administrator, or one on a smart card.")},
    CatalogueRow{"tern.engine.certificate-path", QT_TRANSLATE_NOOP("Catalogue", "“%1” is not the full path of a file."),
                 QT_TRANSLATE_NOOP("Catalogue", "Write the path from the beginning, such as /home/me/vpn.p12, or the "
                                                "address of a certificate on a token (pkcs11:…).")},
    CatalogueRow{"tern.engine.no-server", QT_TRANSLATE_NOOP("Catalogue", "“%1” does not say which server to call."),
                 QT_TRANSLATE_NOOP("Catalogue", "Enter the server's name or address in the connection's settings.")},
    CatalogueRow{"tern.engine.session-ends",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 will end this connection soon, and signing in again failed."),
                 QT_TRANSLATE_NOOP("Catalogue", "Save your work, then disconnect and connect again.")},
    CatalogueRow{"tern.engine.code-needed", QT_TRANSLATE_NOOP("Catalogue", "A code is needed for “%1”."),
                 QT_TRANSLATE_NOOP("Catalogue", "Connect again where you can type it.")},
    CatalogueRow{"tern.engine.password-needed", QT_TRANSLATE_NOOP("Catalogue", "A password is needed for “%1”."),
                 QT_TRANSLATE_NOOP("Catalogue", "Connect again and enter the user name and password.")},
    CatalogueRow{"tern.engine.name-not-found", QT_TRANSLATE_NOOP("Catalogue", "The server's name “%1” is not known."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check the spelling, and that this computer is on the network.")},
    CatalogueRow{"tern.engine.resolver-failed",
                 QT_TRANSLATE_NOOP("Catalogue", "The address of “%1” could not be looked up."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check that this computer is on the network, then try again.")},
    CatalogueRow{"tern.engine.connection-lost", QT_TRANSLATE_NOOP("Catalogue", "The connection to “%1” was lost."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check that this computer is on the network, then connect again.")},
    CatalogueRow{"tern.engine.no-network", QT_TRANSLATE_NOOP("Catalogue", "There was no way to “%1” for too long."),
                 QT_TRANSLATE_NOOP("Catalogue", "Connect this computer to a network, then connect again.")},
    CatalogueRow{"tern.engine.helper-unavailable",
                 QT_TRANSLATE_NOOP("Catalogue", "The part of Tern that sets up the network does not answer."),
                 QT_TRANSLATE_NOOP("Catalogue", "Restart the computer. If that does not help, install Tern again.")},
    CatalogueRow{"tern.engine.helper-lost",
                 QT_TRANSLATE_NOOP("Catalogue", "The part of Tern that sets up the network took the connection down."),
                 QT_TRANSLATE_NOOP("Catalogue", "Connect again. The details say why it happened.")},
    CatalogueRow{"tern.engine.no-address",
                 QT_TRANSLATE_NOOP("Catalogue", "The server accepted the login but gave this computer no address."),
                 QT_TRANSLATE_NOOP("Catalogue", "Tell your administrator: the server's address pool may be used up.")},
    CatalogueRow{"tern.engine.roots-missing",
                 QT_TRANSLATE_NOOP("Catalogue", "This computer has no list of trusted certificate authorities."),
                 QT_TRANSLATE_NOOP("Catalogue", "Install the package ca-certificates, then connect again.")},
    CatalogueRow{
        "tern.engine.keyring-failed", QT_TRANSLATE_NOOP("Catalogue", "The password could not be kept in the keyring."),
        QT_TRANSLATE_NOOP("Catalogue", "You will be asked for it each time. Check that your keyring is unlocked.")},
    CatalogueRow{"tern.engine.fetch-failed", QT_TRANSLATE_NOOP("Catalogue", "%1 gave no answer."),
                 QT_TRANSLATE_NOOP("Catalogue", "Nothing has to be done: Tern asks again next time.")},
    CatalogueRow{"tern.engine.fetch-slow", QT_TRANSLATE_NOOP("Catalogue", "The answer of %1 took too long."),
                 QT_TRANSLATE_NOOP("Catalogue", "Nothing has to be done: Tern asks again next time.")},
    CatalogueRow{
        "tern.engine.fetch-too-large", QT_TRANSLATE_NOOP("Catalogue", "The answer of %1 is too large."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Tell your administrator that the list of revoked certificates has grown too large.")},
    CatalogueRow{"tern.engine.fetch-not-now",
                 QT_TRANSLATE_NOOP("Catalogue", "Nobody could be asked while the connection was being restored."),
                 QT_TRANSLATE_NOOP("Catalogue", "Nothing has to be done: Tern asks again next time.")},
    CatalogueRow{"tern.engine.certificate-changed",
                 QT_TRANSLATE_NOOP("Catalogue", "The server of %1 has shown another certificate meanwhile."),
                 QT_TRANSLATE_NOOP("Catalogue", "Look at the certificate again before you trust it.")},
    CatalogueRow{
        "tern.engine.certificate-hopeless",
        QT_TRANSLATE_NOOP("Catalogue", "The certificate of the server of %1 cannot be trusted by saying so."),
        QT_TRANSLATE_NOOP("Catalogue", "Look at what is wrong with it and ask your administrator for a new one.")},
};

} // namespace

std::span<const CatalogueRow> engineRows() {
    return rows;
}

} // namespace tern::base
