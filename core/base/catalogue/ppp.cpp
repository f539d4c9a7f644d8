#include "core/base/catalogue/areas.h"

#include <QtGlobal>
#include <array>

namespace tern::base {

namespace {

// Of the link inside SSTP. What signing in itself can come to is in eap.cpp: MS-CHAPv2 says the same in both.
constexpr std::array rows{
    CatalogueRow{"tern.ppp.internal", QT_TRANSLATE_NOOP("Catalogue", "Tern made a mistake of its own."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again. If it happens again, save a report and send it to us.")},
    CatalogueRow{"tern.ppp.no-answer",
                 QT_TRANSLATE_NOOP("Catalogue", "The server took the connection, but then said nothing more."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again in a few minutes. If it happens again, tell your "
                                                "administrator that PPP does not answer.")},
    CatalogueRow{"tern.ppp.no-agreement",
                 QT_TRANSLATE_NOOP("Catalogue", "Tern and the server could not agree on how to talk."),
                 QT_TRANSLATE_NOOP("Catalogue", "Save a report and send it to your administrator.")},
    CatalogueRow{"tern.ppp.loop",
                 QT_TRANSLATE_NOOP("Catalogue", "Tern hears itself: what it sends comes back instead of an answer."),
                 QT_TRANSLATE_NOOP("Catalogue", "Something on the way, or the server, is set up wrongly. Tell your "
                                                "administrator.")},
    CatalogueRow{"tern.ppp.protocol", QT_TRANSLATE_NOOP("Catalogue", "The server broke the rules of PPP."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Try again. If it happens again, save a report and send it to your administrator.")},
    CatalogueRow{"tern.ppp.ended",
                 QT_TRANSLATE_NOOP("Catalogue", "The server ended the connection and gave no reason."),
                 QT_TRANSLATE_NOOP("Catalogue", "Connect again. If it ends again, ask your administrator whether there "
                                                "is a limit on connections or on their time.")},
    CatalogueRow{"tern.ppp.ended-because", QT_TRANSLATE_NOOP("Catalogue", "The server ended the connection: %1"),
                 QT_TRANSLATE_NOOP("Catalogue", "Connect again. If it ends again, give these words of the server to "
                                                "your administrator.")},
    CatalogueRow{"tern.ppp.server-timeout",
                 QT_TRANSLATE_NOOP("Catalogue", "The server waited too long for an answer and ended "
                                                "the connection."),
                 QT_TRANSLATE_NOOP("Catalogue", "Connect again, and answer sooner when you are asked for something.")},
    CatalogueRow{
        "tern.ppp.no-network", QT_TRANSLATE_NOOP("Catalogue", "The server let you in, but connects you to no network."),
        QT_TRANSLATE_NOOP("Catalogue", "Tell your administrator that the server offers neither IPv4 nor IPv6.")},
    CatalogueRow{
        "tern.ppp.no-address", QT_TRANSLATE_NOOP("Catalogue", "The server let you in, but has no address for you."),
        QT_TRANSLATE_NOOP("Catalogue", "Try again later: all addresses may be taken. If it happens again, tell "
                                       "your administrator.")},
    CatalogueRow{"tern.ppp.network-ended",
                 QT_TRANSLATE_NOOP("Catalogue", "The server took back the network it had given you."),
                 QT_TRANSLATE_NOOP("Catalogue", "Connect again. If it happens again, tell your administrator.")},
    CatalogueRow{"tern.ppp.wants-mppe",
                 QT_TRANSLATE_NOOP("Catalogue", "The server insists on an old encryption (MPPE) inside the one that "
                                                "protects this connection already."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Ask your administrator not to require MPPE for SSTP: TLS encrypts everything.")},
    CatalogueRow{"tern.ppp.gone", QT_TRANSLATE_NOOP("Catalogue", "The server does not answer any more."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check your network, then connect again.")},
    CatalogueRow{"tern.ppp.auth.no-common-method",
                 QT_TRANSLATE_NOOP("Catalogue", "The server wants a sign-in by %1; this connection allows %2."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator which is right, and change the connection's "
                                                "sign-in if it is the server's.")},
    CatalogueRow{"tern.ppp.auth.none",
                 QT_TRANSLATE_NOOP("Catalogue", "The server would let anybody in: it asked for no sign-in."),
                 QT_TRANSLATE_NOOP("Catalogue", "It may not be the real one. Tell your administrator.")},
    CatalogueRow{"tern.ppp.auth.silence",
                 QT_TRANSLATE_NOOP("Catalogue", "The server did not decide in time whether to let you in."),
                 QT_TRANSLATE_NOOP("Catalogue", "If your sign-in has to be confirmed on another device, connect again "
                                                "and confirm it there.")},
    CatalogueRow{"tern.ppp.auth.too-long",
                 QT_TRANSLATE_NOOP("Catalogue", "The user name or the password is too long for %1."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator for another kind of sign-in.")},
};

} // namespace

std::span<const CatalogueRow> pppRows() {
    return rows;
}

} // namespace tern::base
