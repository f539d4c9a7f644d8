// Profiles on disk: what is written comes back, and neither a kill nor a full disk ever leaves half a file.
#include "core/base/unique_fd.h"
#include "core/profile/store.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <array>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <random>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace tern;
using namespace tern::profile;
namespace fs = std::filesystem;

namespace {

Profile named(std::string name) {
    Profile p;
    p.id = newId();
    p.name = std::move(name);
    p.servers = {"vpn.example.com"};
    return p;
}

std::vector<std::string> filesIn(const fs::path& directory) {
    std::vector<std::string> names;
    for (const auto& each : fs::directory_iterator(directory)) {
        names.push_back(each.path().filename().string());
    }
    return names;
}

std::string contentOf(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// A child that writes one profile again and again, its size and every part of it telling the round. An octet goes to
// `told` after each.
[[noreturn]] void writeForEver(const fs::path& directory, Profile profile, unsigned firstRound, int told) {
    ProfileStore store(directory);
    for (unsigned round = firstRound;; ++round) {
        profile.redial.attempts = round;
        profile.origin.original = std::string(20000 + round % 7 * 9000, static_cast<char>('a' + round % 26));
        profile.folder = profile.origin.original.substr(0, 1);
        if (!store.save(profile) || ::write(told, "", 1) != 1) {
            ::_exit(3);
        }
    }
}

bool consistent(const Profile& profile) {
    const auto& text = profile.origin.original;
    const unsigned round = profile.redial.attempts;
    return text == std::string(20000 + round % 7 * 9000, static_cast<char>('a' + round % 26)) &&
           profile.folder == text.substr(0, 1);
}

} // namespace

class TestStore : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsSavedComesBack();
    void filesAreForTheirOwnerAlone();
    void fileNamesAreReadableAndUnique();
    void aRenamedProfileKeepsItsFile();
    void oneBrokenFileStopsNothing();
    void keysOfLaterVersionsStay();
    void copiesWithOneIdAreReported();
    void removing();
    void aKilledWriterLeavesTheOldOrTheNew();
    void leftoversAreRemoved();
    void aFileSizeLimitLosesNothing();
    void aFullDiskLosesNothing();
    void aReadOnlyDirectoryIsAnError();
    void manyProfilesAtOnce();
};

void TestStore::whatIsSavedComesBack() {
    const QTemporaryDir dir;
    const fs::path path = fs::path(dir.path().toStdString()) / "config" / "tern" / "profiles";
    ProfileStore store(path);
    QVERIFY(store.load().value().profiles.empty());
    const std::vector<Profile> made{named("b 10"), named("B 9"), named("总部")};
    QVERIFY(store.save(std::span(made)).has_value());
    ProfileStore other(path);
    const auto loaded = other.load();
    QVERIFY(loaded.has_value());
    QVERIFY(loaded->problems.empty());
    QCOMPARE(loaded->profiles.size(), std::size_t{3});
    for (const auto& each : made) {
        QVERIFY(std::ranges::find(loaded->profiles, each) != loaded->profiles.end());
    }
}

