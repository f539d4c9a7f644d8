// What a probe of a server found: a sentence for each road to it, and the advice.
#include "core/base/catalogue/areas.h"

#include <QtGlobal>
#include <array>

namespace tern::base {

namespace {

constexpr const char* nothingToDo = QT_TRANSLATE_NOOP("Catalogue", "Nothing needs to be done.");
constexpr const char* switchOff = QT_TRANSLATE_NOOP(
    "Catalogue", "Do not use it. Whoever runs the server can switch it off once everybody has moved.");
constexpr const char* goodThatItIsOff = QT_TRANSLATE_NOOP("Catalogue", "That is good: it is no longer safe.");
constexpr const char* askForIkev2 = QT_TRANSLATE_NOOP(
    "Catalogue",
    "If it should be there, whoever runs the server has to see that IKEv2 is on, and UDP ports 500 and 4500 are open.");
constexpr const char* askForSstp = QT_TRANSLATE_NOOP(
    "Catalogue", "If it should be there, whoever runs the server knows whether SSTP is on, and on which port.");

constexpr std::array rows{
    CatalogueRow{"tern.probe.target", QT_TRANSLATE_NOOP("Catalogue", "“%1” is not a server's name or address."),
                 QT_TRANSLATE_NOOP("Catalogue", "Write a name like vpn.example.com or an address, with :PORT behind "
                                                "it where SSTP is not on port 443.")},
    CatalogueRow{"tern.probe.busy", QT_TRANSLATE_NOOP("Catalogue", "Too many servers are being checked at once."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again in a few seconds.")},
    CatalogueRow{"tern.probe.no-network", QT_TRANSLATE_NOOP("Catalogue", "No network leads to %1."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check that the computer is online, and try again.")},

    // ---- advice ----
    CatalogueRow{"tern.probe.advice.both", QT_TRANSLATE_NOOP("Catalogue", "%1 offers IKEv2 and SSTP."),
                 QT_TRANSLATE_NOOP("Catalogue", "Use IKEv2: it is the faster one. SSTP is there for networks that let "
                                                "only web traffic through.")},
    CatalogueRow{"tern.probe.advice.ready-ikev2", QT_TRANSLATE_NOOP("Catalogue", "%1 is ready for IKEv2."),
                 QT_TRANSLATE_NOOP("Catalogue", "Set the connection to IKEv2.")},
    CatalogueRow{"tern.probe.advice.ready-sstp", QT_TRANSLATE_NOOP("Catalogue", "%1 is ready for SSTP."),
                 QT_TRANSLATE_NOOP("Catalogue", "Set the connection to SSTP.")},
    CatalogueRow{"tern.probe.advice.only-weak-ikev2",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 offers IKEv2, but with outdated encryption only."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Whoever runs the server can set AES-256 with SHA-256 and group 14 or 19. Until "
                                   "then outdated encryption can be allowed for this connection.")},
    CatalogueRow{
        "tern.probe.advice.needs-repair",
        QT_TRANSLATE_NOOP("Catalogue", "%1 has something to offer, but it cannot be used as it is."),
        QT_TRANSLATE_NOOP("Catalogue", "What is wrong with it is said there; whoever runs the server can mend it.")},
    CatalogueRow{"tern.probe.advice.only-retired",
                 QT_TRANSLATE_NOOP("Catalogue", "%1 offers only PPTP or L2TP, which are no longer safe."),
                 QT_TRANSLATE_NOOP("Catalogue", "Whoever runs the server can switch on IKEv2 or SSTP. Both are part of "
                                                "Windows Server and usually need no new machine.")},
    CatalogueRow{"tern.probe.advice.nothing", QT_TRANSLATE_NOOP("Catalogue", "No VPN answers at %1."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check the name. If it is right, a firewall may be in the way: try "
                                                "from another network, or ask whoever runs the server.")},

    // ---- IKEv2 ----
    CatalogueRow{"tern.probe.ikev2.open", QT_TRANSLATE_NOOP("Catalogue", "IKEv2 answers: %1."), nothingToDo},
    CatalogueRow{"tern.probe.ikev2.redirect",
                 QT_TRANSLATE_NOOP("Catalogue", "IKEv2 answers and sends callers on to another server."), nothingToDo},
    CatalogueRow{
        "tern.probe.ikev2.weak", QT_TRANSLATE_NOOP("Catalogue", "IKEv2 answers, with outdated encryption: %1."),
        QT_TRANSLATE_NOOP("Catalogue", "Whoever runs the server can set AES-256 with SHA-256 and group 14 or 19.")},
    CatalogueRow{"tern.probe.ikev2.no-proposal",
                 QT_TRANSLATE_NOOP("Catalogue", "IKEv2 answers, but takes none of the encryption that Tern knows."),
                 QT_TRANSLATE_NOOP("Catalogue", "It may be there and not be set up. Whoever runs the server can set "
                                                "AES-256 with SHA-256 and group 14 or 19.")},
    CatalogueRow{
        "tern.probe.ikev2.unusable", QT_TRANSLATE_NOOP("Catalogue", "IKEv2 answers, and refuses us (%1)."),
        QT_TRANSLATE_NOOP("Catalogue", "Whoever runs the server knows whether the VPN may be used from here.")},
    CatalogueRow{"tern.probe.ikev2.closed", QT_TRANSLATE_NOOP("Catalogue", "IKEv2 is not offered."), askForIkev2},
    CatalogueRow{"tern.probe.ikev2.silent",
                 QT_TRANSLATE_NOOP("Catalogue", "IKEv2: no answer. It is off, or something on the way drops it."),
                 askForIkev2},
    CatalogueRow{
        "tern.probe.ikev2.outdated",
        QT_TRANSLATE_NOOP("Catalogue", "The server agrees to outdated encryption only: %1."),
        QT_TRANSLATE_NOOP("Catalogue", "Whoever runs the server can set AES-256 with SHA-256 and group 14 or 19."),
        "RFC 8247"},
    CatalogueRow{"tern.probe.ikev2.tcp-only",
                 QT_TRANSLATE_NOOP("Catalogue", "IKEv2 answers by TCP only: UDP is blocked somewhere."),
                 QT_TRANSLATE_NOOP("Catalogue", "It works, but more slowly. UDP ports 500 and 4500 should be opened, "
                                                "on the server's side or in this network."),
                 "RFC 9329"},
    CatalogueRow{"tern.probe.ikev2.no-4500",
                 QT_TRANSLATE_NOOP("Catalogue", "UDP port 500 answers, port 4500 does not."),
                 QT_TRANSLATE_NOOP(
                     "Catalogue",
                     "If connecting fails, UDP port 4500 has to be opened, on the server's side or in this network."),
                 "RFC 7296 §2.23"},
    CatalogueRow{
        "tern.probe.ikev2.no-fragments",
        QT_TRANSLATE_NOOP("Catalogue", "The server cannot cut large messages into pieces."),
        QT_TRANSLATE_NOOP(
            "Catalogue",
            "Only where connecting fails in some networks: whoever runs the server can switch on IKEv2 fragmentation."),
        "RFC 7383"},

    // ---- SSTP ----
    CatalogueRow{"tern.probe.sstp.open", QT_TRANSLATE_NOOP("Catalogue", "SSTP answers: %1."), nothingToDo},
    CatalogueRow{"tern.probe.sstp.certificate",
                 QT_TRANSLATE_NOOP("Catalogue", "SSTP answers, but the server's certificate cannot be used."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "What is wrong with it is below. Where the organisation has an authority of its "
                                   "own, import that; else whoever runs the server has to mend it.")},
    CatalogueRow{"tern.probe.sstp.refused", QT_TRANSLATE_NOOP("Catalogue", "A server answers, and refuses our call."),
                 QT_TRANSLATE_NOOP("Catalogue", "Whoever runs the server knows whether SSTP may be used from here.")},
    CatalogueRow{"tern.probe.sstp.busy",
                 QT_TRANSLATE_NOOP("Catalogue", "A server answers, and cannot take our call now."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again later.")},
    CatalogueRow{
        "tern.probe.sstp.tls",
        QT_TRANSLATE_NOOP("Catalogue", "A server answers, but no secure connection to it is possible."),
        QT_TRANSLATE_NOOP("Catalogue", "Whoever runs the server can switch on TLS 1.2 or 1.3 with a strong key.")},
    CatalogueRow{"tern.probe.sstp.web-server", QT_TRANSLATE_NOOP("Catalogue", "A web server without SSTP answers."),
                 askForSstp},
    CatalogueRow{"tern.probe.sstp.portal", QT_TRANSLATE_NOOP("Catalogue", "A web page answers instead of SSTP."),
                 QT_TRANSLATE_NOOP("Catalogue", "In a hotel, a café or on a train, sign in to the network in a browser "
                                                "first. Otherwise whoever runs the server knows whether SSTP is on.")},
    CatalogueRow{"tern.probe.sstp.other", QT_TRANSLATE_NOOP("Catalogue", "Something other than SSTP answers."),
                 askForSstp},
    CatalogueRow{"tern.probe.sstp.closed", QT_TRANSLATE_NOOP("Catalogue", "SSTP is not offered."), askForSstp},
    CatalogueRow{"tern.probe.sstp.silent",
                 QT_TRANSLATE_NOOP("Catalogue", "SSTP: no answer. It is off, or something on the way drops it."),
                 askForSstp},
    CatalogueRow{"tern.probe.sstp.old-tls", QT_TRANSLATE_NOOP("Catalogue", "The server still offers %1."),
                 QT_TRANSLATE_NOOP("Catalogue", "Tern does not use it. Whoever runs the server can switch it off."),
                 "RFC 8996"},
    CatalogueRow{
        "tern.probe.sstp.expires-soon", QT_TRANSLATE_NOOP("Catalogue", "The server's certificate expires in %1 days."),
        QT_TRANSLATE_NOOP("Catalogue", "Whoever runs the server has to renew it in time."), "RFC 5280 §4.1.2.5"},

    // ---- what is retired ----
    CatalogueRow{"tern.probe.pptp.open", QT_TRANSLATE_NOOP("Catalogue", "PPTP answers."), switchOff},
    CatalogueRow{"tern.probe.pptp.unusable", QT_TRANSLATE_NOOP("Catalogue", "PPTP answers, and refuses us."),
                 switchOff},
    CatalogueRow{"tern.probe.pptp.closed", QT_TRANSLATE_NOOP("Catalogue", "PPTP is not offered."), goodThatItIsOff},
    CatalogueRow{"tern.probe.pptp.silent", QT_TRANSLATE_NOOP("Catalogue", "PPTP: no answer."), goodThatItIsOff},
    CatalogueRow{"tern.probe.l2tp.open",
                 QT_TRANSLATE_NOOP("Catalogue", "The server takes what L2TP over IPsec begins with: %1."), switchOff},
    CatalogueRow{"tern.probe.l2tp.plain", QT_TRANSLATE_NOOP("Catalogue", "L2TP answers."), switchOff},
    CatalogueRow{"tern.probe.l2tp.no-ipsec",
                 QT_TRANSLATE_NOOP("Catalogue", "L2TP answers without IPsec: everything in it can be read on the way."),
                 switchOff, "RFC 3193"},
    CatalogueRow{"tern.probe.l2tp.speaks",
                 QT_TRANSLATE_NOOP("Catalogue", "IKEv1 answers, but takes nothing that L2TP begins with."),
                 nothingToDo},
    CatalogueRow{"tern.probe.l2tp.closed", QT_TRANSLATE_NOOP("Catalogue", "L2TP is not offered."), goodThatItIsOff},
    CatalogueRow{"tern.probe.l2tp.silent", QT_TRANSLATE_NOOP("Catalogue", "L2TP: no answer."), goodThatItIsOff},
};

} // namespace

std::span<const CatalogueRow> probeRows() {
    return rows;
}

} // namespace tern::base
