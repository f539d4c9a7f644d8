#include "core/audit/json_text.h"
#include "core/audit/render.h"
#include "core/audit/words.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <algorithm>
#include <filesystem>
#include <map>
#include <unordered_map>

namespace tern::audit {

namespace {

using namespace Qt::StringLiterals;

// A message's text (SARIF 2.1.0 §3.11): braces are places to be filled in there, and [words](where) is a link. Names
// out of files may have either, and mean neither.
QJsonObject text(QString words) {
    words.replace(u"{"_s, u"{{"_s).replace(u"}"_s, u"}}"_s).replace(u"]("_s, u"] ("_s);
    return {{u"text"_s, words}};
}

QString level(base::Severity severity) {
    switch (severity) {
    case base::Severity::Broken:
    case base::Severity::Retired:
        return u"error"_s;
    case base::Severity::CanFallBack:
    case base::Severity::Weak:
        return u"warning"_s;
    case base::Severity::NotJudged:
    case base::Severity::Note:
        break;
    }
    return u"note"_s;
}

// As code scanners sort by it, from 0 to 10.
QString securitySeverity(base::Severity severity) {
    switch (severity) {
    case base::Severity::Broken:
        return u"9.0"_s;
    case base::Severity::Retired:
        return u"7.5"_s;
    case base::Severity::CanFallBack:
        return u"6.0"_s;
    case base::Severity::Weak:
        return u"4.0"_s;
    case base::Severity::NotJudged:
    case base::Severity::Note:
        break;
    }
    return u"0.0"_s;
}

// RFC 3986: an absolute path as file URI, another one as relative reference. Every octet but the harmless ones is
// written by number, so that any name of a file is a valid one.
QString uriOf(const std::string& path) {
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto normal = std::filesystem::path(path).lexically_normal().native();
    std::string out = normal.starts_with('/') ? "file://" : "";
    for (const char c : normal) {
        if (plain.find(c) != std::string_view::npos) {
            out += c;
        } else {
            const auto octet = static_cast<unsigned char>(c);
            out.append(1, '%').append(1, digits[octet >> 4U]).append(1, digits[octet & 15U]);
        }
    }
    return QString::fromStdString(out);
}

QJsonObject placeOf(const std::string& path, std::uint32_t line) {
    QJsonObject place{{u"artifactLocation"_s, QJsonObject{{u"uri"_s, uriOf(path)}}}};
    if (line != 0) {
        place.insert(u"region"_s, QJsonObject{{u"startLine"_s, jsonNumber(line)}});
    }
    return place;
}

// "tern.legacy.can-fall-back" as "CanFallBack".
QString ruleName(const std::string& code) {
    QString name;
    bool capital = true;
    for (const char c : code.substr(code.rfind('.') + 1)) {
        if (c != '-') {
            name += capital ? QChar::fromLatin1(c).toUpper() : QChar::fromLatin1(c);
        }
        capital = c == '-';
    }
    return name;
}

QJsonObject ruleOf(const base::Finding& finding) {
    // Of any connection: what is said of the one at hand is left open.
    const auto words = describeAny(finding.code);
    const auto& sentence = words.sentence;
    const auto& remedy = words.remedy;
    const auto source = words.source.isEmpty() ? QString() : u"\n\n"_s + words.source;
    QJsonObject rule{{u"id"_s, shown(finding.code)},
                     {u"name"_s, ruleName(finding.code)},
                     {u"shortDescription"_s, text(sentence)},
                     {u"fullDescription"_s, text(sentence + u' ' + remedy)},
                     {u"help"_s, text(sentence + u"\n\n"_s + remedy + source)},
                     {u"defaultConfiguration"_s, QJsonObject{{u"level"_s, level(finding.severity)}}},
                     {u"properties"_s, QJsonObject{{u"security-severity"_s, securitySeverity(finding.severity)},
                                                   {u"severity"_s, shown(base::severityName(finding.severity))},
                                                   {u"source"_s, words.source},
                                                   {u"tags"_s, QJsonArray{u"security"_s, u"vpn"_s}}}}};
    if (words.source.startsWith(u"https://"_s) && !words.source.contains(u' ')) {
        rule.insert(u"helpUri"_s, words.source);
    }
    return rule;
}

QJsonObject notificationOf(const Remark& remark) {
    const bool gap = remark.kind == Remark::Kind::Unread;
    return {{u"descriptor"_s, QJsonObject{{u"id"_s, shown(remark.error.code)}}},
            {u"level"_s, gap ? u"error"_s : u"note"_s},
            {u"message"_s, text(base::describe(remark.error).sentence)},
            {u"locations"_s, QJsonArray{QJsonObject{{u"physicalLocation"_s, placeOf(remark.path, remark.line)}}}}};
}

class Sarif {
public:
    Sarif(const Report& report, const RenderContext& context, const Write& write)
        : m_report(report)
        , m_context(context)
        , m_write(write) {}

