// Every parser of IKE messages on raw input, and what is parsed must survive being written and parsed again.
#include "core/ike/ike_config.h"
#include "core/ike/ike_redirect.h"
#include "core/ike/notify_error.h"
#include "core/ike/selectors.h"

#include <cstdlib>

using namespace tern;
using namespace tern::ike;

namespace {

void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

void parseContents(const Payload& payload) {
    switch (payload.type) {
    case PayloadType::SecurityAssociation:
        if (const auto proposals = parseProposals(payload.body)) {
            require(parseProposals(encodeProposals(*proposals)).value() == *proposals);
            static_cast<void>(
                checkChoice(ikeProposals({.legacy = true, .chachaFirst = false, .ike = {}, .esp = {}}), *proposals));
            static_cast<void>(select(
                espProposals(0x1000, Pfs::Preferred, {.legacy = true, .chachaFirst = false, .ike = {}, .esp = {}}),
                *proposals, GroupId::Ecp256));
        }
        break;
    case PayloadType::KeyExchange:
        static_cast<void>(parseKeyExchange(payload));
        break;
    case PayloadType::IdInitiator:
    case PayloadType::IdResponder:
        if (const auto identity = parseIdentity(payload)) {
            require(parseIdentity(encodeIdentity(payload.type, *identity)).value() == *identity);
            static_cast<void>(identity->text());
        }
        break;
    case PayloadType::Certificate:
        static_cast<void>(parseCertificate(payload));
        break;
    case PayloadType::Auth:
        static_cast<void>(parseAuth(payload));
        break;
    case PayloadType::Notify:
        if (const auto notification = parseNotify(payload)) {
            SessionConfig config;
            for (const auto place : {ErrorPlace::Init, ErrorPlace::Auth, ErrorPlace::Child}) {
                require(!notifyError(*notification, place, config).code.empty());
            }
        }
        break;
    case PayloadType::Delete:
        if (const auto deletion = parseDelete(payload)) {
            require(parseDelete(encodeDelete(*deletion)).value().spis == deletion->spis);
        }
        break;
    case PayloadType::TrafficSelectorInitiator:
    case PayloadType::TrafficSelectorResponder:
        if (const auto selectors = parseSelectors(payload)) {
            require(parseSelectors(encodeSelectors(payload.type, *selectors)).value() == *selectors);
            const auto narrowed = narrow(*selectors, everything(true, true));
            require(narrowed.size() <= maximumSelectors);
        }
        break;
    case PayloadType::Configuration:
        if (const auto configuration = parseConfiguration(payload)) {
            static_cast<void>(readConfiguration(*configuration));
        }
        break;
    default:
        break;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const base::ByteView input(data, size);
    if (input.empty()) {
        return 0;
    }
    static_cast<void>(parseRedirect(input, input.first(input.size() / 3)));
    static_cast<void>(parseHeader(input));
    const auto payloads = parsePayloads(static_cast<PayloadType>(input.front()), input.subspan(1));
    if (!payloads) {
        return 0;
    }
    require(payloads->size() <= maximumPayloads);
    static_cast<void>(unknownCritical(*payloads));
    static_cast<void>(notifications(*payloads));
    for (const auto& payload : *payloads) {
        parseContents(payload);
    }
    return 0;
}
