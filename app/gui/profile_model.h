// The imported connections with their live state, in the order the engine lists them. Sorting, grouping and
// searching are ProfileFilter's.
#pragma once

#include "app/dbus/types.h"

#include <QAbstractListModel>
#include <QCollator>
#include <QHash>
#include <QList>
#include <QString>
#include <QVariantMap>
#include <QtQmlIntegration>

namespace tern::gui {

// The order of names: as people sort, "Berlin 9" before "Berlin 10", in any locale.
[[nodiscard]] QCollator nameOrder();

class ProfileModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The engine client has it")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role {
        ProfileIdRole = Qt::UserRole + 1,
        NameRole,
        ServerRole,
        ProtocolRole,
        UsernameRole,
        GradeRole,
        CanConnectRole,
        GroupRole,
        StateRole,
        StageRole,
        DaysLeftRole, // of L2TP that the policy still allows; -1: nothing runs out
    };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int count() const { return static_cast<int>(m_profiles.size()); }

    // The engine's summaries. Rows that stay keep their place, so that the view does not jump.
    void setProfiles(const dbus::MapList& profiles);
    // The state of one connection; an unknown id is not ours to show.
    void setState(const QString& profileId, const QString& state, const QString& stage);
    void clearStates();

    // An empty map for an unknown id.
    [[nodiscard]] QVariantMap summary(const QString& profileId) const;
    [[nodiscard]] QString nameOf(const QString& profileId) const;
    // Ids of the connections that can be used, by name; at most `most`.
    [[nodiscard]] QStringList usable(int most) const;

Q_SIGNALS:
    void countChanged();
    void profilesReplaced();

private:
    struct Profile {
        QVariantMap summary;
        QString name;
        QString state;
        QString stage;
        QString group; // sorting asks for it over and over
    };

    [[nodiscard]] bool sameIds(const dbus::MapList& profiles) const;

    QList<Profile> m_profiles;
    QHash<QString, int> m_rows;
};

} // namespace tern::gui
