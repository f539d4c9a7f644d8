#include "core/formats/ike_names.h"

#include <algorithm>
#include <array>

namespace tern::formats {

namespace {

using profile::IkePolicy;

struct Name {
    std::string_view theirs; // lower case
    std::string_view ours;
};

template<std::size_t N>
std::string ourName(const std::array<Name, N>& names, std::string_view theirs) {
    const auto text = lowered(theirs);
    const auto found = std::ranges::find(names, std::string_view(text), &Name::theirs);
    return found == names.end() ? std::string() : std::string(found->ours);
}

bool isAead(std::string_view cipher) {
    return cipher.starts_with("AES-GCM") || cipher == "ChaCha20-Poly1305";
}

// ---- strongSwan ----

constexpr std::array swanCiphers{Name{"aes", "AES128"},
                                 Name{"aes128", "AES128"},
                                 Name{"aes192", "AES192"},
                                 Name{"aes256", "AES256"},
                                 Name{"3des", "3DES"},
                                 Name{"des", "DES"},
                                 Name{"aes128gcm16", "AES-GCM-128"},
                                 Name{"aes128gcm128", "AES-GCM-128"},
                                 Name{"aes192gcm16", "AES-GCM-192"},
                                 Name{"aes192gcm128", "AES-GCM-192"},
                                 Name{"aes256gcm16", "AES-GCM-256"},
                                 Name{"aes256gcm128", "AES-GCM-256"},
                                 Name{"chacha20poly1305", "ChaCha20-Poly1305"}};
constexpr std::array swanHashes{Name{"md5", "MD5"},         Name{"sha", "SHA1"},        Name{"sha1", "SHA1"},
                                Name{"sha256", "SHA256"},   Name{"sha2_256", "SHA256"}, Name{"sha384", "SHA384"},
                                Name{"sha2_384", "SHA384"}, Name{"sha512", "SHA512"},   Name{"sha2_512", "SHA512"}};
constexpr std::array swanGroups{Name{"modp768", "group1"},   Name{"modp1024", "group2"},  Name{"modp1536", "group5"},
                                Name{"modp2048", "group14"}, Name{"modp3072", "group15"}, Name{"modp4096", "group16"},
                                Name{"modp6144", "group17"}, Name{"modp8192", "group18"}, Name{"ecp256", "ECP256"},
                                Name{"ecp384", "ECP384"},    Name{"ecp521", "ECP521"},    Name{"curve25519", "group31"},
                                Name{"x25519", "group31"}};

struct Suite {
    std::string cipher;
    std::string hash;
    std::string group;
    bool known = true;
};

Suite swanSuite(std::string_view proposal) {
    Suite suite;
    for (const auto& token : splitList(proposal, "-!")) {
        const auto word = lowered(token);
        const auto prf =
            std::string_view(word).starts_with("prf") ? std::string_view(word).substr(3) : std::string_view(word);
        if (const auto cipher = ourName(swanCiphers, word); !cipher.empty()) {
            suite.cipher = suite.cipher.empty() ? cipher : suite.cipher;
        } else if (const auto hash = ourName(swanHashes, prf); !hash.empty()) {
            suite.hash = suite.hash.empty() ? hash : suite.hash;
        } else if (const auto group = ourName(swanGroups, word); !group.empty()) {
            suite.group = suite.group.empty() ? group : suite.group;
        } else if (word != "noesn" && word != "esn") {
            suite.known = false;
        }
    }
    suite.known = suite.known && !suite.cipher.empty() && (isAead(suite.cipher) || !suite.hash.empty());
    return suite;
}

// ---- Windows ----

constexpr std::array windowsIkeCiphers{Name{"des", "DES"},
                                       Name{"des3", "3DES"},
                                       Name{"aes128", "AES128"},
                                       Name{"aes192", "AES192"},
                                       Name{"aes256", "AES256"},
                                       Name{"aes_gcm_128", "AES-GCM-128"},
                                       Name{"aes_gcm_256", "AES-GCM-256"},
                                       Name{"gcmaes128", "AES-GCM-128"},
                                       Name{"gcmaes256", "AES-GCM-256"}};
constexpr std::array windowsEspCiphers{Name{"none", "none"},
                                       Name{"des", "DES"},
                                       Name{"des3", "3DES"},
                                       Name{"aes128", "AES128"},
                                       Name{"aes192", "AES192"},
                                       Name{"aes256", "AES256"},
                                       Name{"gcmaes128", "AES-GCM-128"},
                                       Name{"gcmaes192", "AES-GCM-192"},
                                       Name{"gcmaes256", "AES-GCM-256"}};
constexpr std::array windowsHashes{Name{"md5", "MD5"},      Name{"md596", "MD5"},     Name{"sha1", "SHA1"},
                                   Name{"sha196", "SHA1"},  Name{"sha256", "SHA256"}, Name{"sha256128", "SHA256"},
                                   Name{"sha384", "SHA384"}};
constexpr std::array windowsEspHashes{Name{"md596", "MD5"},
                                      Name{"sha196", "SHA1"},
                                      Name{"sha256128", "SHA256"},
                                      Name{"gcmaes128", "AES-GCM-128"},
                                      Name{"gcmaes192", "AES-GCM-192"},
                                      Name{"gcmaes256", "AES-GCM-256"}};
constexpr std::array windowsGroups{Name{"none", "none"},       Name{"group1", "group1"}, Name{"group2", "group2"},
                                   Name{"group14", "group14"}, Name{"ecp256", "ECP256"}, Name{"ecp384", "ECP384"},
                                   Name{"group24", "group24"}};
constexpr std::array windowsPfsGroups{Name{"none", "none"},       Name{"pfs1", "group1"},   Name{"pfs2", "group2"},
                                      Name{"pfs2048", "group14"}, Name{"ecp256", "ECP256"}, Name{"ecp384", "ECP384"},
                                      Name{"pfsmm", "as-ike"},    Name{"pfs24", "group24"}};

// ---- Apple ----

constexpr std::array appleCiphers{Name{"des", "DES"},
                                  Name{"3des", "3DES"},
                                  Name{"aes-128", "AES128"},
                                  Name{"aes-256", "AES256"},
                                  Name{"aes-128-gcm", "AES-GCM-128"},
                                  Name{"aes-256-gcm", "AES-GCM-256"},
                                  Name{"chacha20poly1305", "ChaCha20-Poly1305"}};
constexpr std::array appleHashes{Name{"sha1-96", "SHA1"}, Name{"sha1-160", "SHA1"}, Name{"sha2-256", "SHA256"},
                                 Name{"sha2-384", "SHA384"}, Name{"sha2-512", "SHA512"}};
constexpr std::array appleGroups{Name{"1", "group1"},   Name{"2", "group2"},   Name{"5", "group5"},
                                 Name{"14", "group14"}, Name{"15", "group15"}, Name{"16", "group16"},
                                 Name{"17", "group17"}, Name{"18", "group18"}, Name{"19", "ECP256"},
                                 Name{"20", "ECP384"},  Name{"21", "ECP521"},  Name{"31", "group31"}};

struct AppleSuite {
    std::string cipher;
    std::string hash;
    std::string group;
};

// What is missing has the default of macOS.
AppleSuite appleSuite(Node* node, bool& known) {
    const auto read = [&](std::string_view key, const auto& names, std::string_view otherwise) {
        const auto text = node == nullptr ? std::string() : node->text(key);
        auto name = text.empty() ? std::string(otherwise) : ourName(names, text);
        known = known && !name.empty();
        return name;
    };
    return {read("EncryptionAlgorithm", appleCiphers, "AES256"), read("IntegrityAlgorithm", appleHashes, "SHA256"),
            read("DiffieHellmanGroup", appleGroups, "group14")};
}

} // namespace

void setStrongswanPolicy(Draft& draft, const std::vector<std::string>& ike, const std::vector<std::string>& esp) {
    if (ike.empty() && esp.empty()) {
        return;
    }
    // Only one of the two: the other is then of the same strength.
    const auto outer = swanSuite(ike.empty() ? esp.front() + "-modp2048" : ike.front());
    const auto inner = swanSuite(esp.empty() ? ike.front() : esp.front());
    if (!outer.known || !inner.known || outer.group.empty()) {
        draft.note("tern.formats.note.policy");
        return;
    }
    if (ike.size() > 1 || esp.size() > 1) {
        draft.note("tern.formats.note.first-proposal");
    }
    auto& policy = draft.profile.ike.policy.emplace();
    policy.cipher = outer.cipher;
    policy.integrity = outer.hash.empty() ? "SHA256" : outer.hash;
    policy.group = outer.group;
    policy.espCipher = inner.cipher;
    policy.espIntegrity = isAead(inner.cipher) ? inner.cipher : inner.hash;
    policy.pfs = esp.empty() || inner.group.empty() ? "none" : inner.group;
}

void setWindowsPolicy(Draft& draft, Node& suite) {
    IkePolicy policy;
    policy.integrity = ourName(windowsHashes, suite.text("IntegrityCheckMethod"));
    policy.cipher = ourName(windowsIkeCiphers, suite.text("EncryptionMethod"));
    policy.group = ourName(windowsGroups, suite.text("DHGroup"));
    policy.espCipher = ourName(windowsEspCiphers, suite.text("CipherTransformConstants"));
    policy.espIntegrity = ourName(windowsEspHashes, suite.text("AuthenticationTransformConstants"));
    policy.pfs = ourName(windowsPfsGroups, suite.text("PfsGroup"));
    for (const auto* part :
         {&policy.integrity, &policy.cipher, &policy.group, &policy.espCipher, &policy.espIntegrity, &policy.pfs}) {
        if (part->empty()) {
            draft.note("tern.formats.note.policy", {}, suite.line);
            return;
        }
    }
    draft.profile.ike.policy = std::move(policy);
}

void setApplePolicy(Draft& draft, Node* ike, Node* child, bool perfectForwardSecrecy) {
    if (ike == nullptr && child == nullptr) {
        return;
    }
    bool known = true;
    const auto outer = appleSuite(ike, known);
    const auto inner = appleSuite(child, known);
    if (!known) {
        draft.note("tern.formats.note.policy", {}, ike != nullptr ? ike->line : child->line);
        return;
    }
    auto& policy = draft.profile.ike.policy.emplace();
    policy.cipher = outer.cipher;
    policy.integrity = outer.hash;
    policy.group = outer.group;
    policy.espCipher = inner.cipher;
    policy.espIntegrity = isAead(inner.cipher) ? inner.cipher : inner.hash;
    policy.pfs = perfectForwardSecrecy ? inner.group : "none";
}

void setSelectors(Draft& draft, const std::vector<std::string>& selectors, std::string_view setting) {
    auto& routing = draft.profile.routing;
    bool all4 = false;
    bool all6 = false;
    for (const auto& each : selectors) {
        if (sameName(each, "dynamic") || each.starts_with('%')) { // the other end itself
            continue;
        }
        const auto text = each.substr(0, each.find('[')); // protocols and ports follow
        const auto prefix = base::IpPrefix::fromText(text);
        if (prefix && prefix->length == 0) {
            (prefix->address.isV6() ? all6 : all4) = true;
        } else {
            draft.addRoute(text, setting);
        }
    }
    if (!routing.routes.empty()) {
        routing.fullTunnelIpv4 = all4;
        routing.fullTunnelIpv6 = all6;
    }
}

} // namespace tern::formats
