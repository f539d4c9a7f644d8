#include "app/ctl/audit_text.h"

#include "app/ctl/text.h"
#include "core/audit/words.h"

#include <QCoreApplication>
#include <algorithm>

namespace tern::ctl {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(tern::ctl::AuditText)
};

constexpr std::size_t mostServers = 10;
constexpr double barWidth = 30;
// Columns of a table are as wide as the widest cell of so many rows; then the next table follows.
constexpr std::size_t rowsOfTable = 500;

using Write = std::function<void(const QString&)>;

QString count(std::size_t number) {
    return QString::number(static_cast<qulonglong>(number));
}

void writeSummary(const audit::Report& report, const Write& write) {
    write(audit::headline(report) + u'\n');
    //: %1: "3 files with connections"; %2: "1 folder searched"
    write(Tr::tr("%1, %2.").arg(Tr::tr("%n file(s) with connections", nullptr, static_cast<int>(report.files.size())),
                                Tr::tr("%n folder(s) searched", nullptr, static_cast<int>(report.folders))) +
          u'\n');
    if (report.connections.empty()) {
        return;
    }
    write(u"\n"_s);
    QList<QStringList> rows;
    for (const auto grade : audit::grades) {
        const auto part = static_cast<double>(report.count(grade)) / static_cast<double>(report.connections.size());
        // What there is shows, however little it is.
        const int blocks = report.count(grade) == 0 ? 0 : std::max(1, qRound(part * barWidth));
        rows << QStringList{audit::gradeWords(grade), count(report.count(grade)), QString(blocks, QChar(u'█')),
                            audit::gradeMeaning(grade)};
    }
    write(table(rows));
}

void writeServers(const audit::Report& report, const Write& write) {
    const auto servers = audit::countServers(report);
    if (servers.size() < 2) {
        return;
    }
    QList<QStringList> rows{{Tr::tr("SERVER"), Tr::tr("CONNECTIONS"), Tr::tr("WORST")}};
    for (std::size_t i = 0; i < std::min(servers.size(), mostServers); ++i) {
        rows << QStringList{audit::shown(servers[i].server), count(servers[i].connections),
                            audit::gradeWords(servers[i].worst)};
    }
    write(u'\n' + table(rows));
    if (servers.size() > mostServers) {
        write(Tr::tr("and %n more server(s)", nullptr, static_cast<int>(servers.size() - mostServers)) + u'\n');
    }
}

QStringList rowOf(const audit::Report& report, const audit::Connection& each) {
    const auto& file = report.files[each.file];
    const auto server = audit::shown(each.server) + (each.port == 0 ? QString() : u':' + QString::number(each.port));
    return {u"  "_s + audit::shown(each.name), audit::protocolWords(each.protocol), server, audit::shown(file.owner)};
}

// table() shortens long cells; where a file is has to be told in full, so it stands behind.
void writeRows(const audit::Report& report, const std::vector<const audit::Connection*>& members, const Write& write) {
    for (std::size_t from = 0; from < members.size(); from += rowsOfTable) {
        const auto to = std::min(members.size(), from + rowsOfTable);
        QList<QStringList> rows;
        int widest = 0;
        for (auto i = from; i < to; ++i) {
            rows << rowOf(report, *members[i]);
        }
        const auto lines = table(rows).split(u'\n', Qt::SkipEmptyParts);
        for (const auto& line : lines) {
            widest = std::max(widest, displayWidth(line));
        }
        for (qsizetype i = 0; i < lines.size(); ++i) {
            const auto& each = *members[from + static_cast<std::size_t>(i)];
            const auto where = printable(audit::shown(report.files[each.file].path));
            write(lines.at(i) + QString(widest - displayWidth(lines.at(i)) + 2, u' ') + where +
                  (each.line == 0 ? QString() : u':' + QString::number(each.line)) + u'\n');
        }
    }
}

QStringList answerRow(const audit::ServerCount& server, const audit::ServerAnswer& answer) {
    QStringList row{u"  "_s + audit::shown(server.server)};
    for (std::size_t i = 0; i < audit::askedProtocols.size(); ++i) {
        const auto words = audit::verdictWords(audit::askedProtocols[i], answer.verdicts[i]);
        row << (words.isEmpty() ? u"–"_s : words);
    }
    return row;
}

