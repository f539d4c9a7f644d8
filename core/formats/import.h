// Connections out of other programs' files. The content decides what a file is, never its name.
// Nothing in a file is trusted: every length is bounded, and one bad entry never stops the rest.
#pragma once

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/base/secure_bytes.h"
#include "core/crypto/trust.h"
#include "core/profile/profile.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tern::formats {

// Larger files are refused unread; 10,000 phonebook entries are about 40 MB.
inline constexpr std::size_t maximumFileSize = 64U * 1024U * 1024U;
// More entries than this, or more problems, are cut off with a problem that says so.
inline constexpr std::size_t maximumEntries = 100'000;
inline constexpr std::size_t maximumProblems = 10'000;

// Something the user should know of a file that was read. Skipped: the entry is not among the profiles.
struct ImportProblem {
    enum class Severity { Skipped, Note };
    base::Error error;
    Severity severity = Severity::Note;
    unsigned line = 0; // from 1
    std::string entry; // the entry's name; "" when it concerns the file
};

// Something secret that the file held in the clear, for the keyring; it is in no profile.
struct ImportedSecret {
    // L2tpPreSharedKey is not PreSharedKey: a key that a whole organisation shares never becomes that of IKEv2.
    enum class Kind { Password, PreSharedKey, L2tpPreSharedKey, KeyPassPhrase };
    std::string profile; // its id
    Kind kind = Kind::Password;
    base::SecureBytes value;
};

// How many octets the pre-shared key has that the file held for a profile; nothing when it held none.
[[nodiscard]] std::optional<std::size_t> sharedKeySize(std::span<const ImportedSecret> secrets,
                                                       std::string_view profile);

// Our certificate with its key that the file held: PKCS#12. To become a file that only the user can read, and the
// profile's ClientCertificate::source.
struct ImportedKeyFile {
    std::string profile;
    base::SecureBytes content;
};

// A file on this computer with certificates of authorities that the profile trusts.
struct AuthorityFile {
    std::string profile;
    std::string path; // absolute
};

struct ImportResult {
    // "pbk" "nmconnection" "sswan" "mobileconfig" "profile-xml" "azure" "cmak" "swanctl" "ipsec-conf" "powershell"
    // "vpn-connection-json" "group-policy" "ppp-peer" "xl2tpd"
    std::string format;
    std::string encoding; // as Origin::encoding
    std::vector<profile::Profile> profiles;
    std::vector<ImportProblem> problems;
    std::vector<ImportedSecret> secrets;
    std::vector<ImportedKeyFile> keyFiles;
    std::vector<AuthorityFile> authorityFiles;
    // Entries in the file, skipped ones included.
    std::size_t entries = 0;

    [[nodiscard]] std::size_t skipped() const;
};

// What a signature of a file is checked against; without authorities no signer is known.
struct ImportTrust {
    std::shared_ptr<const crypto::TrustStore> authorities;
    base::UnixSeconds time{};
};

// Reads a whole file. `name` is what the user calls it: shown in errors and kept as the origin. A file that holds no
// connections at all is an error that says what it is instead, or which line does not fit.
[[nodiscard]] base::Result<ImportResult> importFile(base::ByteView bytes, std::string_view name,
                                                    const ImportTrust& trust = {});

} // namespace tern::formats
