#include "core/probe/result.h"

namespace tern::probe {

// A switch without a default: a new value is a warning, and warnings are errors.
std::string_view name(Protocol protocol) {
    switch (protocol) {
    case Protocol::Ikev2:
        return "ikev2";
    case Protocol::Sstp:
        return "sstp";
    case Protocol::Pptp:
        return "pptp";
    case Protocol::L2tp:
        return "l2tp";
    }
    return {};
}

std::string_view name(Verdict verdict) {
    switch (verdict) {
    case Verdict::Open:
        return "open";
    case Verdict::Weak:
        return "weak";
    case Verdict::Unusable:
        return "unusable";
    case Verdict::Closed:
        return "closed";
    case Verdict::Silent:
        return "silent";
    }
    return {};
}

std::string_view name(Advice advice) {
    switch (advice) {
    case Advice::Both:
        return "both";
    case Advice::ReadyIkev2:
        return "ready-ikev2";
    case Advice::ReadySstp:
        return "ready-sstp";
    case Advice::OnlyWeakIkev2:
        return "only-weak-ikev2";
    case Advice::NeedsRepair:
        return "needs-repair";
    case Advice::OnlyRetired:
        return "only-retired";
    case Advice::Nothing:
        return "nothing";
    }
    return {};
}

std::string_view name(Known known) {
    switch (known) {
    case Known::Unknown:
        return "unknown";
    case Known::No:
        return "no";
    case Known::Yes:
        return "yes";
    }
    return {};
}

std::string_view name(Transport transport) {
    switch (transport) {
    case Transport::Udp:
        return "udp";
    case Transport::Tcp:
        return "tcp";
    }
    return {};
}

std::string_view name(SstpAnswer answer) {
    switch (answer) {
    case SstpAnswer::None:
        return "none";
    case SstpAnswer::Sstp:
        return "sstp";
    case SstpAnswer::WebServer:
        return "web-server";
    case SstpAnswer::Portal:
        return "portal";
    case SstpAnswer::Refused:
        return "refused";
    case SstpAnswer::Busy:
        return "busy";
    case SstpAnswer::NotHttp:
        return "not-http";
    case SstpAnswer::NotTls:
        return "not-tls";
    }
    return {};
}

std::string_view name(Ikev1 ikev1) {
    switch (ikev1) {
    case Ikev1::None:
        return "none";
    case Ikev1::Speaks:
        return "speaks";
    case Ikev1::Accepts:
        return "accepts";
    }
    return {};
}

} // namespace tern::probe
