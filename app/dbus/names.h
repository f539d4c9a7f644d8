// Where the two interfaces are found.
#pragma once

#include <QLatin1String>

namespace tern::dbus {

// Session bus: ternd.
inline constexpr QLatin1String engineService{"org.ternvpn.Engine1"};
inline constexpr QLatin1String enginePath{"/org/ternvpn/Engine1"};
inline constexpr QLatin1String engineInterface{"org.ternvpn.Engine1"};
inline constexpr QLatin1String engineError{"org.ternvpn.Engine1.Error"};

// System bus: tern-helper. Error names are helperError + one of the last parts.
inline constexpr QLatin1String helperService{"org.ternvpn.Helper1"};
inline constexpr QLatin1String helperPath{"/org/ternvpn/Helper1"};
inline constexpr QLatin1String helperInterface{"org.ternvpn.Helper1"};
inline constexpr QLatin1String helperErrorNotAuthorized{"org.ternvpn.Helper1.Error.NotAuthorized"};
inline constexpr QLatin1String helperErrorBusy{"org.ternvpn.Helper1.Error.Busy"};
inline constexpr QLatin1String helperErrorInvalid{"org.ternvpn.Helper1.Error.Invalid"};
inline constexpr QLatin1String helperErrorFailed{"org.ternvpn.Helper1.Error.Failed"};

} // namespace tern::dbus
