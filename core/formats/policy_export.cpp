#include "core/formats/exporters.h"

#include <algorithm>
#include <array>
#include <span>

namespace tern::formats {

namespace {

struct Name {
    std::string_view ours;
    std::string_view theirs;
};

constexpr std::array windowsHashes{Name{"MD5", "MD5"}, Name{"SHA1", "SHA1"}, Name{"SHA256", "SHA256"},
                                   Name{"SHA384", "SHA384"}};
constexpr std::array windowsCiphers{Name{"DES", "DES"},
                                    Name{"3DES", "DES3"},
                                    Name{"AES128", "AES128"},
                                    Name{"AES192", "AES192"},
                                    Name{"AES256", "AES256"},
                                    Name{"AES-GCM-128", "GCMAES128"},
                                    Name{"AES-GCM-256", "GCMAES256"}};
constexpr std::array windowsGroups{Name{"none", "None"},       Name{"group1", "Group1"}, Name{"group2", "Group2"},
                                   Name{"group14", "Group14"}, Name{"ECP256", "ECP256"}, Name{"ECP384", "ECP384"},
                                   Name{"group24", "Group24"}};
constexpr std::array windowsEspCiphers{Name{"none", "None"},
                                       Name{"DES", "DES"},
                                       Name{"3DES", "DES3"},
                                       Name{"AES128", "AES128"},
                                       Name{"AES192", "AES192"},
                                       Name{"AES256", "AES256"},
                                       Name{"AES-GCM-128", "GCMAES128"},
                                       Name{"AES-GCM-192", "GCMAES192"},
                                       Name{"AES-GCM-256", "GCMAES256"}};
constexpr std::array windowsEspHashes{Name{"MD5", "MD596"},
                                      Name{"SHA1", "SHA196"},
                                      Name{"SHA256", "SHA256128"},
                                      Name{"AES-GCM-128", "GCMAES128"},
                                      Name{"AES-GCM-192", "GCMAES192"},
                                      Name{"AES-GCM-256", "GCMAES256"}};
constexpr std::array windowsPfs{Name{"none", "None"},       Name{"group1", "PFS1"},   Name{"group2", "PFS2"},
                                Name{"group14", "PFS2048"}, Name{"ECP256", "ECP256"}, Name{"ECP384", "ECP384"},
                                Name{"as-ike", "PFSMM"},    Name{"group24", "PFS24"}};

constexpr std::array appleCiphers{Name{"DES", "DES"},
                                  Name{"3DES", "3DES"},
                                  Name{"AES128", "AES-128"},
                                  Name{"AES256", "AES-256"},
                                  Name{"AES-GCM-128", "AES-128-GCM"},
                                  Name{"AES-GCM-256", "AES-256-GCM"},
                                  Name{"ChaCha20-Poly1305", "ChaCha20Poly1305"}};
constexpr std::array appleHashes{Name{"SHA1", "SHA1-96"}, Name{"SHA256", "SHA2-256"}, Name{"SHA384", "SHA2-384"},
                                 Name{"SHA512", "SHA2-512"}};
constexpr std::array appleGroups{Name{"group1", "1"},   Name{"group2", "2"},   Name{"group5", "5"},
                                 Name{"group14", "14"}, Name{"group15", "15"}, Name{"group16", "16"},
                                 Name{"group17", "17"}, Name{"group18", "18"}, Name{"ECP256", "19"},
                                 Name{"ECP384", "20"},  Name{"ECP521", "21"},  Name{"group31", "31"}};

constexpr std::array swanCiphers{Name{"3DES", "3des"},
                                 Name{"AES128", "aes128"},
                                 Name{"AES192", "aes192"},
                                 Name{"AES256", "aes256"},
                                 Name{"AES-GCM-128", "aes128gcm16"},
                                 Name{"AES-GCM-192", "aes192gcm16"},
                                 Name{"AES-GCM-256", "aes256gcm16"},
                                 Name{"ChaCha20-Poly1305", "chacha20poly1305"}};
constexpr std::array swanHashes{Name{"MD5", "md5"}, Name{"SHA1", "sha1"}, Name{"SHA256", "sha256"},
                                Name{"SHA384", "sha384"}, Name{"SHA512", "sha512"}};
constexpr std::array swanGroups{
    Name{"group1", "modp768"},   Name{"group2", "modp1024"},  Name{"group5", "modp1536"},
    Name{"group14", "modp2048"}, Name{"group15", "modp3072"}, Name{"group16", "modp4096"},
    Name{"group17", "modp6144"}, Name{"group18", "modp8192"}, Name{"ECP256", "ecp256"},
    Name{"ECP384", "ecp384"},    Name{"ECP521", "ecp521"},    Name{"group31", "curve25519"}};

// Empty for one that has no name there.
std::string named(std::span<const Name> names, std::string_view ours) {
    const auto found = std::ranges::find(names, ours, &Name::ours);
    return found == names.end() ? std::string() : std::string(found->theirs);
}

bool isAead(std::string_view cipher) {
    return cipher.starts_with("AES-GCM") || cipher == "ChaCha20-Poly1305";
}

bool whole(const PolicyNames& names) {
    return !names.cipher.empty() && !names.integrity.empty() && !names.group.empty() && !names.espCipher.empty() &&
           !names.espIntegrity.empty();
}

} // namespace

std::optional<PolicyNames> windowsPolicy(const profile::IkePolicy& policy) {
    const PolicyNames names{named(windowsCiphers, policy.cipher),         named(windowsHashes, policy.integrity),
                            named(windowsGroups, policy.group),           named(windowsEspCiphers, policy.espCipher),
                            named(windowsEspHashes, policy.espIntegrity), named(windowsPfs, policy.pfs)};
    return whole(names) && !names.pfs.empty() ? std::optional(names) : std::nullopt;
}

std::optional<PolicyNames> applePolicy(const profile::IkePolicy& policy) {
    // One group of a child for all: Apple has it with "perfect forward secrecy" only.
    const auto pfs = policy.pfs == "as-ike" ? policy.group : policy.pfs;
    const PolicyNames names{named(appleCiphers, policy.cipher), named(appleHashes, policy.integrity),
                            named(appleGroups, policy.group), named(appleCiphers, policy.espCipher),
                            // Of an AEAD cipher the integrity means nothing; the key has to be there.
                            isAead(policy.espCipher) ? std::string("SHA2-256")
                                                     : named(appleHashes, policy.espIntegrity),
                            pfs == "none" ? std::string() : named(appleGroups, pfs)};
    return whole(names) && (pfs == "none" || !names.pfs.empty()) ? std::optional(names) : std::nullopt;
}

std::optional<PolicyNames> strongswanPolicy(const profile::IkePolicy& policy) {
    const auto pfs = policy.pfs == "as-ike" ? policy.group : policy.pfs;
    const PolicyNames names{named(swanCiphers, policy.cipher),
                            named(swanHashes, policy.integrity),
                            named(swanGroups, policy.group),
                            named(swanCiphers, policy.espCipher),
                            isAead(policy.espCipher) ? std::string("aead") : named(swanHashes, policy.espIntegrity),
                            pfs == "none" ? std::string() : named(swanGroups, pfs)};
    return whole(names) && (pfs == "none" || !names.pfs.empty()) ? std::optional(names) : std::nullopt;
}

} // namespace tern::formats
