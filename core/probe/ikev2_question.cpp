#include "core/probe/ikev2_question.h"

#include "core/base/byte_io.h"
#include "core/crypto/signature.h"
#include "core/ike/protection.h"
#include "core/probe/vendor_ids.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace tern::probe {

namespace {

constexpr std::array<std::uint8_t, 4> marker{0, 0, 0, 0};
constexpr std::string_view streamPrefix = "IKETCP";
constexpr std::size_t lengthSize = 2;
constexpr unsigned mostRestarts = 4; // cookies and other groups, both rounds together
constexpr std::size_t longestCookie = 64;
constexpr std::size_t mostVendors = 16;
constexpr std::size_t nonceSize = 32;
constexpr std::uint8_t majorVersion = 0xF0;

// Also where this computer's OpenSSL has no ML-KEM: the additional exchange is never made, only whether the server
// would agree to one is asked.
ike::Proposals todaysProposals(bool withMlKem) {
    ike::Algorithms algorithms;
    algorithms.postQuantum = withMlKem ? ike::PostQuantum::Automatic : ike::PostQuantum::Off;
    algorithms.additional = {{ike::GroupId::MlKem768, ike::GroupId::MlKem1024, ike::GroupId::MlKem512}};
    return ike::ikeProposals(algorithms);
}

// 3DES and AES-CBC, SHA-1, MODP-1024, and what servers mix with them: those that hold no weak part were refused.
ike::Proposals outdatedProposals() {
    ike::Algorithms algorithms;
    algorithms.postQuantum = ike::PostQuantum::Off;
    algorithms.legacy = true;
    auto all = ike::ikeProposals(algorithms);
    ike::Proposals last;
    last.push_back(std::move(all.back()));
    last.front().number = 1;
    return last;
}

bool isMlKem(ike::GroupId group) {
    return group == ike::GroupId::MlKem512 || group == ike::GroupId::MlKem768 || group == ike::GroupId::MlKem1024;
}

struct NotifyRow {
    ike::NotifyType type;
    std::string_view name;
};
// Those that may come in answer to IKE_SA_INIT (RFC 7296 §3.10.1).
constexpr std::array notifyRows{
    NotifyRow{ike::NotifyType::UnsupportedCriticalPayload, "UNSUPPORTED_CRITICAL_PAYLOAD"},
    NotifyRow{ike::NotifyType::InvalidIkeSpi, "INVALID_IKE_SPI"},
    NotifyRow{ike::NotifyType::InvalidMajorVersion, "INVALID_MAJOR_VERSION"},
    NotifyRow{ike::NotifyType::InvalidSyntax, "INVALID_SYNTAX"},
    NotifyRow{ike::NotifyType::InvalidMessageId, "INVALID_MESSAGE_ID"},
    NotifyRow{ike::NotifyType::NoProposalChosen, "NO_PROPOSAL_CHOSEN"},
    NotifyRow{ike::NotifyType::InvalidKePayload, "INVALID_KE_PAYLOAD"},
    NotifyRow{ike::NotifyType::AuthenticationFailed, "AUTHENTICATION_FAILED"},
    NotifyRow{ike::NotifyType::TemporaryFailure, "TEMPORARY_FAILURE"},
    NotifyRow{ike::NotifyType::WindowsError, "Windows error"},
};

} // namespace

std::string notifyName(std::uint16_t type) {
    const auto* row = std::find_if(notifyRows.begin(), notifyRows.end(), [type](const NotifyRow& one) {
        return static_cast<std::uint16_t>(one.type) == type;
    });
    return row != notifyRows.end() ? std::string(row->name) : "error " + std::to_string(type);
}

Ikev2Question::Ikev2Question(Door door, Framing framing, base::RandomSource& random)
    : Question(door)
    , m_framing(framing)
    , m_random(random) {}

void Ikev2Question::begin(base::Instant now) {
    beginRound(now, Round::Today);
}