void TestStore::filesAreForTheirOwnerAlone() {
    const QTemporaryDir dir;
    const fs::path path = fs::path(dir.path().toStdString()) / "a" / "b";
    const auto mask = ::umask(0);
    ProfileStore store(path);
    const bool saved = store.save(named("x")).has_value();
    ::umask(mask);
    QVERIFY(saved);
    QCOMPARE(fs::status(path).permissions(), fs::perms::owner_all);
    QCOMPARE(fs::status(path.parent_path()).permissions(), fs::perms::owner_all);
    QCOMPARE(fs::status(path / filesIn(path).at(0)).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

void TestStore::fileNamesAreReadableAndUnique() {
    const QTemporaryDir dir;
    const fs::path path = dir.path().toStdString();
    ProfileStore store(path);
    std::vector<Profile> made{named("Head office / VPN (new)"),
                              named("Head office / VPN (new)"),
                              named("../../evil"),
                              named("..."),
                              named("总部"),
                              named(std::string(5000, 'x')),
                              named(std::string("a\0b", 3))};
    // Two ids that begin alike.
    made[1].id = made[0].id.substr(0, 8) + made[1].id.substr(8);
    QVERIFY(store.save(std::span(made)).has_value());
    const auto names = filesIn(path);
    QCOMPARE(names.size(), made.size());
    for (const auto& name : names) {
        QVERIFY2(name.ends_with(".toml") && name.size() < 200, name.c_str());
    }
    QVERIFY(std::ranges::any_of(names, [](const auto& each) { return each.starts_with("head-office-vpn-new-"); }));
    QVERIFY(std::ranges::any_of(names, [](const auto& each) { return each.starts_with("总部-"); }));
    QCOMPARE(ProfileStore(path).load().value().profiles.size(), made.size());
}

void TestStore::aRenamedProfileKeepsItsFile() {
    const QTemporaryDir dir;
    const fs::path path = dir.path().toStdString();
    Profile p = named("before");
    QVERIFY(ProfileStore(path).save(p).has_value());
    const auto names = filesIn(path);
    p.name = "after";
    QVERIFY(ProfileStore(path).save(p).has_value()); // another store, that has to look first
    QCOMPARE(filesIn(path), names);
    QCOMPARE(ProfileStore(path).load().value().profiles.at(0).name, std::string("after"));
}

void TestStore::oneBrokenFileStopsNothing() {
    const QTemporaryDir dir;
    const fs::path path = dir.path().toStdString();
    ProfileStore store(path);
    const std::vector<Profile> made{named("one"), named("two")};
    QVERIFY(store.save(std::span(made)).has_value());
    std::ofstream(path / "broken.toml") << "name = \"x\"\nthis is not TOML\n";
    std::ofstream(path / "notes.txt") << "not ours";
    fs::create_directory(path / "folder.toml");
    fs::create_symlink("nowhere", path / "dangling.toml");
    QCOMPARE(::mkfifo((path / "pipe.toml").c_str(), 0600), 0);
    const auto loaded = ProfileStore(path).load();
    QVERIFY(loaded.has_value());
    QCOMPARE(loaded->profiles.size(), std::size_t{2});
    QCOMPARE(loaded->problems.size(), std::size_t{4});
    const auto broken = std::ranges::find(loaded->problems, "broken.toml", &StoreProblem::file);
    QVERIFY(broken != loaded->problems.end());
    QCOMPARE(broken->error.code, std::string("tern.profile.broken-file"));
    QCOMPARE(broken->error.args.at(1), std::string("2"));
}

void TestStore::keysOfLaterVersionsStay() {
    const QTemporaryDir dir;
    const fs::path path = dir.path().toStdString();
    ProfileStore store(path);
    Profile p = named("x");
    QVERIFY(store.save(p).has_value());
    const fs::path file = path / filesIn(path).at(0);
    std::ofstream(file, std::ios::app) << "\n[colour]\nbadge = \"blue\"\n";
    p.port = 4500;
    QVERIFY(store.save(p).has_value());
    QVERIFY(contentOf(file).find("badge = ") != std::string::npos);
    QCOMPARE(ProfileStore(path).load().value().profiles.at(0).port, std::uint16_t{4500});
}

void TestStore::copiesWithOneIdAreReported() {
    const QTemporaryDir dir;
    const fs::path path = dir.path().toStdString();
    QVERIFY(ProfileStore(path).save(named("x")).has_value());
    fs::copy_file(path / filesIn(path).at(0), path / "zz-copy.toml");
    const auto loaded = ProfileStore(path).load();
    QCOMPARE(loaded->profiles.size(), std::size_t{1});
    QCOMPARE(loaded->problems.at(0).error.code, std::string("tern.profile.duplicate"));
    QCOMPARE(loaded->problems.at(0).file, std::string("zz-copy.toml"));
}

void TestStore::removing() {
    const QTemporaryDir dir;
    const fs::path path = dir.path().toStdString();
    const Profile a = named("a");
    const Profile b = named("b");
    QVERIFY(ProfileStore(path).save(std::vector{a, b}).has_value());
    ProfileStore store(path);
    QVERIFY(store.remove(a.id).has_value());
    QVERIFY(store.remove(a.id).has_value());
    QVERIFY(store.remove("no such id").has_value());
    QCOMPARE(filesIn(path).size(), std::size_t{1});
    QCOMPARE(ProfileStore(path).load().value().profiles.at(0).id, b.id);
}

void TestStore::aKilledWriterLeavesTheOldOrTheNew() {
    const QTemporaryDir dir;
    const fs::path path = dir.path().toStdString();
    Profile p = named("always whole");
    p.origin.original = std::string(20000, 'a');
    p.folder = "a";
    QVERIFY(ProfileStore(path).save(p).has_value());
    // Kills fall anywhere in a write, on fast and on slow disks.
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < 5; ++i) {
        QVERIFY(ProfileStore(path).save(p).has_value());
    }
    const auto once = static_cast<useconds_t>(clock.nsecsElapsed() / 1000 / 5);
    std::mt19937 random(20261123); // NOLINT(bugprone-random-generator-seed): the same moments every time
    std::uniform_int_distribution<useconds_t> pause(0, once * 2 + 1000);
    unsigned last = 0;
    unsigned changed = 0;
    for (int kill = 0; kill < 25; ++kill) {
        std::array<int, 2> ends{};
        QCOMPARE(::pipe(ends.data()), 0);
        const base::UniqueFd told(ends[0]);
        base::UniqueFd tell(ends[1]);
        const pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            writeForEver(path, p, static_cast<unsigned>(kill) * 1000 + 1, tell.get());
        }
        tell.reset();
        // Some die in their first write, most in a later one, however busy the machine is.
        for (int writes = kill % 4; writes > 0; --writes) {
            char octet = 0;
            QCOMPARE(::read(told.get(), &octet, 1), ssize_t{1});
        }
        ::usleep(pause(random));
        QCOMPARE(::kill(child, SIGKILL), 0);
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY2(WIFSIGNALED(status), "the writer ended by itself");
        const auto loaded = ProfileStore(path).load();
        QVERIFY(loaded.has_value());
        QVERIFY(loaded->problems.empty());
        QCOMPARE(loaded->profiles.size(), std::size_t{1});
        QVERIFY(consistent(loaded->profiles.at(0)));
        changed += loaded->profiles.at(0).redial.attempts != last ? 1U : 0U;
        last = loaded->profiles.at(0).redial.attempts;
        QCOMPARE(filesIn(path).size(), std::size_t{1}); // load() removed what the dead writer left
    }
    QVERIFY2(changed > 10, "the writer hardly ever got to write, so nothing was tested");
}

