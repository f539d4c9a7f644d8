#include "core/ike/ike_redirect.h"

#include "core/base/byte_io.h"

#include <algorithm>

namespace tern::ike {

namespace {

enum class GatewayKind : std::uint8_t { Ipv4 = 1, Ipv6 = 2, Fqdn = 3 }; // §10

constexpr std::size_t longestName = 253;

bool isHostName(base::ByteView name) {
    const auto allowed = [](std::uint8_t octet) {
        return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') || (octet >= '0' && octet <= '9') ||
               octet == '-' || octet == '.' || octet == '_';
    };
    return !name.empty() && name.size() <= longestName && name.front() != '.' && name.front() != '-' &&
           std::all_of(name.begin(), name.end(), allowed);
}

} // namespace

base::Error redirectedError(const Context& context, const RedirectTarget& target) {
    return {"tern.ike.redirected", {context.config.serverName, target.text()}, {}};
}

std::string RedirectTarget::text() const {
    return address ? address->text() : name;
}

Payload redirectSupport(const SessionConfig& config) {
    if (!config.redirectedFrom) {
        return encodeNotify(NotifyType::RedirectSupported);
    }
    const auto& from = *config.redirectedFrom;
    base::ByteWriter data;
    data.u8(static_cast<std::uint8_t>(from.isV6() ? GatewayKind::Ipv6 : GatewayKind::Ipv4));
    data.u8(static_cast<std::uint8_t>(from.bytes().size()));
    data.bytes(from.bytes());
    return encodeNotify(NotifyType::RedirectedFrom, data.view());
}

base::Result<RedirectTarget> parseRedirect(base::ByteView data, base::ByteView nonce) {
    base::ByteReader reader(data);
    const auto kind = reader.u8();
    const auto length = reader.u8();
    const auto gateway = reader.take(length);
    const auto rest = reader.rest();
    const auto malformed = base::fail("tern.ike.malformed", {}, "REDIRECT");
    if (reader.failed() || !std::equal(rest.begin(), rest.end(), nonce.begin(), nonce.end())) {
        return malformed;
    }
    RedirectTarget target;
    switch (static_cast<GatewayKind>(kind)) {
    case GatewayKind::Ipv4:
    case GatewayKind::Ipv6:
        target.address = base::IpAddress::fromBytes(gateway);
        if (!target.address || target.address->isV6() != (static_cast<GatewayKind>(kind) == GatewayKind::Ipv6) ||
            target.address->isUnspecified() || target.address->isLoopback() || target.address->isMulticast()) {
            return malformed;
        }
        return target;
    case GatewayKind::Fqdn:
        if (!isHostName(gateway)) {
            return malformed;
        }
        target.name = base::toText(gateway);
        return target;
    }
    return malformed;
}

base::Result<Outcome> takeInitRedirect(Context& context, const Notification& notification) {
    // Our nonce in it shows that the sender has seen our request; nothing shows who it is.
    const auto target = parseRedirect(notification.data, context.initiatorNonce);
    if (!target) {
        return Outcome::Ignore;
    }
    context.emit(Redirected{*target, false});
    return base::fail(redirectedError(context, *target));
}

base::Result<Outcome> takeAuthRedirect(Context& context, const Payloads& response) {
    const auto notification = findNotify(response, NotifyType::Redirect);
    if (!notification) {
        return Outcome::Continue;
    }
    auto target = parseRedirect(notification->data, {});
    if (!target) {
        return base::fail(std::move(target.error()));
    }
    context.redirectedTo = std::move(*target);
    return Outcome::Redirected;
}

base::Result<Outcome> IkeRedirect::process(Context& context, const Incoming& response) {
    if (!context.authenticated) {
        return Outcome::Continue;
    }
    auto outcome = takeAuthRedirect(context, *response.payloads);
    return outcome && *outcome == Outcome::Continue ? Outcome::Done : std::move(outcome);
}

void takeSessionRedirect(Context& context, const Payloads& request) {
    if (const auto notification = findNotify(request, NotifyType::Redirect)) {
        if (const auto target = parseRedirect(notification->data, {})) {
            context.emit(Redirected{*target, true});
        }
    }
}

} // namespace tern::ike
