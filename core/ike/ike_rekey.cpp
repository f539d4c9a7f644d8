#include "core/ike/ike_rekey.h"

#include "core/base/byte_io.h"
#include "core/crypto/diffie_hellman.h"

namespace tern::ike {

namespace {

IkeRekeyAnswer refuse(NotifyType type, base::ByteView data = {}) {
    return {{encodeNotify(type, data)}, nullptr};
}

base::Bytes spiOctets(Spi spi) {
    base::ByteWriter writer;
    writer.u64(spi);
    return writer.take();
}

std::optional<Spi> readSpi(base::ByteView field) {
    base::ByteReader reader(field);
    const auto spi = reader.u64();
    return reader.failed() || !reader.atEnd() || spi == 0 ? std::nullopt : std::optional(spi);
}

} // namespace

IkeRekeyAnswer answerIkeRekey(const Context& context, const Payloads& payloads) {
    const auto* saPayload = find(payloads, PayloadType::SecurityAssociation);
    const auto* kePayload = find(payloads, PayloadType::KeyExchange);
    const auto theirNonce = parseNonce(payloads);
    if (saPayload == nullptr || kePayload == nullptr || !theirNonce) {
        return refuse(NotifyType::InvalidSyntax);
    }
    const auto proposals = parseProposals(saPayload->body);
    const auto theirKey = parseKeyExchange(*kePayload);
    if (!proposals || !theirKey) {
        return refuse(NotifyType::InvalidSyntax);
    }
    auto selection = select(ikeProposals(context.config.algorithms), *proposals, static_cast<GroupId>(theirKey->group));
    if (!selection) {
        return refuse(NotifyType::NoProposalChosen);
    }
    const auto group = static_cast<std::uint16_t>(selection->suite.group);
    if (group != theirKey->group) {
        base::ByteWriter wanted;
        wanted.u16(group);
        return refuse(NotifyType::InvalidKePayload, wanted.view());
    }
    const auto theirSpi = readSpi(selection->peerSpi);
    const auto ourKey = crypto::KeyExchange::create(group);
    if (!theirSpi || !ourKey) {
        return refuse(NotifyType::InvalidSyntax);
    }
    const auto shared = (*ourKey)->sharedSecret(theirKey->value);
    if (!shared) {
        return refuse(NotifyType::InvalidSyntax);
    }
    const auto ourSpi = context.newIkeSpi();
    const auto ourNonce = context.randomBytes(ourNonceSize);
    // The server is the initiator of the new SA.
    auto keys = deriveRekeyedIkeKeys(selection->suite, context.sa->keys, shared->view(),
                                     {*theirNonce, ourNonce, *theirSpi, ourSpi});
    if (!keys) {
        return refuse(NotifyType::NoProposalChosen);
    }
    auto protection = Protection::create(selection->suite, *keys, false);
    if (!protection) {
        return refuse(NotifyType::NoProposalChosen);
    }
    auto next = std::make_unique<IkeSa>(context.config.timers, context.random);
    next->exchanges.setSpis(*theirSpi, ourSpi, false);
    next->exchanges.protect(std::move(*protection));
    if (context.sa->exchanges.mayFragment()) {
        next->exchanges.allowFragments();
    }
    next->keys = std::move(*keys);
    next->suite = selection->suite;
    selection->answer.spi = spiOctets(ourSpi);
    Payloads response;
    response.push_back({PayloadType::SecurityAssociation, encodeProposals({selection->answer}), false});
    response.push_back(encodeNonce(ourNonce));
    response.push_back(encodeKeyExchange({group, (*ourKey)->publicValue()}));
    return {std::move(response), std::move(next)};
}

} // namespace tern::ike
