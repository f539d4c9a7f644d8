#include "core/formats/mobileconfig_vpn.h"

#include "core/formats/ike_names.h"
#include "core/formats/phonebook_fields.h"
#include "core/formats/server_names.h"

#include <algorithm>

namespace tern::formats {

namespace {

using profile::Encryption;
using profile::Method;
using profile::Protocol;
using Secret = ImportedSecret::Kind;

constexpr std::size_t largestContainer = 256U * 1024U;

// The certificate that the connection names by its payload's identifier.
void readIdentity(Draft& draft, Node& settings, SharedPayloads& shared) {
    const auto wanted = settings.text("PayloadCertificateUUID");
    if (wanted.empty()) {
        return;
    }
    const auto found = std::ranges::find_if(shared.identities, [&](Node* payload) {
        const auto* const uuid = payload->find("PayloadUUID");
        return uuid != nullptr && sameName(uuid->value, wanted);
    });
    const auto* const content = found == shared.identities.end() ? nullptr : (*found)->find("PayloadContent");
    const bool usable = content != nullptr && content->kind == Node::Kind::Data && !content->value.empty() &&
                        content->value.size() <= largestContainer;
    if (!usable) {
        draft.note("tern.formats.note.file-elsewhere", {"PayloadCertificateUUID", briefly(wanted)});
        return;
    }
    // Copied: several connections may share one.
    draft.keyFiles.push_back({{}, base::SecureBytes(std::string_view(content->value))});
    if (const auto* const password = (*found)->find("Password"); password != nullptr && !password->value.empty()) {
        draft.addSecret(Secret::KeyPassPhrase, base::SecureBytes(std::string_view(password->value)));
    }
}

// Own name servers, and for which names.
void readDns(Draft& draft, Node& payload) {
    auto* const dns = payload.find("DNS");
    if (dns == nullptr) {
        return;
    }
    for (const auto& each : dns->texts("ServerAddresses")) {
        draft.addDns(each, "DNS.ServerAddresses");
    }
    auto& domains = draft.profile.dns.domains;
    for (const auto* const key : {"SearchDomains", "SupplementalMatchDomains"}) {
        for (auto& each : dns->texts(key)) {
            if (!each.empty() && std::ranges::find(domains, each) == domains.end()) {
                domains.push_back(std::move(each));
            }
        }
    }
    draft.profile.dns.suffix = dns->text("DomainName");
}

void readIkev2(Draft& draft, Node& payload, SharedPayloads& shared) {
    auto* const settings = payload.find("IKEv2");
    draft.profile.protocol = Protocol::Ikev2;
    if (settings == nullptr) {
        return;
    }
    auto& profile = draft.profile;
    auto& authentication = profile.authentication;
    addServers(profile, settings->text("RemoteAddress"));
    draft.setServerIdentity(settings->text("RemoteIdentifier"));
    if (const auto name = settings->text("ServerCertificateCommonName"); !name.empty() && isHost(name)) {
        profile.trust.serverName = name == profile.server() ? std::string() : name;
    }
    profile.trust.localIdentity = settings->text("LocalIdentifier");
    const auto kind = lowered(settings->text("AuthenticationMethod"));
    const bool certificate = kind == "certificate";
    if (settings->boolean("ExtendedAuthEnabled").value_or(false)) {
        authentication.method = certificate ? Method::EapTls : Method::EapMschapv2;
    } else {
        authentication.method = certificate ? Method::MachineCertificate : Method::Psk;
    }
    draft.setUser(settings->text("AuthName"));
    draft.takeSecret(Secret::Password, *settings, "AuthPassword");
    draft.takeSecret(Secret::PreSharedKey, *settings, "SharedSecret");
    readIdentity(draft, *settings, shared);
    profile.ike.mobility = !settings->boolean("DisableMOBIKE").value_or(false);
    profile.routing.routesFromSelectors =
        settings->boolean("UseConfigurationAttributeInternalIPSubnet").value_or(false);
    setApplePolicy(draft, settings->find("IKESecurityAssociationParameters"),
                   settings->find("ChildSecurityAssociationParameters"),
                   settings->boolean("EnablePFS").value_or(false));
    settings->ignore({"EnableCertificateRevocationCheck", "CertificateType", "NATKeepAliveOffloadEnable"});
}

// L2TP and PPTP: what is dialled is in PPP.
void readPpp(Draft& draft, Node& payload, bool l2tp) {
    auto& profile = draft.profile;
    profile.protocol = l2tp ? Protocol::L2tp : Protocol::Pptp;
    profile.authentication.allowed = {Method::Mschapv2};
    profile.authentication.method = Method::Mschapv2;
    if (auto* const ppp = payload.find("PPP")) {
        addServers(profile, ppp->text("CommRemoteAddress"));
        draft.setUser(ppp->text("AuthName"));
        draft.takeSecret(Secret::Password, *ppp, "AuthPassword");
        const bool strong = ppp->boolean("CCPMPPE128Enabled").value_or(false);
        const bool weak = ppp->boolean("CCPMPPE40Enabled").value_or(false);
        const bool some = ppp->boolean("CCPEnabled").value_or(false);
        if (!l2tp) {
            profile.encryption = strong && !weak          ? Encryption::Maximum
                                 : some || weak || strong ? Encryption::Required
                                                          : Encryption::Optional;
        }
    }
    if (auto* const ipsec = payload.find("IPSec"); ipsec != nullptr && l2tp) {
        const bool certificate = sameName(ipsec->text("AuthenticationMethod"), "Certificate");
        profile.authentication.allowed.push_back(certificate ? Method::MachineCertificate : Method::Psk);
        draft.takeSecret(Secret::L2tpPreSharedKey, *ipsec, "SharedSecret");
    }
}

void readOther(Draft& draft, Node& payload, const std::string& kind) {
    const auto sub = payload.text("VPNSubType");
    const bool cisco = sameName(kind, "IPSec"); // Cisco's, with IKEv1
    draft.setUnsupported(cisco ? "IPSec (IKEv1)" : !sub.empty() ? sub : kind.empty() ? "VPN plug-in" : kind);
    for (const auto* const path : {"IPSec/RemoteAddress", "VPN/RemoteAddress"}) {
        addServers(draft.profile, payload.text(path));
    }
    draft.setUser(payload.text("IPSec/XAuthName"));
}

void readRouting(Draft& draft, Node& payload) {
    // L2TP, PPTP and IPSec name it so; IKEv2 has it from the server's traffic selectors.
    if (const auto all = payload.boolean("IPv4/OverridePrimary"); all && !*all) {
        draft.setSplit();
    }
    if (payload.boolean("OnDemandEnabled").value_or(false)) {
        draft.profile.alwaysOn.triggered = true;
    }
}

} // namespace

void addApplePayload(Collector& collector, Node& payload, SharedPayloads& shared) {
    auto name = payload.text("UserDefinedName");
    name = name.empty() ? payload.text("PayloadDisplayName") : name;
    Draft draft(name, payload.line);
    const auto kind = payload.text("VPNType");
    if (sameName(kind, "IKEv2")) {
        readIkev2(draft, payload, shared);
    } else if (sameName(kind, "L2TP") || sameName(kind, "PPTP")) {
        readPpp(draft, payload, sameName(kind, "L2TP"));
    } else {
        readOther(draft, payload, kind);
    }
    readDns(draft, payload);
    readRouting(draft, payload);
    for (const auto& authority : shared.authorities) {
        draft.addAuthority(authority, "com.apple.security.root");
    }
    payload.ignore({"PayloadDisplayName", "PayloadDescription", "PayloadIdentifier", "PayloadUUID", "PayloadVersion",
                    "PayloadOrganization", "PayloadType", "PayloadContent"});
    collector.add(std::move(draft), payload);
}

} // namespace tern::formats
