// What the engine has been doing, oldest first; the last 2,000 entries.
#pragma once

#include "app/dbus/types.h"

#include <QAbstractListModel>
#include <QDateTime>
#include <QtQmlIntegration>

namespace tern::gui {

class LogModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The engine client has it")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role { TimeRole = Qt::UserRole + 1, LevelRole, ProfileRole, TextRole, CodeRole };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int count() const { return static_cast<int>(m_entries.size()); }

    void setEntries(const dbus::MapList& entries);
    void append(const QVariantMap& entry);

    // Everything as text, a line an entry, for the clipboard.
    Q_INVOKABLE [[nodiscard]] QString allText() const;

Q_SIGNALS:
    void countChanged();

private:
    struct Entry {
        QDateTime time;
        QString level;
        QString profile;
        QString text;
        QString code;
    };
    static constexpr int most = 2000;

    [[nodiscard]] static Entry entryFrom(const QVariantMap& map);

    QList<Entry> m_entries;
};

} // namespace tern::gui
