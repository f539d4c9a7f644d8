#include "app/gui/import_report.h"

#include "app/dbus/types.h"
#include "app/gui/error_text.h"

#include <algorithm>

namespace tern::gui {

void ImportReport::set(const QString& fileName, const QVariantMap& report) {
    const auto plain = dbus::unwrap(report);
    m_fileName = fileName;
    m_added = plain.value(QStringLiteral("added")).toInt();
    m_skipped = plain.value(QStringLiteral("skipped")).toInt();
    m_problems = withLocalTexts(plain.value(QStringLiteral("problems")).toList());
    const auto takeOut = [this](const QString& code) {
        return static_cast<int>(m_problems.removeIf(
            [&](const QVariant& problem) { return problem.toMap().value(QStringLiteral("code")).toString() == code; }));
    };
    m_secrets = takeOut(QStringLiteral("tern.engine.secret-kept"));
    m_lostSecrets = takeOut(QStringLiteral("tern.engine.secret-not-kept"));
    m_profiles.clear();
    const auto profiles = plain.value(QStringLiteral("profiles")).toList();
    for (const auto& each : profiles) {
        auto map = each.toMap();
        map.insert(QStringLiteral("canConnect"), map.value(QStringLiteral("can-connect")));
        m_profiles.append(map);
    }
    const auto refused = [](const QVariant& profile) {
        const auto grade = profile.toMap().value(QStringLiteral("grade")).toString();
        return grade == QStringLiteral("broken") || grade == QStringLiteral("retired");
    };
    const auto others = std::stable_partition(m_profiles.begin(), m_profiles.end(), refused);
    m_retired = static_cast<int>(others - m_profiles.begin());
    Q_EMIT changed();
}

QStringList ImportReport::retiredIds() const {
    QStringList ids;
    for (int i = 0; i < m_retired; ++i) {
        ids += m_profiles.at(i).toMap().value(QStringLiteral("id")).toString();
    }
    return ids;
}

} // namespace tern::gui
