// Network namespaces with TUN devices for the tests of the data path. Needs root; everything vanishes with the objects.
#pragma once

#include "core/base/unique_fd.h"

#include <QFile>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTest>
#include <arpa/inet.h>
#include <cstring>
#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/if_tun.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace tern::testing {

// A network namespace of its own; in() runs something with this thread inside it.
class Namespace {
public:
    Namespace() {
        const base::UniqueFd before = current();
        if (::unshare(CLONE_NEWNET) == 0) {
            m_fd = current();
            run({QStringLiteral("link"), QStringLiteral("set"), QStringLiteral("lo"), QStringLiteral("up")});
            ::setns(before.get(), CLONE_NEWNET);
        }
    }
    [[nodiscard]] bool valid() const { return static_cast<bool>(m_fd); }

    template<typename F>
    auto in(F&& what) const {
        struct Back {
            base::UniqueFd before = current();
            ~Back() { ::setns(before.get(), CLONE_NEWNET); }
        };
        const Back back;
        ::setns(m_fd.get(), CLONE_NEWNET);
        return std::forward<F>(what)();
    }
    // The `ip` program with these words.
    bool ip(const QString& words) const {
        return in([&] { return run(words.split(QLatin1Char(' '))); });
    }
    // Keeps the kernel from talking IPv6 of its own accord on interfaces made from now on.
    bool silenceIpv6() const {
        return in([] {
            QFile setting(QStringLiteral("/proc/sys/net/ipv6/conf/default/disable_ipv6"));
            return setting.open(QIODevice::WriteOnly) && setting.write("1") == 1;
        });
    }
    // A path by which `ip` can name this namespace.
    [[nodiscard]] QString path() const { return QStringLiteral("/proc/%1/fd/%2").arg(::getpid()).arg(m_fd.get()); }

    [[nodiscard]] base::UniqueFd tun(const char* name) const {
        return in([&] {
            base::UniqueFd fd(::open("/dev/net/tun", O_RDWR | O_CLOEXEC));
            ifreq request{};
            std::strncpy(request.ifr_name, name, IFNAMSIZ - 1);
            request.ifr_flags = IFF_TUN | IFF_NO_PI | IFF_VNET_HDR;
            return ::ioctl(fd.get(), TUNSETIFF, &request) == 0 ? std::move(fd) : base::UniqueFd();
        });
    }
    // Takes the checksum offload from a network card, as simple ones lack it.
    [[nodiscard]] bool withoutChecksums(const char* card) const {
        return in([&] {
            const base::UniqueFd any(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
            ethtool_value value{ETHTOOL_STXCSUM, 0};
            ifreq request{};
            std::strncpy(request.ifr_name, card, IFNAMSIZ - 1);
            request.ifr_data = reinterpret_cast<char*>(&value);
            return ::ioctl(any.get(), SIOCETHTOOL, &request) == 0;
        });
    }
    // A socket bound to an address ("" for none).
    [[nodiscard]] base::UniqueFd socket(int type, const char* address, std::uint16_t port) const {
        return in([&] {
            const bool v6 = std::strchr(address, ':') != nullptr;
            base::UniqueFd fd(::socket(v6 ? AF_INET6 : AF_INET, type | SOCK_CLOEXEC, 0));
            const int one = 1;
            ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
            sockaddr_storage name{};
            const socklen_t length = fill(name, address, port);
            return ::bind(fd.get(), reinterpret_cast<sockaddr*>(&name), length) == 0 ? std::move(fd) : base::UniqueFd();
        });
    }
    static socklen_t fill(sockaddr_storage& name, const char* address, std::uint16_t port) {
        if (std::strchr(address, ':') != nullptr) {
            auto* const in6 = reinterpret_cast<sockaddr_in6*>(&name);
            in6->sin6_family = AF_INET6;
            in6->sin6_port = htons(port);
            ::inet_pton(AF_INET6, address, &in6->sin6_addr);
            return sizeof *in6;
        }
        auto* const in4 = reinterpret_cast<sockaddr_in*>(&name);
        in4->sin_family = AF_INET;
        in4->sin_port = htons(port);
        ::inet_pton(AF_INET, address, &in4->sin_addr);
        return sizeof *in4;
    }

private:
    static base::UniqueFd current() { return base::UniqueFd(::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC)); }
    static bool run(const QStringList& words) { return QProcess::execute(QStringLiteral("ip"), words) == 0; }

    base::UniqueFd m_fd;
};

inline bool mayMakeNamespaces() {
    return ::geteuid() == 0 && ::access("/dev/net/tun", R_OK | W_OK) == 0 && Namespace().valid();
}

} // namespace tern::testing
