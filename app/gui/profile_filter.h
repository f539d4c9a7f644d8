// The list as the window shows it: grouped, sorted by name as people sort, and narrowed to what is searched for.
#pragma once

#include "app/gui/profile_model.h"

#include <QCollator>
#include <QSortFilterProxyModel>
#include <QtQmlIntegration>
#include <unordered_map>

namespace tern::gui {

class ProfileFilter : public QSortFilterProxyModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(tern::gui::ProfileModel* profiles READ profiles WRITE setProfiles NOTIFY profilesChanged)
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY searchChanged)
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(QString current READ current WRITE setCurrent NOTIFY currentChanged)

public:
    explicit ProfileFilter(QObject* parent = nullptr);

    [[nodiscard]] ProfileModel* profiles() const { return m_profiles; }
    void setProfiles(ProfileModel* profiles);
    [[nodiscard]] QString search() const { return m_search; }
    void setSearch(const QString& search);
    [[nodiscard]] int count() const { return rowCount(); }
    // The id of the one that is looked at, for currentGone().
    [[nodiscard]] QString current() const { return m_current; }
    void setCurrent(const QString& profileId);

    // -1 where the search hides it or there is none.
    Q_INVOKABLE [[nodiscard]] int rowOf(const QString& profileId) const;
    Q_INVOKABLE [[nodiscard]] QString idAt(int row) const;

Q_SIGNALS:
    void profilesChanged();
    void searchChanged();
    void countChanged();
    void currentChanged();
    // There is no such connection any more. neighbour: the one at its place now; empty where none is shown.
    void currentGone(const QString& neighbour);

protected:
    [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    void lookForCurrent();
    [[nodiscard]] const QCollatorSortKey& key(const QString& name) const;

    ProfileModel* m_profiles = nullptr;
    QString m_search;
    QString m_current;
    int m_place = 0; // of the current one, before a reset
    QCollator m_collator;
    // Making a key costs more than the comparison it saves; a list of thousands is compared hundreds of thousands
    // times.
    mutable std::unordered_map<QString, QCollatorSortKey> m_keys;
};

} // namespace tern::gui
