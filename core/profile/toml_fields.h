// The one list of what a profile's file holds: eachField() hands every field to an archive, which reads or writes it,
// so that the two can never disagree.
#pragma once

#include "core/profile/profile.h"

namespace tern::profile {

template<typename Archive, typename P>
void eachConnectionField(Archive& archive, P& p) {
    archive.field("", "id", p.id);
    archive.field("", "name", p.name);
    archive.field("", "folder", p.folder);
    archive.field("", "protocol", p.protocol);
    archive.field("", "origin-tries", p.originTries);
    archive.field("", "servers", p.servers);
    archive.field("", "port", p.port);
    archive.field("", "encryption", p.encryption);
    archive.field("", "plugin", p.plugin);

    archive.field("authentication", "method", p.authentication.method);
    archive.field("authentication", "username", p.authentication.username);
    archive.field("authentication", "domain", p.authentication.domain);
    archive.field("authentication", "remember-password", p.authentication.rememberPassword);
    archive.field("authentication", "certificate", p.authentication.certificate.source);
    archive.field("authentication", "certificate-key", p.authentication.certificate.key);
    archive.field("authentication", "certificate-first", p.authentication.certificateFirst);
    archive.field("authentication", "rsa-signature", p.authentication.certificate.rsaSignature);
    archive.field("authentication", "allowed", p.authentication.allowed);
    archive.field("authentication", "eap-type", p.authentication.eapType);
    archive.field("authentication", "ppk-id", p.authentication.ppkId);
    archive.field("authentication", "ppk-required", p.authentication.ppkRequired);
    archive.field("authentication", "inner", p.authentication.inner);
    archive.field("authentication", "outer-identity", p.authentication.outerIdentity);
    archive.field("authentication", "eap-tls-1.3", p.authentication.eapTls13);
    archive.field("authentication", "require-cryptobinding", p.authentication.requireCryptobinding);
    archive.field("authentication", "shared-key-short", p.authentication.sharedKeyShort);

    archive.field("trust", "ca", p.trust.caPem);
    archive.field("trust", "server-name", p.trust.serverName);
    archive.field("trust", "remote-identity", p.trust.remoteIdentity);
    archive.field("trust", "local-identity", p.trust.localIdentity);
    archive.field("trust", "pins", p.trust.pins);
    archive.field("trust", "revocation", p.trust.revocation);
    archive.field("trust", "eap-server-names", p.trust.eapServerNames);
    archive.field("trust", "eap-root-sha1", p.trust.eapRootSha1);
    archive.field("trust", "eap-server-validated", p.trust.eapServerValidated);
    archive.field("trust", "name-check-disabled", p.trust.nameCheckDisabled);
    archive.field("trust", "certificate-check-disabled", p.trust.certificateCheckDisabled);
}

template<typename Archive, typename P>
void eachNetworkField(Archive& archive, P& p) {
    archive.field("routing", "full-tunnel-ipv4", p.routing.fullTunnelIpv4);
    archive.field("routing", "full-tunnel-ipv6", p.routing.fullTunnelIpv6);
    archive.field("routing", "routes", p.routing.routes);
    archive.field("routing", "excluded", p.routing.excluded);
    archive.field("routing", "class-route", p.routing.classRoute);
    archive.field("routing", "routes-from-selectors", p.routing.routesFromSelectors);
    archive.field("routing", "metric", p.routing.metric);

    archive.field("dns", "servers", p.dns.servers);
    archive.field("dns", "domains", p.dns.domains);
    archive.field("dns", "suffix", p.dns.suffix);
    archive.field("dns", "register-address", p.dns.registerAddress);

    archive.field("addresses", "ipv4", p.addresses.ipv4);
    archive.field("addresses", "ipv6", p.addresses.ipv6);
}

template<typename Archive, typename P>
void eachBehaviourField(Archive& archive, P& p) {
    archive.field("ike", "policy", p.ike.policy);
    archive.field("ike", "legacy-algorithms", p.ike.legacyAlgorithms);
    archive.field("ike", "post-quantum", p.ike.postQuantum);
    archive.field("ike", "mobility", p.ike.mobility);
    archive.field("ike", "tcp", p.ike.tcp);
    archive.field("ike", "outage-seconds", p.ike.outage);

    archive.field("sstp", "host", p.sstp.host);
    archive.field("sstp", "server-name-indication", p.sstp.serverNameIndication);
    archive.field("sstp", "without-server-name", p.sstp.withoutServerName);
    archive.field("sstp", "name-refused", p.sstp.nameRefused);
    archive.field("sstp", "tenant-id", p.sstp.tenantId);
    archive.field("sstp", "proxy", p.sstp.proxy);

    archive.field("l2tp", "without-ipsec", p.l2tp.withoutIpsec);

    archive.field("always-on", "enabled", p.alwaysOn.enabled);
    archive.field("always-on", "device-tunnel", p.alwaysOn.deviceTunnel);
    archive.field("always-on", "triggered", p.alwaysOn.triggered);
    archive.field("always-on", "trusted-networks", p.alwaysOn.trustedNetworks);

    archive.field("redial", "attempts", p.redial.attempts);
    archive.field("redial", "pause-seconds", p.redial.pause);
    archive.field("redial", "idle-disconnect-seconds", p.redial.idleDisconnect);

    archive.field("origin", "format", p.origin.format);
    archive.field("origin", "file", p.origin.file);
    archive.field("origin", "entry", p.origin.entry);
    archive.field("origin", "line", p.origin.line);
    archive.field("origin", "version", p.origin.version);
    archive.field("origin", "encoding", p.origin.encoding);
    archive.field("origin", "imported", p.origin.imported);
    archive.field("origin", "original", p.origin.original);
    archive.field("origin", "fingerprint", p.origin.fingerprint);
}

template<typename Archive, typename P>
void eachField(Archive& archive, P& p) {
    eachConnectionField(archive, p);
    eachNetworkField(archive, p);
    eachBehaviourField(archive, p);
}

} // namespace tern::profile
