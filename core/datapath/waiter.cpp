#include "core/datapath/waiter.h"

#include <array>
#include <cerrno>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

namespace tern::datapath {

namespace {

constexpr std::chrono::milliseconds pauseAfterError{200};

// Waits only for the time to pass and answers whether it is time to stop.
bool pollStop(int stop, std::chrono::milliseconds most) {
    pollfd fd{stop, POLLIN, 0};
    return ::poll(&fd, 1, static_cast<int>(most.count())) > 0 && fd.revents != 0;
}

bool add(int epoll, int fd) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = fd;
    return ::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

} // namespace

Waiter::Waiter(int watched, int stop)
    : m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    , m_stop(stop)
    , m_watched(watched) {
    m_valid = add(m_epoll.get(), watched) && add(m_epoll.get(), stop) && add(m_epoll.get(), m_wake.get());
}

void Waiter::watch(int fd) {
    if (m_watched >= 0) {
        static_cast<void>(::epoll_ctl(m_epoll.get(), EPOLL_CTL_DEL, m_watched, nullptr));
    }
    m_watched = fd >= 0 && add(m_epoll.get(), fd) ? fd : -1;
}

void Waiter::wake() const {
    static_cast<void>(::eventfd_write(m_wake.get(), 1));
}

void Waiter::takeWake() {
    eventfd_t count = 0;
    static_cast<void>(::eventfd_read(m_wake.get(), &count));
    m_woken = true;
}

bool Waiter::wait() {
    std::array<epoll_event, 3> events{};
    int ready = 0;
    do {
        ready = ::epoll_wait(m_epoll.get(), events.data(), static_cast<int>(events.size()), -1);
    } while (ready < 0 && errno == EINTR);
    for (int i = 0; i < ready; ++i) {
        const int fd = events[static_cast<std::size_t>(i)].data.fd;
        if (fd == m_stop) {
            return false;
        }
        if (fd == m_wake.get()) {
            takeWake();
        }
    }
    return ready > 0;
}

bool Waiter::waitWritable(int fd, std::chrono::milliseconds most) {
    std::array<pollfd, 3> fds{pollfd{m_stop, POLLIN, 0}, pollfd{fd, POLLOUT, 0}, pollfd{m_wake.get(), POLLIN, 0}};
    if (::poll(fds.data(), fds.size(), static_cast<int>(most.count())) <= 0) {
        return true;
    }
    if (fds[2].revents != 0) {
        takeWake();
    }
    return fds[0].revents == 0;
}

bool Waiter::pause() const {
    return !pollStop(m_stop, pauseAfterError);
}

bool Waiter::stopped() const {
    return pollStop(m_stop, std::chrono::milliseconds{0});
}

} // namespace tern::datapath
