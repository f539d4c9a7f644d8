#include "core/base/catalogue/areas.h"

#include <QtGlobal>
#include <array>

namespace tern::base {

namespace {

constexpr std::array rows{
    CatalogueRow{"tern.profile.broken-file",
                 QT_TRANSLATE_NOOP("Catalogue", "The file of one connection cannot be understood: %1, line %2."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Correct that line, or delete the file and import the connection again. "
                                   "Your other connections are not affected.")},
    CatalogueRow{"tern.profile.bad-value",
                 QT_TRANSLATE_NOOP("Catalogue", "The file %1 has a value that makes no sense: \"%2\" in line %3."),
                 QT_TRANSLATE_NOOP("Catalogue",
                                   "Correct that line, or delete the file and import the connection again. "
                                   "Your other connections are not affected.")},
    CatalogueRow{
        "tern.profile.duplicate",
        QT_TRANSLATE_NOOP("Catalogue", "%1 is a copy of %2 with the same id, so it is not shown."),
        QT_TRANSLATE_NOOP("Catalogue", "To have both, delete the line that starts with \"id\" from the copy.")},
    CatalogueRow{"tern.profile.cannot-read", QT_TRANSLATE_NOOP("Catalogue", "%1 cannot be read."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check that it belongs to you and that you may read it.")},
    CatalogueRow{"tern.profile.cannot-write", QT_TRANSLATE_NOOP("Catalogue", "Your connections cannot be saved in %1."),
                 QT_TRANSLATE_NOOP("Catalogue", "Check that the folder belongs to you and is not write-protected. "
                                                "What was saved before is unchanged.")},
    CatalogueRow{"tern.profile.disk-full",
                 QT_TRANSLATE_NOOP("Catalogue", "There is no room left to save your connections in %1."),
                 QT_TRANSLATE_NOOP("Catalogue", "Free some space and try again. What was saved before is unchanged.")},
    CatalogueRow{
        "tern.profile.bad-pin",
        QT_TRANSLATE_NOOP("Catalogue",
                          "This connection is to trust a certificate by a fingerprint that makes no sense (%1)."),
        QT_TRANSLATE_NOOP("Catalogue", "Write it as “sha256:” and 64 hexadecimal digits, or remove it.")},
};

} // namespace

std::span<const CatalogueRow> profileRows() {
    return rows;
}

} // namespace tern::base