void Ikev2Question::beginRound(base::Instant now, Round round) {
    m_round = round;
    m_groupChanged = false;
    m_cookie.clear();
    m_offered = round == Round::Today ? todaysProposals(true) : outdatedProposals();
    const auto group =
        round == Round::Today ? ike::groupsOf(m_offered).front() : ike::GroupId::Modp1024; // what Windows takes
    auto key = crypto::KeyExchange::create(static_cast<std::uint16_t>(group));
    if (!key) {
        // This computer's OpenSSL forbids it: nothing more can be learnt.
        conclude(Verdict::Unusable);
        return;
    }
    m_key = std::move(*key);
    m_nonce.resize(nonceSize);
    m_random.fill(m_nonce);
    std::array<std::uint8_t, sizeof(ike::Spi)> spi{};
    m_random.fill(spi);
    m_spi = base::ByteReader(spi).u64() | 1U; // never zero
    askAgain(now);
}

void Ikev2Question::askAgain(base::Instant now) {
    ask(now, framed(request(m_offered)));
}

base::Bytes Ikev2Question::lastTry() {
    // A gateway that drops what it does not know may yet answer without the additional key exchange.
    if (m_round == Round::Today) {
        m_offered = todaysProposals(false);
    }
    return framed(request(m_offered));
}

base::Bytes Ikev2Question::request(const ike::Proposals& proposals) const {
    ike::Payloads payloads;
    if (!m_cookie.empty()) {
        payloads.push_back(ike::encodeNotify(ike::NotifyType::Cookie, m_cookie));
    }
    payloads.push_back({ike::PayloadType::SecurityAssociation, ike::encodeProposals(proposals), false});
    payloads.push_back(ike::encodeKeyExchange({m_key->group(), m_key->publicValue()}));
    payloads.push_back(ike::encodeNonce(m_nonce));
    payloads.push_back(ike::encodeNotify(ike::NotifyType::IntermediateExchangeSupported));
    payloads.push_back(ike::encodeNotify(ike::NotifyType::RedirectSupported));
    payloads.push_back(ike::encodeNotify(ike::NotifyType::FragmentationSupported));
    payloads.push_back(ike::encodeNotify(ike::NotifyType::SignatureHashAlgorithms, crypto::signatureHashAlgorithms()));
    const auto body = ike::encodePayloads(payloads);
    ike::Header header;
    header.initiatorSpi = m_spi;
    header.firstPayload = ike::firstType(payloads);
    header.exchange = ike::ExchangeType::SaInit;
    header.flags = ike::flagInitiator;
    auto message = ike::encodeHeader(header, body.size());
    base::append(message, body);
    return message;
}

base::Bytes Ikev2Question::framed(base::ByteView message) {
    base::ByteWriter writer;
    if (m_framing == Framing::Stream) {
        if (!std::exchange(m_prefixSent, true)) {
            writer.bytes(base::toBytes(streamPrefix));
        }
        writer.u16(static_cast<std::uint16_t>(lengthSize + marker.size() + message.size()));
    }
    if (m_framing != Framing::Plain) {
        writer.bytes(marker);
    }
    writer.bytes(message);
    return writer.take();
}

// ---- the answer ----

void Ikev2Question::take(base::Instant now, base::ByteView octets) {
    if (m_framing == Framing::Stream) {
        takeStream(now, octets);
        return;
    }
    if (m_framing == Framing::Marked) {
        if (octets.size() < marker.size() || !std::equal(marker.begin(), marker.end(), octets.begin())) {
            return; // ESP, a keepalive, or nothing of ours
        }
        octets = octets.subspan(marker.size());
    }
    takeMessage(now, octets);
}

