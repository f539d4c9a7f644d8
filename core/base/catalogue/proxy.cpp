#include "core/base/catalogue/areas.h"

#include <QtGlobal>
#include <array>

namespace tern::base {

namespace {

constexpr std::array rows{
    CatalogueRow{"tern.proxy.address", QT_TRANSLATE_NOOP("Catalogue", "“%1” is not the address of a proxy."),
                 QT_TRANSLATE_NOOP("Catalogue", "Write it like http://proxy.example.com:3128 or "
                                                "socks5://proxy.example.com:1080.")},
    CatalogueRow{"tern.proxy.unknown-host", QT_TRANSLATE_NOOP("Catalogue", "There is no proxy of the name in %1."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check the proxy in the connection's or in the desktop's settings.")},
    CatalogueRow{"tern.proxy.unreachable", QT_TRANSLATE_NOOP("Catalogue", "The proxy %1 cannot be reached."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check that you are in the network the proxy is for, or take the proxy "
                                                "out of the settings.")},
    CatalogueRow{"tern.proxy.silent", QT_TRANSLATE_NOOP("Catalogue", "The proxy %1 does not answer."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again in a while; if it stays so, tell whoever runs the proxy.")},
    CatalogueRow{
        "tern.proxy.credentials-needed",
        QT_TRANSLATE_NOOP("Catalogue", "The proxy %1 wants a user name and a password."),
        QT_TRANSLATE_NOOP("Catalogue", "Enter those of the proxy; often they are those you log in with at work.")},
    CatalogueRow{"tern.proxy.credentials-wrong",
                 QT_TRANSLATE_NOOP("Catalogue", "The proxy %1 does not accept this user name and password."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check both; the proxy's may be others than the VPN's.")},
    CatalogueRow{"tern.proxy.refused",
                 QT_TRANSLATE_NOOP("Catalogue", "The proxy %1 refuses to connect to the VPN server (%2)."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask whoever runs the proxy to allow connections to the VPN server.")},
    CatalogueRow{"tern.proxy.failed", QT_TRANSLATE_NOOP("Catalogue", "The connection through the proxy %1 failed."),
                 QT_TRANSLATE_NOOP("Catalogue", "Try again. If it stays so, tell whoever runs the proxy.")},
};

} // namespace

std::span<const CatalogueRow> proxyRows() {
    return rows;
}

} // namespace tern::base
