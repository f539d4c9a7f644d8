#include "core/eap/peer.h"

#include "core/eap/method.h"
#include "core/eap/packet.h"
#include "core/eap/text.h"

#include <algorithm>

namespace tern::eap {

namespace {
// More than any method needs, 64 KiB of certificates in small fragments included; ends a server that goes round in
// circles.
constexpr unsigned mostPackets = 500;
} // namespace

struct Peer::State {
    State(PeerConfig from, base::RandomSource& source)
        : settings(std::move(from.settings))
        , random(source)
        , credentials{std::move(from.username), std::move(from.password)} {}

    Settings settings;
    base::RandomSource& random;
    Credentials credentials;
    std::unique_ptr<Method> method; // chosen once, never replaced (RFC 3748 §2.1)
    bool serverVerified = false;
    bool finished = false;
    bool sentNak = false;
    unsigned packets = 0;
    // What the user is being asked for.
    enum class Waiting { No, Identity, Method } waiting = Waiting::No;
    Prompt::Kind asked = Prompt::Kind::Password;
    // The last Request, to know it again, and what was answered; the answer is empty while the user is asked.
    base::Bytes lastRequest;
    base::Bytes lastResponse;
    std::uint8_t identifier = 0;
    std::vector<Output> outputs;

    void finish(Output output) {
        finished = true;
        waiting = Waiting::No;
        credentials.password.reset();
        outputs.push_back(std::move(output));
    }
    void fail(base::Error error) { finish(Failure{std::move(error)}); }

    void respond(std::uint8_t type, base::ByteView typeData) {
        lastResponse = buildResponse(identifier, type, typeData);
        outputs.emplace_back(SendPacket{lastResponse});
    }

    void ask(Waiting whatFor, Prompt prompt) {
        waiting = whatFor;
        asked = prompt.kind;
        outputs.emplace_back(std::move(prompt));
    }

    void handle(Step step) {
        for (auto& message : method->takeMessages()) {
            outputs.emplace_back(std::move(message));
        }
        if (auto* const answer = std::get_if<Respond>(&step)) {
            respond(static_cast<std::uint8_t>(method->type()), answer->typeData);
        } else if (auto* const question = std::get_if<Ask>(&step)) {
            ask(Waiting::Method, std::move(question->prompt));
        } else if (auto* const end = std::get_if<Abandon>(&step)) {
            fail(std::move(end->error));
        }
    }

    void receiveRequest(const Packet& packet, base::ByteView octets) {
        if (std::equal(octets.begin(), octets.end(), lastRequest.begin(), lastRequest.end())) {
            // A repetition (RFC 3748 §4.1); while the user is being asked there is nothing to repeat yet.
            if (!lastResponse.empty()) {
                outputs.emplace_back(SendPacket{lastResponse});
            }
            return;
        }
        lastRequest.assign(octets.begin(), octets.end());
        lastResponse.clear();
        identifier = packet.identifier;
        if (waiting == Waiting::Identity && packet.type == type::identity) {
            return; // asked again with another identifier; the user is being asked already
        }
        if (waiting != Waiting::No) {
            return fail({"tern.eap.protocol", {}, "a new request before the last was answered"});
        }
        switch (packet.type) {
        case type::identity:
            return identityRequest();
        case type::notification:
            return notification(packet.typeData);
        case type::nak:
            return fail({"tern.eap.protocol", {}, "a Nak from the server"});
        default:
            return methodRequest(packet);
        }
    }

    // RFC 3748 §5.1. A server that starts over in the middle of a method is not followed.
    void identityRequest() {
        if (method) {
            return fail({"tern.eap.protocol", {}, "Identity asked for inside a method"});
        }
        if (!settings.outerIdentity.empty()) {
            return respond(type::identity, base::toBytes(settings.outerIdentity));
        }
        if (credentials.username.empty()) {
            return ask(Waiting::Identity, Prompt{Prompt::Kind::Credentials, {}, false});
        }
        respond(type::identity, base::toBytes(credentials.username));
    }

    // RFC 3748 §5.2.
    void notification(base::ByteView text) {
        respond(type::notification, {});
        if (std::string shown = displayText(text); !shown.empty()) {
            outputs.emplace_back(Prompt{Prompt::Kind::Message, std::move(shown), false});
        }
    }

