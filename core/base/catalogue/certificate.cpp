// The server's certificate: why it is not trusted, and whether it was revoked.
#include "core/base/catalogue/areas.h"

#include <QtGlobal>
#include <array>

namespace tern::base {

namespace {

constexpr std::array rows{
    CatalogueRow{"tern.crypto.cert.malformed",
                 QT_TRANSLATE_NOOP("Catalogue", "The server sent a certificate that cannot be read."),
                 QT_TRANSLATE_NOOP("Catalogue", "Tell your administrator that the server's certificate is damaged.")},
    CatalogueRow{"tern.crypto.cert.untrusted",
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "The server's certificate was issued by %1, which this connection does not trust."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Ask your administrator for the certificate of the authority that issued it, "
                                   "and add it to this connection. Do not go on if nobody knows it.")},
    CatalogueRow{
        "tern.crypto.cert.self-signed",
        QT_TRANSLATE_NOOP("Catalogue",
                          "The server's certificate (%1) is signed by the server itself: nobody vouches for it."),
        QT_TRANSLATE_NOOP("Catalogue", "Compare its fingerprint with the one your administrator tells you. If they are "
                                       "the same, trust this certificate for this connection.")},
    CatalogueRow{
        "tern.crypto.cert.forged",
        QT_TRANSLATE_NOOP("Catalogue",
                          "The signature on the certificate of %1 is wrong: it was changed, or somebody made it up."),
        QT_TRANSLATE_NOOP(
            "Catalogue",
            "Do not connect from this network for now. If it happens elsewhere too, tell your administrator.")},
    CatalogueRow{
        "tern.crypto.cert.not-an-authority",
        QT_TRANSLATE_NOOP("Catalogue", "%1 has issued the server's certificate, but is not allowed to issue any."),
        QT_TRANSLATE_NOOP(
            "Catalogue",
            "Tell your administrator that the server's certificate hangs on one that is no certification authority.")},
    CatalogueRow{
        "tern.crypto.cert.path-length",
        QT_TRANSLATE_NOOP("Catalogue", "%1 may not vouch for the server over so many steps."),
        QT_TRANSLATE_NOOP(
            "Catalogue",
            "Tell your administrator that the chain of the server's certificate is longer than its authority allows.")},
    CatalogueRow{
        "tern.crypto.cert.constraints",
        QT_TRANSLATE_NOOP("Catalogue",
                          "The authority of the server's certificate may not vouch for the names in it (%1)."),
        QT_TRANSLATE_NOOP(
            "Catalogue",
            "Ask your administrator for a certificate from an authority that is allowed to vouch for this name.")},
    CatalogueRow{"tern.crypto.cert.critical-extension",
                 QT_TRANSLATE_NOOP("Catalogue", "The certificate of %1 has a condition that Tern does not know."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator for a certificate without unusual critical "
                                                "extensions, and save a report and send it to us.")},
    CatalogueRow{"tern.crypto.cert.name",
                 QT_TRANSLATE_NOOP("Catalogue", "The server's certificate is for %2, not for %1."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check the server's address in this connection. If it is right, ask "
                                                "your administrator for a certificate with that name.")},
    CatalogueRow{"tern.crypto.cert.expired", QT_TRANSLATE_NOOP("Catalogue", "The server's certificate ran out on %1."),
                 QT_TRANSLATE_NOOP(
                     "Catalogue",
                     "Ask your administrator to renew it. If that date is still to come, set this computer's clock.")},
    CatalogueRow{"tern.crypto.cert.authority-expired",
                 QT_TRANSLATE_NOOP("Catalogue", "The certificate of %2, which vouches for the server, ran out on %1."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator for the new certificate of this authority.")},
    CatalogueRow{
        "tern.crypto.cert.not-yet-valid",
        QT_TRANSLATE_NOOP("Catalogue", "The server's certificate is only good from %1 on."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Check the date and time of this computer. If they are right, tell your administrator.")},
    CatalogueRow{
        "tern.crypto.cert.authority-not-yet-valid",
        QT_TRANSLATE_NOOP("Catalogue", "The certificate of %2, which vouches for the server, is only good from %1 on."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Check the date and time of this computer. If they are right, tell your administrator.")},
    CatalogueRow{
        "tern.crypto.cert.usage",
        QT_TRANSLATE_NOOP("Catalogue", "The certificate of %1 was not made for a VPN server."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Ask your administrator for a certificate with the purpose “server authentication”.")},
    CatalogueRow{"tern.crypto.cert.key-usage",
                 QT_TRANSLATE_NOOP("Catalogue", "The server's certificate may not be used to sign."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Ask your administrator for a certificate with the key usage “digital signature”.")},
    CatalogueRow{
        "tern.crypto.cert.weak-key",
        QT_TRANSLATE_NOOP("Catalogue", "The key of %1 is too short to be trusted today (%2)."),
        QT_TRANSLATE_NOOP(
            "Catalogue",
            "Ask your administrator for a certificate with an RSA key of 2048 bits or more, or an ECDSA key.")},
    CatalogueRow{
        "tern.crypto.cert.weak-signature",
        QT_TRANSLATE_NOOP("Catalogue", "The certificate of %1 is signed in a way that can be forged today (%2)."),
        QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator for a certificate that is signed with SHA-256.")},
    CatalogueRow{"tern.crypto.cert.pin",
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "The server's certificate (%1) is not the one this connection was told to trust."),
                 QT_TRANSLATE_NOOP("Catalogue", "If your administrator has changed the server's key, compare the new "
                                                "fingerprint and trust the new certificate. If not, do not connect.")},
    CatalogueRow{
        "tern.crypto.cert.revoked", QT_TRANSLATE_NOOP("Catalogue", "The certificate of %1 was revoked on %2 (%3)."),
        QT_TRANSLATE_NOOP(
            "Catalogue",
            "Do not connect: whoever shows this certificate may not be your server. Tell your administrator.")},
    CatalogueRow{
        "tern.crypto.cert.unchecked",
        QT_TRANSLATE_NOOP(
            "Catalogue",
            "It could not be checked whether the certificate of %1 was revoked, and this connection insists on it."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Try again when the network works. If it goes on, ask your administrator whether the "
                          "certificate's authority can be reached, or set the check to “if possible”.")},
    CatalogueRow{"tern.crypto.cert.uncheckable",
                 QT_TRANSLATE_NOOP("Catalogue", "The certificate of %1 names no place where to ask whether it was "
                                                "revoked, and this connection insists on that."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator for a certificate with an OCSP or CRL address, "
                                                "or set the check to “if possible”.")},
    CatalogueRow{"tern.crypto.revocation.malformed",
                 QT_TRANSLATE_NOOP("Catalogue", "The answer about a revoked certificate cannot be read."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Tell your administrator that the service for revoked certificates does not work.")},
    CatalogueRow{"tern.crypto.revocation.responder",
                 QT_TRANSLATE_NOOP("Catalogue", "The service for revoked certificates gave no answer (%1)."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Tell your administrator that the service for revoked certificates does not work.")},
    CatalogueRow{
        "tern.crypto.revocation.signer",
        QT_TRANSLATE_NOOP("Catalogue",
                          "The answer about a revoked certificate is not signed by the certificate's authority."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Tell your administrator that the service for revoked certificates does not work.")},
    CatalogueRow{"tern.crypto.revocation.other",
                 QT_TRANSLATE_NOOP("Catalogue", "The answer about a revoked certificate is about something else."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Tell your administrator that the service for revoked certificates does not work.")},
    CatalogueRow{
        "tern.crypto.revocation.stale",
        QT_TRANSLATE_NOOP("Catalogue", "The answer about a revoked certificate is of %1 and was good until %2."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Check the date and time of this computer. If they are right, tell your administrator.")},
};

} // namespace

std::span<const CatalogueRow> certificateRows() {
    return rows;
}

} // namespace tern::base
