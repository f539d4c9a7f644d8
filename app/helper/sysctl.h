// net.ipv4.conf.all.src_valid_mark: reverse path filtering looks the source up with the packet's mark.
#pragma once

namespace tern::helper {

[[nodiscard]] bool srcValidMark();
// False when /proc/sys is read-only or absent.
[[nodiscard]] bool setSrcValidMark(bool on);

} // namespace tern::helper
