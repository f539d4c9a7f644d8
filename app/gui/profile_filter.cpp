#include "app/gui/profile_filter.h"

#include <algorithm>
#include <array>

namespace tern::gui {

ProfileFilter::ProfileFilter(QObject* parent)
    : QSortFilterProxyModel(parent)
    , m_collator(nameOrder()) {
    setDynamicSortFilter(true);
    connect(this, &QAbstractItemModel::rowsInserted, this, &ProfileFilter::countChanged);
    connect(this, &QAbstractItemModel::rowsRemoved, this, &ProfileFilter::countChanged);
    connect(this, &QAbstractItemModel::modelReset, this, &ProfileFilter::countChanged);
    connect(this, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_place = std::max(rowOf(m_current), 0); });
    connect(this, &QAbstractItemModel::modelReset, this, &ProfileFilter::lookForCurrent);
}

void ProfileFilter::setProfiles(ProfileModel* profiles) {
    if (m_profiles == profiles) {
        return;
    }
    m_profiles = profiles;
    m_keys.clear();
    setSourceModel(profiles);
    sort(0);
    Q_EMIT profilesChanged();
    Q_EMIT countChanged();
}

void ProfileFilter::setSearch(const QString& search) {
    if (m_search == search) {
        return;
    }
    m_search = search;
    invalidateRowsFilter();
    Q_EMIT searchChanged();
}

void ProfileFilter::setCurrent(const QString& profileId) {
    if (m_current != profileId) {
        m_current = profileId;
        Q_EMIT currentChanged();
    }
}

void ProfileFilter::lookForCurrent() {
    if (m_profiles != nullptr && !m_current.isEmpty() && m_profiles->summary(m_current).isEmpty()) {
        Q_EMIT currentGone(idAt(std::min(m_place, count() - 1)));
    }
}

int ProfileFilter::rowOf(const QString& profileId) const {
    const int rows = rowCount();
    for (int row = 0; row < rows; ++row) {
        if (idAt(row) == profileId) {
            return row;
        }
    }
    return -1;
}

QString ProfileFilter::idAt(int row) const {
    return index(row, 0).data(ProfileModel::ProfileIdRole).toString();
}

const QCollatorSortKey& ProfileFilter::key(const QString& name) const {
    auto found = m_keys.find(name);
    if (found == m_keys.end()) {
        found = m_keys.emplace(name, m_collator.sortKey(name)).first;
    }
    return found->second;
}

bool ProfileFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const auto leftGroup = left.data(ProfileModel::GroupRole).toString();
    const auto rightGroup = right.data(ProfileModel::GroupRole).toString();
    if (leftGroup != rightGroup) {
        return leftGroup < rightGroup;
    }
    return key(left.data(ProfileModel::NameRole).toString()) < key(right.data(ProfileModel::NameRole).toString());
}

bool ProfileFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
    if (m_search.isEmpty()) {
        return true;
    }
    static constexpr std::array roles{ProfileModel::NameRole, ProfileModel::ServerRole, ProfileModel::UsernameRole,
                                      ProfileModel::ProtocolRole};
    const auto index = sourceModel()->index(row, 0, parent);
    // Every word has to be somewhere, so "head l2tp" finds what it should.
    const auto words = m_search.split(u' ', Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(), [&](const QString& word) {
        return std::any_of(roles.begin(), roles.end(),
                           [&](auto role) { return index.data(role).toString().contains(word, Qt::CaseInsensitive); });
    });
}

} // namespace tern::gui
