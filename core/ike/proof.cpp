#include "core/ike/proof.h"

#include "core/ike/authenticator.h"

namespace tern::ike {

namespace {

// RFC 8784 §5.1: the first octet of a PPK_ID says what the rest is; 2 is a name agreed on beforehand.
base::Bytes ppkIdentity(const std::string& id) {
    constexpr std::uint8_t fixed = 2;
    base::Bytes octets{fixed};
    base::append(octets, base::toBytes(id));
    return octets;
}

} // namespace

Prove proveWith(PrfId prf, base::ByteView secret) {
    return [prf, secret](base::ByteView octets) -> base::Result<AuthData> {
        const auto proof = sharedSecretAuth(prf, secret, octets);
        return AuthData{static_cast<std::uint8_t>(AuthMethod::SharedKey), {proof.view().begin(), proof.view().end()}};
    };
}

base::Result<void> addProof(Context& context, base::ByteView identity, Payloads& request, const Prove& prove) {
    const auto auth = prove(initiatorOctets(context, identity));
    if (!auth) {
        return base::fail(auth.error());
    }
    request.push_back(encodeAuth(*auth));
    if (!context.ppkKeys) {
        return {};
    }
    request.push_back(encodeNotify(NotifyType::PpkIdentity, ppkIdentity(context.config.ppk->id)));
    if (!context.config.ppk->required) {
        const auto without = prove(initiatorOctets(context, identity, WithPpk::No));
        if (!without) {
            return base::fail(without.error());
        }
        request.push_back(encodeNotify(NotifyType::NoPpkAuth, without->data));
    }
    return {};
}

base::Result<void> agreePpk(Context& context, const Payloads& initResponse) {
    const auto& ppk = context.config.ppk;
    if (!ppk) {
        return {};
    }
    context.ppkAgreed = findNotify(initResponse, NotifyType::UsePpk).has_value();
    if (!context.ppkAgreed && ppk->required) {
        return base::fail("tern.ike.ppk.unsupported", {context.config.serverName});
    }
    return {};
}

void mixInPpk(Context& context) {
    if (context.ppkAgreed && !context.ppkKeys) {
        context.ppkKeys = mixPpk(context.sa->keys, context.config.ppk->secret->view());
    }
}

void notePpk(Context& context, const Payloads& response) {
    context.ppkAccepted =
        context.ppkAccepted || (context.ppkKeys && findNotify(response, NotifyType::PpkIdentity).has_value());
}

base::Result<void> settlePpk(Context& context) {
    if (context.ppkAccepted) {
        auto& keys = context.sa->keys;
        keys.derive = std::move(context.ppkKeys->derive);
        keys.proofInitiator = std::move(context.ppkKeys->proofInitiator);
        keys.proofResponder = std::move(context.ppkKeys->proofResponder);
        context.sa->postQuantum.ppk = true;
    } else if (context.config.ppk && context.config.ppk->required && !context.sa->postQuantum.ppk) {
        return base::fail("tern.ike.ppk.unknown", {context.config.serverName, context.config.ppk->id});
    }
    context.ppkKeys.reset();
    if (context.config.ppk) {
        context.config.ppk->secret.reset(); // not needed any more
    }
    return {};
}

} // namespace tern::ike
