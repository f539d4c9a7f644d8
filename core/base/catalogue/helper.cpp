#include "core/base/catalogue/areas.h"

#include <QtGlobal>
#include <array>

namespace tern::base {

namespace {

constexpr std::array rows{
    CatalogueRow{"tern.helper.internal", QT_TRANSLATE_NOOP("Catalogue", "Tern made a mistake of its own."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again. If it happens again, save a report and send it to us.")},
    CatalogueRow{
        "tern.helper.not-authorized",
        QT_TRANSLATE_NOOP("Catalogue", "You are not allowed to start a VPN connection on this computer."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Sit at the computer itself and unlock it, or ask whoever looks after it for permission.")},
    CatalogueRow{
        "tern.helper.busy",
        QT_TRANSLATE_NOOP("Catalogue", "Another VPN connection of Tern is already in use on this computer."),
        QT_TRANSLATE_NOOP("Catalogue", "Disconnect it first. It may belong to somebody else who is logged in.")},
    CatalogueRow{"tern.helper.no-session", QT_TRANSLATE_NOOP("Catalogue", "The connection has already ended."),
                 QT_TRANSLATE_NOOP("Catalogue", "Connect again.")},
    CatalogueRow{"tern.helper.bad-request",
                 QT_TRANSLATE_NOOP("Catalogue", "The VPN server sent settings that Tern does not accept."),
                 QT_TRANSLATE_NOOP("Catalogue", "Show the details to whoever runs the VPN server.")},
    CatalogueRow{"tern.helper.bad-server",
                 QT_TRANSLATE_NOOP("Catalogue", "The name of the VPN server leads to an address that cannot be one."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check the server's name. If it is right, try another network.")},
    CatalogueRow{"tern.helper.socket",
                 QT_TRANSLATE_NOOP("Catalogue", "Tern could not open a way out to the VPN server."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check that the computer is connected to a network, then try again.")},
    CatalogueRow{
        "tern.helper.tun", QT_TRANSLATE_NOOP("Catalogue", "Tern could not set up the tunnel on this computer."),
        QT_TRANSLATE_NOOP("Catalogue",
                          "Restart the computer and try again. If it happens again, save a report and send it to us.")},
    CatalogueRow{"tern.helper.addresses",
                 QT_TRANSLATE_NOOP("Catalogue", "Tern could not set the address that the VPN server gave."),
                 QT_TRANSLATE_NOOP("Catalogue", "Disconnect other VPN programs, then try again.")},
    CatalogueRow{"tern.helper.routes", QT_TRANSLATE_NOOP("Catalogue", "Tern could not send traffic into the tunnel."),
                 QT_TRANSLATE_NOOP("Catalogue", "Disconnect other VPN programs, then try again.")},
    CatalogueRow{"tern.helper.rules", QT_TRANSLATE_NOOP("Catalogue", "Tern could not send traffic into the tunnel."),
                 QT_TRANSLATE_NOOP("Catalogue", "Disconnect other VPN programs, then try again.")},
    CatalogueRow{"tern.helper.firewall",
                 QT_TRANSLATE_NOOP("Catalogue", "Tern could not set the protection that belongs to the tunnel."),
                 QT_TRANSLATE_NOOP("Catalogue", "Turn off other firewall or VPN programs for a moment and try again.")},
    CatalogueRow{"tern.helper.dns",
                 QT_TRANSLATE_NOOP("Catalogue", "Tern could not make the computer use the name servers of the VPN."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again. If it happens again, restart the computer.")},
    CatalogueRow{"tern.helper.link-lost",
                 QT_TRANSLATE_NOOP("Catalogue", "The connection ended because another program removed the tunnel."),
                 QT_TRANSLATE_NOOP("Catalogue", "Connect again. Close other VPN programs if it happens again.")},
    CatalogueRow{
        "tern.helper.owner-gone",
        QT_TRANSLATE_NOOP("Catalogue", "The connection ended because Tern stopped unexpectedly."),
        QT_TRANSLATE_NOOP("Catalogue", "Connect again. If it happens again, save a report and send it to us.")},
    CatalogueRow{"tern.helper.stopped",
                 QT_TRANSLATE_NOOP("Catalogue", "The connection ended because Tern's system service was stopped."),
                 QT_TRANSLATE_NOOP("Catalogue", "Connect again.")},
};

} // namespace

std::span<const CatalogueRow> helperRows() {
    return rows;
}

} // namespace tern::base
