#include "app/engine/qt_reactor.h"

#include "core/datapath/clock.h"

#include <QSocketNotifier>
#include <QTimer>
#include <algorithm>
#include <chrono>

namespace tern::engine {

namespace {

// Qt's timers stand still while the machine sleeps: one that is due in an hour would come an hour after waking. Looking
// at the clock this often, and only while something is pending that far ahead, makes a deadline that passed during
// sleep due soon after it.
constexpr auto longestStretch = std::chrono::seconds(15);

// A QObject that is destroyed in its own signal must live until the signal has returned.
struct DeleteLater {
    void operator()(QObject* object) const {
        object->disconnect();
        object->deleteLater();
    }
};

class PendingTimer final : public connection::Pending {
public:
    PendingTimer(base::Instant when, std::function<void()> due)
        : m_when(when)
        , m_due(std::move(due))
        , m_timer(new QTimer) {
        m_timer->setSingleShot(true);
        QObject::connect(m_timer.get(), &QTimer::timeout, m_timer.get(), [this] { fired(); });
        arm();
    }

private:
    void arm() {
        const auto left = std::max(base::Duration::zero(), m_when - datapath::bootNow());
        const auto stretch = std::min<base::Duration>(left, longestStretch);
        m_timer->setTimerType(stretch < std::chrono::seconds(2) ? Qt::PreciseTimer : Qt::CoarseTimer);
        // Rounded up: a timer that fires early would only be set again.
        m_timer->start(std::chrono::ceil<std::chrono::milliseconds>(stretch));
    }
    void fired() {
        if (datapath::bootNow() < m_when) {
            arm();
            return;
        }
        const auto due = m_due; // it may destroy this
        due();
    }

    base::Instant m_when;
    std::function<void()> m_due;
    std::unique_ptr<QTimer, DeleteLater> m_timer;
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
    ~PendingReadiness() override { m_notifier->setEnabled(false); }

private:
    std::function<void()> m_ready;
    std::unique_ptr<QSocketNotifier, DeleteLater> m_notifier;
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
