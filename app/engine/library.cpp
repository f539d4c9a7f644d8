#include "app/engine/library.h"

#include "app/engine/eap_edit.h"
#include "app/engine/imported_files.h"
#include "app/engine/server_trust.h"
#include "app/engine/sstp_edit.h"
#include "core/connection/own_certificate.h"
#include "core/crypto/token.h"
#include "core/formats/read_file.h"
#include "core/legacy/assess.h"

#include <QString>
#include <algorithm>
#include <array>
#include <set>

namespace tern::engine {

namespace {

using namespace Qt::StringLiterals;

// A source of our certificate: nothing, a file that has one as far as can be seen, or a token. What is wrong with it is
// said now and not when somebody connects.
base::Result<void> checkSource(const std::string& source) {
    if (source.empty()) {
        return {};
    }
    if (connection::isTokenUri(source)) {
        return crypto::checkTokenUri(source);
    }
    if (source.front() != '/') {
        return base::fail("tern.engine.certificate-path", {source});
    }
    return connection::checkKeyFile(source);
}

bool isRsaSignature(const std::string& name) {
    return name.empty() || name == "pkcs1" || name == "pss" || name == "pss-trailer";
}

// The ways to sign in that a person may choose: those of PPP only where PPP is, which is inside SSTP's TLS, and those
// of IKE not there; what came with an import and is older still, not again.
std::optional<profile::Method> choosableMethod(const std::string& name, profile::Protocol protocol) {
    const auto method = profile::methodFromName(name);
    using profile::Method;
    constexpr std::array never{Method::Unknown, Method::Mschap, Method::Spap};
    constexpr std::array ofPpp{Method::Mschapv2, Method::Chap, Method::Pap};
    constexpr std::array ofIke{Method::Psk, Method::MachineCertificate};
    const auto isIn = [&method](const auto& list) {
        return std::find(list.begin(), list.end(), *method) != list.end();
    };
    const bool isSstp = protocol == profile::Protocol::Sstp;
    const bool choosable = method && !isIn(never) && !(isSstp ? isIn(ofIke) : isIn(ofPpp));
    return choosable ? method : std::nullopt;
}

base::Result<void> apply(profile::Profile& profile, const QString& key, const QVariant& value) {
    if (auto applied = applyTrust(profile, key, value)) {
        return std::move(*applied);
    }
    const auto text = value.toString().trimmed().toStdString();
    const auto isText =
        value.userType() == QMetaType::QString && text.size() <= 1024 &&
        std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 32; });
    const auto isSwitch = value.userType() == QMetaType::Bool;
    if (key == "name"_L1 && isText && !text.empty()) {
        profile.name = text;
    } else if (key == "username"_L1 && isText) {
        profile.authentication.username = text;
    } else if (key == "domain"_L1 && isText) {
        profile.authentication.domain = text;
    } else if (key == "server"_L1 && isText && !text.empty() && text.find(' ') == std::string::npos) {
        if (profile.servers.empty()) {
            profile.servers.emplace_back();
        }
        profile.servers.front() = text;
    } else if ((key == "certificate"_L1 || key == "certificate-key"_L1) && isText) {
        if (auto checked = checkSource(text); !checked) {
            return checked;
        }
        auto& own = profile.authentication.certificate;
        (key == "certificate"_L1 ? own.source : own.key) = text;
    } else if (key == "certificate-first"_L1 && isSwitch) {
        profile.authentication.certificateFirst = value.toBool();
    } else if (key == "rsa-signature"_L1 && isText && isRsaSignature(text)) {
        profile.authentication.certificate.rsaSignature = text;
    } else if (key == "local-identity"_L1 && isText) {
        profile.trust.localIdentity = text;
    } else if (key == "auth"_L1 && isText && choosableMethod(text, profile.protocol)) {
        // A person has chosen: a server that asks for what the origin allowed beside it gets nothing.
        profile.authentication.method = *choosableMethod(text, profile.protocol);
        profile.authentication.allowed.clear();
        profile.authentication.eapType = 0;
    } else if (key == "remember-password"_L1 && isSwitch) {
        profile.authentication.rememberPassword = value.toBool();
    } else if (key == "legacy-algorithms"_L1 && isSwitch) {
        profile.ike.legacyAlgorithms = value.toBool();
    } else if (key == "post-quantum"_L1 && isText && profile::postQuantumFromName(text)) {
        profile.ike.postQuantum = *profile::postQuantumFromName(text);
    } else if (key == "tcp"_L1 && isText && profile::tcpUseFromName(text)) {
        profile.ike.tcp = *profile::tcpUseFromName(text);
    } else if (key == "ppk-id"_L1 && isText) {
        profile.authentication.ppkId = text;
    } else if (key == "ppk-required"_L1 && isSwitch) {
        profile.authentication.ppkRequired = value.toBool();
    } else if (key == "full-tunnel"_L1 && isSwitch) {
        profile.routing.fullTunnelIpv4 = value.toBool();
        profile.routing.fullTunnelIpv6 = value.toBool();
    } else if (!applyEap(profile, key, value) && !applySstp(profile, key, value)) {
        return base::fail("tern.engine.bad-change", {key.left(64).toStdString()});
    }
    return {};
}

} // namespace

