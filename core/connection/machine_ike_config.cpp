// What an IKE session is told of the profile and of the network.
#include "core/connection/algorithms.h"
#include "core/connection/eap_settings.h"
#include "core/connection/machine.h"
#include "core/connection/own_certificate.h"
#include "core/crypto/certificate_owner.h"
#include "core/crypto/cipher.h"

#include <utility>

namespace tern::connection {

namespace {

ike::PostQuantum postQuantumOf(profile::PostQuantum wanted) {
    switch (wanted) {
    case profile::PostQuantum::Required:
        return ike::PostQuantum::Required;
    case profile::PostQuantum::Off:
        return ike::PostQuantum::Off;
    case profile::PostQuantum::Automatic:
        break;
    }
    return ike::PostQuantum::Automatic;
}

crypto::RsaSignature rsaSignature(const profile::Profile& profile) {
    const auto& name = profile.authentication.certificate.rsaSignature;
    return name == "pss"           ? crypto::RsaSignature::Pss
           : name == "pss-trailer" ? crypto::RsaSignature::PssExplicitTrailer
                                   : crypto::RsaSignature::Pkcs1;
}

} // namespace

void Machine::noteLearnt(const ike::ServerHint& hint) {
    if (!hint.isEmpty()) {
        environment.parts.noteHint(*status.server, hint);
    }
}

base::Result<ike::SessionConfig> Machine::sessionConfig(const base::IpAddress& address) {
    const auto& profile = request.profile;
    ike::SessionConfig config;
    config.wallClock = environment.reactor.wallClock();
    config.localAddress = ourEnd.address;
    config.localPort = ourEnd.port;
    config.serverAddress = address;
    config.hint = environment.parts.hintFor(address);
    // A server another one sent us to must be what was dialled, unless that one, having proved itself, named it.
    config.serverName = profile.trust.serverName.empty()
                            ? redirects.certificateName().value_or(profile.servers.at(serverIndex))
                            : profile.trust.serverName;
    config.redirectedFrom = redirects.from();
    config.mobility = profile.ike.mobility;
    if (!profile.trust.localIdentity.empty()) {
        config.localIdentity = ike::Identity::fromText(profile.trust.localIdentity);
    }
    if (!profile.trust.remoteIdentity.empty()) {
        config.remoteIdentity = ike::Identity::fromText(profile.trust.remoteIdentity);
    }
    auto known = secret ? std::make_optional(secret->clone()) : std::nullopt;
    if (usesPsk()) {
        config.authentication = ike::PskAuthentication{std::move(known)};
    } else {
        auto trust = environment.parts.trustFor(profile);
        if (!trust) {
            return base::fail(std::move(trust.error()));
        }
        config.trust = std::move(*trust);
        if (auto configured = certificates.configure(config); !configured) {
            return base::fail(std::move(configured.error()));
        }
        auto settings = eapSettings(profile, config.serverName, config.trust, config.wallClock);
        if (!settings) {
            return base::fail(std::move(settings.error()));
        }
        auto& ours = settings->tls.credentials;
        ours = credentialsForTls(own, username, config.wallClock);
        // EAP-TLS needs no name but the one in the certificate. The name comes before the server's wish: with several
        // it is the first one's.
        const bool named =
            !username.empty() || profile.authentication.method != profile::Method::EapTls || ours.empty();
        auto name = named ? username : crypto::certificateOwner(ours.front().leaf());
        ike::EapAuthentication eap{std::move(name), std::move(known), std::move(*settings)};
        if (!provesByCertificate(profile)) {
            config.authentication = std::move(eap);
        } else {
            ike::CertificateAuthentication certificate{own, rsaSignature(profile), std::nullopt};
            if (profile.authentication.certificateFirst) {
                certificate.then = std::move(eap);
            }
            config.authentication = std::move(certificate);
        }
    }
    config.algorithms = algorithmsFor(profile.ike, crypto::hasAesInstructions());
    config.algorithms.postQuantum = postQuantumOf(profile.ike.postQuantum);
    if (!profile.authentication.ppkId.empty()) {
        config.ppk = ike::Ppk{profile.authentication.ppkId, ppk ? std::make_optional(ppk->clone()) : std::nullopt,
                              profile.authentication.ppkRequired};
    }
    // Connections inside live on if the address stays.
    for (const auto& prefix : status.addresses) {
        config.previousAddresses.push_back(prefix.address);
    }
    if (!profile.routing.fullTunnelIpv4 || !profile.routing.fullTunnelIpv6) {
        for (const auto& route : profile.routing.routes) {
            config.remoteSubnets.push_back(route.to);
        }
    }
    return config;
}

} // namespace tern::connection
