// The user's profiles: in memory by id, on disk through ProfileStore. No D-Bus here.
#pragma once

#include "core/base/error.h"
#include "core/base/unique_fd.h"
#include "core/connection/status.h"
#include "core/formats/import.h"
#include "core/profile/store.h"

#include <QVariantMap>
#include <string>
#include <string_view>
#include <vector>

namespace tern::engine {

class Library {
public:
    explicit Library(std::filesystem::path directory);

    // Problems are files that could not be read; the rest is there.
    [[nodiscard]] base::Result<std::vector<profile::StoreProblem>> load();

    struct ImportReport {
        std::vector<std::string> added; // ids
        std::size_t skipped = 0;
        std::vector<formats::ImportProblem> problems;
        // Of the profiles that were added: for the keyring.
        std::vector<formats::ImportedSecret> secrets;
    };
    // Reads the file (bounded), takes it apart and stores what is new. An entry that was imported before, unchanged,
    // is skipped and said so. `name` is what the user calls the file. A certificate with its key that the file held
    // becomes a file of ours, in `certificates` beside the profiles; it goes with its profile.
    [[nodiscard]] base::Result<ImportReport> import(const base::UniqueFd& file, const std::string& name);

    // As the user sorts names.
    [[nodiscard]] const std::vector<profile::Profile>& profiles() const { return m_profiles; }
    // An id, an exact name, or the beginning of one name only.
    [[nodiscard]] base::Result<profile::Profile> find(std::string_view name) const;
    // changes: as Edit in org.ternvpn.Engine1.xml. All or none.
    [[nodiscard]] base::Result<void> edit(std::string_view id, const QVariantMap& changes);
    // Trusts what was shown, see trustLeaf().
    [[nodiscard]] base::Result<void> trust(std::string_view id, const connection::CertificateReport& report,
                                           std::string_view fingerprint);
    [[nodiscard]] base::Result<void> setRememberPassword(std::string_view id, bool remember);
    // What was seen of the pre-shared key; true: the profile says something else now.
    [[nodiscard]] base::Result<bool> setSharedKeyShort(std::string_view id, bool isShort);
    [[nodiscard]] base::Result<void> remove(std::string_view id);

private:
    [[nodiscard]] profile::Profile* byId(std::string_view id);
    [[nodiscard]] base::Result<void> replace(profile::Profile changed);

    profile::ProfileStore m_store;
    std::filesystem::path m_certificates;
    std::vector<profile::Profile> m_profiles;
};

} // namespace tern::engine
