#include "core/formats/eap_host_config.h"

#include <algorithm>

namespace tern::formats {

namespace {

using profile::Method;

constexpr std::size_t mostNames = 64;

// The first element of the name at any depth.
Node* anywhere(Node& node, std::string_view name) {
    if (auto* const found = node.find(name)) {
        return found;
    }
    for (auto& child : node.children) {
        if (auto* const found = anywhere(child, name)) {
            return found;
        }
    }
    return nullptr;
}

std::string hexDigits(std::string_view text) {
    std::string digits;
    for (const char c : lowered(text)) {
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')) {
            digits += c;
        }
    }
    return digits;
}

void readServerValidation(Draft& draft, Node& validation) {
    auto& trust = draft.profile.trust;
    validation.markAll();
    for (const auto& child : validation.children) {
        if (sameName(child.name, "ServerNames")) {
            for (auto& name : splitList(child.value, ";")) {
                if (trust.eapServerNames.size() < mostNames) {
                    trust.eapServerNames.push_back(std::move(name));
                }
            }
        } else if (sameName(child.name, "TrustedRootCA")) {
            auto print = hexDigits(child.value);
            if (print.size() == 40 && trust.eapRootSha1.size() < mostNames) {
                trust.eapRootSha1.push_back(std::move(print));
            }
        }
    }
    trust.eapServerValidated = trust.eapServerValidated.value_or(true);
}

// One Eap element: its type, then what belongs to that type, which may hold another one.
void readEap(Draft& draft, Node& eap, bool outer) {
    const auto type = eap.number("Type");
    auto& authentication = draft.profile.authentication;
    if (type && outer) {
        authentication.method = eapMethodOf(*type);
        authentication.eapType = authentication.method == Method::Unknown ? static_cast<std::uint32_t>(*type) : 0;
    } else if (type && eapMethodOf(*type) != Method::Unknown) {
        authentication.inner.push_back(eapMethodOf(*type));
    }
    auto* const settings = eap.find("EapType");
    if (settings == nullptr) {
        return;
    }
    settings->markAll();
    if (auto* const validation = settings->find("ServerValidation"); validation != nullptr && outer) {
        readServerValidation(draft, *validation);
    }
    for (const auto* const key : {"PerformServerValidation", "PeapExtensions/PerformServerValidation"}) {
        if (outer && settings->boolean(key) == false) {
            draft.profile.trust.eapServerValidated = false;
        }
    }
    if (outer && settings->boolean("RequireCryptoBinding").value_or(false)) {
        authentication.requireCryptobinding = true;
    }
    if (auto* const inner = settings->find("Eap"); inner != nullptr && outer) {
        readEap(draft, *inner, false);
    }
}

} // namespace

Method eapMethodOf(std::int64_t type) {
    switch (type) {
    case 4:
        return Method::EapMd5;
    case 6:
        return Method::EapGtc;
    case 13:
        return Method::EapTls;
    case 21:
        return Method::Ttls;
    case 25:
        return Method::Peap;
    case 26:
        return Method::EapMschapv2;
    default:
        return Method::Unknown;
    }
}

void readEapHostConfig(Draft& draft, Node& config) {
    auto* const method = anywhere(config, "EapMethod");
    auto& authentication = draft.profile.authentication;
    authentication.method = Method::Unknown;
    if (method != nullptr) {
        if (const auto type = method->number("Type")) {
            authentication.method = eapMethodOf(*type);
            authentication.eapType = authentication.method == Method::Unknown
                                         ? static_cast<std::uint32_t>(std::clamp<std::int64_t>(*type, 0, 0xFFFF))
                                         : 0;
        }
    }
    if (auto* const eap = anywhere(config, "Eap"); eap != nullptr && eap->find("Type") != nullptr) {
        readEap(draft, *eap, true);
    } else if (auto* const ttls = anywhere(config, "EapTtls")) {
        authentication.method = Method::Ttls;
        ttls->markAll();
        if (auto* const validation = ttls->find("ServerValidation")) {
            readServerValidation(draft, *validation);
        }
        const auto* const inner = ttls->find("Phase2Authentication");
        for (const auto& [name, way] :
             {std::pair("PAPAuthentication", Method::Pap), std::pair("MSCHAPv2Authentication", Method::Mschapv2)}) {
            if (inner != nullptr && inner->find(name) != nullptr) {
                authentication.inner.push_back(way);
            }
        }
    }
    if (authentication.method == Method::Unknown) {
        draft.note("tern.formats.note.eap-data", {}, config.line);
    }
    authentication.allowed = {authentication.method};
    config.markAll();
}

} // namespace tern::formats