void TestStore::leftoversAreRemoved() {
    const QTemporaryDir dir;
    const fs::path path = dir.path().toStdString();
    const pid_t gone = ::fork();
    if (gone == 0) {
        ::_exit(0);
    }
    ::waitpid(gone, nullptr, 0);
    const auto leftover = path / (".x.toml." + std::to_string(gone) + ".0.tern-new");
    const auto inUse = path / (".x.toml." + std::to_string(::getppid()) + ".0.tern-new");
    const auto foreign = path / ".x.toml.swp";
    for (const auto& each : {leftover, inUse, foreign}) {
        std::ofstream(each) << "x";
    }
    QVERIFY(ProfileStore(path).load().has_value());
    QVERIFY(!fs::exists(leftover));
    QVERIFY(fs::exists(inUse));
    QVERIFY(fs::exists(foreign));
}

// RLIMIT_FSIZE fails a write in the middle like a full disk does, and needs no privilege.
void TestStore::aFileSizeLimitLosesNothing() {
    const QTemporaryDir dir;
    const fs::path path = dir.path().toStdString();
    Profile p = named("x");
    QVERIFY(ProfileStore(path).save(p).has_value());
    const std::string before = contentOf(path / filesIn(path).at(0));
    const pid_t child = ::fork();
    QVERIFY(child >= 0);
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{8192, 8192};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        p.origin.original = std::string(100000, 'x');
        const auto saved = ProfileStore(path).save(p);
        ::_exit(!saved && saved.error().code == "tern.profile.disk-full" ? 0 : 1);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    QCOMPARE(filesIn(path).size(), std::size_t{1});
    QCOMPARE(contentOf(path / filesIn(path).at(0)), before);
}

void TestStore::aFullDiskLosesNothing() {
    const QTemporaryDir dir;
    const fs::path path = fs::path(dir.path().toStdString()) / "small";
    fs::create_directory(path);
    if (::mount("tmpfs", path.c_str(), "tmpfs", 0, "size=128k,mode=0700") != 0) {
        QSKIP("needs to mount a small tmpfs; the file size limit above tests the same failure");
    }
    const auto unmount = qScopeGuard([&] { ::umount(path.c_str()); });
    ProfileStore store(path);
    const Profile first = named("first");
    QVERIFY(store.save(first).has_value());
    std::vector<Profile> many;
    for (int i = 0; i < 64; ++i) {
        many.push_back(named("profile " + std::to_string(i)));
        many.back().origin.original = std::string(4000, 'x');
    }
    const auto saved = store.save(std::span(many));
    QVERIFY(!saved.has_value());
    QCOMPARE(saved.error().code, std::string("tern.profile.disk-full"));
    // None of the batch, nothing left over, and room again for what fits.
    QCOMPARE(filesIn(path).size(), std::size_t{1});
    QVERIFY(ProfileStore(path).load().value().profiles.at(0) == first);
    QVERIFY(store.save(named("second")).has_value());
    QCOMPARE(ProfileStore(path).load().value().profiles.size(), std::size_t{2});
}

void TestStore::aReadOnlyDirectoryIsAnError() {
    const QTemporaryDir dir;
    const fs::path file = fs::path(dir.path().toStdString()) / "file";
    std::ofstream(file) << "x";
    const auto saved = ProfileStore(file / "profiles").save(named("x"));
    QVERIFY(!saved.has_value());
    QCOMPARE(saved.error().code, std::string("tern.profile.cannot-write"));
}

void TestStore::manyProfilesAtOnce() {
    const QTemporaryDir dir;
    const fs::path path = dir.path().toStdString();
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    constexpr int count = 1000; // ten times slower there
#else
    constexpr int count = 10000;
#endif
    std::vector<Profile> many;
    for (int i = 0; i < count; ++i) {
        many.push_back(named("Office " + std::to_string(i)));
        many.back().origin.original = std::string(2500, 'x');
    }
    ProfileStore store(path);
    QElapsedTimer clock;
    clock.start();
    QVERIFY(store.save(std::span(many)).has_value());
    const auto saving = clock.restart();
    const auto loaded = ProfileStore(path).load();
    const auto loading = clock.elapsed();
    QCOMPARE(loaded->profiles.size(), many.size());
    QVERIFY(loaded->problems.empty());
    qInfo("%d profiles: saved in %lld ms, loaded in %lld ms", count, static_cast<long long>(saving),
          static_cast<long long>(loading));
}

QTEST_APPLESS_MAIN(TestStore)
#include "tst_store.moc"
