// The part of Library that replaces one profile by another and brings it back. The replaced ones are in a folder of
// their own beside the others. On disk there is never less than one of the two whole, and a mark says when it is the
// way back that is under way, so that a crash at any point is followed by the rest of it.
#include "app/engine/library.h"

#include "core/profile/atomic_files.h"

#include <QUuid>
#include <algorithm>

namespace tern::engine {

namespace {

using profile::Profile;

const Profile* idIn(const std::vector<Profile>& list, std::string_view id) {
    const auto found = std::ranges::find(list, id, &Profile::id);
    return found == list.end() ? nullptr : &*found;
}

// Of a profile that is being brought back; empty, beside it in the archive.
std::string markOf(const std::string& id) {
    return id + ".undo";
}

} // namespace

std::string Library::successorId(std::string_view replaced) {
    static const QUuid space(QStringLiteral("c1b0a3b4-52b2-4f0e-9b0c-6d2f4f6a7e10")); // ours, made once
    return QUuid::createUuidV5(space, QByteArray(replaced.data(), static_cast<qsizetype>(replaced.size())))
        .toString(QUuid::WithoutBraces)
        .toStdString();
}

bool Library::isSuccessor(std::string_view id) const {
    return std::ranges::any_of(m_archived, [id](const Profile& old) { return successorId(old.id) == id; });
}

const profile::Profile* Library::archivedById(std::string_view id) const {
    return idIn(m_archived, id);
}

// What cannot be read stays where it is, and is no reason not to start.
void Library::loadArchive() {
    if (auto archived = m_archiveStore.load()) {
        m_archived = std::move(archived->profiles);
    }
}

// What a crash has left half done. That it cannot be written now is no reason not to start: the next time will do.
void Library::finishMigrations() {
    const auto archived = m_archived;
    for (const auto& old : archived) {
        std::error_code error;
        if (std::filesystem::exists(m_archiveDirectory / markOf(old.id), error)) {
            static_cast<void>(restore(old));
        }
    }
    const auto profiles = m_profiles;
    for (const auto& old : profiles) {
        if (idIn(m_profiles, successorId(old.id)) != nullptr) {
            static_cast<void>(archive(old));
        }
    }
}

void Library::putDraft(const std::string& replaced, Profile draft) {
    std::erase_if(m_drafts, [&](const Draft& each) { return each.replaced == replaced; });
    draft.id = successorId(replaced);
    m_drafts.push_back({replaced, std::move(draft)});
}

const profile::Profile* Library::draftFor(std::string_view replaced) const {
    const auto found = std::ranges::find(m_drafts, replaced, &Draft::replaced);
    return found == m_drafts.end() ? nullptr : &found->profile;
}

void Library::dropDraft(std::string_view id) {
    std::erase_if(m_drafts, [id](const Draft& each) { return each.id() == id; });
}

base::Result<void> Library::archive(const Profile& old) {
    auto kept = old;
    // Of an undo that was as good as done: it must not undo this.
    std::error_code error;
    std::filesystem::remove(m_archiveDirectory / markOf(kept.id), error);
    if (auto saved = m_archiveStore.save(kept); !saved) {
        return saved;
    }
    if (auto removed = m_store.remove(kept.id); !removed) {
        static_cast<void>(m_archiveStore.remove(kept.id));
        return removed;
    }
    std::erase_if(m_profiles, [&](const Profile& each) { return each.id == kept.id; });
    std::erase_if(m_archived, [&](const Profile& each) { return each.id == kept.id; });
    m_archived.push_back(std::move(kept));
    return {};
}

base::Result<void> Library::commitDraft(std::string_view id) {
    const auto draft = std::ranges::find(m_drafts, id, &Draft::id);
    if (draft == m_drafts.end()) {
        return base::fail("tern.engine.not-found", {std::string(id)});
    }
    const auto fresh = draft->profile;
    const auto* old = idIn(m_profiles, draft->replaced);
    if (old == nullptr) {
        return base::fail("tern.migrate.changed", {fresh.name});
    }
    if (auto saved = m_store.save(fresh); !saved) {
        return saved;
    }
    if (auto archived = archive(*old); !archived) {
        // Back to before; when even that fails the next load() goes on from here.
        static_cast<void>(m_store.remove(fresh.id));
        return archived;
    }
    m_profiles.push_back(fresh);
    profile::sortByName(m_profiles);
    dropDraft(fresh.id);
    return {};
}

base::Result<const profile::Profile*> Library::replacedBehind(std::string_view name) const {
    // By the one in use, by the same rules as everywhere, else by the archived one's own id or name.
    const auto current = find(name);
    const Profile* found = nullptr;
    for (const auto& each : m_archived) {
        const bool behind = current && successorId(each.id) == current->id;
        if (behind || each.id == name) {
            return &each;
        }
        if (each.name == name) {
            found = &each;
        }
    }
    if (found == nullptr) {
        return base::fail("tern.migrate.nothing-to-undo", {std::string(name)});
    }
    return found;
}

base::Result<std::string> Library::successorOf(std::string_view name) const {
    const auto old = replacedBehind(name);
    if (!old) {
        return base::fail(old.error());
    }
    const auto* successor = idIn(m_profiles, successorId((*old)->id));
    return successor == nullptr ? std::string() : successor->id;
}

// old is in the archive and marked; it may be in the list already.
base::Result<void> Library::restore(const Profile& old) {
    const auto back = old;
    if (auto saved = m_store.save(back); !saved) {
        return saved;
    }
    const auto successor = successorId(back.id);
    if (auto removed = m_store.remove(successor); !removed) {
        return removed;
    }
    if (auto removed = m_archiveStore.remove(back.id); !removed) {
        return removed;
    }
    std::error_code error;
    std::filesystem::remove(m_archiveDirectory / markOf(back.id), error);
    std::erase_if(m_archived, [&](const Profile& each) { return each.id == back.id; });
    std::erase_if(m_profiles, [&](const Profile& each) { return each.id == successor || each.id == back.id; });
    m_profiles.push_back(back);
    profile::sortByName(m_profiles);
    return {};
}

base::Result<profile::Profile> Library::undoMigration(std::string_view name) {
    const auto found = replacedBehind(name);
    if (!found) {
        return base::fail(found.error());
    }
    const auto old = **found;
    auto mark = profile::AtomicFiles::open(m_archiveDirectory);
    auto marked = mark ? mark->write(markOf(old.id), {}) : base::Result<void>(base::fail(mark.error()));
    if (marked) {
        marked = mark->commit();
    }
    if (!marked) {
        return base::fail(marked.error());
    }
    if (auto restored = restore(old); !restored) {
        return base::fail(restored.error());
    }
    return old;
}

} // namespace tern::engine
