#include "core/eap/tls_layer.h"

#include "core/eap/server_refusal.h"

#include <algorithm>

namespace tern::eap {

namespace {

constexpr std::uint8_t flagLength = 0x80;
constexpr std::uint8_t flagMore = 0x40;
constexpr std::uint8_t flagStart = 0x20;

// One message of the server's. TLS itself takes 64 KiB of certificates.
constexpr std::size_t mostOctets = 131072;
constexpr unsigned mostFragments = 300;
// EAP over RADIUS and over IKE without fragments gets through with packets of 1020 octets (RFC 3748 §3.1).
constexpr std::size_t ourFragment = 1010;

Step outOfOrder(const char* what) {
    return Abandon{{"tern.eap.protocol", {}, what}};
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

// The chain against the profile's roots, and any one of its names.
base::Result<void> checkServer(const TlsSettings& settings, const std::vector<base::Bytes>& chain) {
    if (!settings.checkServer) {
        return {};
    }
    if (settings.serverNames.empty()) {
        return settings.trust->verifyServer(chain, {{}, settings.time, true, true});
    }
    base::Result<void> last;
    for (const auto& name : settings.serverNames) {
        last = settings.trust->verifyServer(chain, {name, settings.time, true, false});
        if (last || last.error().code != "tern.crypto.cert.name") {
            return last;
        }
    }
    last.error().args.front() = joined(settings.serverNames);
    return last;
}

} // namespace

std::variant<Step, TlsLayer::Turn> TlsLayer::receive(base::ByteView typeData) {
    base::ByteReader reader(typeData);
    const auto flags = reader.u8();
    if (reader.failed()) {
        return outOfOrder("an EAP-TLS packet without flags");
    }
    if (m_reason) {
        // The alert, or our acknowledgement of theirs, was to be the last but EAP-Failure.
        return Abandon{*m_reason};
    }
    if ((flags & flagStart) != 0 || !m_client) {
        return start(flags);
    }
    if (m_sent < m_outgoing.size()) {
        if ((flags & (flagLength | flagMore)) != 0 || !reader.atEnd()) {
            return outOfOrder("data before all our fragments were acknowledged");
        }
        return fragment();
    }
    if (auto more = collect(flags, reader)) {
        return std::move(*more);
    }
    auto taken = m_client->receive(std::exchange(m_incoming, {}));
    m_announced = 0;
    m_fragments = 0;
    if (!taken) {
        return failed(ofSignInServer(std::move(taken.error())));
    }
    return Turn{};
}

Step TlsLayer::start(std::uint8_t flags) {
    if (m_client || (flags & flagStart) == 0) {
        return outOfOrder("EAP-TLS start out of order");
    }
    if (m_settings.checkServer && !m_settings.trust) {
        return Abandon{{"tern.eap.tls.no-trust", {}, {}}};
    }
    auto client = crypto::TlsClient::create(
        {[this](const std::vector<base::Bytes>& chain) { return checkServer(m_settings, chain); },
         m_settings.credentials, m_settings.newest});
    if (!client) {
        return Abandon{std::move(client.error())};
    }
    m_client = std::move(*client);
    if (auto begun = m_client->receive({}); !begun) {
        return Abandon{std::move(begun.error())};
    }
    return flush();
}

// Adds a fragment. Nothing: the message is whole.
std::optional<Step> TlsLayer::collect(std::uint8_t flags, base::ByteReader& reader) {
    if ((flags & flagLength) != 0) {
        const std::size_t announced = reader.u32();
        const bool changed = m_announced != 0 && announced != m_announced;
        if (reader.failed() || changed || announced > mostOctets || (m_announced == 0 && !m_incoming.empty())) {
            return outOfOrder("an EAP-TLS length that cannot be");
        }
        m_announced = announced;
    }
    const auto data = reader.rest();
    const bool more = (flags & flagMore) != 0;
    const std::size_t most = m_announced != 0 ? m_announced : mostOctets;
    if (data.size() > most - m_incoming.size() || ++m_fragments > mostFragments || (more && data.empty())) {
        return outOfOrder("EAP-TLS fragments without an end");
    }
    base::append(m_incoming, data);
    if (more) {
        return Respond{{0}};
    }
    if (m_announced != 0 && m_incoming.size() != m_announced) {
        return outOfOrder("an EAP-TLS message shorter than announced");
    }
    return std::nullopt;
}

Step TlsLayer::flush() {
    m_outgoing = m_client->takeOutput();
    m_sent = 0;
    return fragment();
}

Step TlsLayer::send(base::ByteView data) {
    if (auto sent = m_client->send(data); !sent) {
        return Abandon{std::move(sent.error())};
    }
    return flush();
}

Step TlsLayer::fragment() {
    const auto rest = base::ByteView(m_outgoing).subspan(m_sent);
    const auto part = rest.first(std::min(rest.size(), ourFragment));
    const bool more = part.size() < rest.size();
    const bool first = m_sent == 0 && more;
    base::ByteWriter writer;
    writer.u8(static_cast<std::uint8_t>((more ? flagMore : 0U) | (first ? flagLength : 0U)));
    if (first) {
        writer.u32(static_cast<std::uint32_t>(m_outgoing.size()));
    }
    writer.bytes(part);
    m_sent += part.size();
    return Respond{writer.take()};
}

Step TlsLayer::failed(base::Error error) {
    m_reason = std::move(error);
    return flush();
}

Step TlsLayer::refuse(base::Error error) {
    m_reason = std::move(error);
    return Respond{{0}};
}

base::Result<base::SecureBytes> TlsLayer::keyMaterial() const {
    constexpr std::size_t size = 128;
    if (!isTls13()) {
        return m_client->exportKey(m_type == MethodType::Ttls ? "ttls keying material" : "client EAP encryption",
                                   std::nullopt, size);
    }
    const auto type = static_cast<std::uint8_t>(m_type);
    return m_client->exportKey("EXPORTER_EAP_TLS_Key_Material", base::ByteView(&type, 1), size);
}

} // namespace tern::eap
