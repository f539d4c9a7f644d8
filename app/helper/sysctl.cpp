#include "app/helper/sysctl.h"

#include "core/base/unique_fd.h"

#include <fcntl.h>
#include <unistd.h>

namespace tern::helper {

namespace {

constexpr const char* path = "/proc/sys/net/ipv4/conf/all/src_valid_mark";

} // namespace

bool srcValidMark() {
    const base::UniqueFd file(::open(path, O_RDONLY | O_CLOEXEC));
    char value = '0';
    return file && ::read(file.get(), &value, 1) == 1 && value != '0';
}

bool setSrcValidMark(bool on) {
    const base::UniqueFd file(::open(path, O_WRONLY | O_CLOEXEC));
    return file && ::write(file.get(), on ? "1" : "0", 1) == 1;
}

} // namespace tern::helper