    void methodRequest(const Packet& packet) {
        if (!method) {
            const auto& mine = settings.methods;
            const auto wanted = std::find_if(mine.begin(), mine.end(), [&](MethodType one) {
                return static_cast<std::uint8_t>(one) == packet.type;
            });
            if (wanted == mine.end()) {
                return nak();
            }
            method = createMethod(*wanted, {settings, random, serverVerified});
        }
        if (!method || static_cast<std::uint8_t>(method->type()) != packet.type) {
            return fail(
                {"tern.eap.protocol", {}, "the server changed the EAP method to " + std::to_string(packet.type)});
        }
        if (method->needsVerifiedServer() && !serverVerified) {
            return fail({"tern.eap.server-unverified", {}, {}});
        }
        handle(method->request(credentials, packet.identifier, packet.typeData));
    }

    // RFC 3748 §5.3.1; also the answer to an expanded type we do not have. Zero: nothing else to offer.
    void nak() {
        base::Bytes offered;
        for (const auto mine : settings.methods) {
            offered.push_back(static_cast<std::uint8_t>(mine));
        }
        if (offered.empty()) {
            offered.push_back(0);
        }
        sentNak = true;
        respond(type::nak, offered);
    }

    void receiveSuccess() {
        if (!method || !method->isComplete()) {
            return fail(method ? method->earlySuccess()
                               : base::Error{"tern.eap.early-success", {}, "EAP-Success without any method"});
        }
        Keys keys = method->takeKeys();
        // Ours to be kept no longer than this.
        method.reset();
        finish(Success{std::move(keys.msk), std::move(keys.hlak)});
    }

    void receiveFailure() {
        if (const auto said = method ? method->reason() : std::nullopt) {
            return fail(*said);
        }
        if (!method && sentNak) {
            return fail({"tern.eap.no-common-method", {}, "EAP-Failure after our Nak"});
        }
        fail({"tern.eap.refused", {}, "EAP-Failure"});
    }
};

Peer::Peer(PeerConfig config, base::RandomSource& random)
    : m_state(std::make_unique<State>(std::move(config), random)) {}
Peer::~Peer() = default;

void Peer::setServerVerified() {
    m_state->serverVerified = true;
}

void Peer::receive(base::ByteView octets) {
    const auto packet = parsePacket(octets);
    if (m_state->finished || !packet || packet->code == Code::Response) {
        return;
    }
    if (++m_state->packets > mostPackets) {
        return m_state->fail({"tern.eap.too-long", {}, "more than 500 EAP packets"});
    }
    switch (packet->code) {
    case Code::Request:
        return m_state->receiveRequest(*packet, octets);
    case Code::Success:
        return m_state->receiveSuccess();
    case Code::Failure:
        return m_state->receiveFailure();
    case Code::Response:
        break;
    }
}

void Peer::letIn() {
    if (isMethodComplete()) {
        m_state->receiveSuccess();
    }
}

void Peer::answer(std::string username, base::SecureBytes secret) {
    if (m_state->finished || m_state->waiting == State::Waiting::No) {
        return;
    }
    auto& credentials = m_state->credentials;
    if (m_state->asked == Prompt::Kind::Password || m_state->asked == Prompt::Kind::Credentials) {
        if (!username.empty()) {
            credentials.username = std::move(username);
        }
        credentials.password = secret.clone();
    }
    if (std::exchange(m_state->waiting, State::Waiting::No) == State::Waiting::Identity) {
        return m_state->identityRequest();
    }
    m_state->handle(m_state->method->answered(credentials, secret.view()));
}

bool Peer::isWaitingForUser() const {
    return m_state->waiting != State::Waiting::No;
}

bool Peer::isFinished() const {
    return m_state->finished;
}

bool Peer::isMethodComplete() const {
    return !m_state->finished && m_state->method && m_state->method->isComplete();
}

std::optional<base::Error> Peer::reason() const {
    return m_state->method ? m_state->method->reason() : std::nullopt;
}

std::vector<Output> Peer::takeOutputs() {
    return std::exchange(m_state->outputs, {});
}

} // namespace tern::eap
