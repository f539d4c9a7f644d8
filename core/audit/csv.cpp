#include "core/audit/render.h"
#include "core/audit/words.h"

#include <unordered_map>

namespace tern::audit {

namespace {

// A spreadsheet takes a cell that begins so for a formula, also after blanks; an apostrophe before it keeps it a text.
bool startsFormula(std::string_view text) {
    const auto at = text.find_first_not_of(" \t\r\n");
    const bool steers = !text.empty() && (text.front() == '\t' || text.front() == '\r' || text.front() == '\n');
    // The full-width forms are folded to the plain ones by East Asian versions.
    constexpr std::array<std::string_view, 4> wide{"＝", "＋", "－", "＠"};
    if (at == std::string_view::npos) {
        return steers;
    }
    const auto rest = text.substr(at);
    return steers || std::string_view("=+-@").find(rest.front()) != std::string_view::npos ||
           std::any_of(wide.begin(), wide.end(), [rest](std::string_view each) { return rest.starts_with(each); });
}

std::string cell(std::string_view text) {
    std::string out = startsFormula(text) ? "\"'" : "\"";
    for (const char c : shown(text).toStdString()) {
        out.append(c == '"' ? 2U : 1U, c);
    }
    return out + '"';
}

// Of one list of findings: codes, sentences, what to do.
std::string findingCells(const std::vector<base::Finding>& findings) {
    std::string codes;
    QString sentences;
    QString remedies;
    for (const auto& each : findings) {
        const auto text = describe(each);
        codes += (codes.empty() ? "" : " ") + each.code;
        sentences += (sentences.isEmpty() ? QString() : QStringLiteral(" ")) + text.sentence;
        if (!remedies.contains(text.remedy)) {
            remedies += (remedies.isEmpty() ? QString() : QStringLiteral(" ")) + text.remedy;
        }
    }
    return cell(codes) + ',' + cell(sentences.toStdString()) + ',' + cell(remedies.toStdString());
}

std::string answerCells(const ServerAnswer* answer) {
    if (answer == nullptr) {
        return std::string(3 + askedProtocols.size(), ',');
    }
    auto cells = ',' + answer->offer;
    for (const auto& each : answer->verdicts) {
        cells += ',' + each;
    }
    return cells + ',' + cell(answer->sentence) + ',' + cell(answer->remedy);
}

} // namespace

void writeCsv(const Report& report, const Write& write) {
    write("grade,connection,protocol,server,port,sign-in,owner,file,line,findings,what,remedy,"
          "server-offer,server-ikev2,server-sstp,server-pptp,server-l2tp,server-says,server-remedy\r\n");
    std::unordered_map<const void*, std::string> known;
    for (const auto& each : report.connections) {
        const auto& file = report.files[each.file];
        auto& findings = known[each.findings.get()];
        if (findings.empty()) {
            findings = findingCells(*each.findings);
        }
        std::string row(gradeName(each.grade));
        row.append(",").append(cell(each.name));
        row.append(",").append(profile::protocolName(each.protocol));
        row.append(",").append(cell(each.server));
        row.append(",").append(each.port == 0 ? std::string() : std::to_string(each.port));
        row.append(",").append(profile::methodName(each.method));
        row.append(",").append(cell(file.owner));
        row.append(",").append(cell(file.path));
        row.append(",").append(each.line == 0 ? std::string() : std::to_string(each.line));
        row.append(",").append(findings);
        row.append(answerCells(answerOf(report, each.server))).append("\r\n");
        write(row);
    }
}

} // namespace tern::audit