// In full, where the servers were asked.
void writeAnswers(const audit::Report& report, const Write& write) {
    if (report.answers.empty() && report.unasked == 0) {
        return;
    }
    write(u'\n' + Tr::tr("WHAT THE SERVERS OFFER") + u'\n');
    QList<QStringList> rows{{u"  "_s + Tr::tr("SERVER"), u"IKEv2"_s, u"SSTP"_s, u"PPTP"_s, u"L2TP"_s}};
    // Many servers have the same to do: that is said once, below those that have it.
    std::vector<std::pair<std::string, QString>> advice;
    for (const auto& each : audit::countServers(report)) {
        const auto* answer = audit::answerOf(report, each.server);
        if (answer == nullptr) {
            continue;
        }
        rows << answerRow(each, *answer);
        auto same = std::ranges::find(advice, answer->remedy, &std::pair<std::string, QString>::first);
        if (same == advice.end()) {
            same = advice.insert(advice.end(), {answer->remedy, {}});
        }
        same->second += printable(audit::shown(answer->sentence)) + u'\n';
    }
    for (qsizetype from = 1; from < rows.size(); from += static_cast<qsizetype>(rowsOfTable)) {
        write(table(rows.mid(0, 1) + rows.mid(from, static_cast<qsizetype>(rowsOfTable))));
    }
    for (const auto& [remedy, sentences] : advice) {
        write(u'\n' + sentences + u"→ "_s + printable(audit::shown(remedy)) + u'\n');
    }
    if (report.unasked != 0) {
        write(u'\n' + audit::unaskedWords(report) + u'\n');
    }
}

struct Group {
    audit::Findings findings;
    std::vector<const audit::Connection*> members;
};

void writeGrade(const audit::Report& report, audit::Grade grade, const Write& write) {
    std::vector<Group> groups; // few: most connections share what is wrong with them
    for (const auto& each : report.connections) {
        if (each.grade != grade) {
            continue;
        }
        auto group = std::ranges::find(groups, each.findings, &Group::findings);
        if (group == groups.end()) {
            group = groups.insert(groups.end(), {each.findings, {}});
        }
        group->members.push_back(&each);
    }
    if (groups.empty()) {
        return;
    }
    std::ranges::stable_sort(groups, std::greater(), [](const Group& each) { return each.members.size(); });
    write(u'\n' + audit::gradeWords(grade).toUpper() + u" ("_s + count(report.count(grade)) + u")\n"_s);
    for (const auto& group : groups) {
        QStringList remedies;
        for (const auto& finding : *group.findings) {
            const auto text = audit::describe(finding);
            write(u'\n' + printable(text.sentence) + u'\n');
            if (!text.remedy.isEmpty() && !remedies.contains(text.remedy)) {
                remedies << text.remedy;
            }
        }
        for (const auto& remedy : remedies) {
            write(u"→ "_s + printable(remedy) + u'\n');
        }
        writeRows(report, group.members, write);
    }
}

void writeRemarks(const audit::Report& report, const Write& write) {
    if (report.remarks.empty()) {
        return;
    }
    write(u'\n' + Tr::tr("TO KNOW") + u'\n');
    for (const auto kind : {audit::Remark::Kind::Unread, audit::Remark::Kind::Foreign, audit::Remark::Kind::Skipped,
                            audit::Remark::Kind::Note}) {
        for (const auto& each : report.remarks) {
            if (each.kind != kind) {
                continue;
            }
            const auto text = base::describe(each.error);
            const auto detail = audit::shown(each.error.detail);
            write(u"  "_s + printable(audit::shown(each.path)) +
                  (each.line == 0 ? QString() : u':' + QString::number(each.line)) + u": "_s +
                  (kind == audit::Remark::Kind::Note ? QString() : audit::remarkWords(kind) + u". "_s) +
                  printable(text.sentence) + (detail.isEmpty() ? QString() : u" ("_s + printable(detail) + u')') +
                  u'\n');
        }
    }
    if (report.remarksLeftOut != 0) {
        write(u"  "_s + Tr::tr("%1 more remarks are not listed here.").arg(report.remarksLeftOut) + u'\n');
    }
}

} // namespace

void writeAuditText(const audit::Report& report, const Write& write) {
    writeSummary(report, write);
    writeServers(report, write);
    writeAnswers(report, write);
    for (const auto grade : audit::grades) {
        writeGrade(report, grade, write);
    }
    writeRemarks(report, write);
    if (report.unread != 0) {
        write(u'\n' + Tr::tr("%n file(s) or folder(s) could not be judged.", nullptr, static_cast<int>(report.unread)) +
              u'\n');
    }
}

} // namespace tern::ctl
