#include "app/gui/profile_model.h"

#include <QCollator>
#include <algorithm>

namespace tern::gui {

namespace {

const QString idKey = QStringLiteral("id");
const QString nameKey = QStringLiteral("name");
const QString disconnected = QStringLiteral("disconnected");

// What can be used comes first; what has to be replaced is grouped by how urgent that is.
QString groupOf(const QVariantMap& summary) {
    if (summary.value(QStringLiteral("can-connect")).toBool()) {
        return QStringLiteral("1-ready");
    }
    const auto refusal = summary.value(QStringLiteral("refusal")).toMap().value(QStringLiteral("code")).toString();
    if (refusal.startsWith(QStringLiteral("tern.policy."))) {
        return QStringLiteral("2-forbidden");
    }
    const auto grade = summary.value(QStringLiteral("grade")).toString();
    return grade == QStringLiteral("broken") || grade == QStringLiteral("retired") ? QStringLiteral("2-retired")
                                                                                   : QStringLiteral("3-other");
}

} // namespace

QCollator nameOrder() {
    // In the C locale Qt compares by code point and does not know numbers.
    const auto locale = QLocale();
    QCollator collator(locale.language() == QLocale::C ? QLocale(QLocale::English) : locale);
    collator.setNumericMode(true);
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    return collator;
}

int ProfileModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QHash<int, QByteArray> ProfileModel::roleNames() const {
    return {
        {ProfileIdRole, "profileId"}, {NameRole, "name"},   {ServerRole, "server"},         {ProtocolRole, "protocol"},
        {UsernameRole, "username"},   {GradeRole, "grade"}, {CanConnectRole, "canConnect"}, {GroupRole, "group"},
        {StateRole, "state"},         {StageRole, "stage"}, {DaysLeftRole, "daysLeft"},
    };
}

QVariant ProfileModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const auto& profile = m_profiles.at(index.row());
    const auto text = [&](const char* key) { return profile.summary.value(QLatin1String(key)).toString(); };
    switch (role) {
    case ProfileIdRole:
        return text("id");
    case Qt::DisplayRole:
    case NameRole:
        return profile.name;
    case ServerRole:
        return text("server");
    case ProtocolRole:
        return text("protocol");
    case UsernameRole:
        return text("username");
    case GradeRole:
        return text("grade");
    case CanConnectRole:
        return profile.summary.value(QStringLiteral("can-connect")).toBool();
    case GroupRole:
        return profile.group;
    case StateRole:
        return profile.state;
    case StageRole:
        return profile.stage;
    case DaysLeftRole:
        return profile.summary.value(QStringLiteral("days-left"), -1).toInt();
    default:
        return {};
    }
}

bool ProfileModel::sameIds(const dbus::MapList& profiles) const {
    return profiles.size() == m_profiles.size() &&
           std::equal(profiles.begin(), profiles.end(), m_profiles.begin(), [](const auto& map, const auto& profile) {
               return map.value(idKey) == profile.summary.value(idKey);
           });
}

void ProfileModel::setProfiles(const dbus::MapList& profiles) {
    if (sameIds(profiles)) {
        for (int row = 0; row < count(); ++row) {
            auto fresh = dbus::unwrap(profiles.at(row));
            auto& profile = m_profiles[row];
            if (fresh != profile.summary) {
                profile.name = fresh.value(nameKey).toString();
                profile.group = groupOf(fresh);
                profile.summary = std::move(fresh);
                Q_EMIT dataChanged(index(row), index(row));
            }
        }
        Q_EMIT profilesReplaced();
        return;
    }
    beginResetModel();
    const auto old = std::exchange(m_profiles, {});
    const auto oldRows = std::exchange(m_rows, {});
    m_profiles.reserve(profiles.size());
    for (const auto& map : profiles) {
        Profile profile{dbus::unwrap(map), map.value(nameKey).toString(), disconnected, {}, {}};
        profile.group = groupOf(profile.summary);
        const auto id = map.value(idKey).toString();
        if (const auto known = oldRows.constFind(id); known != oldRows.constEnd()) {
            profile.state = old.at(*known).state;
            profile.stage = old.at(*known).stage;
        }
        m_rows.insert(id, static_cast<int>(m_profiles.size()));
        m_profiles.append(std::move(profile));
    }
    endResetModel();
    Q_EMIT countChanged();
    Q_EMIT profilesReplaced();
}

void ProfileModel::setState(const QString& profileId, const QString& state, const QString& stage) {
    const auto row = m_rows.constFind(profileId);
    if (row == m_rows.constEnd()) {
        return;
    }
    auto& profile = m_profiles[*row];
    if (profile.state != state || profile.stage != stage) {
        profile.state = state;
        profile.stage = stage;
        Q_EMIT dataChanged(index(*row), index(*row), {StateRole, StageRole});
    }
}

void ProfileModel::clearStates() {
    for (auto row = m_rows.keyBegin(); row != m_rows.keyEnd(); ++row) {
        setState(*row, disconnected, {});
    }
}

QVariantMap ProfileModel::summary(const QString& profileId) const {
    const auto row = m_rows.constFind(profileId);
    return row == m_rows.constEnd() ? QVariantMap() : m_profiles.at(*row).summary;
}

QString ProfileModel::nameOf(const QString& profileId) const {
    return summary(profileId).value(nameKey).toString();
}

QStringList ProfileModel::usable(int most) const {
    std::vector<const Profile*> found;
    for (const auto& profile : m_profiles) {
        if (profile.summary.value(QStringLiteral("can-connect")).toBool()) {
            found.push_back(&profile);
        }
    }
    const auto kept = found.begin() + std::min<std::ptrdiff_t>(most, std::ssize(found));
    const auto collator = nameOrder();
    std::partial_sort(found.begin(), kept, found.end(),
                      [&](const auto* one, const auto* other) { return collator.compare(one->name, other->name) < 0; });
    QStringList ids;
    std::for_each(found.begin(), kept, [&](const auto* profile) { ids += profile->summary.value(idKey).toString(); });
    return ids;
}

} // namespace tern::gui
