// "ternctl probe": what a server offers, asked on the spot.
#pragma once

#include "app/ctl/engine_client.h"
#include "app/ctl/exit_code.h"
#include "app/ctl/options.h"

namespace tern::ctl {

// Ok where the server offers something that Tern connects to; Refused for PPTP and L2TP only, ServerIdentity where its
// certificate is all that is wrong, Network when nothing answers, Failed otherwise.
[[nodiscard]] ExitCode probe(EngineClient& engine, const Options& options);

// Probe of org.ternvpn.Engine1 as text: the advice, a table of the roads, and what is known beside that.
[[nodiscard]] QString probeText(const QVariantMap& result);
[[nodiscard]] ExitCode probeExit(const QVariantMap& result);

} // namespace tern::ctl
