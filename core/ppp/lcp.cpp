#include "core/ppp/lcp.h"

#include "core/base/byte_io.h"

#include <algorithm>

namespace tern::ppp {

namespace {

// RFC 1661 §6 and IANA "PPP LCP Configuration Option Types".
enum OptionType : std::uint8_t {
    Mru = 1,
    Accm = 2,
    Authentication = 3,
    Magic = 5,
    ProtocolFieldCompression = 7,
    AddressFieldCompression = 8,
};

constexpr std::uint8_t algorithmMd5 = 5;
constexpr std::uint8_t algorithmMsChapV2 = 0x81;
constexpr std::uint16_t leastMru = 128;
constexpr std::size_t lcpHeader = 4;

Option numberOption(std::uint8_t type, std::uint64_t value, unsigned octets) {
    Option option{type, {}};
    for (unsigned i = octets; i > 0; --i) {
        option.data.push_back(static_cast<std::uint8_t>(value >> ((i - 1) * 8U)));
    }
    return option;
}

std::uint32_t numberOf(const base::Bytes& octets) {
    std::uint32_t value = 0;
    for (const auto octet : octets) {
        value = (value << 8U) | octet;
    }
    return value;
}

// The value of an Authentication-Protocol option.
base::Bytes optionValue(Method method) {
    const auto protocol = [](Protocol which) {
        return base::Bytes{static_cast<std::uint8_t>(static_cast<unsigned>(which) >> 8U),
                           static_cast<std::uint8_t>(which)};
    };
    base::Bytes value = protocol(Protocol::Chap);
    switch (method) {
    case Method::Eap:
        return protocol(Protocol::Eap);
    case Method::Pap:
        return protocol(Protocol::Pap);
    case Method::ChapMd5:
        value.push_back(algorithmMd5);
        return value;
    case Method::MsChapV2:
        value.push_back(algorithmMsChapV2);
        return value;
    case Method::None:
        break;
    }
    return {};
}

std::optional<Method> methodOf(const base::Bytes& value) {
    for (const auto method : {Method::Eap, Method::MsChapV2, Method::ChapMd5, Method::Pap}) {
        if (value == optionValue(method)) {
            return method;
        }
    }
    return std::nullopt;
}

// For people, of one that is not ours too.
std::string nameOf(const base::Bytes& value) {
    if (const auto method = methodOf(value)) {
        return std::string(methodName(*method));
    }
    constexpr std::uint8_t algorithmMsChap = 0x80;
    base::Bytes msChap = optionValue(Method::MsChapV2);
    msChap.back() = algorithmMsChap;
    return value == msChap ? "MS-CHAP" : base::toHex(value);
}

bool isAcceptable(const Option& option) {
    switch (option.type) {
    case Accm:
        return option.data.size() == 4; // means nothing without HDLC
    case ProtocolFieldCompression:
    case AddressFieldCompression:
        return option.data.empty();
    default:
        return false;
    }
}

} // namespace

Lcp::Lcp(const SessionConfig& config, const std::vector<Method>& methods, base::RandomSource& random)
    : m_config(config)
    , m_methods(methods)
    , m_random(random)
    , m_automaton(*this, config.timers)
    , m_mru(config.mru)
    , m_wantsMru(config.mru != defaultMru) {}

// Never zero, which stands for none (§6.4).
std::uint32_t Lcp::freshMagic() {
    base::Bytes octets(4);
    m_random.fill(octets);
    octets.back() |= 1U;
    return numberOf(octets);
}

// Of echoes and the like: zero until a number is agreed on (§5.8).
base::Bytes Lcp::magicOctets() const {
    return numberOption(Magic, m_hasMagic ? m_magic : 0, 4).data;
}

// ---- ours ----

Options Lcp::request() {
    Options options;
    m_hasMagic = false;
    if (m_wantsMru) {
        options.push_back(numberOption(Mru, m_mru, 2));
    }
    if (m_wantsMagic) {
        m_magic = m_magic == 0 ? freshMagic() : m_magic;
        options.push_back(numberOption(Magic, m_magic, 4));
    }
    return options;
}

void Lcp::acknowledged(const Options& ours) {
    m_hasMagic = findOption(ours, Magic) != nullptr;
}

void Lcp::naked(const Options& theirs) {
    for (const auto& option : theirs) {
        if (option.type == Mru && option.data.size() == 2) {
            // A hint, also when we said nothing of it; we take packets of any size up to our own.
            const auto hint = static_cast<std::uint16_t>(numberOf(option.data));
            m_mru = std::clamp<std::uint16_t>(hint, leastMru, m_config.mru);
            m_wantsMru = m_mru != defaultMru;
        } else if (option.type == Magic && m_wantsMagic) {
            // It has seen its own number in our request: a loop, or chance (§6.4).
            m_magic = freshMagic();
        }
    }
}

void Lcp::rejected(const Options& ours) {
    for (const auto& option : ours) {
        m_wantsMru = m_wantsMru && option.type != Mru;
        m_wantsMagic = m_wantsMagic && option.type != Magic; // SoftEther
    }
}

// ---- theirs ----

ControlProtocol::Verdict Lcp::judge(const Options& theirs) {
    Verdict verdict;
    for (const auto& option : theirs) {
        if (option.type == Authentication) {
            judgeMethod(option, verdict);
        } else if (option.type == Magic && option.data.size() == 4) {
            judgeMagic(option, verdict);
        } else if (option.type == Mru && option.data.size() == 2) {
            if (numberOf(option.data) < leastMru) {
                verdict.naked.push_back(numberOption(Mru, leastMru, 2));
            }
        } else if (!isAcceptable(option)) {
            verdict.rejected.push_back(option);
        }
    }
    return verdict;
}

// What is allowed is taken as it comes: pppd takes a Nak of a method for a refusal of it, so there is no asking for a
// better one first. Anything else is answered with what is wanted most, until the server offers something allowed.
void Lcp::judgeMethod(const Option& option, Verdict& verdict) {
    const auto offered = methodOf(option.data);
    if (offered && std::find(m_methods.begin(), m_methods.end(), *offered) != m_methods.end()) {
        return;
    }
    const auto name = nameOf(option.data);
    if (m_refusedMethods.find(name) == std::string::npos && m_refusedMethods.size() < 100) {
        m_refusedMethods += (m_refusedMethods.empty() ? "" : ", ") + name;
    }
    const auto wanted =
        std::find_if(m_methods.begin(), m_methods.end(), [](Method one) { return one != Method::None; });
    if (wanted == m_methods.end()) {
        verdict.rejected.push_back(option); // nothing is to be done at all
    } else {
        verdict.naked.push_back({Authentication, optionValue(*wanted)});
    }
}

void Lcp::judgeMagic(const Option& option, Verdict& verdict) {
    const auto theirs = numberOf(option.data);
    if (theirs == 0 || (m_wantsMagic && theirs == m_magic)) {
        m_loops += theirs == 0 ? 0 : 1;
        verdict.naked.push_back(numberOption(Magic, freshMagic(), 4));
    }
}

void Lcp::agreed(const Options& theirs) {
    const auto* const mru = findOption(theirs, Mru);
    m_peerMru = mru != nullptr ? numberOf(mru->data) : defaultMru;
    const auto* const authentication = findOption(theirs, Authentication);
    m_method = authentication != nullptr ? methodOf(authentication->data).value_or(Method::None) : Method::None;
    if (findOption(theirs, Magic) != nullptr) {
        m_loops = 0;
    }
}

// ---- packets beside the negotiation ----

void Lcp::receive(base::Instant now, const Packet& packet) {
    switch (static_cast<Code>(packet.code)) {
    case Code::EchoRequest:
    case Code::EchoReply:
        return receiveEcho(packet);
    case Code::ProtocolReject:
    case Code::DiscardRequest:
    case Code::Identification:
    case Code::TimeRemaining:
        return;
    default:
        m_automaton.receive(now, packet);
    }
}

// SoftEther asks before LCP is open, with a Magic-Number of zero, and counts on an answer: it gets one at any time.
void Lcp::receiveEcho(const Packet& packet) {
    base::ByteReader reader(packet.data);
    const auto magic = reader.u32();
    if (reader.failed()) {
        return;
    }
    if (m_hasMagic && magic == m_magic) {
        ++m_loops;
        return;
    }
    if (packet.is(Code::EchoRequest)) {
        auto data = magicOctets();
        const auto rest = reader.rest();
        base::append(data, rest.first(std::min<std::size_t>(rest.size(), m_peerMru - 2 * lcpHeader)));
        m_packets.push_back(buildPacket(Code::EchoReply, packet.identifier, data));
    } else {
        m_loops = 0;
    }
}

void Lcp::sendEcho() {
    ++m_echoesUnanswered;
    m_packets.push_back(buildPacket(Code::EchoRequest, m_automaton.nextIdentifier(), magicOctets()));
}

// §5.7: the protocol and the packet, cut to what the other end takes.
void Lcp::rejectProtocol(const Frame& frame) {
    base::ByteWriter writer;
    writer.u16(static_cast<std::uint16_t>(frame.protocol));
    const std::size_t room = m_peerMru - lcpHeader - writer.size();
    writer.bytes(frame.payload.first(std::min(frame.payload.size(), room)));
    m_packets.push_back(buildPacket(Code::ProtocolReject, m_automaton.nextIdentifier(), writer.view()));
}

std::vector<base::Bytes> Lcp::takePackets() {
    auto packets = m_automaton.takePackets();
    for (auto& packet : std::exchange(m_packets, {})) {
        packets.push_back(std::move(packet));
    }
    return packets;
}

} // namespace tern::ppp
