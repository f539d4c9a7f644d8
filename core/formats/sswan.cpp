// strongSwan's profiles for Android and macOS: docs.strongswan.org, "VPN profiles" (JSON).
#include "core/formats/base64.h"
#include "core/formats/ike_names.h"
#include "core/formats/readers.h"
#include "core/formats/server_names.h"

#include <algorithm>
#include <array>

namespace tern::formats {

namespace {

using profile::Method;
using Secret = ImportedSecret::Kind;

// False for a type that is not known.
bool readType(Draft& draft, Node& root) {
    struct Row {
        std::string_view type;
        Method method;
        bool certificateFirst;
    };
    constexpr std::array rows{
        Row{"ikev2-eap", Method::EapMschapv2, false}, Row{"ikev2-cert", Method::MachineCertificate, false},
        Row{"ikev2-cert-eap", Method::EapMschapv2, true}, Row{"ikev2-eap-tls", Method::EapTls, false},
        Row{"ikev2-byod-eap", Method::EapMschapv2, false}};
    const auto type = lowered(root.text("type"));
    const auto* const row = std::ranges::find(rows, std::string_view(type), &Row::type);
    if (row == rows.end()) {
        draft.setUnsupported(type.empty() ? "strongSwan" : type);
        return false;
    }
    draft.profile.protocol = profile::Protocol::Ikev2;
    draft.profile.authentication.method = row->method;
    draft.profile.authentication.certificateFirst = row->certificateFirst;
    if (type == "ikev2-byod-eap") { // the server may ask for a report about the device
        draft.unused.emplace_back("type=ikev2-byod-eap");
    }
    return true;
}

void readRemote(Draft& draft, Node& root) {
    auto& profile = draft.profile;
    addServers(profile, root.text("remote/addr"));
    if (const auto port = root.number("remote/port")) {
        profile.port = static_cast<std::uint16_t>(*port > 0 && *port < 65536 ? *port : 0);
    }
    draft.setServerIdentity(root.text("remote/id"));
    if (const auto certificate = root.text("remote/cert"); !certificate.empty()) {
        draft.addAuthority(certificate, "remote.cert");
    }
    const bool crl = root.boolean("remote/revocation/crl").value_or(true);
    const bool ocsp = root.boolean("remote/revocation/ocsp").value_or(true);
    if (!crl && !ocsp) {
        profile.trust.revocation = profile::Revocation::Off;
    } else if (root.boolean("remote/revocation/strict").value_or(false)) {
        profile.trust.revocation = profile::Revocation::Strict;
    }
    root.ignore({"remote/certreq"}); // a hint to the server; Tern sends it in any case
}

void readLocal(Draft& draft, Node& root) {
    auto& profile = draft.profile;
    draft.setUser(root.text("local/eap_id"));
    profile.trust.localIdentity = root.text("local/id");
    draft.takeSecret(Secret::Password, root, "local/shared_secret");
    draft.takeSecret(Secret::Password, root, "local/password");
    if (root.boolean("local/rsa-pss").value_or(false)) {
        profile.authentication.certificate.rsaSignature = "pss";
    }
    if (const auto container = root.takeSecret("local/p12")) {
        const auto view = container->view();
        if (const auto octets = fromBase64({reinterpret_cast<const char*>(view.data()), view.size()})) {
            draft.keyFiles.push_back({{}, base::SecureBytes(base::ByteView(*octets))});
        } else {
            draft.note("tern.formats.note.bad-certificate", {"local.p12"});
        }
    }
}

void readTunnel(Draft& draft, Node& root) {
    const auto subnets = root.texts("split-tunneling/subnets", ", ");
    setSelectors(draft, subnets, "split-tunneling.subnets");
    for (const auto& each : root.texts("split-tunneling/excluded", ", ")) {
        draft.addExcluded(each, "split-tunneling.excluded");
    }
    for (const auto* const key : {"split-tunneling/block-ipv4", "split-tunneling/block-ipv6"}) {
        if (const auto* found = root.find(key); found != nullptr && sameName(found->value, "false")) {
            root.ignore({key});
        }
    }
    for (const auto& each : root.texts("dns-servers", ", ")) {
        draft.addDns(each, "dns-servers");
    }
    setStrongswanPolicy(draft, root.texts("ike-proposal"), root.texts("esp-proposal"));
}

} // namespace

base::Result<ImportResult> readSswan(Node root, const DecodedText& decoded, std::string_view file) {
    Collector collector("sswan", decoded.encoding, file);
    Draft draft(root.text("name"), 1);
    readRemote(draft, root);
    if (readType(draft, root)) {
        readLocal(draft, root);
        readTunnel(draft, root);
    }
    root.ignore({"uuid"});
    collector.add(std::move(draft), root);
    collector.noteText(decoded);
    return collector.finish("strongSwan");
}

} // namespace tern::formats
