#include "core/base/catalogue/areas.h"

#include <QtGlobal>
#include <array>

namespace tern::base {

namespace {

// Error numbers of Windows servers, from private notify 12345. %1 is the server as the user dialled it.
constexpr std::array rows{
    CatalogueRow{"tern.ike.windows.account-expired", QT_TRANSLATE_NOOP("Catalogue", "Your account has run out."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator to extend it.")},
    CatalogueRow{"tern.ike.windows.account-restricted",
                 QT_TRANSLATE_NOOP("Catalogue", "A restriction of your account does not allow this sign-in."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator about restrictions of your account, such as an "
                                                "empty password or certain computers.")},
    CatalogueRow{
        "tern.ike.windows.must-change",
        QT_TRANSLATE_NOOP("Catalogue", "You must change your password before you sign in for the first time."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Change it on a computer in the office or on your company's web page, then connect again.")},
    CatalogueRow{"tern.ike.windows.clock",
                 QT_TRANSLATE_NOOP("Catalogue", "The clocks of %1 and its domain differ too much."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check the clock of this computer, then tell your administrator.")},
    CatalogueRow{"tern.ike.windows.no-logon-server",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 cannot reach the server that knows your account."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again later, and tell your administrator.")},
    CatalogueRow{
        "tern.ike.windows.radius-silent",
        QT_TRANSLATE_NOOP("Catalogue", "The sign-in server behind %1 did not answer."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Try again later, and tell your administrator that the RADIUS server (NPS) is silent.")},
    CatalogueRow{"tern.ike.windows.no-port",
                 QT_TRANSLATE_NOOP("Catalogue", "All connections that %1 allows are in use."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again later, or ask your administrator for more ports.")},
    CatalogueRow{"tern.ike.windows.auth-method",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 does not allow the way this connection signs in."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Ask your administrator which authentication methods the server's policy allows.")},
    CatalogueRow{
        "tern.ike.windows.certificate-unacceptable",
        QT_TRANSLATE_NOOP("Catalogue", "%1 does not accept the certificate or key of this connection (13801)."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Check which certificate the connection uses. On the server, the certificate needs the "
                          "server's name, the usage “Server Authentication” and an authority both sides trust.")},
    CatalogueRow{"tern.ike.windows.no-certificate",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 found no certificate it can use (13806)."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator to install a machine certificate on the "
                                                "server, or choose your own in the connection's settings.")},
    CatalogueRow{"tern.ike.windows.policy-match",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 and Tern found no encryption that both allow (13868)."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator to allow AES-256 with SHA-256 and group 14 on "
                                                "the server, or allow older encryption for this connection.")},
    CatalogueRow{
        "tern.ike.windows.certificate-revocation",
        QT_TRANSLATE_NOOP("Catalogue", "%1 could not find out whether a certificate has been revoked."),
        QT_TRANSLATE_NOOP(
            "Catalogue", "Tell your administrator that the revocation list (CRL) of the authority cannot be reached.")},
    CatalogueRow{"tern.ike.windows.certificate-usage",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 says that a certificate is not meant for VPN sign-in."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Ask your administrator for a certificate with the usage “Client Authentication”.")},
    CatalogueRow{"tern.ike.windows.certificate-untrusted",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 does not trust the authority that issued the certificate."),
                 QT_TRANSLATE_NOOP(
                     "Catalogue",
                     "Ask your administrator to trust that authority on the server, or choose another certificate.")},
    CatalogueRow{
        "tern.ike.windows.certificate-expired",
        QT_TRANSLATE_NOOP("Catalogue", "%1 says that a certificate has run out."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Check the clock of this computer, then ask your administrator for a new certificate.")},
    CatalogueRow{"tern.ike.windows.certificate-revoked",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 says that the certificate has been revoked."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator for a new one.")},
    CatalogueRow{"tern.ike.windows.signature", QT_TRANSLATE_NOOP("Catalogue", "%1 could not verify a signature."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Check that your certificate belongs to your key, then tell your administrator.")},
    CatalogueRow{
        "tern.ike.windows.key-exchange", QT_TRANSLATE_NOOP("Catalogue", "%1 failed in the key exchange."),
        QT_TRANSLATE_NOOP(
            "Catalogue",
            "Try again. If it happens again, ask your administrator to switch off PFS for VPN clients on the server.")},
    CatalogueRow{
        "tern.ike.windows.timed-out", QT_TRANSLATE_NOOP("Catalogue", "%1 waited too long for an answer."),
        QT_TRANSLATE_NOOP("Catalogue", "Try again from another network; large packets may be lost on the way.")},
    CatalogueRow{"tern.ike.windows.no-policy",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 has no rule for this kind of connection."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator to set up IKEv2 for VPN users on the server.")},
    CatalogueRow{
        "tern.ike.windows.negotiation", QT_TRANSLATE_NOOP("Catalogue", "%1 could not complete the negotiation."),
        QT_TRANSLATE_NOOP("Catalogue", "Try again. If it happens again, give the details to your administrator.")},
};

} // namespace

std::span<const CatalogueRow> windowsRows() {
    return rows;
}

} // namespace tern::base
