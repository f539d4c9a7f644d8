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

bool isModern(Protocol protocol) {
    return protocol == Protocol::Ikev2 || protocol == Protocol::Sstp || protocol == Protocol::Automatic;
}

// A password is signed in with by MS-CHAP, in PPP itself or as an EAP method, where nothing hides it.
bool showsMsChap(const Profile& profile) {
    return profile.authentication.allows(Method::Mschapv2) || profile.authentication.allows(Method::Mschap) ||
           profile.authentication.allows(Method::EapMschapv2) || profile.authentication.method == Method::Unknown;
}

void assessPptp(const Profile& profile, std::vector<Finding>& findings) {
    if (showsMsChap(profile)) {
        findings.push_back({"tern.legacy.pptp-password", Severity::Broken, {}});
    }
    if (profile.encryption != Encryption::None) {
        findings.push_back({"tern.legacy.pptp-encryption", Severity::Broken, {}});
    }
    findings.push_back({"tern.legacy.pptp", Severity::Retired, {}});
}

void assessL2tp(const Profile& profile, std::vector<Finding>& findings) {
    if (profile.l2tp.withoutIpsec) {
        findings.push_back({"tern.legacy.l2tp-no-ipsec", Severity::Broken, {}});
    } else if (profile.authentication.allows(Method::Psk)) {
        findings.push_back({"tern.legacy.l2tp-shared-key", Severity::Broken, {}});
    }
    findings.push_back({"tern.legacy.l2tp", Severity::Retired, {}});
}

// "PPTP, L2TP": which of them Windows would try, in its order.
std::string legacyNames(const std::vector<Protocol>& tries) {
    std::string names;
    for (const auto each : tries) {
        if (isRetired(each)) {
            names += (names.empty() ? "" : ", ");
            names += each == Protocol::Pptp ? "PPTP" : "L2TP";
        }
    }
    return names;
}

// PPTP and L2TP, alone or among what Windows would try.
void assessProtocol(const Profile& profile, std::vector<Finding>& findings) {
    if (profile.protocol == Protocol::Pptp) {
        assessPptp(profile, findings);
    } else if (profile.protocol == Protocol::L2tp) {
        assessL2tp(profile, findings);
    } else if (profile.protocol == Protocol::Unsupported) {
        // Of another program nothing is known, but where its protocol by itself is something to say.
        const bool ikev1 = profile.plugin.find("IKEv1") != std::string::npos;
        if (ikev1) {
            findings.push_back({"tern.legacy.ikev1", Severity::Retired, {}});
        }
        findings.push_back({"tern.legacy.plugin", ikev1 ? Severity::Note : Severity::NotJudged, {profile.plugin}});
    }
    const auto& tries = profile.originTries;
    if (std::ranges::none_of(tries, profile::isRetired)) {
        return;
    }
    // With IKEv2 in the list the secure way is there on both sides; without it, Windows has one retired way and SSTP.
    const bool first = isRetired(tries.front()) && std::ranges::find(tries, Protocol::Ikev2) == tries.end();
    findings.push_back(first ? Finding{"tern.legacy.retired-first", Severity::Retired, {legacyNames(tries)}}
                             : Finding{"tern.legacy.can-fall-back", Severity::CanFallBack, {legacyNames(tries)}});
}

// What matters only where PPP carries the password or encrypts by itself.
void assessPpp(const Profile& profile, std::vector<Finding>& findings) {
    const auto isPpp = [](Protocol protocol) { return isRetired(protocol) || protocol == Protocol::Sstp; };
    if (!isPpp(profile.protocol) && std::ranges::none_of(profile.originTries, isPpp)) {
        return;
    }
    if (profile.authentication.allows(Method::Pap) || profile.authentication.allows(Method::Spap)) {
        findings.push_back({"tern.legacy.plain-password", Severity::Weak, {}});
    }
    if (profile.authentication.allows(Method::Chap) || profile.authentication.allows(Method::Mschap)) {
        findings.push_back({"tern.legacy.old-sign-in", Severity::Weak, {}});
    }
    const bool ownEncryption =
        isRetired(profile.protocol) || std::ranges::any_of(profile.originTries, profile::isRetired);
    if (ownEncryption && profile.encryption == Encryption::None) {
        // Where a modern protocol is tried too, Tern's own connection is encrypted all the same.
        const auto severity = isRetired(profile.protocol) ? Severity::Broken : Severity::Weak;
        findings.push_back({"tern.legacy.no-encryption", severity, {}});
    } else if (ownEncryption && profile.encryption == Encryption::Optional) {
        findings.push_back({"tern.legacy.optional-encryption", Severity::Weak, {}});
    }
}

void assessTrust(const Profile& profile, std::vector<Finding>& findings) {
    const bool modern = isModern(profile.protocol);
    const auto& trust = profile.trust;
    const bool eap = profile::isEap(profile.authentication.method) ||
                     std::ranges::any_of(profile.authentication.allowed, profile::isEap);
    if (eap && trust.eapServerValidated == false) {
        findings.push_back({"tern.legacy.server-not-checked", Severity::Weak, {}});
    }
    if (modern && trust.certificateCheckDisabled) {
        findings.push_back({"tern.legacy.certificate-not-checked", Severity::Weak, {}});
    } else if (modern && trust.nameCheckDisabled) {
        findings.push_back({"tern.legacy.name-not-checked", Severity::Weak, {}});
    }
    if (modern && trust.revocation == profile::Revocation::Off) {
        findings.push_back({"tern.legacy.revocation-off", Severity::Weak, {}});
    }
}

