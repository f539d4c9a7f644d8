#include "app/engine/policy_watch.h"

#include "core/base/time.h"

#include <QFileInfo>
#include <unistd.h>

namespace tern::engine {

namespace {

using namespace Qt::StringLiterals;

constexpr int gatherMilliseconds = 200;

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

} // namespace

PolicyWatch::PolicyWatch(std::filesystem::path folder, EventLog& log)
    : m_folder(std::move(folder))
    , m_log(log) {
    m_gather.setSingleShot(true);
    m_gather.setInterval(gatherMilliseconds);
    connect(&m_gather, &QTimer::timeout, this, &PolicyWatch::reload);
    const auto gather = [this] { m_gather.start(); };
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, gather);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, gather);
    reload();
}

void PolicyWatch::reload() {
    // In /etc only root writes; a folder of somebody's own, for trying things out, is theirs.
    auto fresh = policy::load(m_folder, m_folder == "/etc/tern/policy.d" ? 0 : ::geteuid());
    for (const auto& problem : fresh.problems) {
        if (std::find(m_policy.problems.begin(), m_policy.problems.end(), problem) == m_policy.problems.end()) {
            m_log.add({}, problem);
        }
    }
    const bool isNew = fresh != m_policy;
    m_policy = std::move(fresh);
    watch();
    if (isNew) {
        Q_EMIT changed();
    }
}

// A file that was replaced is another one, and a folder that is not there shows itself in the one above.
void PolicyWatch::watch() {
    QStringList wanted;
    for (auto folder = m_folder; !folder.empty() && wanted.isEmpty(); folder = folder.parent_path()) {
        if (QFileInfo::exists(text(folder.string()))) {
            wanted << text(folder.string());
        }
        if (folder == folder.root_path()) {
            break;
        }
    }
    for (const auto& file : m_policy.files) {
        wanted << text(file);
    }
    if (!m_policy.caFile.empty()) {
        wanted << text(m_policy.caFile);
    }
    if (const auto old = m_watcher.files() + m_watcher.directories(); !old.isEmpty()) {
        m_watcher.removePaths(old);
    }
    if (!wanted.isEmpty()) {
        m_watcher.addPaths(wanted);
    }
}

QVariantMap PolicyWatch::map() const {
    QVariantList problems;
    for (const auto& problem : m_policy.problems) {
        problems << QVariant(dbus::toMap(problem));
    }
    QVariantList replacements;
    for (const auto& [server, replacement] : m_policy.replacements) {
        const auto protocol = profile::protocolName(replacement.protocol);
        replacements << QVariant(QVariantMap{
            {u"server"_s, text(server)},
            {u"host"_s, text(replacement.host)},
            {u"protocol"_s, QString::fromLatin1(protocol.data(), static_cast<qsizetype>(protocol.size()))}});
    }
    QStringList files;
    for (const auto& file : m_policy.files) {
        files << text(file);
    }
    QVariantMap map{{u"organisation"_s, text(m_policy.organisation)},
                    {u"contact"_s, text(m_policy.contact)},
                    {u"help"_s, text(m_policy.help)},
                    {u"l2tp"_s, m_policy.l2tpUntil ? u"flag"_s : u"refuse"_s},
                    {u"has-ca"_s, !m_policy.caPem.empty()},
                    {u"replacements"_s, replacements},
                    {u"files"_s, files},
                    {u"problems"_s, problems}};
    if (m_policy.l2tpUntil) {
        map.insert(u"l2tp-until"_s, text(base::dateText(*m_policy.l2tpUntil)));
    }
    if (m_policy.minimumGrade) {
        const auto name = legacy::gradeName(*m_policy.minimumGrade);
        map.insert(u"minimum-grade"_s, QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())));
    }
    return map;
}

} // namespace tern::engine
