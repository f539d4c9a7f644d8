// ternd as ternctl calls it: blocking calls with an error as ternd worded it, and the signals of its interface.
#pragma once

#include "app/dbus/proxies.h"

#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <functional>
#include <optional>
#include <tl/expected.hpp>

namespace tern::ctl {

// The error is a map {code, sentence, remedy, detail, args} as in org.ternvpn.Engine1.xml.
template<typename T>
using Answer = tl::expected<T, QVariantMap>;

// The error in a reply; a bus without ternd gives tern.engine.unavailable.
[[nodiscard]] QVariantMap errorOf(const QDBusMessage& reply);

class EngineClient {
public:
    EngineClient();

    [[nodiscard]] Answer<QVariantMap> import(const QString& path);
    [[nodiscard]] Answer<dbus::MapList> list() { return wait(m_proxy.List()); }
    [[nodiscard]] Answer<QVariantMap> show(const QString& name);
    [[nodiscard]] Answer<QVariantMap> policy();
    // Nothing when it was done, else the error.
    [[nodiscard]] std::optional<QVariantMap> edit(const QString& id, const QVariantMap& changes);
    [[nodiscard]] Answer<QVariantMap> certificates(const QString& name);
    // Nothing when it was done, else the error.
    [[nodiscard]] std::optional<QVariantMap> trust(const QString& id, const QString& fingerprint);
    // Takes some seconds. options: as Probe of org.ternvpn.Engine1.xml.
    [[nodiscard]] Answer<QVariantMap> probe(const QString& host, const QVariantMap& options);
    [[nodiscard]] Answer<QVariantMap> exported(const QString& name, const QString& format);
    [[nodiscard]] Answer<dbus::MapList> status();
    [[nodiscard]] Answer<dbus::MapList> log(unsigned most);

    // For what goes on for a while: its calls answer when the event loop runs.
    [[nodiscard]] dbus::Engine1Proxy& proxy() { return m_proxy; }
    // ternd has gone away.
    void onVanished(std::function<void()> vanished);

private:
    template<typename T>
    Answer<T> wait(QDBusPendingReply<T> reply) {
        reply.waitForFinished();
        if (reply.isError()) {
            return tl::make_unexpected(errorOf(reply.reply()));
        }
        return reply.value();
    }

    dbus::Engine1Proxy m_proxy;
    QDBusServiceWatcher m_watcher;
};

} // namespace tern::ctl