void assessSharedKey(const Profile& profile, const Facts& facts, std::vector<Finding>& findings) {
    const bool modern = isModern(profile.protocol) && profile.authentication.method == Method::Psk;
    const bool l2tp =
        profile.protocol == Protocol::L2tp && !profile.l2tp.withoutIpsec && profile.authentication.allows(Method::Psk);
    if (modern) {
        findings.push_back({"tern.legacy.shared-key", Severity::Weak, {}});
    }
    const bool isShort =
        facts.sharedKeySize ? *facts.sharedKeySize < shortestSharedKey : profile.authentication.sharedKeyShort;
    if ((modern || l2tp) && isShort) {
        findings.push_back({"tern.legacy.short-shared-key", Severity::Weak, {std::to_string(shortestSharedKey)}});
    }
}

// Which of the policy's names are in a list, each once: "3DES, SHA1".
std::string namesAmong(const profile::IkePolicy& policy, std::span<const std::string_view> list) {
    // Views of the policy's own texts: a list of strings would be a copy, gone after the loop.
    const std::array<std::string_view, 6> names{policy.integrity, policy.cipher,       policy.group,
                                                policy.espCipher, policy.espIntegrity, policy.pfs};
    std::vector<std::string_view> found;
    for (const auto each : names) {
        if (std::ranges::find(list, each) != list.end() && std::ranges::find(found, each) == found.end()) {
            found.push_back(each);
        }
    }
    std::string text;
    for (const auto each : found) {
        text += (text.empty() ? "" : ", ");
        text += each;
    }
    return text;
}

void assessAlgorithms(const Profile& profile, std::vector<Finding>& findings) {
    // RFC 8247 and RFC 8221. A DES key is found in hours; a logarithm in the group of 768 bits was found in 2016.
    constexpr std::array<std::string_view, 2> broken{"DES", "group1"};
    constexpr std::array<std::string_view, 8> outdated{"3DES",   "MD5",     "SHA1",    "group2",
                                                       "group5", "group22", "group23", "group24"};
    if (const auto& policy = profile.ike.policy) {
        if (policy->espCipher == "none") {
            findings.push_back({"tern.legacy.no-encryption", Severity::Broken, {}});
        }
        if (const auto names = namesAmong(*policy, broken); !names.empty()) {
            findings.push_back({"tern.legacy.broken-algorithms", Severity::Broken, {names}});
        }
        if (const auto names = namesAmong(*policy, outdated); !names.empty()) {
            findings.push_back({"tern.legacy.weak-algorithms", Severity::Weak, {names}});
        }
        if (policy->pfs == "none") {
            findings.push_back({"tern.legacy.no-pfs", Severity::Note, {}});
        }
    }
    if (profile.ike.legacyAlgorithms) {
        findings.push_back({"tern.legacy.legacy-algorithms-allowed", Severity::Weak, {}});
    }
}

void assessCertificate(const CertificateFact& fact, base::UnixSeconds now, std::vector<Finding>& findings) {
    const bool own = fact.role == CertificateFact::Role::Own;
    const std::vector<std::string> args{
        fact.name, base::dateText(std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(fact.expires)))};
    if (fact.expires < now) {
        findings.push_back(
            {own ? "tern.legacy.certificate-expired" : "tern.legacy.authority-expired", Severity::Weak, args});
    } else if (fact.expires - now < expiresSoon) {
        findings.push_back(
            {own ? "tern.legacy.certificate-expires" : "tern.legacy.authority-expires", Severity::Note, args});
    }
}

// Of several authorities the one that lasts longest counts: the others may be left over from before.
void assessCertificates(const Facts& facts, std::vector<Finding>& findings) {
    if (facts.now == base::UnixSeconds{}) {
        return;
    }
    const CertificateFact* longest = nullptr;
    for (const auto& fact : facts.certificates) {
        if (fact.role == CertificateFact::Role::Own) {
            assessCertificate(fact, facts.now, findings);
        } else if (longest == nullptr || fact.expires > longest->expires) {
            longest = &fact;
        }
    }
    if (longest != nullptr) {
        assessCertificate(*longest, facts.now, findings);
    }
}

} // namespace

std::vector<Finding> assess(const Profile& profile, const Facts& facts) {
    std::vector<Finding> findings;
    assessProtocol(profile, findings);
    assessPpp(profile, findings);
    assessTrust(profile, findings);
    assessSharedKey(profile, facts, findings);
    assessAlgorithms(profile, findings);
    assessCertificates(facts, findings);
    std::ranges::stable_sort(findings, {}, &Finding::severity);
    return findings;
}

std::optional<base::Finding> assessAgreed(const std::string& names) {
    return names.empty() ? std::nullopt
                         : std::optional(base::Finding{"tern.legacy.weak-in-use", base::Severity::Weak, {names}});
}

std::optional<base::Error> refusal(const Profile& profile) {
    switch (profile.protocol) {
    case Protocol::Pptp:
        return base::Error{"tern.legacy.pptp", {}, {}};
    case Protocol::L2tp:
        return base::Error{
            profile.authentication.allows(Method::Psk) ? "tern.legacy.l2tp-shared-key" : "tern.legacy.l2tp", {}, {}};
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
