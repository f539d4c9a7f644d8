#include "core/base/catalogue/areas.h"

#include <QtGlobal>
#include <array>

namespace tern::base {

namespace {

// TLS inside EAP: what the server that checks the sign-in says, and what is wrong with it.
constexpr std::array rows{
    CatalogueRow{"tern.crypto.tls.protocol",
                 QT_TRANSLATE_NOOP("Catalogue", "The server broke the rules of TLS while signing in."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Try again. If it happens again, save a report and send it to your administrator.")},
    CatalogueRow{"tern.crypto.tls.version",
                 QT_TRANSLATE_NOOP("Catalogue", "The server that checks your sign-in only knows outdated TLS."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Ask your administrator to turn on TLS 1.2 on the sign-in server (RADIUS or NPS).")},
    CatalogueRow{
        "tern.crypto.tls.weak",
        QT_TRANSLATE_NOOP("Catalogue", "The server that checks your sign-in uses encryption that is too weak."),
        QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator for a certificate with an RSA key of 2048 bits or more "
                                       "and current ciphers on the sign-in server.")},
    CatalogueRow{"tern.crypto.tls.credential",
                 QT_TRANSLATE_NOOP("Catalogue", "Your certificate or its key cannot be used to sign in."),
                 QT_TRANSLATE_NOOP(
                     "Catalogue",
                     "Import the certificate with its private key again, or ask your administrator for a new one.")},
    CatalogueRow{"tern.crypto.tls.alert.closed",
                 QT_TRANSLATE_NOOP("Catalogue", "The sign-in server ended the conversation."),
                 QT_TRANSLATE_NOOP(
                     "Catalogue",
                     "Try again. If it happens again, ask your administrator to look at the sign-in server's log.")},
    CatalogueRow{"tern.crypto.tls.alert.protocol",
                 QT_TRANSLATE_NOOP("Catalogue", "The sign-in server did not understand Tern's TLS."),
                 QT_TRANSLATE_NOOP(
                     "Catalogue", "Ask your administrator to look at the sign-in server's log, and send us a report.")},
    CatalogueRow{
        "tern.crypto.tls.alert.damaged",
        QT_TRANSLATE_NOOP("Catalogue",
                          "The sign-in server says that what Tern sent arrived damaged, or was signed wrongly."),
        QT_TRANSLATE_NOOP(
            "Catalogue",
            "Try again from another network. If it happens again, check that your certificate belongs to your key.")},
    CatalogueRow{
        "tern.crypto.tls.alert.handshake",
        QT_TRANSLATE_NOOP("Catalogue", "The sign-in server and Tern found no way to speak TLS that both accept."),
        QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator which TLS version and ciphers the sign-in server "
                                       "allows, and whether it needs a certificate of yours.")},
    CatalogueRow{
        "tern.crypto.tls.alert.bad-certificate",
        QT_TRANSLATE_NOOP("Catalogue", "The sign-in server says that your certificate is damaged or wrong."),
        QT_TRANSLATE_NOOP("Catalogue", "Import your certificate again, or ask your administrator for a new one.")},
    CatalogueRow{"tern.crypto.tls.alert.certificate-kind",
                 QT_TRANSLATE_NOOP("Catalogue", "The sign-in server does not take certificates of the kind you have."),
                 QT_TRANSLATE_NOOP(
                     "Catalogue",
                     "Ask your administrator for a certificate for client authentication with an RSA or ECDSA key.")},
    CatalogueRow{"tern.crypto.tls.alert.certificate-revoked",
                 QT_TRANSLATE_NOOP("Catalogue", "Your certificate has been revoked."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator for a new one.")},
    CatalogueRow{
        "tern.crypto.tls.alert.certificate-expired",
        QT_TRANSLATE_NOOP("Catalogue", "The sign-in server says that your certificate has run out."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Check the clock of this computer, then ask your administrator for a new certificate.")},
    CatalogueRow{
        "tern.crypto.tls.alert.certificate-unknown",
        QT_TRANSLATE_NOOP("Catalogue", "The sign-in server could not accept your certificate."),
        QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator to look at the sign-in server's log for the reason.")},
    CatalogueRow{
        "tern.crypto.tls.alert.unknown-ca",
        QT_TRANSLATE_NOOP("Catalogue", "The sign-in server does not know the authority that issued your certificate."),
        QT_TRANSLATE_NOOP("Catalogue", "Choose a certificate from your company's authority, or ask your administrator "
                                       "to trust this one on the server.")},
    CatalogueRow{"tern.crypto.tls.alert.access-denied",
                 QT_TRANSLATE_NOOP("Catalogue", "The sign-in server knows your certificate, but does not let you in."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator whether your account may use the VPN.")},
    CatalogueRow{"tern.crypto.tls.alert.version",
                 QT_TRANSLATE_NOOP("Catalogue", "The sign-in server does not take the TLS versions that Tern offers."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator to turn on TLS 1.2 on the sign-in server. If "
                                                "it only takes TLS 1.3, allow that in the connection's settings.")},
    CatalogueRow{"tern.crypto.tls.alert.security",
                 QT_TRANSLATE_NOOP("Catalogue", "The sign-in server wants stronger encryption than Tern offered."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator which TLS ciphers the sign-in server allows.")},
    CatalogueRow{"tern.crypto.tls.alert.internal",
                 QT_TRANSLATE_NOOP("Catalogue", "The sign-in server has a fault of its own."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again later, and tell your administrator.")},
    CatalogueRow{
        "tern.crypto.tls.alert.name",
        QT_TRANSLATE_NOOP("Catalogue", "The sign-in server does not know the name it was called by."),
        QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator to look at the sign-in server's TLS settings.")},
    CatalogueRow{"tern.crypto.tls.alert.certificate-required",
                 QT_TRANSLATE_NOOP("Catalogue", "The sign-in server wants a certificate of yours, and none was sent."),
                 QT_TRANSLATE_NOOP("Catalogue", "Choose your certificate in the connection's settings.")},
    CatalogueRow{"tern.crypto.tls.alert.other",
                 QT_TRANSLATE_NOOP("Catalogue", "The sign-in server refused with TLS alert %1."),
                 QT_TRANSLATE_NOOP("Catalogue", "Give this number to your administrator.")},
    CatalogueRow{
        "tern.crypto.ca.not-here",
        QT_TRANSLATE_NOOP("Catalogue",
                          "The authority that this connection expects for the sign-in server is not on this computer."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Ask your administrator for the authority's certificate file and add it to the connection.")},
    CatalogueRow{
        "tern.crypto.legacy", QT_TRANSLATE_NOOP("Catalogue", "This computer forbids %1, which the server insists on."),
        QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator for another way to sign in, such as EAP-TLS or PEAP.")},
    CatalogueRow{"tern.eap.server-certificate.untrusted",
                 QT_TRANSLATE_NOOP("Catalogue", "The certificate of the server that checks your sign-in was issued by "
                                                "%1, which this connection does not trust. No password was sent."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Ask your administrator for the certificate of the authority that issued it, "
                                   "and add it to this connection. Do not go on if nobody knows it.")},
    CatalogueRow{"tern.eap.server-certificate.self-signed",
                 QT_TRANSLATE_NOOP("Catalogue", "The certificate of the server that checks your sign-in (%1) is signed "
                                                "by that server itself: nobody vouches for it. No password was sent."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator for this certificate, and add it to this "
                                                "connection as its authority. Do not go on if nobody knows it.")},
    CatalogueRow{
        "tern.eap.server-certificate.name",
        QT_TRANSLATE_NOOP("Catalogue",
                          "The certificate of the server that checks your sign-in is for %2, not for %1. No password "
                          "was sent."),
        QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator for the name of the sign-in server (RADIUS or NPS), and "
                                       "enter it in the connection's settings.")},
    CatalogueRow{
        "tern.eap.server-certificate.expired",
        QT_TRANSLATE_NOOP("Catalogue", "The certificate of the server that checks your sign-in ran out on %1."),
        QT_TRANSLATE_NOOP(
            "Catalogue",
            "Ask your administrator to renew it. If that date is still to come, set this computer's clock.")},
    CatalogueRow{
        "tern.eap.server-certificate.not-yet-valid",
        QT_TRANSLATE_NOOP("Catalogue",
                          "The certificate of the server that checks your sign-in is only good from %1 on."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Check the date and time of this computer. If they are right, tell your administrator.")},
    CatalogueRow{
        "tern.eap.server-certificate.usage",
        QT_TRANSLATE_NOOP("Catalogue",
                          "The certificate that the server that checks your sign-in has shown (%1) was not made for "
                          "servers."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Ask your administrator for a certificate with the purpose “server authentication”.")},
    CatalogueRow{
        "tern.eap.server-certificate.unfit",
        QT_TRANSLATE_NOOP("Catalogue",
                          "The certificate of the server that checks your sign-in cannot be accepted. No password was "
                          "sent."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Give the details of this message to your administrator: the sign-in server (RADIUS or NPS) "
                          "needs another certificate.")},
    CatalogueRow{
        "tern.eap.tls.no-trust",
        QT_TRANSLATE_NOOP("Catalogue", "There is no certificate authority to check the sign-in server with."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Choose the certificate authority in the connection's settings. No password was sent.")},
    CatalogueRow{
        "tern.eap.tls.no-certificate",
        QT_TRANSLATE_NOOP("Catalogue", "The server wants to see a certificate of yours, and this connection has none."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Choose your certificate in the connection's settings, or ask your administrator for one.")},
    CatalogueRow{"tern.eap.tls.certificate-refused",
                 QT_TRANSLATE_NOOP("Catalogue", "The server saw your certificate and refused to let you in."),
                 QT_TRANSLATE_NOOP(
                     "Catalogue",
                     "Ask your administrator whether your certificate belongs to an account that may use the VPN.")},
    CatalogueRow{"tern.eap.tls.no-indication",
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "The sign-in server does not finish TLS 1.3 in the way that the standard has it."),
                 QT_TRANSLATE_NOOP(
                     "Catalogue",
                     "Turn off TLS 1.3 for the sign-in of this connection (ternctl set NAME eap-tls-1.3=off), or ask "
                     "your administrator to update the server.")},
    CatalogueRow{
        "tern.eap.peap.binding",
        QT_TRANSLATE_NOOP("Catalogue",
                          "The sign-in does not belong to the server that Tern verified. Somebody may be in between."),
        QT_TRANSLATE_NOOP(
            "Catalogue",
            "Do not connect from this network for now. If it happens elsewhere too, tell your administrator.")},
    CatalogueRow{
        "tern.eap.peap.no-binding",
        QT_TRANSLATE_NOOP("Catalogue",
                          "The server does not bind the sign-in to its certificate, which this connection requires."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Ask your administrator to turn on cryptobinding for PEAP, or to change this connection.")},
    CatalogueRow{
        "tern.eap.code", QT_TRANSLATE_NOOP("Catalogue", "The server did not accept the code."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Connect again and enter a fresh code. Codes are good for a short time and only once.")},
    CatalogueRow{"tern.eap.password-length", QT_TRANSLATE_NOOP("Catalogue", "The new password is empty or too long."),
                 QT_TRANSLATE_NOOP("Catalogue", "Choose one of 1 to 256 characters.")},
};

} // namespace

std::span<const CatalogueRow> tlsRows() {
    return rows;
}

} // namespace tern::base
