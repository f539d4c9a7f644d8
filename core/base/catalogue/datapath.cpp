#include "core/base/catalogue/areas.h"

#include <QtGlobal>
#include <array>

namespace tern::base {

namespace {

constexpr std::array rows{
    CatalogueRow{"tern.datapath.internal", QT_TRANSLATE_NOOP("Catalogue", "Tern made a mistake of its own."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again. If it happens again, save a report and send it to us.")},
    CatalogueRow{"tern.datapath.socket", QT_TRANSLATE_NOOP("Catalogue", "The system did not let Tern use the network."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again. If it happens again, restart the computer.")},
    CatalogueRow{"tern.datapath.send", QT_TRANSLATE_NOOP("Catalogue", "Nothing can be sent to %1."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check that the computer is online, then try again.")},
    CatalogueRow{"tern.datapath.no-route", QT_TRANSLATE_NOOP("Catalogue", "There is no way to %1 from this network."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check that the computer is online, then try again.")},
    CatalogueRow{"tern.datapath.stream",
                 QT_TRANSLATE_NOOP("Catalogue", "The TCP connection to %1 could not be made, or has ended."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "The server may not offer IKEv2 over TCP. Try another network, or ask the "
                                   "server's administrator.")},
    CatalogueRow{"tern.datapath.tun", QT_TRANSLATE_NOOP("Catalogue", "The system did not let Tern set up the tunnel."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again. If it happens again, restart the computer.")},
    CatalogueRow{"tern.datapath.cipher",
                 QT_TRANSLATE_NOOP("Catalogue", "This computer cannot use the encryption agreed with the server."),
                 QT_TRANSLATE_NOOP("Catalogue", "Choose another cipher in the connection's settings.")},
};

} // namespace

std::span<const CatalogueRow> datapathRows() {
    return rows;
}

} // namespace tern::base
