#include "core/datapath/waiter.h"

#include <array>
#include <cerrno>
#include <poll.h>
#include <sys/epoll.h>

namespace tern::datapath {

namespace {

constexpr std::chrono::milliseconds pauseAfterError{200};

// Waits for fd (or only for the time to pass) and answers whether it is time to stop.
bool pollWithStop(int fd, short events, int stop, std::chrono::milliseconds most) {
    std::array<pollfd, 2> fds{pollfd{stop, POLLIN, 0}, pollfd{fd, events, 0}};
    return ::poll(fds.data(), fds.size(), static_cast<int>(most.count())) > 0 && fds[0].revents != 0;
}

} // namespace

Waiter::Waiter(int watched, int stop)
    : m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_stop(stop) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = watched;
    m_valid = ::epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, watched, &event) == 0;
    event.data.fd = stop;
    m_valid = m_valid && ::epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, stop, &event) == 0;
}

bool Waiter::wait() const {
    std::array<epoll_event, 2> events{};
    int ready = 0;
    do {
        ready = ::epoll_wait(m_epoll.get(), events.data(), static_cast<int>(events.size()), -1);
    } while (ready < 0 && errno == EINTR);
    for (int i = 0; i < ready; ++i) {
        if (events[static_cast<std::size_t>(i)].data.fd == m_stop) {
            return false;
        }
    }
    return ready > 0;
}

bool Waiter::waitWritable(int fd, std::chrono::milliseconds most) const {
    return !pollWithStop(fd, POLLOUT, m_stop, most);
}

bool Waiter::pause() const {
    return !pollWithStop(-1, 0, m_stop, pauseAfterError);
}

bool Waiter::stopped() const {
    return pollWithStop(-1, 0, m_stop, std::chrono::milliseconds{0});
}

} // namespace tern::datapath
