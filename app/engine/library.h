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
    explicit Library(const std::filesystem::path& directory);

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

    // As the user sorts names; without those that a migration has replaced.
    [[nodiscard]] const std::vector<profile::Profile>& profiles() const { return m_profiles; }
    // Those: kept to be brought back.
    [[nodiscard]] const std::vector<profile::Profile>& archived() const { return m_archived; }
    // An id, an exact name, or the beginning of one name only. A draft is found by its id alone.
    [[nodiscard]] base::Result<profile::Profile> find(std::string_view name) const;
    // changes: as Edit in org.ternvpn.Engine1.xml. All or none.
    [[nodiscard]] base::Result<void> edit(std::string_view id, const QVariantMap& changes);
    // Trusts what was shown, see trustLeaf().
    [[nodiscard]] base::Result<void> trust(std::string_view id, const connection::CertificateReport& report,
                                           std::string_view fingerprint);
    [[nodiscard]] base::Result<void> setRememberPassword(std::string_view id, bool remember);
    // What was seen of the pre-shared key; true: the profile says something else now.
    [[nodiscard]] base::Result<bool> setSharedKeyShort(std::string_view id, bool isShort);
    // Of the list or of the archive.
    [[nodiscard]] base::Result<void> remove(std::string_view id);

    // Settings that are tried out: in memory only and in no list, but edited and trusted like the others. One for each
    // profile that they are to replace; another one takes the place of the first. Its id is successorId(replaced).
    void putDraft(const std::string& replaced, profile::Profile draft);
    [[nodiscard]] const profile::Profile* draftFor(std::string_view replaced) const;
    void dropDraft(std::string_view id);
    // Writes the draft, then archives what it replaces. A crash in between is made good by the next load(). Fails with
    // tern.migrate.changed when the other one is no longer there, and as ProfileStore; the list is as before then.
    [[nodiscard]] base::Result<void> commitDraft(std::string_view id);

    // Brings back what was replaced, and answers it. name: of either side, as for find(). Crash-safe as commitDraft().
    // Fails with tern.migrate.nothing-to-undo.
    [[nodiscard]] base::Result<profile::Profile> undoMigration(std::string_view name);
    // Id of what undoMigration() would remove; "" when that is gone. Fails likewise.
    [[nodiscard]] base::Result<std::string> successorOf(std::string_view name) const;
    // It has taken the place of another, which can be brought back.
    [[nodiscard]] bool isSuccessor(std::string_view id) const;
    // The id of what replaces a profile: always the same, so that nothing has to say who replaced whom.
    [[nodiscard]] static std::string successorId(std::string_view replaced);

private:
    struct Draft {
        std::string replaced;
        profile::Profile profile;
        [[nodiscard]] const std::string& id() const { return profile.id; }
    };
    [[nodiscard]] profile::Profile* byId(std::string_view id);
    [[nodiscard]] const profile::Profile* archivedById(std::string_view id) const;
    [[nodiscard]] base::Result<const profile::Profile*> replacedBehind(std::string_view name) const;
    [[nodiscard]] base::Result<void> replace(profile::Profile changed);
    [[nodiscard]] base::Result<void> archive(const profile::Profile& old);
    [[nodiscard]] base::Result<void> restore(const profile::Profile& old);
    void loadArchive();
    void finishMigrations();

    std::filesystem::path m_archiveDirectory;
    profile::ProfileStore m_store;
    profile::ProfileStore m_archiveStore; // of those that were replaced
    std::filesystem::path m_certificates;
    std::vector<profile::Profile> m_profiles;
    std::vector<profile::Profile> m_archived;
    std::vector<Draft> m_drafts;
};

} // namespace tern::engine
