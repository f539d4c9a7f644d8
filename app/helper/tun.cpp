#include "app/helper/tun.h"

#include "app/helper/tags.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

// <net/if.h> declares it too, and also what <linux/if.h> does.
extern "C" unsigned int if_nametoindex(const char* name);

namespace tern::helper {

namespace {

auto failed(const char* what) {
    return base::fail("tern.helper.tun", {}, std::string(what) + ": " + std::strerror(errno));
}

} // namespace

base::Result<Tun> createTun() {
    base::UniqueFd fd(::open("/dev/net/tun", O_RDWR | O_CLOEXEC | O_NONBLOCK));
    if (!fd) {
        return failed("opening /dev/net/tun");
    }
    ifreq request{};
    std::strncpy(request.ifr_name, linkNamePattern, sizeof(request.ifr_name) - 1);
    request.ifr_flags = IFF_TUN | IFF_NO_PI | IFF_VNET_HDR;
    if (::ioctl(fd.get(), TUNSETIFF, &request) < 0) {
        return failed("creating the TUN device");
    }
    const unsigned index = if_nametoindex(request.ifr_name);
    if (index == 0) {
        return failed("finding the TUN device");
    }
    return Tun{std::move(fd), request.ifr_name, index};
}

bool isUp(const Tun& tun) {
    if (if_nametoindex(tun.name.c_str()) != tun.index) {
        return false;
    }
    const base::UniqueFd any(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq request{};
    std::strncpy(request.ifr_name, tun.name.c_str(), sizeof(request.ifr_name) - 1);
    return any && ::ioctl(any.get(), SIOCGIFFLAGS, &request) == 0 && (request.ifr_flags & IFF_UP) != 0;
}

} // namespace tern::helper