Library::Library(const std::filesystem::path& directory)
    : m_archiveDirectory(directory / "archive")
    , m_store(directory)
    , m_archiveStore(m_archiveDirectory)
    , m_certificates(directory.parent_path() / "certificates") {}

base::Result<std::vector<profile::StoreProblem>> Library::load() {
    auto loaded = m_store.load();
    if (!loaded) {
        return base::fail(std::move(loaded.error()));
    }
    m_profiles = std::move(loaded->profiles);
    loadArchive();
    finishMigrations();
    return std::move(loaded->problems);
}

base::Result<Library::ImportReport> Library::import(const base::UniqueFd& file, const std::string& name) {
    auto bytes = formats::readFile(file, name);
    if (!bytes) {
        return base::fail(bytes.error());
    }
    auto result = formats::importFile(*bytes, name, trustForSignature(*bytes));
    base::wipe(*bytes); // there may be passwords in it
    if (!result) {
        return base::fail(std::move(result.error()));
    }
    std::set<std::string> known;
    for (const auto* list : {&m_profiles, &m_archived}) {
        for (const auto& profile : *list) {
            if (!profile.origin.fingerprint.empty()) {
                known.insert(profile.origin.fingerprint);
            }
        }
    }
    ImportReport report;
    report.skipped = result->skipped();
    report.problems = std::move(result->problems);
    std::vector<profile::Profile> fresh;
    for (auto& profile : result->profiles) {
        const auto& print = profile.origin.fingerprint;
        if (!print.empty() && !known.insert(print).second) {
            ++report.skipped;
            report.problems.push_back({{"tern.engine.already-imported", {profile.name}, {}},
                                       formats::ImportProblem::Severity::Skipped,
                                       profile.origin.line,
                                       profile.name});
            continue;
        }
        report.added.push_back(profile.id);
        fresh.push_back(std::move(profile));
    }
    const auto isOld = [&](const auto& each) {
        return std::find(report.added.begin(), report.added.end(), each.profile) == report.added.end();
    };
    std::erase_if(result->secrets, isOld);
    std::erase_if(result->keyFiles, isOld);
    std::erase_if(result->authorityFiles, isOld);
    for (auto& problem : keepImportedFiles(*result, fresh, m_certificates)) {
        report.problems.push_back(std::move(problem));
    }
    for (auto& profile : fresh) {
        const auto size = formats::sharedKeySize(result->secrets, profile.id);
        profile.authentication.sharedKeyShort = size && *size < legacy::shortestSharedKey;
    }
    report.secrets = std::move(result->secrets);
    if (const auto saved = m_store.save(fresh); !saved) {
        // What was written before the failure is on disk: what is shown must be what is there.
        if (auto again = m_store.load()) {
            m_profiles = std::move(again->profiles);
        }
        return base::fail(saved.error());
    }
    std::move(fresh.begin(), fresh.end(), std::back_inserter(m_profiles));
    profile::sortByName(m_profiles);
    return report;
}

