#include "app/gui/log_model.h"

namespace tern::gui {

int LogModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QHash<int, QByteArray> LogModel::roleNames() const {
    return {
        {TimeRole, "time"}, {LevelRole, "level"}, {ProfileRole, "profile"}, {TextRole, "message"}, {CodeRole, "code"}};
}

QVariant LogModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const auto& entry = m_entries.at(index.row());
    switch (role) {
    case TimeRole:
        return entry.time.toString(QStringLiteral("HH:mm:ss.zzz"));
    case LevelRole:
        return entry.level;
    case ProfileRole:
        return entry.profile;
    case Qt::DisplayRole:
    case TextRole:
        return entry.text;
    case CodeRole:
        return entry.code;
    default:
        return {};
    }
}

LogModel::Entry LogModel::entryFrom(const QVariantMap& map) {
    const auto text = [&](const char* key) { return map.value(QLatin1String(key)).toString(); };
    return {QDateTime::fromMSecsSinceEpoch(map.value(QStringLiteral("time")).toLongLong()), text("level"),
            text("profile"), text("text"), text("code")};
}

void LogModel::setEntries(const dbus::MapList& entries) {
    beginResetModel();
    m_entries.clear();
    for (const auto& each : entries) {
        m_entries.append(entryFrom(each));
    }
    endResetModel();
    Q_EMIT countChanged();
}

void LogModel::append(const QVariantMap& entry) {
    if (count() >= most) {
        beginRemoveRows({}, 0, 0);
        m_entries.removeFirst();
        endRemoveRows();
    }
    beginInsertRows({}, count(), count());
    m_entries.append(entryFrom(entry));
    endInsertRows();
    Q_EMIT countChanged();
}

QString LogModel::allText() const {
    QString all;
    for (const auto& entry : m_entries) {
        all += entry.time.toString(Qt::ISODateWithMs) + u' ' + entry.level;
        if (!entry.profile.isEmpty()) {
            all += QStringLiteral(" [") + entry.profile + u']';
        }
        if (!entry.code.isEmpty()) {
            all += u' ' + entry.code;
        }
        all += u' ' + entry.text + u'\n';
    }
    return all;
}

} // namespace tern::gui