    void write() {
        QJsonArray rules;
        for (const auto& each : countFindings(m_report)) {
            // One code may come with two severities; the rule has the worse one.
            if (m_rules.emplace(each.finding.code, rules.size()).second) {
                rules.append(ruleOf(each.finding));
            }
        }
        const QJsonObject driver{{u"name"_s, u"Tern"_s},
                                 {u"version"_s, shown(m_context.version)},
                                 {u"semanticVersion"_s, shown(m_context.version)},
                                 {u"rules"_s, rules}};
        m_write(R"({"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":)");
        m_write(jsonText(QJsonObject{{u"driver"_s, driver}}));
        m_write(R"(,"columnKind":"utf16CodeUnits","invocations":[)");
        invocation();
        m_write(R"(],"results":[)");
        for (const auto& each : m_report.connections) {
            results(each);
        }
        m_write("]}]}\n");
    }

private:
    // One by one, as the results: of a fleet there are as many remarks as connections.
    void invocation() const {
        const bool whole = isComplete(m_report) && m_report.unasked == 0;
        m_write(R"({"executionSuccessful":)" + std::string(whole ? "true" : "false"));
        const auto end = QDateTime::fromSecsSinceEpoch(m_context.time.count(), Qt::UTC).toString(Qt::ISODate);
        m_write(R"(,"endTimeUtc":")" + end.toStdString() + R"(","toolExecutionNotifications":[)");
        const char* separator = "";
        if (m_report.unasked != 0) {
            m_write(jsonText(QJsonObject{{u"level"_s, u"warning"_s}, {u"message"_s, text(unaskedWords(m_report))}}));
            separator = ",";
        }
        for (const auto& each : m_report.remarks) {
            m_write(separator + jsonText(notificationOf(each)));
            separator = ",";
        }
        m_write("]}");
    }

    void results(const Connection& each) {
        if (each.findings->empty()) {
            return;
        }
        const auto& file = m_report.files[each.file];
        QJsonObject location{{u"physicalLocation"_s, placeOf(file.path, each.line)}};
        const auto name = shown(each.name);
        location.insert(u"logicalLocations"_s, QJsonArray{QJsonObject{{u"name"_s, name}, {u"kind"_s, u"resource"_s}}});
        QJsonObject properties{{u"grade"_s, shown(gradeName(each.grade))},
                               {u"protocol"_s, shown(profile::protocolName(each.protocol))},
                               {u"server"_s, shown(each.server)}};
        if (const auto* answer = answerOf(m_report, each.server)) {
            properties.insert(u"serverOffer"_s, shown(answer->offer));
            properties.insert(u"serverOffers"_s, offersOf(*answer));
            properties.insert(u"serverAnswer"_s, shown(answer->sentence));
            properties.insert(u"serverRemedy"_s, shown(answer->remedy));
        }
        for (const auto& finding : *each.findings) {
            // The same connection keeps its mark when lines move; files of the same name elsewhere differ.
            const auto mark = file.path + '\n' + each.name + '\n' + each.server + '\n' + finding.code;
            const auto hash =
                QCryptographicHash::hash(QByteArray::fromStdString(mark), QCryptographicHash::Sha256).toHex().left(32);
            const QJsonObject result{
                {u"ruleId"_s, shown(finding.code)},
                {u"ruleIndex"_s, m_rules.at(finding.code)},
                {u"level"_s, level(finding.severity)},
                {u"message"_s, text(name + u": "_s + describe(finding).sentence)},
                {u"locations"_s, QJsonArray{location}},
                {u"partialFingerprints"_s, QJsonObject{{u"ternConnection/v1"_s, QString::fromLatin1(hash)}}},
                {u"properties"_s, properties}};
            m_write((m_first ? "" : ",") + ('\n' + jsonText(result)));
            m_first = false;
        }
    }

    const Report& m_report;
    const RenderContext& m_context;
    const Write& m_write;
    std::map<std::string, qsizetype> m_rules;
    bool m_first = true;
};

} // namespace

void writeSarif(const Report& report, const RenderContext& context, const Write& write) {
    Sarif(report, context, write).write();
}

} // namespace tern::audit
