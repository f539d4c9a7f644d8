// SSTP: the TCP and TLS connection to the server, its answer in HTTP, and the calls in it.
#include "core/base/catalogue/areas.h"

#include <QtGlobal>
#include <array>

namespace tern::base {

namespace {

constexpr std::array rows{
    CatalogueRow{"tern.sstp.connect.refused", QT_TRANSLATE_NOOP("Catalogue", "%1 does not take calls on port %2."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Check the server's name and port in the connection's settings, or ask "
                                   "the administrator whether the VPN server is running and has room for one more "
                                   "connection.")},
    CatalogueRow{"tern.sstp.connect.silent", QT_TRANSLATE_NOOP("Catalogue", "%1 does not answer on port %2."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check that the computer is online. A firewall on the way may be "
                                                "blocking this port: try another network.")},
    CatalogueRow{"tern.sstp.http.malformed",
                 QT_TRANSLATE_NOOP("Catalogue", "What answered is no SSTP server: it does not speak HTTP."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check the server's name and port in the connection's settings.")},
    CatalogueRow{
        "tern.sstp.http.too-long", QT_TRANSLATE_NOOP("Catalogue", "The server's answer has no end."),
        QT_TRANSLATE_NOOP("Catalogue", "Check the server's name and port. If they are right, send us a report.")},
    CatalogueRow{"tern.sstp.http.timeout",
                 QT_TRANSLATE_NOOP("Catalogue", "The server took the connection, but does not answer."),
                 QT_TRANSLATE_NOOP(
                     "Catalogue",
                     "Try again later. If it happens again, ask the administrator whether SSTP is on on this server.")},
    CatalogueRow{"tern.sstp.http.redirect",
                 QT_TRANSLATE_NOOP("Catalogue", "The server sends us on to %1, which VPN servers do not do."),
                 QT_TRANSLATE_NOOP("Catalogue", "If you are in a hotel, a café or on a train, sign in to the network "
                                                "in a browser first. Otherwise check the server's name.")},
    CatalogueRow{"tern.sstp.http.web-page",
                 QT_TRANSLATE_NOOP("Catalogue", "A web page answered instead of a VPN server."),
                 QT_TRANSLATE_NOOP("Catalogue", "If you are in a hotel, a café or on a train, sign in to the network "
                                                "in a browser first. Otherwise check the server's name and port.")},
    CatalogueRow{
        "tern.sstp.http.proxy-login", QT_TRANSLATE_NOOP("Catalogue", "A proxy on the way wants to know who you are."),
        QT_TRANSLATE_NOOP(
            "Catalogue",
            "Ask your administrator how programs sign in to the proxy of this network, or try another network.")},
    CatalogueRow{"tern.sstp.http.refused",
                 QT_TRANSLATE_NOOP("Catalogue", "The server does not let this computer call it (HTTP %1)."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask the administrator whether the VPN may be used from here.")},
    CatalogueRow{"tern.sstp.http.not-sstp",
                 QT_TRANSLATE_NOOP("Catalogue", "A web server answered that knows nothing of SSTP (HTTP %1)."),
                 QT_TRANSLATE_NOOP(
                     "Catalogue",
                     "Check the server's name and port, or ask the administrator whether SSTP is on on this server.")},
    CatalogueRow{
        "tern.sstp.http.unavailable", QT_TRANSLATE_NOOP("Catalogue", "The server cannot take the call now (HTTP %1)."),
        QT_TRANSLATE_NOOP("Catalogue", "Try again later. It may have no free connections left, or be starting.")},
    CatalogueRow{
        "tern.sstp.http.status",
        QT_TRANSLATE_NOOP("Catalogue", "The server answered with HTTP %1, which Tern does not know what to do with."),
        QT_TRANSLATE_NOOP("Catalogue", "Check the server's name and port. If they are right, send us a report.")},
    CatalogueRow{
        "tern.sstp.frame", QT_TRANSLATE_NOOP("Catalogue", "The server does not keep to SSTP."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Try again. If it happens again, check that this is the VPN server, and send us a report.")},
    CatalogueRow{"tern.sstp.message",
                 QT_TRANSLATE_NOOP("Catalogue", "The server sent a message that has no place in SSTP."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again. If it happens again, send us a report.")},
    CatalogueRow{
        "tern.sstp.binding",
        QT_TRANSLATE_NOOP("Catalogue",
                          "The server wants the sign-in bound to its certificate in a way that Tern does not know."),
        QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator to bring the server up to date.")},
    CatalogueRow{
        "tern.sstp.certificate-changed",
        QT_TRANSLATE_NOOP("Catalogue", "The server dropped the connection right after the sign-in. Somebody on the way "
                                       "seems to have put another certificate in place of the server's."),
        QT_TRANSLATE_NOOP("Catalogue", "This happens where TLS is inspected or ended before the VPN server. Ask the "
                                       "administrator to let it through unchanged, or to give the VPN server the "
                                       "certificate that is shown. Until then try another network.")},
    CatalogueRow{
        "tern.sstp.refused", QT_TRANSLATE_NOOP("Catalogue", "The server refused the call (%1)."),
        QT_TRANSLATE_NOOP("Catalogue", "Try again later. If it happens again, give this to your administrator.")},
    CatalogueRow{
        "tern.sstp.timeout",
        QT_TRANSLATE_NOOP("Catalogue", "The server stopped answering while the connection was being set up."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Try again. If it happens again, ask your administrator to look at the server's log.")},
    CatalogueRow{
        "tern.sstp.aborted", QT_TRANSLATE_NOOP("Catalogue", "The server broke the connection off (%1)."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Try again. If it happens again, ask your administrator to look at the server's log.")},
    CatalogueRow{"tern.sstp.disconnected", QT_TRANSLATE_NOOP("Catalogue", "The server ended the connection."),
                 QT_TRANSLATE_NOOP("Catalogue", "Connect again. If it happens again, ask your administrator whether "
                                                "the server limits how long or how often one may connect.")},
    CatalogueRow{"tern.sstp.cut", QT_TRANSLATE_NOOP("Catalogue", "The connection to the server was cut."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again. If it happens again, try another network.")},
    CatalogueRow{
        "tern.sstp.silent", QT_TRANSLATE_NOOP("Catalogue", "The server gives no sign of life any more."),
        QT_TRANSLATE_NOOP("Catalogue", "Check that the computer is online. Tern calls the server again by itself.")},
    CatalogueRow{"tern.sstp.tls.timeout",
                 QT_TRANSLATE_NOOP("Catalogue", "The server took the connection, but does not speak TLS with us."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check the server's port, or try another network.")},
    CatalogueRow{"tern.sstp.tls.protocol", QT_TRANSLATE_NOOP("Catalogue", "The TLS connection to the server failed."),
                 QT_TRANSLATE_NOOP(
                     "Catalogue",
                     "Check the server's name and port. A firewall on the way may interfere: try another network.")},
    CatalogueRow{"tern.sstp.tls.version",
                 QT_TRANSLATE_NOOP("Catalogue", "The server only knows versions of TLS that are no longer safe."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator to turn on TLS 1.2 or 1.3 on the server.")},
    CatalogueRow{"tern.sstp.tls.handshake",
                 QT_TRANSLATE_NOOP("Catalogue", "The server and Tern found no encryption that both accept."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator which TLS versions and ciphers the server "
                                                "allows, and whether it wants a certificate of yours.")},
    CatalogueRow{"tern.sstp.tls.weak", QT_TRANSLATE_NOOP("Catalogue", "The server's key for TLS is too weak."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator for a certificate with an RSA key of 2048 bits "
                                                "or more and current ciphers on the server.")},
    CatalogueRow{
        "tern.sstp.tls.name", QT_TRANSLATE_NOOP("Catalogue", "The server does not know the name it was called by."),
        QT_TRANSLATE_NOOP(
            "Catalogue",
            "Check the server's name, or choose another name to call it by, or none, in the connection's settings.")},
    CatalogueRow{"tern.sstp.tls.certificate-needed",
                 QT_TRANSLATE_NOOP("Catalogue", "The server wants to see a certificate of yours, and none was sent."),
                 QT_TRANSLATE_NOOP("Catalogue", "Choose your certificate in the connection's settings.")},
    CatalogueRow{"tern.sstp.tls.certificate-refused",
                 QT_TRANSLATE_NOOP("Catalogue", "The server does not accept your certificate."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator whether your certificate is still good and "
                                                "belongs to an account that may use the VPN.")},
    CatalogueRow{"tern.sstp.tls.credential",
                 QT_TRANSLATE_NOOP("Catalogue", "Your certificate or its key cannot be used for TLS."),
                 QT_TRANSLATE_NOOP(
                     "Catalogue",
                     "Import the certificate with its private key again, or ask your administrator for a new one.")},
    CatalogueRow{"tern.sstp.tls.closed", QT_TRANSLATE_NOOP("Catalogue", "The server ended the TLS connection."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again. If it happens again, try another network, or ask your "
                                                "administrator to look at the server's log.")},
    CatalogueRow{"tern.sstp.tls.alert", QT_TRANSLATE_NOOP("Catalogue", "The server refused with TLS alert %1."),
                 QT_TRANSLATE_NOOP("Catalogue", "Give this number to your administrator.")},
};

} // namespace

std::span<const CatalogueRow> sstpRows() {
    return rows;
}

} // namespace tern::base
