// Apple's configuration profiles (Apple, "Device Management", com.apple.vpn.managed and the certificate payloads).
#include "core/formats/ike_names.h"
#include "core/formats/mobileconfig_vpn.h"
#include "core/formats/readers.h"
#include "core/formats/server_names.h"

#include "core/crypto/certificate.h"

#include <algorithm>
#include <array>

namespace tern::formats {

namespace {

constexpr std::size_t mostPayloads = 10'000;
constexpr std::size_t mostConnections = 256; // each has its own copy of what is shared
constexpr std::size_t mostAuthorities = 32;

bool isAuthority(base::ByteView der) {
    const auto certificate = crypto::Certificate::fromDer(der);
    return certificate && certificate->authority;
}

// The certificates of authorities in this payload are trusted by every connection of the profile.
bool readCertificatePayload(Node& payload, SharedPayloads& shared) {
    const auto type = lowered(payload.text("PayloadType"));
    if (type == "com.apple.security.pkcs12") {
        shared.identities.push_back(&payload);
        return true;
    }
    if (!type.starts_with("com.apple.security.")) {
        return false;
    }
    auto* const content = payload.find("PayloadContent");
    if (content == nullptr) {
        return true;
    }
    content->used = true;
    const auto certificates = crypto::certificatesIn(base::toBytes(content->value));
    const bool room = shared.authorities.size() < mostAuthorities;
    if (room && certificates && std::ranges::any_of(*certificates, isAuthority)) {
        shared.authorities.push_back(content->value);
    } else {
        shared.others.push_back(type);
    }
    return true;
}

} // namespace

base::Result<ImportResult> readMobileconfig(Node root, std::string encoding, std::string_view file,
                                            const std::vector<ImportProblem>& before) {
    Collector collector("mobileconfig", std::move(encoding), file);
    for (const auto& problem : before) {
        collector.noteFile(problem.error.code, {problem.error.args.begin() + 1, problem.error.args.end()});
    }
    SharedPayloads shared;
    std::vector<Node*> connections;
    auto* const content = root.find("PayloadContent");
    std::size_t count = 0;
    bool tooMany = false;
    for (auto& payload : content == nullptr ? root.children : content->children) {
        if (payload.kind != Node::Kind::Group || ++count > mostPayloads) {
            continue;
        }
        const bool vpn = sameName(payload.text("PayloadType"), "com.apple.vpn.managed");
        if (vpn && connections.size() < mostConnections) {
            connections.push_back(&payload);
        } else if (vpn) {
            tooMany = true;
        } else if (!readCertificatePayload(payload, shared)) {
            shared.others.push_back(payload.text("PayloadType"));
        }
    }
    // A lone payload, as some servers hand it out.
    if (content == nullptr && sameName(root.text("PayloadType"), "com.apple.vpn.managed")) {
        connections.push_back(&root);
    }
    for (auto* const payload : connections) {
        addApplePayload(collector, *payload, shared);
    }
    if (tooMany) {
        collector.noteFile("tern.formats.note.too-many-entries", {std::to_string(mostConnections)});
    }
    std::string others;
    for (const auto& each : shared.others) {
        if (others.size() < 512) {
            others += (others.empty() ? "" : ", ") + cleanName(each);
        }
    }
    if (!others.empty() && !connections.empty()) {
        collector.noteFile("tern.formats.note.other-payloads", {others});
    }
    return collector.finish("mobileconfig");
}

} // namespace tern::formats
