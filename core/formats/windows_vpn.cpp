#include "core/formats/windows_vpn.h"

#include "core/formats/phonebook_fields.h"
#include "core/formats/phonebook_kind.h"
#include "core/formats/server_names.h"

#include <algorithm>
#include <array>

namespace tern::formats {

namespace {

using profile::Encryption;
using profile::Method;

} // namespace

bool setTunnelType(Draft& draft, std::string_view name) {
    struct Row {
        std::string_view name;
        std::int64_t strategy;
    };
    // The numbers of VpnStrategy.
    constexpr std::array rows{Row{"pptp", 1}, Row{"l2tp", 3}, Row{"sstp", 5}, Row{"ikev2", 7}, Row{"automatic", 0}};
    const auto text = lowered(name);
    const auto* const row = std::ranges::find(rows, std::string_view(text), &Row::name);
    return row != rows.end() && setStrategy(draft, row->strategy);
}

bool setStrategy(Draft& draft, std::int64_t value) {
    return setProtocol(draft.profile, value);
}

void setMethods(Draft& draft, const std::vector<std::string>& names) {
    struct Row {
        std::string_view name;
        Method method;
    };
    constexpr std::array rows{Row{"pap", Method::Pap},
                              Row{"spap", Method::Spap},
                              Row{"chap", Method::Chap},
                              Row{"mschap", Method::Mschap},
                              Row{"mschapv2", Method::Mschapv2},
                              Row{"machinecertificate", Method::MachineCertificate},
                              Row{"certificate", Method::MachineCertificate},
                              Row{"presharedkey", Method::Psk},
                              Row{"psk", Method::Psk}};
    auto& authentication = draft.profile.authentication;
    bool eap = false;
    for (const auto& each : names) {
        const auto text = lowered(each);
        const auto* const row = std::ranges::find(rows, std::string_view(text), &Row::name);
        if (row != rows.end()) {
            authentication.allowed.push_back(row->method);
        } else if (text == "eap") {
            eap = true;
        } else {
            draft.unused.push_back("AuthenticationMethod=" + each);
        }
    }
    authentication.method = eap ? Method::EapMschapv2 : mainMethod(draft.profile);
    if (eap) {
        authentication.allowed.push_back(Method::EapMschapv2);
    }
}

void setEncryption(Draft& draft, std::string_view name) {
    struct Row {
        std::string_view name;
        Encryption encryption;
    };
    constexpr std::array rows{Row{"noencryption", Encryption::None}, Row{"none", Encryption::None},
                              Row{"optional", Encryption::Optional}, Row{"required", Encryption::Required},
                              Row{"maximum", Encryption::Maximum},   Row{"max", Encryption::Maximum},
                              Row{"require", Encryption::Required},  Row{"custom", Encryption::Unset}};
    const auto text = lowered(name);
    const auto* const row = std::ranges::find(rows, std::string_view(text), &Row::name);
    if (row != rows.end()) {
        draft.profile.encryption = row->encryption;
    } else if (!name.empty()) {
        draft.unused.push_back("EncryptionLevel=" + briefly(name));
    }
}

} // namespace tern::formats
