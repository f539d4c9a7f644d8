#include "core/base/catalogue.h"

#include "core/base/catalogue/areas.h"

#include <QCoreApplication>
#include <array>
#include <map>
#include <string_view>

namespace tern::base {

namespace {

const CatalogueRow* find(std::string_view code) {
    static const auto index = [] {
        std::map<std::string_view, const CatalogueRow*> byCode;
        for (const auto rows : catalogue()) {
            for (const auto& row : rows) {
                byCode.emplace(row.code, &row);
            }
        }
        return byCode;
    }();
    const auto found = index.find(code);
    return found == index.end() ? nullptr : found->second;
}

// Arguments come from servers and files: replaced in one pass, so that a "%2" inside one is not taken for a place.
QString fill(const char* source, const std::vector<std::string>& args) {
    const QString text = QCoreApplication::translate("Catalogue", source);
    QString filled;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar next = i + 1 < text.size() ? text.at(i + 1) : QChar();
        if (text.at(i) != QLatin1Char('%') || next < QLatin1Char('1') || next > QLatin1Char('9')) {
            filled += text.at(i);
            continue;
        }
        const auto place = static_cast<std::size_t>(next.unicode() - u'1');
        if (place < args.size()) {
            filled += QString::fromStdString(args[place]);
        }
        ++i;
    }
    return filled;
}

} // namespace

std::span<const std::span<const CatalogueRow>> catalogue() {
    static const std::array areas{cryptoRows(),  certificateRows(), eapRows(),     ikeRows(),      pppRows(),
                                  sstpRows(),    tlsRows(),         windowsRows(), datapathRows(), profileRows(),
                                  formatsRows(), exportRows(),      legacyRows(),  helperRows(),   engineRows(),
                                  proxyRows(),   policyRows(),      l2tpRows(),    probeRows(),    migrateRows()};
    return areas;
}

ErrorText describe(const Error& error) {
    if (const auto* row = find(error.code)) {
        return {fill(row->sentence, error.args), fill(row->remedy, error.args), QString::fromUtf8(row->source)};
    }
    return {fill(QT_TRANSLATE_NOOP("Catalogue", "Something went wrong (%1)."), {error.code}),
            fill(QT_TRANSLATE_NOOP("Catalogue", "Look at the details, or save a report and send it to us."), {}),
            {}};
}

} // namespace tern::base