base::Result<profile::Profile> Library::find(std::string_view name) const {
    const profile::Profile* exact = nullptr;
    const profile::Profile* prefix = nullptr;
    std::size_t exacts = 0;
    std::size_t prefixes = 0;
    for (const auto& profile : m_profiles) {
        if (profile.id == name) {
            return profile;
        }
        if (profile.name == name) {
            exact = &profile;
            ++exacts;
        } else if (!name.empty() && profile.name.starts_with(name)) {
            prefix = &profile;
            ++prefixes;
        }
    }
    if (const auto draft = std::ranges::find(m_drafts, name, &Draft::id); draft != m_drafts.end()) {
        return draft->profile;
    }
    const auto* found = exacts > 0 ? exact : prefix;
    const auto count = exacts > 0 ? exacts : prefixes;
    if (found == nullptr) {
        return base::fail("tern.engine.not-found", {std::string(name)});
    }
    if (count > 1) {
        return base::fail("tern.engine.ambiguous", {std::string(name)});
    }
    return *found;
}

base::Result<void> Library::edit(std::string_view id, const QVariantMap& changes) {
    const auto* current = byId(id);
    if (current == nullptr) {
        return base::fail("tern.engine.not-found", {std::string(id)});
    }
    auto changed = *current;
    for (auto it = changes.begin(); it != changes.end(); ++it) {
        if (const auto applied = apply(changed, it.key(), it.value()); !applied) {
            return base::fail(applied.error());
        }
    }
    return replace(std::move(changed));
}

base::Result<void> Library::trust(std::string_view id, const connection::CertificateReport& report,
                                  std::string_view fingerprint) {
    const auto* current = byId(id);
    if (current == nullptr) {
        return base::fail("tern.engine.not-found", {std::string(id)});
    }
    auto changed = *current;
    if (auto trusted = trustLeaf(changed, report, fingerprint); !trusted) {
        return trusted;
    }
    return replace(std::move(changed));
}

base::Result<void> Library::setRememberPassword(std::string_view id, bool remember) {
    const auto* current = byId(id);
    if (current == nullptr) {
        return base::fail("tern.engine.not-found", {std::string(id)});
    }
    if (current->authentication.rememberPassword == remember) {
        return {};
    }
    auto changed = *current;
    changed.authentication.rememberPassword = remember;
    return replace(std::move(changed));
}

base::Result<bool> Library::setSharedKeyShort(std::string_view id, bool isShort) {
    const auto* current = byId(id);
    if (current == nullptr || current->authentication.sharedKeyShort == isShort) {
        return false;
    }
    auto changed = *current;
    changed.authentication.sharedKeyShort = isShort;
    if (auto replaced = replace(std::move(changed)); !replaced) {
        return base::fail(std::move(replaced.error()));
    }
    return true;
}

base::Result<void> Library::remove(std::string_view id) {
    if (byId(id) == nullptr && archivedById(id) == nullptr) {
        return base::fail("tern.engine.not-found", {std::string(id)});
    }
    if (auto removed = byId(id) != nullptr ? m_store.remove(id) : m_archiveStore.remove(id); !removed) {
        return removed;
    }
    std::erase_if(m_profiles, [id](const profile::Profile& profile) { return profile.id == id; });
    std::erase_if(m_archived, [id](const profile::Profile& profile) { return profile.id == id; });
    if (byId(successorId(id)) == nullptr) { // what has taken its place uses them too
        removeImportedFiles(id, m_certificates);
    }
    return {};
}

profile::Profile* Library::byId(std::string_view id) {
    if (const auto found = std::ranges::find(m_profiles, id, &profile::Profile::id); found != m_profiles.end()) {
        return &*found;
    }
    const auto draft = std::ranges::find(m_drafts, id, &Draft::id);
    return draft == m_drafts.end() ? nullptr : &draft->profile;
}

base::Result<void> Library::replace(profile::Profile changed) {
    if (const auto draft = std::ranges::find(m_drafts, changed.id, &Draft::id); draft != m_drafts.end()) {
        draft->profile = std::move(changed);
        return {};
    }
    if (auto saved = m_store.save(changed); !saved) {
        return saved;
    }
    if (auto* current = byId(changed.id)) {
        *current = std::move(changed);
    }
    profile::sortByName(m_profiles);
    return {};
}

} // namespace tern::engine
