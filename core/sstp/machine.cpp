#include "core/sstp/machine.h"

#include "core/sstp/crypto_binding.h"
#include "core/sstp/http_request.h"
#include "core/sstp/status_text.h"

#include <algorithm>

namespace tern::sstp {

namespace {

Stage stageOf(ppp::Stage stage) {
    switch (stage) {
    case ppp::Stage::Negotiating:
        return Stage::Negotiating;
    case ppp::Stage::Authenticating:
        return Stage::Authenticating;
    case ppp::Stage::Confirming:
        return Stage::Confirming;
    case ppp::Stage::Configuring:
        break;
    }
    return Stage::Configuring;
}

} // namespace

base::Result<std::unique_ptr<Session>> Session::create(SessionConfig config, base::RandomSource& random) {
    auto ppp = ppp::Session::create(std::move(config.ppp), random);
    if (!ppp) {
        return base::fail(std::move(ppp.error()));
    }
    return std::make_unique<Machine>(std::move(config), std::move(*ppp), random);
}

void Machine::start(base::Instant now, base::ByteView serverCertificate) {
    m_certificate.assign(serverCertificate.begin(), serverCertificate.end());
    HttpRequest request;
    request.host = m_config.host;
    request.port = m_config.port;
    request.tenantId = m_config.tenantId;
    m_random.fill(request.correlation);
    m_state = State::HttpSent;
    expectAnswer(now, m_config.timers.http);
    m_outputs.emplace_back(Progress{Stage::Calling});
    send(writeRequest(request));
}

void Machine::send(base::Bytes bytes) {
    m_outputs.emplace_back(SendBytes{std::move(bytes)});
}

void Machine::receive(base::Instant now, base::ByteView octets) {
    if (m_state == State::Idle || m_state == State::Closed || octets.empty()) {
        return;
    }
    heard(now);
    if (m_state == State::HttpSent) {
        const auto taken = m_response.take(octets);
        if (!taken) {
            finish(taken.error());
            return;
        }
        octets = octets.subspan(*taken);
        if (!m_response.isComplete()) {
            return;
        }
        sendRequest(now);
    }
    m_reader.add(octets);
    readFrames(now);
}

void Machine::readFrames(base::Instant now) {
    while (m_state != State::Closed) {
        const auto frame = m_reader.next();
        if (!frame) {
            // Nobody can tell where the next message begins: no abort would be understood either (§3.2.5.3.1).
            finish(isEnding() ? m_error : frame.error());
            return;
        }
        if (!*frame) {
            return;
        }
        if ((*frame)->control) {
            takeControl(now, (*frame)->body);
        } else {
            takeData(now, (*frame)->body);
        }
    }
}

// ---- messages ----

void Machine::takeControl(base::Instant now, base::ByteView body) {
    const auto message = parseControl(body);
    if (!message) {
        if (!isEnding()) {
            abort(now, message.error().status, {"tern.sstp.message", {}, message.error().detail});
        }
        return;
    }
    if (isEnding()) {
        takeWhileEnding(now, message->type);
        return;
    }
    switch (message->type) {
    case MessageType::EchoRequest:
        send(writePlain(MessageType::EchoResponse));
        return;
    case MessageType::EchoResponse:
        return; // any packet is a sign of life
    case MessageType::CallAbort:
        m_error = whyEnded(now, {"tern.sstp.aborted", {statusText(message->statuses)}, {}});
        send(writeEnd(MessageType::CallAbort, std::nullopt));
        m_state = State::AbortAnswered;
        m_deadline = now + m_config.timers.abortAnswered;
        return;
    case MessageType::CallDisconnect:
        m_error = whyEnded(now, {"tern.sstp.disconnected", {}, statusText(message->statuses)});
        send(writePlain(MessageType::CallDisconnectAck));
        m_state = State::DisconnectAnswered;
        m_deadline = now + m_config.timers.disconnectAnswered;
        return;
    case MessageType::CallConnectAck:
        if (m_state == State::RequestSent) {
            connectAck(now, *message);
            return;
        }
        break;
    case MessageType::CallConnectNak:
        if (m_state == State::RequestSent) {
            connectNak(now, *message);
            return;
        }
        break;
    default:
        break;
    }
    const auto number = std::to_string(static_cast<unsigned>(message->type));
    abort(now, {AttributeId::None, Status::UnacceptedFrame}, {"tern.sstp.message", {}, "unexpected message " + number});
}

void Machine::takeWhileEnding(base::Instant now, MessageType type) {
    if (type == MessageType::CallAbort && m_state == State::AbortSent) {
        m_state = State::AbortAnswered;
        m_deadline = now + m_config.timers.abortAnswered;
    } else if (m_state == State::DisconnectSent) {
        if (type == MessageType::CallDisconnect) { // both at once
            send(writePlain(MessageType::CallDisconnectAck));
        }
        if (type == MessageType::CallDisconnect || type == MessageType::CallDisconnectAck ||
            type == MessageType::CallAbort) {
            finish(m_error);
        }
    }
}

void Machine::sendRequest(base::Instant now) {
    m_state = State::RequestSent;
    expectAnswer(now, m_config.timers.negotiation);
    ++m_requests;
    send(writeCallConnectRequest());
}

void Machine::connectAck(base::Instant now, const ControlMessage& message) {
    m_binding = *message.binding;
    if (!bindingHash(m_binding.hashes)) {
        abort(now, {AttributeId::CryptoBindingRequest, Status::ValueNotSupported},
              {"tern.sstp.binding", {}, "hashes " + std::to_string(unsigned{m_binding.hashes})});
        return;
    }
    m_state = State::AckReceived;
    m_deadline = now + m_config.timers.negotiation;
    m_ppp->start(now);
    pump(now);
}

void Machine::connectNak(base::Instant now, const ControlMessage& message) {
    if (m_requests < m_config.requests) {
        sendRequest(now);
        return;
    }
    abort(now, {AttributeId::None, Status::RetryCountExceeded},
          {"tern.sstp.refused", {statusText(message.statuses)}, {}});
}

void Machine::takeData(base::Instant now, base::ByteView pppFrame) {
    if (isPppRunning()) {
        if (m_state == State::AckReceived && !m_waitsForPerson) {
            m_deadline = now + m_config.timers.negotiation;
        }
        m_ppp->receive(now, pppFrame);
        pump(now);
    } else if (m_state == State::RequestSent) {
        abort(now, {AttributeId::None, Status::UnacceptedFrame}, {"tern.sstp.message", {}, "data before the call"});
    }
}

// ---- PPP ----

void Machine::pump(base::Instant now) {
    for (auto& output : m_ppp->takeOutputs()) {
        pppSays(now, output);
    }
}

void Machine::pppSays(base::Instant now, ppp::Output& output) {
    if (auto* frame = std::get_if<ppp::SendFrame>(&output)) {
        if (frame->frame.size() <= largestFrame - headerSize && (isPppRunning() || m_state == State::DisconnectSent)) {
            send(writeData(frame->frame));
        }
    } else if (!isPppRunning()) {
        return;
    } else if (const auto* progress = std::get_if<ppp::Progress>(&output)) {
        // PPP has a limit of its own for who waits for a person.
        m_waitsForPerson = progress->stage == ppp::Stage::Confirming;
        if (m_state == State::AckReceived) {
            m_deadline = m_waitsForPerson ? std::nullopt : std::make_optional(now + m_config.timers.negotiation);
        }
        m_outputs.emplace_back(Progress{stageOf(progress->stage)});
    } else if (auto* prompt = std::get_if<ppp::Prompt>(&output)) {
        if (prompt->kind != ppp::Prompt::Kind::Message && m_state == State::AckReceived) {
            m_waitsForPerson = true;
            m_deadline.reset();
        }
        m_outputs.emplace_back(std::move(*prompt));
    } else if (const auto* done = std::get_if<ppp::Authenticated>(&output)) {
        authenticated(now, *done);
    } else if (auto* up = std::get_if<ppp::Up>(&output)) {
        m_up = true;
        m_outputs.emplace_back(std::move(*up));
    } else if (auto* closed = std::get_if<ppp::Closed>(&output)) {
        disconnect(now,
                   closed->error ? std::move(closed->error) : base::Error{"tern.sstp.disconnected", {}, "PPP ended"});
    }
}

void Machine::authenticated(base::Instant now, const ppp::Authenticated& done) {
    const auto hash = *bindingHash(m_binding.hashes);
    const auto certificateHash = crypto::digest(hash, {m_certificate});
    send(writeCallConnected(hash, m_binding.nonce, certificateHash, done.hlak.view()));
    m_state = State::CallConnected;
    m_deadline.reset();
    m_connectedAt = now;
    m_heardAt = now;
    m_outputs.emplace_back(SignedIn{done.method, hash});
}

void Machine::answer(base::Instant now, std::string username, base::SecureBytes secret) {
    if (!isPppRunning()) {
        return;
    }
    m_waitsForPerson = false;
    if (m_state == State::AckReceived) {
        m_deadline = now + m_config.timers.negotiation;
    }
    m_ppp->answer(now, std::move(username), std::move(secret));
    pump(now);
}

// ---- signs of life ----

void Machine::expectAnswer(base::Instant now, base::Duration limit) {
    m_answerLimit = now + limit;
    m_deadline = std::min(m_answerLimit, now + m_config.timers.answer);
}

void Machine::heard(base::Instant now) {
    if (m_state == State::HttpSent || m_state == State::RequestSent) { // slow, but there
        m_deadline = std::min(m_answerLimit, now + m_config.timers.answer);
    }
    m_heardAt = std::max(m_heardAt, now);
    m_echoSent = false;
    if (m_probeUntil) {
        m_probeUntil.reset();
        m_outputs.emplace_back(Alive{});
    }
}

void Machine::sawTraffic(base::Instant when) {
    if (m_state == State::CallConnected && when > m_heardAt) {
        heard(when);
    }
}

void Machine::probe(base::Instant now) {
    if (m_state == State::CallConnected) {
        m_probeUntil = now + m_config.timers.probe;
        send(writePlain(MessageType::EchoRequest));
    }
}

void Machine::helloTimeout(base::Instant now) {
    if (m_echoSent) {
        finish(base::Error{"tern.sstp.silent", {}, "no answer to an echo"});
        return;
    }
    m_echoSent = true;
    m_heardAt = now; // the second interval begins
    send(writePlain(MessageType::EchoRequest));
}

std::optional<base::Instant> Machine::deadline() const {
    if (m_state == State::Idle || m_state == State::Closed) {
        return std::nullopt;
    }
    auto next = m_deadline;
    const auto consider = [&next](std::optional<base::Instant> other) {
        if (other && (!next || *other < *next)) {
            next = other;
        }
    };
    if (isPppRunning()) {
        consider(m_ppp->deadline());
    }
    if (m_state == State::CallConnected) {
        consider(m_heardAt + m_config.timers.hello);
        consider(m_probeUntil);
    }
    return next;
}

void Machine::timeout(base::Instant now) {
    if (isPppRunning()) {
        if (const auto due = m_ppp->deadline(); due && *due <= now) {
            m_ppp->timeout(now);
            pump(now);
        }
    }
    if (m_state == State::CallConnected) {
        if (m_probeUntil && *m_probeUntil <= now) {
            finish(base::Error{"tern.sstp.silent", {}, "no sign of life"});
        } else if (m_heardAt + m_config.timers.hello <= now) {
            helloTimeout(now);
        }
        return;
    }
    if (!m_deadline || *m_deadline > now) {
        return;
    }
    switch (m_state) {
    case State::HttpSent:
        finish(base::Error{"tern.sstp.http.timeout", {}, {}});
        break;
    case State::RequestSent:
    case State::AckReceived:
        abort(now, {AttributeId::None, Status::NegotiationTimeout},
              {"tern.sstp.timeout", {}, m_state == State::RequestSent ? "no answer to the call" : "PPP stands still"});
        break;
    case State::AbortSent:
    case State::AbortAnswered:
    case State::DisconnectSent:
    case State::DisconnectAnswered:
        finish(m_error);
        break;
    default:
        break;
    }
}

// ---- the end ----

// A server that drops the call between CALL_CONNECTED and the first packet has looked at the binding and did not like
// it: with the right login, that is the hash of a certificate it does not have.
base::Error Machine::meaning(base::Instant now, base::Error plain) const {
    if (!m_connectedAt || m_up || now - *m_connectedAt > m_config.timers.bindingDoubt) {
        return plain;
    }
    auto detail = plain.code + (plain.args.empty() ? "" : " " + plain.args.front()) +
                  (plain.detail.empty() ? "" : ": " + plain.detail) + "; the certificate seen here: SHA-256 " +
                  base::toHex(crypto::digest(crypto::Hash::Sha256, {m_certificate}));
    return {"tern.sstp.certificate-changed", {}, std::move(detail)};
}

base::Error Machine::whyEnded(base::Instant now, base::Error plain) const {
    auto why = !m_connectedAt && m_ppp ? m_ppp->reason() : std::nullopt;
    return why ? std::move(*why) : meaning(now, std::move(plain));
}

void Machine::abort(base::Instant now, StatusInfo reason, base::Error error) {
    send(writeEnd(MessageType::CallAbort, reason));
    m_error = std::move(error);
    m_state = State::AbortSent;
    m_deadline = now + m_config.timers.abort;
}

void Machine::disconnect(base::Instant now, std::optional<base::Error> error) {
    m_error = std::move(error);
    m_state = State::DisconnectSent;
    m_deadline = now + m_config.timers.disconnect;
    send(writeEnd(MessageType::CallDisconnect, std::nullopt));
}

void Machine::close(base::Instant now) {
    if (m_state == State::Idle || m_state == State::HttpSent) {
        finish(std::nullopt);
    } else if (isPppRunning()) {
        m_ppp->close(now);
        auto farewell = m_ppp->takeOutputs();
        for (auto& output : farewell) {
            if (std::holds_alternative<ppp::SendFrame>(output)) {
                pppSays(now, output);
            }
        }
        disconnect(now, std::nullopt);
    } else if (m_state == State::RequestSent) {
        disconnect(now, std::nullopt);
    } else {
        m_error.reset();
    }
}

void Machine::streamEnded(base::Instant now, std::optional<base::Error> cause) {
    if (m_state == State::Closed) {
        return;
    }
    if (isEnding()) {
        finish(m_error);
        return;
    }
    auto plain = cause.value_or(base::Error{"tern.sstp.cut", {}, {}});
    finish(meaning(now, std::move(plain)));
}

void Machine::finish(std::optional<base::Error> error) {
    m_state = State::Closed;
    m_deadline.reset();
    m_probeUntil.reset();
    m_outputs.emplace_back(Closed{std::move(error)});
}

} // namespace tern::sstp
