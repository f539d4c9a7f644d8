#include "core/audit/walk.h"
#include "tests/unit/audit/trees.h"

#include <QTest>
#include <filesystem>
#include <set>
#include <sys/stat.h>

using namespace tern;
using audit::Chance;

namespace {

struct Seen {
    QStringList files; // below the tree, sorted by the walk
    std::vector<base::Error> troubles;
    audit::WalkCount count;
};

Seen walked(const test::Tree& tree, const std::vector<std::string>& paths) {
    Seen seen;
    const auto root = QString::fromStdString(tree.path()) + QLatin1Char('/');
    seen.count = audit::walk(
        paths, {[&](const audit::Candidate& each) { seen.files << QString::fromStdString(each.path).remove(root); },
                [&](const std::string&, base::Error error, bool) { seen.troubles.push_back(std::move(error)); }});
    return seen;
}

Seen walked(const test::Tree& tree) {
    return walked(tree, {tree.path()});
}

} // namespace

class TestWalk : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void chances_data();
    void chances();
    void windowsDisk();
    void linksAndLoops();
    void sameFileOnce();
    void missingAndForbidden();
    void owners_data();
    void owners();
};

void TestWalk::chances_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("chance");
    const auto row = [](const char* path, Chance chance) {
        QTest::newRow(path) << QString::fromLatin1(path) << static_cast<int>(chance);
    };
    row("a/rasphone.pbk", Chance::Likely);
    row("a/RASPHONE.PBK", Chance::Likely);
    row("a/.pbk", Chance::Likely);
    row("a/b.sswan", Chance::Likely);
    row("a/b.mobileconfig", Chance::Likely);
    row("etc/NetworkManager/system-connections/Office", Chance::Likely);
    row("etc/ipsec.conf", Chance::Likely);
    row("a/VPN_Profile.xml", Chance::Possible);
    row("a/make-vpn.ps1", Chance::Possible);
    row("a/vpnclientconfiguration.zip", Chance::Possible);
    row("a/holiday.zip", Chance::None);
    row("a/letter.docx", Chance::None);
    row("a/pbk", Chance::None);
}

void TestWalk::chances() {
    QFETCH(QString, path);
    QFETCH(int, chance);
    QCOMPARE(static_cast<int>(audit::chanceOf(path.toStdString())), chance);
}

void TestWalk::windowsDisk() {
    const test::Tree tree;
    const std::string book = test::entry("a", "7");
    const QStringList wanted{
        QStringLiteral("ProgramData/Microsoft/Network/Connections/Pbk/rasphone.pbk"),
        QStringLiteral("Users/anna/AppData/Roaming/Microsoft/Network/Connections/Pbk/_hiddenPbk/rasphone.pbk"),
        QStringLiteral("Users/anna/AppData/Roaming/Microsoft/Network/Connections/Pbk/rasphone.pbk"),
        QStringLiteral("Users/anna/Desktop/copy.PBK"),
        QStringLiteral("Documents and Settings/old/Application Data/Microsoft/Network/Connections/Pbk/rasphone.pbk"),
        QStringLiteral("WINDOWS/system32/RAS/rasphone.pbk"),
        QStringLiteral("WINDOWS/system32/Config/SystemProfile/AppData/Roaming/Microsoft/Network/Connections/Pbk/a.pbk"),
    };
    for (const auto& each : wanted) {
        tree.add(each, book);
    }
    tree.add(QStringLiteral("WINDOWS/WinSxS/x/rasphone.pbk"), book);
    tree.add(QStringLiteral("Program Files/Thing/sample.pbk"), book);
    tree.add(QStringLiteral("$Recycle.Bin/S-1/x.pbk"), book);
    auto seen = walked(tree);
    auto sorted = wanted;
    seen.files.sort();
    sorted.sort();
    QCOMPARE(seen.files, sorted);
    QVERIFY(seen.troubles.empty());
}

void TestWalk::linksAndLoops() {
    const test::Tree tree;
    const test::Tree elsewhere;
    tree.add(QStringLiteral("a/one.pbk"), "1");
    elsewhere.add(QStringLiteral("far.pbk"), "2");
    std::filesystem::create_directory_symlink(tree.path(), tree.path(QStringLiteral("a/loop")));
    std::filesystem::create_directory_symlink(elsewhere.path(), tree.path(QStringLiteral("a/other")));
    std::filesystem::create_symlink(elsewhere.path(QStringLiteral("far.pbk")), tree.path(QStringLiteral("a/two.pbk")));
    std::filesystem::create_symlink(tree.path(QStringLiteral("nothing")), tree.path(QStringLiteral("a/three.pbk")));
    const auto seen = walked(tree);
    QCOMPARE(seen.files, (QStringList{QStringLiteral("a/one.pbk"), QStringLiteral("a/two.pbk")}));
    QCOMPARE(seen.count.folders, std::size_t{2});
    // A link that was asked for is followed.
    const auto asked = walked(tree, {tree.path(QStringLiteral("a/other"))});
    QCOMPARE(asked.files, QStringList{QStringLiteral("a/other/far.pbk")});
}

void TestWalk::sameFileOnce() {
    const test::Tree tree;
    const auto file = tree.add(QStringLiteral("a/one.pbk"), "1");
    std::filesystem::create_hard_link(file, tree.path(QStringLiteral("a/two.pbk")));
    const auto seen = walked(tree, {file, tree.path(), tree.path(QStringLiteral("a/../a"))});
    QCOMPARE(seen.files.size(), 1);
}

void TestWalk::missingAndForbidden() {
    const test::Tree tree;
    const auto missing = walked(tree, {tree.path(QStringLiteral("nowhere"))});
    QCOMPARE(missing.troubles.size(), std::size_t{1});
    QCOMPARE(missing.troubles.front().code, std::string("tern.engine.file-unreadable"));

    tree.add(QStringLiteral("closed/one.pbk"), "1");
    tree.add(QStringLiteral("open/two.pbk"), "2");
    const auto closed = tree.path(QStringLiteral("closed"));
    QCOMPARE(::chmod(closed.c_str(), 0), 0);
    const auto seen = walked(tree);
    QCOMPARE(::chmod(closed.c_str(), 0700), 0);
    QVERIFY(seen.files.contains(QStringLiteral("open/two.pbk")));
    if (::geteuid() == 0) {
        QSKIP("root may look into every folder");
    }
    QCOMPARE(seen.troubles.size(), std::size_t{1});
    QCOMPARE(seen.troubles.front().code, std::string("tern.formats.folder-unreadable"));
}

void TestWalk::owners_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("owner");
    const auto row = [](const char* path, const char* owner) {
        QTest::newRow(path) << QString::fromUtf8(path) << QString::fromUtf8(owner);
    };
    row("/mnt/USERS/anna/AppData/x.pbk", "anna");
    row("/mnt/Documents and Settings/王芳/x.pbk", "王芳");
    row("/home/ben/x.pbk", "ben");
    row("/mnt/Users/x.pbk", "");
    row("/mnt/ProgramData/x.pbk", "");
}

void TestWalk::owners() {
    QFETCH(QString, path);
    QFETCH(QString, owner);
    QCOMPARE(QString::fromStdString(audit::ownerOf(path.toStdString())), owner);
}

QTEST_APPLESS_MAIN(TestWalk)
#include "tst_walk.moc"