void Ikev2Question::takeStream(base::Instant now, base::ByteView octets) {
    base::append(m_stream, octets);
    while (!isOver() && m_stream.size() >= lengthSize) {
        const auto size = base::ByteReader(m_stream).u16();
        const bool possible = size >= lengthSize + marker.size() + ike::headerSize;
        const auto begins = std::min(m_stream.size() - lengthSize, marker.size());
        if (!possible || !std::equal(marker.begin(), marker.begin() + static_cast<std::ptrdiff_t>(begins),
                                     m_stream.begin() + lengthSize)) {
            conclude(Verdict::Closed); // another protocol's
            return;
        }
        if (m_stream.size() < size) {
            return;
        }
        const base::Bytes frame(m_stream.begin() + lengthSize, m_stream.begin() + size);
        m_stream.erase(m_stream.begin(), m_stream.begin() + size);
        takeMessage(now, base::ByteView(frame).subspan(marker.size()));
    }
}

void Ikev2Question::takeMessage(base::Instant now, base::ByteView message) {
    const auto header = ike::parseHeader(message);
    if (!header || header->initiatorSpi != m_spi) {
        return;
    }
    if ((header->version & majorVersion) != ike::version2) {
        // RFC 2408 §5.2: INVALID-MAJOR-VERSION, from who knows IKEv1 only.
        noteAnswer(now);
        m_oldVersion = true;
        conclude(Verdict::Closed);
        return;
    }
    const bool ours = header->exchange == ike::ExchangeType::SaInit && header->isResponse() &&
                      !header->fromInitiator() && header->messageId == 0;
    const auto payloads = ours ? ike::parsePayloads(header->firstPayload, message.subspan(ike::headerSize))
                               : base::Result<ike::Payloads>(base::fail("tern.ike.malformed"));
    if (payloads) {
        takeAnswer(now, *header, *payloads);
    }
}

void Ikev2Question::takeAnswer(base::Instant now, const ike::Header& header, const ike::Payloads& payloads) {
    using ike::NotifyType;
    if (const auto cookie = ike::findNotify(payloads, NotifyType::Cookie)) {
        if (cookie->data.empty() || cookie->data.size() > longestCookie || cookie->data == m_cookie ||
            ++m_restarts > mostRestarts) {
            return;
        }
        noteAnswer(now);
        m_facts.cookie = true;
        m_cookie = cookie->data;
        askAgain(now);
        return;
    }
    if (const auto wrong = ike::findNotify(payloads, NotifyType::InvalidKePayload)) {
        noteAnswer(now);
        takeWrongGroup(now, *wrong);
        return;
    }
    if (ike::findNotify(payloads, NotifyType::Redirect)) {
        // To another server, which has an answer of its own.
        noteAnswer(now);
        m_facts.redirect = true;
        conclude(Verdict::Open);
        return;
    }
    if (const auto error = ike::findError(payloads)) {
        noteAnswer(now);
        takeError(now, *error);
        return;
    }
    if (agree(header, payloads)) {
        noteAnswer(now);
        noteFacts(payloads);
        conclude(m_weakParts.empty() ? Verdict::Open : Verdict::Weak);
    }
    // What makes no sense may be anybody's: nothing protects this exchange.
}

void Ikev2Question::takeWrongGroup(base::Instant now, const ike::Notification& notification) {
    base::ByteReader reader(notification.data);
    const auto wanted = reader.u16();
    if (reader.failed() || wanted == m_key->group()) {
        return; // on its way twice
    }
    const auto group = static_cast<ike::GroupId>(wanted);
    m_facts.keyExchange = ike::groupText(group);
    const auto groups = ike::groupsOf(m_offered);
    const bool ours = std::find(groups.begin(), groups.end(), group) != groups.end();
    auto key = ours && !m_groupChanged && ++m_restarts <= mostRestarts
                   ? crypto::KeyExchange::create(wanted)
                   : base::Result<std::unique_ptr<crypto::KeyExchange>>(base::fail("tern.ike.key-group"));
    if (!key) {
        m_facts.refusal = notifyName(static_cast<std::uint16_t>(notification.type));
        conclude(Verdict::Unusable);
        return;
    }
    m_key = std::move(*key);
    m_groupChanged = true;
    askAgain(now);
}

