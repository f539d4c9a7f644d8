#include "core/legacy/assess.h"

#include <algorithm>
#include <array>
#include <string>

namespace tern::legacy {

namespace {

using base::Finding;
using base::Severity;
using profile::Encryption;
using profile::Method;
using profile::Profile;
using profile::Protocol;

bool isLegacy(Protocol protocol) {
    return protocol == Protocol::Pptp || protocol == Protocol::L2tp;
}

bool allows(const Profile& profile, Method method) {
    const auto& authentication = profile.authentication;
    return authentication.method == method ||
           std::ranges::find(authentication.allowed, method) != authentication.allowed.end();
}

// PPTP and L2TP, alone or among what Windows would try.
void assessProtocol(const Profile& profile, std::vector<Finding>& findings) {
    const auto& tries = profile.originTries;
    if (profile.protocol == Protocol::Pptp) {
        findings.push_back({"tern.legacy.pptp", Severity::Broken, {}});
    } else if (profile.protocol == Protocol::L2tp) {
        findings.push_back(allows(profile, Method::Psk) ? Finding{"tern.legacy.l2tp-shared-key", Severity::Broken, {}}
                                                        : Finding{"tern.legacy.l2tp", Severity::Retired, {}});
    } else if (profile.protocol == Protocol::Unsupported) {
        findings.push_back({"tern.legacy.plugin", Severity::Note, {profile.plugin}});
    }
    if (std::ranges::none_of(tries, isLegacy)) {
        return;
    }
    // With IKEv2 in the list the secure way is there on both sides; without it, Windows has one retired way and SSTP.
    const bool first = isLegacy(tries.front()) && std::ranges::find(tries, Protocol::Ikev2) == tries.end();
    const std::string name = std::ranges::find(tries, Protocol::Pptp) == tries.end() ? "L2TP" : "PPTP";
    findings.push_back(first ? Finding{"tern.legacy.retired-first", Severity::Retired, {name}}
                             : Finding{"tern.legacy.can-fall-back", Severity::CanFallBack, {}});
}

// What matters only where PPP carries the password or encrypts by itself.
void assessPpp(const Profile& profile, std::vector<Finding>& findings) {
    const bool ppp = isLegacy(profile.protocol) || profile.protocol == Protocol::Sstp ||
                     std::ranges::any_of(profile.originTries, isLegacy);
    if (!ppp) {
        return;
    }
    if (allows(profile, Method::Pap) || allows(profile, Method::Spap)) {
        findings.push_back({"tern.legacy.plain-password", Severity::Weak, {}});
    }
    if (allows(profile, Method::Chap) || allows(profile, Method::Mschap)) {
        findings.push_back({"tern.legacy.old-sign-in", Severity::Weak, {}});
    }
    const bool ownEncryption = isLegacy(profile.protocol) || std::ranges::any_of(profile.originTries, isLegacy);
    if (ownEncryption && profile.encryption == Encryption::None) {
        // Where a modern protocol is tried too, Tern's own connection is encrypted all the same.
        const auto severity = isLegacy(profile.protocol) ? Severity::Broken : Severity::Weak;
        findings.push_back({"tern.legacy.no-encryption", severity, {}});
    } else if (ownEncryption && profile.encryption == Encryption::Optional) {
        findings.push_back({"tern.legacy.optional-encryption", Severity::Weak, {}});
    }
}

void assessTrust(const Profile& profile, std::vector<Finding>& findings) {
    const bool modern = profile.protocol == Protocol::Ikev2 || profile.protocol == Protocol::Sstp ||
                        profile.protocol == Protocol::Automatic;
    if (profile.trust.eapServerValidated == false) {
        findings.push_back({"tern.legacy.server-not-checked", Severity::Weak, {}});
    }
    if (modern && profile.trust.nameCheckDisabled) {
        findings.push_back({"tern.legacy.name-not-checked", Severity::Weak, {}});
    }
    if (modern && profile.authentication.method == Method::Psk) {
        findings.push_back({"tern.legacy.shared-key", Severity::Weak, {}});
    }
}

void assessAlgorithms(const Profile& profile, std::vector<Finding>& findings) {
    constexpr std::array<std::string_view, 7> outdated{"DES", "3DES", "MD5", "SHA1", "group1", "group2", "group24"};
    std::string names;
    if (const auto& policy = profile.ike.policy) {
        for (const auto& each :
             {policy->integrity, policy->cipher, policy->group, policy->espCipher, policy->espIntegrity, policy->pfs}) {
            if (std::ranges::find(outdated, each) != outdated.end() && names.find(each) == std::string::npos) {
                names += (names.empty() ? "" : ", ") + each;
            }
        }
        if (policy->espCipher == "none") {
            findings.push_back({"tern.legacy.no-encryption", Severity::Broken, {}});
        }
    }
    if (!names.empty()) {
        findings.push_back({"tern.legacy.weak-algorithms", Severity::Weak, {names}});
    }
    if (profile.ike.legacyAlgorithms) {
        findings.push_back({"tern.legacy.legacy-algorithms-allowed", Severity::Weak, {}});
    }
}

} // namespace

std::vector<Finding> assess(const Profile& profile) {
    std::vector<Finding> findings;
    assessProtocol(profile, findings);
    assessPpp(profile, findings);
    assessTrust(profile, findings);
    assessAlgorithms(profile, findings);
    std::ranges::stable_sort(findings, {}, &Finding::severity);
    return findings;
}

std::optional<base::Finding> assessAgreed(const std::string& names) {
    return names.empty() ? std::nullopt
                         : std::optional(base::Finding{"tern.legacy.weak-in-use", base::Severity::Weak, {names}});
}

std::string_view grade(std::span<const Finding> findings) {
    const auto worst = std::ranges::min_element(findings, {}, &Finding::severity);
    return worst == findings.end() || worst->severity == Severity::Note ? "good" : base::severityName(worst->severity);
}

std::optional<base::Error> refusal(const Profile& profile) {
    switch (profile.protocol) {
    case Protocol::Pptp:
        return base::Error{"tern.legacy.pptp", {}, {}};
    case Protocol::L2tp:
        return base::Error{allows(profile, Method::Psk) ? "tern.legacy.l2tp-shared-key" : "tern.legacy.l2tp", {}, {}};
    case Protocol::Unsupported:
        return base::Error{"tern.legacy.plugin", {profile.plugin}, {}};
    case Protocol::Ikev2:
    case Protocol::Sstp:
    case Protocol::Automatic:
        break;
    }
    return std::nullopt;
}

} // namespace tern::legacy
