#include "core/ppp/machine.h"

#include "core/base/byte_io.h"
#include "core/ppp/terminate_reason.h"

#include <algorithm>

namespace tern::ppp {

Machine::Machine(SessionConfig config, std::vector<Method> methods, base::RandomSource& random)
    : m_config(std::move(config))
    , m_methods(std::move(methods))
    , m_random(random)
    , m_lcp(m_config, m_methods, random)
    , m_credentials{m_config.username, std::move(m_config.password)} {
    m_config.password.reset();
}

void Machine::start(base::Instant now) {
    m_now = now;
    if (m_phase != Phase::Dead) {
        return;
    }
    m_phase = Phase::Establish;
    m_lastStep = now;
    emit(Progress{Stage::Negotiating});
    m_lcp.automaton().open(now);
    m_lcp.automaton().up(now);
    settle();
}

void Machine::enter(Stage stage) {
    if (m_stage != stage) {
        m_stage = stage;
        emit(Progress{stage});
    }
}

// Says goodbye without waiting for an answer: there is nothing left to say.
void Machine::fail(base::Error error) {
    if (m_phase == Phase::Closed) {
        return;
    }
    if (m_phase != Phase::Closing) {
        m_lcp.automaton().close(m_now);
    }
    finish(std::move(error));
}

void Machine::finish(std::optional<base::Error> error) {
    for (const auto& packet : m_lcp.takePackets()) {
        send(Protocol::Lcp, packet);
    }
    m_phase = Phase::Closed;
    m_up.reset();
    m_authenticator.reset();
    m_credentials.password.reset();
    m_newPassword.reset();
    emit(Closed{std::move(error)});
}

void Machine::close(base::Instant now) {
    constexpr base::Duration patience = std::chrono::seconds(2);
    m_now = now;
    if (m_phase == Phase::Dead) {
        return finish(std::nullopt);
    }
    if (m_phase == Phase::Closing || m_phase == Phase::Closed) {
        return;
    }
    if (m_autoconf) {
        m_autoconf->release(now);
        flushNetwork();
    }
    m_phase = Phase::Closing;
    m_closeBy = now + patience;
    m_lcp.automaton().close(now);
    settle();
}

// ---- frames ----

void Machine::receive(base::Instant now, base::ByteView octets) {
    m_now = now;
    const Frame frame = parseFrame(octets);
    if (isOver() || frame.protocol == Protocol::None) {
        return;
    }
    m_lastHeard = now;
    if (!m_isProbing) {
        m_lcp.heard();
    }
    switch (frame.protocol) {
    case Protocol::Lcp:
        if (const auto packet = parsePacket(frame.payload)) {
            receiveLcp(*packet);
        }
        break;
    case Protocol::Pap:
    case Protocol::Chap:
    case Protocol::Eap:
        receiveSignIn(frame);
        break;
    case Protocol::Ipv4:
        break;
    case Protocol::Ipv6:
        if (m_autoconf) {
            m_autoconf->receive(now, frame.payload);
        }
        break;
    default:
        receiveNetwork(frame);
        break;
    }
    settle();
}

void Machine::receiveLcp(const Packet& packet) {
    if (packet.is(Code::ProtocolReject)) {
        if (m_lcp.isOpened()) {
            receiveProtocolReject(packet.data);
        }
        return;
    }
    if (packet.is(Code::EchoReply) && std::exchange(m_isProbing, false)) {
        m_lcp.heard();
        waitWithEcho();
        emit(Alive{});
    }
    m_lcp.receive(m_now, packet);
}

void Machine::receiveProtocolReject(base::ByteView data) {
    base::ByteReader reader(data);
    const auto protocol = static_cast<Protocol>(reader.u16());
    if (reader.failed()) {
        return;
    }
    if ((protocol == Protocol::Ipcp || protocol == Protocol::Ipv4) && m_ipcp) {
        m_ipcp->automaton().protocolRejected(m_now);
    } else if ((protocol == Protocol::Ipv6cp || protocol == Protocol::Ipv6) && m_ipv6cp) {
        m_ipv6cp->automaton().protocolRejected(m_now);
    } else if (m_authenticator && protocol == m_authenticator->protocol() && !m_isAccepted) {
        // SoftEther does so where EAP comes to nothing, and negotiates another way to sign in.
        m_authenticator.reset();
        m_patientSince.reset();
        m_isSignInRejected = true;
        m_lastStep = m_now;
    } else if (protocol == Protocol::Lcp) {
        fail({"tern.ppp.protocol", {}, "the server rejects LCP"});
    }
}

void Machine::receiveSignIn(const Frame& frame) {
    if (m_authenticator && frame.protocol == m_authenticator->protocol()) {
        take(m_authenticator->receive(frame.payload));
    } else if (m_lcp.isOpened()) {
        m_lcp.rejectProtocol(frame); // not agreed on
    }
}

// Before we are let in these are dropped (RFC 1661 §3.5); what we do not have is refused as soon as that is possible,
// compression and encryption (CCP) among it: TLS does that.
void Machine::receiveNetwork(const Frame& frame) {
    const bool isNcp = frame.protocol == Protocol::Ipcp || frame.protocol == Protocol::Ipv6cp;
    if (isNcp && m_phase == Phase::Authenticate && m_authenticator) {
        take(m_authenticator->letIn());
        if (isOver()) {
            return;
        }
    }
    Automaton* automaton = nullptr;
    if (frame.protocol == Protocol::Ipcp && m_ipcp) {
        automaton = &m_ipcp->automaton();
    } else if (frame.protocol == Protocol::Ipv6cp && m_ipv6cp) {
        automaton = &m_ipv6cp->automaton();
    }
    if (automaton != nullptr) {
        if (const auto packet = parsePacket(frame.payload)) {
            automaton->receive(m_now, *packet);
            if (packet->is(Code::TerminateRequest)) {
                automaton->close(m_now); // it will not be taken up again
            }
        }
        return;
    }
    const bool isLater = (frame.protocol == Protocol::Ipcp && m_config.requestIpv4) ||
                         (frame.protocol == Protocol::Ipv6cp && m_config.requestIpv6);
    if (m_lcp.isOpened() && !(isLater && m_phase != Phase::Network)) {
        m_lcp.rejectProtocol(frame);
    }
}

// ---- phases ----

void Machine::settle() {
    for (const auto& packet : m_lcp.takePackets()) {
        send(Protocol::Lcp, packet);
    }
    if (!isOver()) {
        followLcp();
    }
    if (m_phase == Phase::Network) {
        followNetwork();
    }
    if (isOver()) {
        return;
    }
    // What those have led to.
    for (const auto& packet : m_lcp.takePackets()) {
        send(Protocol::Lcp, packet);
    }
}

void Machine::followLcp() {
    auto& automaton = m_lcp.automaton();
    if (m_phase == Phase::Closing) {
        if (automaton.end() != Automaton::End::No) {
            finish(std::nullopt);
        }
        return;
    }
    if (automaton.terminateData()) {
        return finish(endedBy(*automaton.terminateData()));
    }
    if (m_lcp.isLooped()) {
        return fail({"tern.ppp.loop", {}, {}});
    }
    if (automaton.end() == Automaton::End::Silence) {
        return finish(base::Error{"tern.ppp.no-answer", {}, "LCP"});
    }
    if (automaton.end() != Automaton::End::No) {
        return finish(base::Error{"tern.ppp.protocol", {}, "the server rejects LCP's codes"});
    }
    if (automaton.isEndless()) {
        return fail(m_lcp.refusedMethods().empty() ? base::Error{"tern.ppp.no-agreement", {}, "LCP"}
                                                   : noCommonMethod());
    }
    if (m_lcp.isOpened() && !m_isLinkOpen) {
        m_isLinkOpen = true;
        beginSignIn();
    } else if (!m_lcp.isOpened() && m_isLinkOpen) {
        leaveLink();
    }
}

// The server negotiates anew (RFC 1661 §3.4): all that stands on the link goes down, and comes up again with it.
void Machine::leaveLink() {
    m_isLinkOpen = false;
    m_isAccepted = false;
    m_isSignInRejected = false;
    m_authenticator.reset();
    m_patientSince.reset();
    m_ipcp.reset();
    m_ipv6cp.reset();
    m_autoconf.reset();
    m_isIpv6Open = false;
    m_ipv4ReadySince.reset();
    m_up.reset();
    m_echoAt.reset();
    m_isProbing = false;
    m_lastStep = m_now;
    m_phase = Phase::Establish;
    enter(Stage::Negotiating);
}

// Why the server has ended it, by what is known before what it says.
std::optional<base::Error> Machine::reason() const {
    if (auto why = m_authenticator ? m_authenticator->reason() : std::nullopt; why && !m_isAccepted) {
        return why;
    }
    if (!m_isLinkOpen && !m_lcp.refusedMethods().empty()) {
        return noCommonMethod();
    }
    return std::nullopt;
}

base::Error Machine::endedBy(const base::Bytes& terminateData) const {
    if (auto why = reason()) {
        return std::move(*why);
    }
    if (auto said = terminateReason(terminateData)) {
        return std::move(*said);
    }
    if (m_phase == Phase::Authenticate) {
        return {"tern.eap.refused", {}, "Terminate-Request"};
    }
    return {"tern.ppp.ended", {}, "Terminate-Request"};
}

base::Error Machine::noCommonMethod() const {
    std::string allowed;
    for (const auto method : m_methods) {
        allowed += (allowed.empty() ? "" : ", ") + std::string(methodName(method));
    }
    return {"tern.ppp.auth.no-common-method", {m_lcp.refusedMethods(), allowed}, {}};
}

// ---- from outside ----

base::Result<std::unique_ptr<Session>> Session::create(SessionConfig config, base::RandomSource& random) {
    constexpr std::uint16_t leastMru = 576;
    constexpr std::uint16_t mostMru = 4087; // what fits in an SSTP packet
    std::vector<Method> methods;
    for (const auto method : config.methods) {
        if (config.serverVerified || method == Method::Eap) {
            methods.push_back(method);
        }
    }
    if (methods.empty()) {
        return config.methods.empty() ? base::fail("tern.ppp.internal", {}, "no way to sign in")
                                      : base::fail("tern.eap.server-unverified");
    }
    if (config.mru < leastMru || config.mru > mostMru || (!config.requestIpv4 && !config.requestIpv6)) {
        return base::fail("tern.ppp.internal", {}, "an MRU out of range, or no network protocol");
    }
    return std::unique_ptr<Session>(std::make_unique<Machine>(std::move(config), std::move(methods), random));
}

std::string_view methodName(Method method) {
    switch (method) {
    case Method::Eap:
        return "EAP";
    case Method::MsChapV2:
        return "MS-CHAPv2";
    case Method::ChapMd5:
        return "CHAP";
    case Method::Pap:
        return "PAP";
    case Method::None:
        break;
    }
    return "none";
}

} // namespace tern::ppp
