#include "tests/sim/ppp_server.h"

#include "core/base/byte_io.h"
#include "core/ppp/frame.h"

#include <algorithm>

namespace tern::sim {

using ppp::Code;
using ppp::Method;
using ppp::Option;
using ppp::Options;
using ppp::Packet;
using ppp::Protocol;

namespace {

constexpr const char* linkLocal = "fe80::1";

base::Bytes fourOctets(const std::string& address) {
    const auto ip = base::IpAddress::fromText(address).value_or(base::IpAddress());
    return {ip.bytes().begin(), ip.bytes().end()};
}

base::Bytes methodValue(Method method) {
    switch (method) {
    case Method::Eap:
        return {0xC2, 0x27};
    case Method::MsChapV2:
        return {0xC2, 0x23, 0x81};
    case Method::ChapMd5:
        return {0xC2, 0x23, 0x05};
    case Method::Pap:
        return {0xC0, 0x23};
    case Method::None:
        break;
    }
    return {};
}

} // namespace

// ---- the field ----

PppServerConfig PppServerConfig::rras() {
    PppServerConfig config;
    config.offers = {Method::Eap, Method::MsChapV2};
    config.mru = 4091;
    config.moreLcp = {{0x0D, {6}}, {0x11, {0x06, 0x4E}}, {0x13, {1, 1, 2, 3, 4, 5, 6, 7, 8}}};
    config.offersCcp = true;
    config.retries = true;
    return config;
}

PppServerConfig PppServerConfig::softEther() {
    PppServerConfig config;
    config.offers = {Method::Eap, Method::MsChapV2, Method::Pap};
    config.ignoresHints = true;
    config.startsLate = true;
    config.echoesBeforeOpen = true;
    config.rejectsMagic = true;
    config.dns2 = {};
    config.nbns = {};
    config.gateway = "1.0.0.1";
    return config;
}

PppServerConfig PppServerConfig::mikroTik() {
    PppServerConfig config;
    config.offers = {Method::Pap};
    config.shortPapAck = true;
    config.nbns = {};
    return config;
}

PppServerConfig PppServerConfig::accelPpp() {
    PppServerConfig config;
    config.offers = {Method::MsChapV2, Method::ChapMd5, Method::Pap};
    config.mru = 1452;
    config.nbns = {};
    return config;
}

// ---- frames ----

PppServer::PppServer(PppServerConfig from, base::RandomSource& random)
    : config(std::move(from))
    , m_random(random) {
    if (config.router) {
        m_router = std::make_unique<PppRouter>(*config.router, linkLocal);
    }
    auto& lcp = m_layers[Protocol::Lcp];
    lcp.ours = config.moreLcp;
    if (config.mru != 0) {
        lcp.ours.push_back({1, {static_cast<std::uint8_t>(config.mru >> 8U), static_cast<std::uint8_t>(config.mru)}});
    }
    if (!config.rejectsMagic) {
        lcp.ours.push_back({5, {0xAB, 0xCD, 0x12, 0x34}});
    }
    m_layers[Protocol::Ipcp].ours = {{3, fourOctets(config.gateway)}};
    m_layers[Protocol::Ipv6cp].ours = {{1, {0, 0, 0, 0, 0, 0, 0, 1}}};
    setOffer();
}

void PppServer::emit(Protocol protocol, base::Bytes payload) {
    base::ByteWriter writer;
    writer.u16(0xFF03);
    writer.u16(static_cast<std::uint16_t>(protocol));
    writer.bytes(payload);
    m_frames.push_back(writer.take());
}

void PppServer::configure(Protocol protocol, Layer& layer) {
    layer.oursAcked = false;
    emit(protocol, ppp::buildPacket(Code::ConfigureRequest, ++layer.identifier, ppp::buildOptions(layer.ours)));
}

std::vector<base::Bytes> PppServer::start() {
    if (!config.startsLate && !std::exchange(m_hasStarted, true)) {
        configure(Protocol::Lcp, m_layers[Protocol::Lcp]);
    }
    return std::exchange(m_frames, {});
}

std::vector<base::Bytes> PppServer::renegotiate() {
    m_layers[Protocol::Lcp].theirsAcked = false;
    m_isSigningIn = false;
    m_isAccepted = false;
    for (const auto protocol : {Protocol::Ipcp, Protocol::Ipv6cp}) {
        m_layers[protocol].oursAcked = m_layers[protocol].theirsAcked = false;
    }
    configure(Protocol::Lcp, m_layers[Protocol::Lcp]);
    return std::exchange(m_frames, {});
}

std::vector<base::Bytes> PppServer::receive(base::ByteView octets) {
    base::ByteReader reader(octets);
    const auto header = reader.u16();
    const auto protocol = static_cast<Protocol>(reader.u16());
    const auto payload = reader.rest();
    if (reader.failed() || header != 0xFF03 || ignoresAll) {
        return {};
    }
    if (!std::exchange(m_hasStarted, true)) {
        if (config.echoesBeforeOpen) {
            emit(Protocol::Lcp, ppp::buildPacket(Code::EchoRequest, 77, base::Bytes{0, 0, 0, 0, 1, 2}));
        }
        configure(Protocol::Lcp, m_layers[Protocol::Lcp]);
    }
    if (protocol == Protocol::Pap) {
        receivePap(payload);
    } else if (protocol == Protocol::Eap) {
        receiveEap(payload);
    } else if (protocol == Protocol::Ipv6) {
        for (auto& answer : m_router ? m_router->receive(payload) : std::vector<base::Bytes>{}) {
            emit(Protocol::Ipv6, std::move(answer));
        }
    } else if (const auto packet = ppp::parsePacket(payload)) {
        const std::string layer = protocol == Protocol::Lcp ? "lcp " : protocol == Protocol::Ipcp ? "ipcp " : "other ";
        ++seenCodes[layer + std::to_string(packet->code)];
        networkBeforeSignIn |= (protocol == Protocol::Ipcp || protocol == Protocol::Ipv6cp) && !m_isAccepted;
        if (protocol == Protocol::Lcp) {
            receiveLcp(*packet);
        } else if (protocol == Protocol::Chap) {
            receiveChap(*packet);
        } else if (protocol == Protocol::Ipcp && config.ipv4) {
            receiveIpcp(*packet);
        } else if (protocol == Protocol::Ipv6cp && config.ipv6) {
            receiveIpv6cp(*packet);
        } else if (!config.silentNetwork) {
            base::ByteWriter writer;
            writer.u16(static_cast<std::uint16_t>(protocol));
            writer.bytes(payload);
            emit(Protocol::Lcp, ppp::buildPacket(Code::ProtocolReject, 9, writer.view()));
        }
    }
    return std::exchange(m_frames, {});
}

base::Bytes PppServer::terminate(base::ByteView data) {
    emit(Protocol::Lcp, ppp::buildPacket(Code::TerminateRequest, 200, data));
    auto frame = m_frames.back();
    m_frames.pop_back();
    return frame;
}

base::Bytes PppServer::echo() {
    emit(Protocol::Lcp, ppp::buildPacket(Code::EchoRequest, ++m_echoes, base::Bytes{0xAB, 0xCD, 0x12, 0x34}));
    auto frame = m_frames.back();
    m_frames.pop_back();
    return frame;
}

// ---- negotiation ----

void PppServer::receiveEap(base::ByteView payload) {
    constexpr std::uint8_t nak = 3;
    if (config.leavesEap && payload.size() > 5 && payload[4] == nak) {
        base::ByteWriter writer;
        writer.u16(static_cast<std::uint16_t>(Protocol::Eap));
        writer.bytes(payload);
        emit(Protocol::Lcp, ppp::buildPacket(Code::ProtocolReject, 8, writer.view()));
        ++m_offer;
        setOffer();
        m_isSigningIn = false;
        m_layers[Protocol::Lcp].theirsAcked = false;
        return configure(Protocol::Lcp, m_layers[Protocol::Lcp]);
    }
    if (const auto answer = m_eap ? m_eap->answer(payload) : std::nullopt) {
        if (!config.omitsEapSuccess || !m_eap->msk()) {
            emit(Protocol::Eap, *answer);
        }
        if (m_eap->msk()) {
            const auto key = m_eap->msk()->view();
            accept(base::SecureBytes(key.first(std::min<std::size_t>(key.size(), 32))));
        }
    }
}

// Answers of the client to our requests, and ends; true when it was one of those.
bool PppServer::answerCommon(Protocol protocol, Layer& layer, const Packet& packet) {
    if (packet.is(Code::ConfigureAck) && packet.identifier == layer.identifier) {
        layer.oursAcked = true;
    } else if (packet.is(Code::ConfigureReject) && packet.identifier == layer.identifier) {
        const auto options = ppp::parseOptions(packet.data).value_or(Options{});
        std::erase_if(layer.ours, [&](const Option& mine) { return ppp::findOption(options, mine.type) != nullptr; });
        if (protocol == Protocol::Lcp) {
            rejectedLcp.insert(rejectedLcp.end(), options.begin(), options.end());
        }
        configure(protocol, layer);
    } else if (packet.is(Code::ConfigureNak) && packet.identifier == layer.identifier) {
        const auto options = ppp::parseOptions(packet.data).value_or(Options{});
        if (protocol == Protocol::Lcp) {
            nextOffer(options);
        }
        configure(protocol, layer);
    } else if (packet.is(Code::TerminateRequest)) {
        isTerminated |= protocol == Protocol::Lcp;
        emit(protocol, ppp::buildPacket(Code::TerminateAck, packet.identifier, {}));
    } else {
        return !packet.is(Code::ConfigureRequest);
    }
    return true;
}

void PppServer::setOffer() {
    auto& ours = m_layers[Protocol::Lcp].ours;
    std::erase_if(ours, [](const Option& option) { return option.type == 3; });
    const auto value = m_offer < config.offers.size() ? methodValue(config.offers[m_offer]) : base::Bytes{};
    if (!value.empty()) {
        ours.push_back({3, value});
    }
}

void PppServer::nextOffer(const Options& naked) {
    const auto* const hint = ppp::findOption(naked, 3);
    if (hint == nullptr) {
        return;
    }
    for (std::size_t i = 0; i < config.offers.size() && !config.ignoresHints; ++i) {
        if (methodValue(config.offers[i]) == hint->data) {
            m_offer = i;
            return setOffer();
        }
    }
    m_offer = std::min(m_offer + 1, config.offers.size() - 1);
    setOffer();
}

void PppServer::receiveLcp(const Packet& packet) {
    auto& layer = m_layers[Protocol::Lcp];
    if (packet.is(Code::EchoRequest)) {
        return emit(Protocol::Lcp,
                    ppp::buildPacket(Code::EchoReply, packet.identifier, base::Bytes{0xAB, 0xCD, 0x12, 0x34}));
    }
    if (packet.is(Code::EchoReply)) {
        ++echoReplies;
        return;
    }
    if (packet.is(Code::ProtocolReject)) {
        rejectedProtocols.push_back(base::ByteReader(packet.data).u16());
        return;
    }
    if (answerCommon(Protocol::Lcp, layer, packet)) {
        return followLcp();
    }
    const auto options = ppp::parseOptions(packet.data).value_or(Options{});
    if (const auto* const magic = ppp::findOption(options, 5); magic != nullptr && config.rejectsMagic) {
        return emit(Protocol::Lcp,
                    ppp::buildPacket(Code::ConfigureReject, packet.identifier, ppp::buildOptions({*magic})));
    }
    lcpOfClient = options;
    layer.theirsAcked = true;
    emit(Protocol::Lcp, ppp::buildPacket(Code::ConfigureAck, packet.identifier, packet.data));
    followLcp();
}

void PppServer::followLcp() {
    const auto& layer = m_layers[Protocol::Lcp];
    if (layer.oursAcked && layer.theirsAcked && !std::exchange(m_isSigningIn, true)) {
        if (config.offersCcp) {
            emit(Protocol::Ccp, ppp::buildPacket(Code::ConfigureRequest, 1, base::Bytes{18, 6, 1, 0, 0, 0xE1}));
        }
        beginSignIn();
    }
}

void PppServer::receiveIpcp(const Packet& packet) {
    auto& layer = m_layers[Protocol::Ipcp];
    if (answerCommon(Protocol::Ipcp, layer, packet)) {
        return;
    }
    const std::map<std::uint8_t, std::string> values{
        {3, config.address}, {129, config.dns}, {130, config.nbns}, {131, config.dns2}};
    Options rejected;
    Options naked;
    for (const auto& option : ppp::parseOptions(packet.data).value_or(Options{})) {
        const auto value = values.find(option.type);
        if (value == values.end() || value->second.empty()) {
            rejected.push_back(option);
        } else if (option.data != fourOctets(value->second)) {
            naked.push_back({option.type, fourOctets(value->second)});
        } else if (option.type == 3) {
            m_clientAddress = value->second;
        }
    }
    const auto& answer = rejected.empty() ? naked : rejected;
    const auto code = !rejected.empty() ? Code::ConfigureReject
                      : !naked.empty()  ? Code::ConfigureNak
                                        : Code::ConfigureAck;
    layer.theirsAcked = code == Code::ConfigureAck;
    emit(Protocol::Ipcp, ppp::buildPacket(code, packet.identifier,
                                          layer.theirsAcked ? base::Bytes(packet.data.begin(), packet.data.end())
                                                            : ppp::buildOptions(answer)));
}

void PppServer::receiveIpv6cp(const Packet& packet) {
    auto& layer = m_layers[Protocol::Ipv6cp];
    if (!answerCommon(Protocol::Ipv6cp, layer, packet)) {
        emit(Protocol::Ipv6cp, ppp::buildPacket(Code::ConfigureAck, packet.identifier, packet.data));
    }
}

void PppServer::accept(base::SecureBytes key) {
    if (std::exchange(m_isAccepted, true)) {
        return;
    }
    key.append(base::Bytes(32 - std::min<std::size_t>(key.size(), 32), 0));
    hlak = std::move(key);
    if (config.ipv4) {
        configure(Protocol::Ipcp, m_layers[Protocol::Ipcp]);
    }
    if (config.ipv6) {
        configure(Protocol::Ipv6cp, m_layers[Protocol::Ipv6cp]);
    }
}

} // namespace tern::sim
