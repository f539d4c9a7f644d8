#include "app/ctl/engine_client.h"

#include "core/formats/read_file.h"

#include <QDBusConnection>
#include <QDBusUnixFileDescriptor>
#include <QFile>
#include <QFileInfo>

namespace tern::ctl {

namespace {

// A phonebook of ten thousand entries takes ternd a second or two on a slow disk.
constexpr int callTimeoutMilliseconds = 60'000;

dbus::MapList unwrapAll(dbus::MapList list) {
    for (auto& map : list) {
        map = dbus::unwrap(map);
    }
    return list;
}

} // namespace

QVariantMap errorOf(const QDBusMessage& reply) {
    auto map = dbus::wholeError(reply);
    return map.isEmpty() ? dbus::toMap(dbus::errorFromMessage(reply.errorMessage(), "tern.engine.unavailable")) : map;
}

EngineClient::EngineClient()
    : m_proxy(dbus::engineService, dbus::enginePath, QDBusConnection::sessionBus()) {
    dbus::registerTypes();
    m_proxy.setTimeout(callTimeoutMilliseconds);
}

Answer<QVariantMap> EngineClient::import(const QString& path) {
    const auto file = formats::openFile(QFile::encodeName(path).toStdString(), path.toStdString());
    if (!file) {
        return tl::make_unexpected(dbus::toMap(file.error()));
    }
    auto answer = wait<QVariantMap>(
        m_proxy.Import(QDBusUnixFileDescriptor(file->get()), QFileInfo(path).fileName(), QVariantMap()));
    return answer.map([](const QVariantMap& map) { return dbus::unwrap(map); });
}

Answer<QVariantMap> EngineClient::show(const QString& name) {
    return wait<QVariantMap>(m_proxy.Show(name)).map([](const QVariantMap& map) { return dbus::unwrap(map); });
}

Answer<QVariantMap> EngineClient::policy() {
    return wait<QVariantMap>(m_proxy.Policy()).map([](const QVariantMap& map) { return dbus::unwrap(map); });
}

std::optional<QVariantMap> EngineClient::edit(const QString& id, const QVariantMap& changes) {
    QDBusPendingReply<> reply = m_proxy.Edit(id, changes);
    reply.waitForFinished();
    return reply.isError() ? std::optional(errorOf(reply.reply())) : std::nullopt;
}

Answer<QVariantMap> EngineClient::certificates(const QString& name) {
    return wait<QVariantMap>(m_proxy.Certificates(name)).map([](const QVariantMap& map) { return dbus::unwrap(map); });
}

std::optional<QVariantMap> EngineClient::trust(const QString& id, const QString& fingerprint) {
    QDBusPendingReply<> reply = m_proxy.Trust(id, fingerprint);
    reply.waitForFinished();
    return reply.isError() ? std::optional(errorOf(reply.reply())) : std::nullopt;
}

Answer<QVariantMap> EngineClient::probe(const QString& host, const QVariantMap& options) {
    return wait<QVariantMap>(m_proxy.Probe(host, options)).map([](const QVariantMap& map) {
        return dbus::unwrap(map);
    });
}

Answer<QVariantMap> EngineClient::exported(const QString& name, const QString& format) {
    return wait<QVariantMap>(m_proxy.Export(name, format, QVariantMap())).map([](const QVariantMap& map) {
        return dbus::unwrap(map);
    });
}

Answer<dbus::MapList> EngineClient::status() {
    return wait<dbus::MapList>(m_proxy.Status()).map(unwrapAll);
}

Answer<dbus::MapList> EngineClient::log(unsigned most) {
    return wait<dbus::MapList>(m_proxy.Log(most)).map(unwrapAll);
}

void EngineClient::onVanished(std::function<void()> vanished) {
    m_watcher.setConnection(m_proxy.connection());
    m_watcher.setWatchMode(QDBusServiceWatcher::WatchForUnregistration);
    m_watcher.addWatchedService(dbus::engineService);
    QObject::connect(&m_watcher, &QDBusServiceWatcher::serviceUnregistered, &m_watcher,
                     [vanished = std::move(vanished)] { vanished(); });
}

} // namespace tern::ctl
