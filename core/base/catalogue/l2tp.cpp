#include "core/base/catalogue/areas.h"

#include <QtGlobal>
#include <array>

namespace tern::base {

namespace {

constexpr std::array rows{
    CatalogueRow{"tern.l2tp.no-network-manager",
                 QT_TRANSLATE_NOOP("Catalogue", "L2TP is left to NetworkManager, which does not run on this computer."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator for a connection by IKEv2 or SSTP, which need "
                                                "nothing else.")},
    CatalogueRow{
        "tern.l2tp.no-plugin",
        QT_TRANSLATE_NOOP("Catalogue", "L2TP is left to NetworkManager's L2TP plug-in, which is not installed."),
        QT_TRANSLATE_NOOP("Catalogue", "Whoever looks after this computer can install network-manager-l2tp. "
                                       "Better is a connection by IKEv2 or SSTP.")},
    CatalogueRow{"tern.l2tp.not-allowed",
                 QT_TRANSLATE_NOOP("Catalogue", "NetworkManager does not let you start this connection."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask whoever looks after this computer for the permission.")},
    CatalogueRow{"tern.l2tp.refused",
                 QT_TRANSLATE_NOOP("Catalogue", "NetworkManager did not take the L2TP connection."),
                 QT_TRANSLATE_NOOP("Catalogue", "The details say why. NetworkManager's own log says more.")},
    CatalogueRow{"tern.l2tp.sign-in",
                 QT_TRANSLATE_NOOP("Catalogue", "The L2TP server did not accept the user name or the password."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check both, and try again.")},
    CatalogueRow{"tern.l2tp.no-answer", QT_TRANSLATE_NOOP("Catalogue", "The L2TP server %1 did not answer in time."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check that you are online. A wrong shared key looks the same.")},
    CatalogueRow{"tern.l2tp.failed", QT_TRANSLATE_NOOP("Catalogue", "The L2TP connection to %1 could not be made."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Check the shared key, the user name and the password. NetworkManager's "
                                   "own log says more.")},
    CatalogueRow{"tern.l2tp.lost", QT_TRANSLATE_NOOP("Catalogue", "The L2TP connection to %1 has ended."),
                 QT_TRANSLATE_NOOP("Catalogue", "Connect again.")},
};

} // namespace

std::span<const CatalogueRow> l2tpRows() {
    return rows;
}

} // namespace tern::base
