// The generated proxies under our namespace. Their calls answer QDBusPendingReply; file descriptors come as
// QDBusUnixFileDescriptor, which closes its own when it goes: dup() what is to be kept.
#pragma once

#include "app/dbus/names.h"
#include "app/dbus/types.h"

#include <engine1_proxy.h>
#include <helper1_proxy.h>

namespace tern::dbus {

using Engine1Proxy = ::TernEngine1Proxy;
using Helper1Proxy = ::TernHelper1Proxy;

} // namespace tern::dbus
