#include "core/audit/html_charts.h"
#include "core/audit/html_style.h"
#include "core/audit/render.h"
#include "core/audit/words.h"
#include "core/base/printable.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <map>

namespace tern::audit {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(tern::audit::Html)
};

constexpr std::size_t mostServers = 50;
constexpr std::size_t mostRemarks = 500;

std::string escaped(const QString& text) {
    return base::printable(text).toHtmlEscaped().replace(QLatin1Char('\''), QLatin1String("&#39;")).toStdString();
}
std::string escaped(std::string_view text) {
    return escaped(shown(text));
}

std::string number(std::size_t count) {
    return QLocale().toString(static_cast<qulonglong>(count)).toStdString();
}

std::string cell(const std::string& html, std::string_view kind = {}) {
    return "<td" + (kind.empty() ? "" : " class=\"" + std::string(kind) + '"') + '>' + html + "</td>";
}

// A name out of a file keeps its own direction of writing.
std::string name(std::string_view text) {
    return "<bdi>" + escaped(text) + "</bdi>";
}

// A path, which may be broken after each of its folders.
std::string pathName(std::string_view text, std::uint32_t line) {
    auto html = escaped(text);
    for (auto at = html.find('/'); at != std::string::npos; at = html.find('/', at + 1)) {
        html.insert(at + 1, "<wbr>");
    }
    return "<bdi>" + html + "</bdi>" + (line == 0 ? "" : ':' + std::to_string(line));
}

// A server as people read it, also where there is none.
std::string serverName(std::string_view server, std::uint16_t port = 0) {
    return server.empty() ? "–" : name(server) + (port == 0 ? "" : ':' + std::to_string(port));
}

std::string badge(Grade grade) {
    return "<span class=\"badge s-" + std::string(gradeName(grade)) + "\">" + escaped(gradeWords(grade)) + "</span>";
}

// Of a protocol that a server was asked for; what is retired ought not to answer.
std::string verdict(profile::Protocol protocol, std::string_view word) {
    if (word.empty()) {
        return "–";
    }
    const bool retired = profile::isRetired(protocol);
    const std::string_view kind = word == "open"       ? (retired ? " s-retired" : " s-good")
                                  : word == "weak"     ? " s-weak"
                                  : word == "unusable" ? " s-can-fall-back"
                                                       : "";
    return "<span class=\"badge" + std::string(kind) + "\">" + escaped(verdictWords(protocol, word)) + "</span>";
}

std::string heading(std::initializer_list<QString> words) {
    std::string html = "<thead><tr>";
    for (const auto& each : words) {
        html += "<th>" + escaped(each) + "</th>";
    }
    return html + "</tr></thead><tbody>\n";
}

std::string anchor(const base::Finding& finding) {
    return finding.code + '-' + std::string(base::severityName(finding.severity));
}

Grade asGrade(base::Severity severity) {
    return grades[std::min(static_cast<std::size_t>(severity), grades.size() - 1)];
}

class Page {
public:
    Page(const Report& report, const RenderContext& context, const Write& write)
        : m_report(report)
        , m_context(context)
        , m_write(write) {
        for (const auto each : grades) {
            m_counts[static_cast<std::size_t>(each)] = report.count(each);
        }
        m_findings = countFindings(report);
    }

    void write() {
        head();
        summary();
        charts();
        findings();
        servers();
        answers();
        connections();
        remarks();
        m_write("<footer>" +
                escaped(Tr::tr("Made by Tern %1. The report holds no passwords.").arg(shown(m_context.version))) +
                "</footer>\n</main></body></html>\n");
    }

private:
    void head() {
        //: The language of the report as in HTML's lang attribute: en, zh-CN
        m_write(
            "<!DOCTYPE html>\n<html lang=\"" + escaped(Tr::tr("en", "language tag")) +
            "\"><head><meta charset=\"utf-8\">"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
            "<meta name=\"color-scheme\" content=\"light dark\"><title>" +
            escaped(Tr::tr("VPN audit")) + "</title><style>");
        m_write(htmlStyle);
        m_write("</style></head><body><main>\n");
    }

    void summary() {
        const auto when =
            QLocale().toString(QDateTime::fromSecsSinceEpoch(m_context.time.count()), QLocale::LongFormat);
        m_write("<h1>" + escaped(Tr::tr("VPN audit")) + "</h1><p class=\"verdict\">" + escaped(headline(m_report)) +
                "</p><p class=\"muted\">" + escaped(when));
        for (const auto& each : m_context.paths) {
            m_write(" · <code>" + name(each) + "</code>");
        }
        m_write("</p><p class=\"muted\">" +
                escaped(Tr::tr("%n file(s) with connections", nullptr, static_cast<int>(m_report.files.size()))) +
                " · " + escaped(Tr::tr("%n folder(s) searched", nullptr, static_cast<int>(m_report.folders))) +
                "</p>\n");
        if (!isComplete(m_report)) {
            m_write("<p class=\"gap\">" +
                    escaped(Tr::tr("%n file(s) or folder(s) could not be judged; see the end of this page.", nullptr,
                                   static_cast<int>(m_report.unread))) +
                    "</p>\n");
        }
        if (m_report.connections.empty()) {
            m_write("<p>" +
                    escaped(Tr::tr("Tern looked at the names of %n file(s), and into those that may hold VPN "
                                   "connections: Windows phonebooks (.pbk), the connections and profiles of "
                                   "NetworkManager, strongSwan, Apple and Azure, Windows' own XML and scripts.",
                                   nullptr, static_cast<int>(m_report.filesMet))) +
                    "</p>\n");
            return;
        }
        m_write("<div class=\"tiles\">");
        for (std::size_t i = 0; i < grades.size(); ++i) {
            m_write("<div class=\"tile t-" + std::string(gradeName(grades[i])) + "\"><b>" + number(m_counts[i]) +
                    "</b><span>" + escaped(gradeWords(grades[i])) + "</span><small>" +
                    escaped(gradeMeaning(grades[i])) + "</small></div>");
        }
        m_write("</div>\n");
    }

