#include "core/base/catalogue/areas.h"

#include <QtGlobal>
#include <array>

namespace tern::base {

namespace {

constexpr std::array rows{
    CatalogueRow{"tern.crypto.internal", QT_TRANSLATE_NOOP("Catalogue", "Tern made a mistake of its own."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again. If it happens again, save a report and send it to us.")},
    CatalogueRow{"tern.crypto.cms.malformed", QT_TRANSLATE_NOOP("Catalogue", "The signed file is damaged."),
                 QT_TRANSLATE_NOOP("Catalogue", "Copy the file again.")},
    CatalogueRow{"tern.crypto.cms.forged", QT_TRANSLATE_NOOP("Catalogue", "The file was changed after it was signed."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask whoever sent it to you for the file as it was.")},
    CatalogueRow{"tern.crypto.cipher",
                 QT_TRANSLATE_NOOP("Catalogue", "This computer cannot use the encryption that the server asked for."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Ask your administrator for a server with current encryption, or save a "
                                   "report and send it to us.")},
    CatalogueRow{"tern.crypto.password-text",
                 QT_TRANSLATE_NOOP("Catalogue", "The password contains a character that cannot be sent."),
                 QT_TRANSLATE_NOOP("Catalogue", "Type the password again.")},
    CatalogueRow{"tern.crypto.dh.group",
                 QT_TRANSLATE_NOOP("Catalogue", "The server asked for a kind of key exchange that Tern does not know."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator to allow a current key exchange group, such as "
                                                "MODP 2048 or ECP 256, on the server.")},
    CatalogueRow{
        "tern.crypto.dh.public-value",
        QT_TRANSLATE_NOOP("Catalogue", "The server sent an unsafe value while the connection was being secured."),
        QT_TRANSLATE_NOOP("Catalogue", "Do not connect from this network for now. If it happens elsewhere too, "
                                       "tell your administrator.")},
    CatalogueRow{
        "tern.crypto.ca.none", QT_TRANSLATE_NOOP("Catalogue", "There is no certificate in this file."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Choose the certificate file of the authority that your administrator gave you (PEM).")},
    CatalogueRow{"tern.crypto.ca.malformed", QT_TRANSLATE_NOOP("Catalogue", "The certificate file is damaged."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator for the file again.")},
    CatalogueRow{
        "tern.crypto.signature.invalid",
        QT_TRANSLATE_NOOP("Catalogue", "The server could not prove that its certificate is its own."),
        QT_TRANSLATE_NOOP(
            "Catalogue",
            "Do not connect from this network for now. If it happens elsewhere too, tell your administrator.")},
    CatalogueRow{"tern.crypto.signature.unsupported",
                 QT_TRANSLATE_NOOP("Catalogue", "The server signs in a way that Tern does not know."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator for a server certificate with an RSA or ECDSA "
                                                "key, and save a report to send it to us.")},
    CatalogueRow{"tern.crypto.signature.sha1-refused",
                 QT_TRANSLATE_NOOP("Catalogue", "The server signs with SHA-1, which this computer forbids."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator to turn on digital signatures with SHA-2 (RFC "
                                                "7427) on the server, or to allow SHA-1 on this computer.")},

    // Our own key and certificate.
    CatalogueRow{"tern.crypto.key.passphrase-needed",
                 QT_TRANSLATE_NOOP("Catalogue", "The key file is protected with a pass phrase."),
                 QT_TRANSLATE_NOOP("Catalogue", "Enter the pass phrase that you got with the file.")},
    CatalogueRow{"tern.crypto.key.passphrase-wrong",
                 QT_TRANSLATE_NOOP("Catalogue", "The pass phrase does not open the key file."),
                 QT_TRANSLATE_NOOP("Catalogue", "Type it again; capital letters matter.")},
    CatalogueRow{"tern.crypto.key.unreadable",
                 QT_TRANSLATE_NOOP("Catalogue", "The key file cannot be read: it is damaged, or is something else."),
                 QT_TRANSLATE_NOOP("Catalogue", "Choose a file with your certificate and key (.p12, .pfx or .pem), or "
                                                "ask your administrator for it again. No pass phrase will help.")},
    CatalogueRow{
        "tern.crypto.key.old-encryption",
        QT_TRANSLATE_NOOP("Catalogue", "The key file is protected in an old way that this computer has no code for."),
        QT_TRANSLATE_NOOP("Catalogue", "Export it again with AES-256 (in Windows: “AES256-SHA256”), or install "
                                       "OpenSSL's legacy provider (the package openssl-provider-legacy).")},
    CatalogueRow{
        "tern.crypto.key.unsupported",
        QT_TRANSLATE_NOOP("Catalogue", "The key file holds a key of a kind (%1) that cannot be used here."),
        QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator for a certificate with an RSA, ECDSA or Ed25519 key.")},
    CatalogueRow{"tern.crypto.key.none", QT_TRANSLATE_NOOP("Catalogue", "There is a certificate but no private key."),
                 QT_TRANSLATE_NOOP(
                     "Catalogue", "Export the certificate together with its private key, or name the key's file too.")},
    CatalogueRow{"tern.crypto.key.certificate-missing",
                 QT_TRANSLATE_NOOP("Catalogue", "There is a private key but no certificate."),
                 QT_TRANSLATE_NOOP(
                     "Catalogue", "Export the key together with its certificate, or name the certificate's file too.")},
    CatalogueRow{"tern.crypto.key.mismatch",
                 QT_TRANSLATE_NOOP("Catalogue", "The private key does not belong to the certificate."),
                 QT_TRANSLATE_NOOP("Catalogue", "Choose the key that was made with this certificate.")},
    CatalogueRow{
        "tern.crypto.key.expired", QT_TRANSLATE_NOOP("Catalogue", "Your certificate (%2) ran out on %1."),
        QT_TRANSLATE_NOOP(
            "Catalogue",
            "Ask your administrator for a new certificate. If that date is still to come, set this computer's clock.")},
    CatalogueRow{
        "tern.crypto.key.not-yet-valid",
        QT_TRANSLATE_NOOP("Catalogue", "Your certificate (%2) is only good from %1 on."),
        QT_TRANSLATE_NOOP(
            "Catalogue",
            "Check the date and time of this computer. If they are right, wait until then or ask your administrator.")},
    CatalogueRow{"tern.crypto.key.usage",
                 QT_TRANSLATE_NOOP("Catalogue", "Your certificate (%1) was not made for signing in."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Ask your administrator for a certificate with the key usage “digital signature”.")},
    CatalogueRow{"tern.crypto.key.sign", QT_TRANSLATE_NOOP("Catalogue", "Your private key could not sign."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again. If it happens again, ask your administrator for a new "
                                                "certificate, and save a report and send it to us.")},
    CatalogueRow{"tern.crypto.key.scheme",
                 QT_TRANSLATE_NOOP("Catalogue", "Your private key cannot sign in the way that is needed here."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator for a certificate with an RSA or ECDSA key.")},
    CatalogueRow{
        "tern.crypto.key.no-method",
        QT_TRANSLATE_NOOP("Catalogue", "The server does not know signatures of the kind your certificate makes (%1)."),
        QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator for a certificate with an RSA or ECDSA key, or to turn "
                                       "on digital signatures (RFC 7427) on the server.")},

    // Tokens; %1 is the token's name.
    CatalogueRow{"tern.crypto.token.uri", QT_TRANSLATE_NOOP("Catalogue", "“%1” does not name a smart card or token."),
                 QT_TRANSLATE_NOOP("Catalogue", "Choose the certificate on the token from the list, or write a PKCS "
                                                "#11 address such as pkcs11:token=Name.")},
    CatalogueRow{"tern.crypto.token.uri-pin", QT_TRANSLATE_NOOP("Catalogue", "The token's address contains a PIN."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Leave the PIN out: Tern asks for it when you connect and never writes it down.")},
    CatalogueRow{
        "tern.crypto.token.missing", QT_TRANSLATE_NOOP("Catalogue", "The token “%1” is not there."),
        QT_TRANSLATE_NOOP(
            "Catalogue",
            "Plug it in, or put the card into the reader. If it is in, install the PKCS #11 module of its maker.")},
    CatalogueRow{"tern.crypto.token.empty",
                 QT_TRANSLATE_NOOP("Catalogue", "The token “%1” does not have the certificate of this connection."),
                 QT_TRANSLATE_NOOP("Catalogue", "Choose the certificate again, or plug in the right token.")},
    CatalogueRow{"tern.crypto.token.pin-needed", QT_TRANSLATE_NOOP("Catalogue", "The token “%1” wants its PIN."),
                 QT_TRANSLATE_NOOP("Catalogue", "Connect again and enter the PIN.")},
    CatalogueRow{
        "tern.crypto.token.pin-last-try",
        QT_TRANSLATE_NOOP("Catalogue", "The token “%1” wants its PIN, and locks itself if the next one is wrong."),
        QT_TRANSLATE_NOOP("Catalogue", "Be sure of the PIN before you enter it, or ask your administrator.")},
    CatalogueRow{"tern.crypto.token.pin-wrong", QT_TRANSLATE_NOOP("Catalogue", "The PIN of the token “%1” is wrong."),
                 QT_TRANSLATE_NOOP("Catalogue", "Type it again. Most tokens lock themselves after a few wrong PINs.")},
    CatalogueRow{"tern.crypto.token.pin-locked",
                 QT_TRANSLATE_NOOP("Catalogue", "The token “%1” has locked itself after too many wrong PINs."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator to unlock it.")},
    CatalogueRow{"tern.crypto.token.removed", QT_TRANSLATE_NOOP("Catalogue", "The token “%1” was pulled out."),
                 QT_TRANSLATE_NOOP("Catalogue", "Plug it in and connect again.")},
    CatalogueRow{"tern.crypto.token.failed",
                 QT_TRANSLATE_NOOP("Catalogue", "The token “%1” could not do what was asked of it (%2)."),
                 QT_TRANSLATE_NOOP(
                     "Catalogue",
                     "Pull it out, plug it in and try again. If it happens again, save a report and send it to us.")},
};

} // namespace

std::span<const CatalogueRow> cryptoRows() {
    return rows;
}

} // namespace tern::base
