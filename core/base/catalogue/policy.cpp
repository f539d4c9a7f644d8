#include "core/base/catalogue/areas.h"

#include <QtGlobal>
#include <array>

namespace tern::base {

namespace {

constexpr const char* tellAdministrator =
    QT_TRANSLATE_NOOP("Catalogue", "Show this to whoever looks after this computer. Until it is mended Tern connects "
                                   "nothing, because it cannot know what is forbidden.");

constexpr std::array rows{
    CatalogueRow{"tern.policy.unreadable",
                 QT_TRANSLATE_NOOP("Catalogue", "The policy of this computer, %1, cannot be read."), tellAdministrator},
    CatalogueRow{"tern.policy.writable",
                 QT_TRANSLATE_NOOP("Catalogue", "The policy of this computer, %1, is not taken: others than the "
                                                "administrator can change it."),
                 tellAdministrator},
    CatalogueRow{"tern.policy.syntax",
                 QT_TRANSLATE_NOOP("Catalogue", "The policy of this computer, %1, cannot be understood: line %2."),
                 tellAdministrator},
    CatalogueRow{"tern.policy.unknown-key",
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "The policy of this computer, %1, has a setting in line %2 that Tern does "
                                   "not know: %3."),
                 tellAdministrator},
    CatalogueRow{"tern.policy.wrong-value",
                 QT_TRANSLATE_NOOP("Catalogue", "The policy of this computer, %1, has a value in line %2 that does not "
                                                "fit: %3."),
                 tellAdministrator},
    CatalogueRow{"tern.policy.no-date",
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "The policy of this computer, %1, allows L2TP in line %2 without saying "
                                   "until when."),
                 tellAdministrator},
    CatalogueRow{"tern.policy.ca",
                 QT_TRANSLATE_NOOP("Catalogue", "The policy of this computer, %1, names an authority in line %2 that "
                                                "cannot be read."),
                 tellAdministrator},
    CatalogueRow{"tern.policy.no-domains",
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "The policy of this computer, %1, names an authority in line %2 without "
                                   "saying for which servers."),
                 tellAdministrator},
    CatalogueRow{
        "tern.policy.unusable",
        QT_TRANSLATE_NOOP("Catalogue", "Nothing can be connected: the policy of this computer has a mistake (%1)."),
        tellAdministrator},
    CatalogueRow{"tern.policy.grade",
                 QT_TRANSLATE_NOOP("Catalogue", "This connection is not safe enough for the policy of this computer."),
                 QT_TRANSLATE_NOOP("Catalogue", "The connection's page says what would make it better. Ask your "
                                                "administrator for that.")},
    CatalogueRow{"tern.policy.acknowledge",
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "This connection uses L2TP, which is not safe any more. It is allowed until "
                                   "%1, for those who know that."),
                 QT_TRANSLATE_NOOP("Catalogue", "Confirm it in the window, or on the command line with "
                                                "--acknowledge-l2tp. Ask your administrator for IKEv2 or SSTP.")},
    CatalogueRow{"tern.policy.l2tp-over",
                 QT_TRANSLATE_NOOP("Catalogue", "L2TP was allowed until %1. That day is over."),
                 QT_TRANSLATE_NOOP("Catalogue", "Ask your administrator for a connection by IKEv2 or SSTP.")},
};

} // namespace

std::span<const CatalogueRow> policyRows() {
    return rows;
}

} // namespace tern::base