    void bars(const QString& title, const std::vector<std::pair<std::string, ByGrade>>& rows, std::size_t longest) {
        m_write("<section class=\"card\"><h2>" + escaped(title) + "</h2><table class=\"bars\"><tbody>");
        for (const auto& [label, counts] : rows) {
            std::size_t all = 0;
            for (const auto each : counts) {
                all += each;
            }
            m_write("<tr>" + cell(label) + cell(barChart(counts, longest), "wide") + cell(number(all), "number") +
                    "</tr>");
        }
        m_write("</tbody></table></section>\n");
    }

    void charts() {
        if (m_report.connections.empty()) {
            return;
        }
        m_write("<div class=\"charts\"><section class=\"card\"><h2>" + escaped(Tr::tr("Grades")) + "</h2>" +
                ringChart(m_counts, escaped(headline(m_report))) + "<ul class=\"legend\">");
        for (std::size_t i = 0; i < grades.size(); ++i) {
            if (m_counts[i] != 0) {
                m_write("<li>" + badge(grades[i]) + ' ' + number(m_counts[i]) + "</li>");
            }
        }
        m_write("</ul></section>\n");
        std::vector<std::pair<std::string, ByGrade>> rows;
        std::size_t longest = 0;
        for (const auto& each : countProtocols(m_report)) {
            rows.emplace_back(escaped(protocolWords(each.protocol)), each.byGrade);
            longest = std::max(longest, each.connections);
        }
        bars(Tr::tr("Kinds of VPN"), rows, longest);
        m_write("</div>\n");
    }

    void servers() {
        const auto counts = countServers(m_report);
        if (counts.empty()) {
            return;
        }
        std::vector<std::pair<std::string, ByGrade>> rows;
        std::size_t longest = 0;
        for (std::size_t i = 0; i < std::min(counts.size(), mostServers); ++i) {
            rows.emplace_back(badge(counts[i].worst) + ' ' + serverName(counts[i].server), counts[i].byGrade);
            longest = std::max(longest, counts[i].connections);
        }
        bars(counts.size() > mostServers ? Tr::tr("Servers, the worst %1 of %2").arg(mostServers).arg(counts.size())
                                         : Tr::tr("Servers"),
             rows, longest);
    }

    // Where they were asked; in the order of the servers above, the worst connections first.
    void answers() {
        if (m_report.answers.empty() && m_report.unasked == 0) {
            return;
        }
        m_write("<section class=\"card\"><h2>" + escaped(Tr::tr("What the servers offer")) + "</h2>");
        if (m_report.unasked != 0) {
            m_write("<p class=\"gap\">" + escaped(unaskedWords(m_report)) + "</p>");
        }
        m_write("<table class=\"list offers\">" +
                heading({Tr::tr("Server"), QStringLiteral("IKEv2"), QStringLiteral("SSTP"), QStringLiteral("PPTP"),
                         QStringLiteral("L2TP"), Tr::tr("What to do")}));
        std::size_t rows = 0;
        for (const auto& each : countServers(m_report)) {
            const auto* answer = answerOf(m_report, each.server);
            if (answer == nullptr || ++rows > m_context.mostRows) {
                continue;
            }
            m_write("<tr>" + cell(name(each.server), "name"));
            for (std::size_t i = 0; i < askedProtocols.size(); ++i) {
                m_write("<td data-of=\"" + escaped(protocolWords(askedProtocols[i])) + "\">" +
                        verdict(askedProtocols[i], answer->verdicts[i]) + "</td>");
            }
            m_write(cell(escaped(answer->sentence) + "<br><small>" + escaped(answer->remedy) + "</small>") + "</tr>\n");
        }
        m_write("</tbody></table>");
        if (rows > m_context.mostRows) {
            moreRows(rows - m_context.mostRows);
        }
        m_write("</section>\n");
    }

    void moreRows(std::size_t count) {
        m_write("<p class=\"muted\">" +
                escaped(Tr::tr("%1 more are not listed here. The CSV and JSON formats list them all.")
                            .arg(QLocale().toString(static_cast<qulonglong>(count)))) +
                "</p>");
    }

