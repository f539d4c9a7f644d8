// "ternctl certificate" and "ternctl trust": what a server showed, and trusting it nevertheless.
#pragma once

#include "app/ctl/engine_client.h"
#include "app/ctl/exit_code.h"
#include "app/ctl/options.h"

#include <optional>

namespace tern::ctl {

[[nodiscard]] ExitCode showCertificates(EngineClient& engine, const Options& options);
// Operands: the connection and the fingerprint that a person has compared.
[[nodiscard]] ExitCode trustCertificate(EngineClient& engine, const Options& options);

// Certificates of org.ternvpn.Engine1 as text.
[[nodiscard]] QString certificatesText(const QVariantMap& certificates);

// Among the changes of "ternctl set", ca=FILE means the file's content. The unexpected value is an error's map.
[[nodiscard]] tl::expected<QVariantMap, QVariantMap> withAuthorityFile(QVariantMap changes);

} // namespace tern::ctl
