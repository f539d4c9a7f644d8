#include "app/helper/hardening.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace tern::helper {

namespace {

auto failed(const char* what) {
    return base::fail("tern.helper.internal", {}, std::string(what) + ": " + std::strerror(errno));
}

base::Result<void> keepNetAdminOnly() {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> data{};
    static_assert(CAP_NET_ADMIN < 32);
    data[0].effective = 1U << CAP_NET_ADMIN;
    data[0].permitted = 1U << CAP_NET_ADMIN;
    if (::syscall(SYS_capset, &header, data.data()) != 0) {
        return failed("giving up capabilities");
    }
    return {};
}

base::Result<void> becomeTern() {
    const passwd* const user = ::getpwnam("tern");
    if (user == nullptr || user->pw_uid == 0) {
        return base::fail("tern.helper.internal", {}, "there is no user \"tern\" to run as");
    }
    if (::prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) != 0 || ::setgroups(0, nullptr) != 0 ||
        ::setresgid(user->pw_gid, user->pw_gid, user->pw_gid) != 0 ||
        ::setresuid(user->pw_uid, user->pw_uid, user->pw_uid) != 0) {
        return failed("becoming the user \"tern\"");
    }
    return {};
}

} // namespace

base::Result<void> dropPrivileges() {
    if (::geteuid() == 0) {
        if (auto done = becomeTern(); !done) {
            return done;
        }
    }
    if (auto done = keepNetAdminOnly(); !done) {
        return done;
    }
    const rlimit none{0, 0};
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 ||
        ::setrlimit(RLIMIT_CORE, &none) != 0) {
        return failed("hardening the process");
    }
    return {};
}

} // namespace tern::helper
