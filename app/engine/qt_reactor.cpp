#include "app/engine/qt_reactor.h"

#include "core/datapath/boot_timer.h"
#include "core/datapath/clock.h"

#include <QSocketNotifier>
#include <chrono>

namespace tern::engine {

namespace {

// A QObject that is destroyed in its own signal must live until the signal has returned.
struct DeleteLater {
    void operator()(QObject* object) const {
        object->disconnect();
        object->deleteLater();
    }
};

class PendingReadiness final : public connection::Pending {
public:
    PendingReadiness(int fd, QSocketNotifier::Type type, std::function<void()> ready)
        : m_ready(std::move(ready))
        , m_notifier(new QSocketNotifier(fd, type)) {
        QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [this] {
            const auto call = m_ready; // it may destroy this
            call();
        });
    }
    PendingReadiness(const PendingReadiness&) = delete;
    PendingReadiness& operator=(const PendingReadiness&) = delete;
    // The descriptor may be closed before the notifier is deleted.
    ~PendingReadiness() override { disable(); }
    void disable() { m_notifier->setEnabled(false); }

private:
    std::function<void()> m_ready;
    std::unique_ptr<QSocketNotifier, DeleteLater> m_notifier;
};

// Qt's own timers stand still while the machine sleeps.
class PendingTimer final : public connection::Pending {
public:
    PendingTimer(base::Instant when, std::function<void()> due)
        : m_timer(when)
        , m_due(std::move(due))
        , m_ready(m_timer.fd(), QSocketNotifier::Read, [this] {
            m_ready.disable();       // once
            const auto call = m_due; // it may destroy this
            call();
        }) {}

private:
    datapath::BootTimer m_timer;
    std::function<void()> m_due;
    PendingReadiness m_ready;
};

} // namespace

base::Instant QtReactor::now() const {
    return datapath::bootNow();
}

base::UnixSeconds QtReactor::wallClock() const {
    return std::chrono::duration_cast<base::UnixSeconds>(std::chrono::system_clock::now().time_since_epoch());
}

connection::PendingPtr QtReactor::at(base::Instant when, std::function<void()> due) {
    return std::make_unique<PendingTimer>(when, std::move(due));
}

connection::PendingPtr QtReactor::whenReadable(int fd, std::function<void()> readable) {
    return std::make_unique<PendingReadiness>(fd, QSocketNotifier::Read, std::move(readable));
}

connection::PendingPtr QtReactor::whenWritable(int fd, std::function<void()> writable) {
    return std::make_unique<PendingReadiness>(fd, QSocketNotifier::Write, std::move(writable));
}

} // namespace tern::engine