    void findings() {
        if (m_findings.empty()) {
            return;
        }
        m_write("<section class=\"card\"><h2>" + escaped(Tr::tr("What was found")) + "</h2>");
        const auto longest = std::ranges::max(m_findings, {}, &FindingCount::connections).connections;
        for (const auto& each : m_findings) {
            const auto words = each.alike ? describe(each.finding) : describeAny(each.finding.code);
            ByGrade counts{};
            const auto grade = asGrade(each.finding.severity);
            const bool note = each.finding.severity == base::Severity::Note;
            counts[static_cast<std::size_t>(grade)] = each.connections;
            m_write("<article id=\"" + escaped(anchor(each.finding)) + "\"><div class=\"meter" + (note ? " note" : "") +
                    "\">" + barChart(counts, longest) + "<span>" +
                    escaped(Tr::tr("%n connection(s)", nullptr, static_cast<int>(each.connections))) +
                    "</span></div><p>" +
                    (note ? "<span class=\"badge\">" + escaped(Tr::tr("Note")) + "</span>" : badge(grade)) + " <b>" +
                    escaped(words.sentence) + "</b></p><p>" + escaped(words.remedy) + "</p><p class=\"muted\"><code>" +
                    escaped(each.finding.code) + "</code>" +
                    (words.source.isEmpty() ? "" : " · " + escaped(words.source)) + "</p></article>\n");
        }
        m_write("</section>\n");
    }

    void connections() {
        if (m_report.connections.empty()) {
            return;
        }
        m_write("<section class=\"card\"><h2>" + escaped(Tr::tr("Connections, the worst first")) +
                "</h2><table class=\"list\">" +
                heading({Tr::tr("Grade"), Tr::tr("Connection"), Tr::tr("Kind"), Tr::tr("Server"), Tr::tr("Whose"),
                         Tr::tr("Where"), Tr::tr("Why")}));
        const auto rows = std::min(m_report.connections.size(), m_context.mostRows);
        for (std::size_t i = 0; i < rows; ++i) {
            connection(m_report.connections[i]);
        }
        m_write("</tbody></table>");
        if (rows < m_report.connections.size()) {
            moreRows(m_report.connections.size() - rows);
        }
        m_write("</section>\n");
    }

    void connection(const Connection& each) {
        const auto& file = m_report.files[each.file];
        std::string why;
        for (const auto& finding : *each.findings) {
            std::string arguments;
            for (const auto& arg : finding.args) {
                arguments += arg.empty() ? std::string() : (arguments.empty() ? ": " : ", ") + name(arg);
            }
            why += "<a href=\"#" + escaped(anchor(finding)) + "\" title=\"" + escaped(describe(finding).sentence) +
                   "\">" + escaped(finding.code.substr(finding.code.rfind('.') + 1)) + "</a>" + arguments + "<br>";
        }
        m_write("<tr>" + cell(badge(each.grade), "grade") + cell(name(each.name), "name") +
                cell(escaped(protocolWords(each.protocol)), "kind") +
                cell(serverName(each.server, each.port), "server") + cell(name(file.owner)) +
                cell(pathName(file.path, each.line), "path") + cell(why, "path") + "</tr>\n");
    }

    void remarks() {
        // Gaps first: they are what the reader has to look after.
        std::vector<const Remark*> sorted;
        for (const auto& each : m_report.remarks) {
            sorted.push_back(&each);
        }
        std::ranges::stable_sort(sorted, {}, &Remark::kind);
        if (sorted.empty()) {
            return;
        }
        m_write("<section class=\"card\"><h2>" + escaped(Tr::tr("What else there is to know")) +
                "</h2><table class=\"list remarks\">" + heading({Tr::tr("What"), Tr::tr("Where"), Tr::tr("Why")}));
        const auto rows = std::min(sorted.size(), mostRemarks);
        for (std::size_t i = 0; i < rows; ++i) {
            const auto& each = *sorted[i];
            const auto words = base::describe(each.error);
            const bool gap = each.kind == Remark::Kind::Unread;
            m_write("<tr>" +
                    cell("<span class=\"badge" + std::string(gap ? " s-retired" : "") + "\">" +
                             escaped(remarkWords(each.kind)) + "</span>",
                         "grade") +
                    cell(pathName(each.path, each.line), "path") +
                    cell(escaped(words.sentence) +
                         (each.error.detail.empty() ? "" : " <small>" + escaped(each.error.detail) + "</small>")) +
                    "</tr>\n");
        }
        m_write("</tbody></table>");
        const auto left = sorted.size() - rows + m_report.remarksLeftOut;
        if (left != 0) {
            m_write("<p class=\"muted\">" + escaped(Tr::tr("%1 more remarks are not listed here.").arg(left)) + "</p>");
        }
        m_write("</section>\n");
    }

    const Report& m_report;
    const RenderContext& m_context;
    const Write& m_write;
    ByGrade m_counts{};
    std::vector<FindingCount> m_findings;
};

} // namespace

void writeHtml(const Report& report, const RenderContext& context, const Write& write) {
    Page(report, context, write).write();
}

} // namespace tern::audit