void Ikev2Question::takeError(base::Instant now, const ike::Notification& error) {
    m_facts.refusal = notifyName(static_cast<std::uint16_t>(error.type));
    if (error.type == ike::NotifyType::NoProposalChosen && m_round == Round::Today) {
        beginRound(now, Round::Outdated);
        return;
    }
    conclude(Verdict::Unusable);
}

void Ikev2Question::noteFacts(const ike::Payloads& payloads) {
    using ike::NotifyType;
    const auto says = [&](NotifyType type) { return ike::findNotify(payloads, type).has_value(); };
    m_facts.fragmentation = says(NotifyType::FragmentationSupported);
    m_facts.childless = says(NotifyType::ChildlessSupported);
    m_facts.intermediate = says(NotifyType::IntermediateExchangeSupported);
    m_facts.signatureHashes = says(NotifyType::SignatureHashAlgorithms);
    if (says(NotifyType::MobikeSupported)) {
        m_facts.mobike = Known::Yes; // its place is IKE_AUTH, where we do not go
    }
    for (const auto& payload : payloads) {
        if (payload.type == ike::PayloadType::VendorId && m_facts.vendors.size() < mostVendors) {
            m_facts.vendors.push_back(vendorName(payload.body));
        }
    }
}

bool Ikev2Question::agree(const ike::Header& header, const ike::Payloads& payloads) {
    const auto* sa = ike::find(payloads, ike::PayloadType::SecurityAssociation);
    const auto* ke = ike::find(payloads, ike::PayloadType::KeyExchange);
    const auto nonce = ike::parseNonce(payloads);
    if (sa == nullptr || ke == nullptr || !nonce || header.responderSpi == 0) {
        return false;
    }
    const auto answer = ike::parseProposals(sa->body);
    const auto keyExchange = ike::parseKeyExchange(*ke);
    const auto suite = answer && keyExchange ? ike::checkChoice(m_offered, *answer)
                                             : base::Result<ike::ChosenSuite>(base::fail("tern.ike.malformed"));
    if (!suite || keyExchange->group != m_key->group() ||
        suite->group != static_cast<ike::GroupId>(keyExchange->group)) {
        return false;
    }
    m_weakParts = ike::weakText(*suite, {});
    (m_weakParts.empty() ? m_facts.suite : m_facts.weakSuite) = ike::ikeSuiteText(*suite);
    m_facts.refusal.clear();
    for (const auto group : suite->additional) {
        if (isMlKem(group)) {
            m_facts.mlKem = ike::groupText(group);
        }
    }
    sayGoodbye(*suite, header, keyExchange->value, *nonce);
    return true;
}

// The server would keep what was begun for half a minute, and answers nobody of whom it has too much of that. A DELETE
// may not come yet (RFC 7296 §1.4), but IKE_AUTH may, and without an identity it can only fail and end it all
// (§2.21.2).
void Ikev2Question::sayGoodbye(const ike::ChosenSuite& suite, const ike::Header& header, base::ByteView peerKey,
                               base::ByteView peerNonce) {
    const auto shared = m_key->sharedSecret(peerKey);
    if (!shared) {
        return;
    }
    const auto keys =
        ike::deriveIkeKeys(suite, shared->view(), {m_nonce, peerNonce, header.initiatorSpi, header.responderSpi});
    auto protection = keys ? ike::Protection::create(suite, *keys, true)
                           : base::Result<ike::Protection>(base::fail("tern.ike.internal"));
    if (!protection) {
        return;
    }
    const ike::Payloads payloads{ike::encodeNotify(ike::NotifyType::AuthenticationFailed)};
    ike::Header goodbye;
    goodbye.initiatorSpi = header.initiatorSpi;
    goodbye.responderSpi = header.responderSpi;
    goodbye.firstPayload = ike::firstType(payloads);
    goodbye.exchange = ike::ExchangeType::Auth;
    goodbye.flags = ike::flagInitiator;
    goodbye.messageId = 1;
    if (const auto sealed = protection->seal(goodbye, ike::encodePayloads(payloads), std::nullopt, m_random)) {
        send(framed(*sealed));
    }
}

} // namespace tern::probe
