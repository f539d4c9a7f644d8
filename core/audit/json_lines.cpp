#include "core/audit/json_text.h"
#include "core/audit/render.h"
#include "core/audit/words.h"

#include <QDateTime>
#include <unordered_map>

namespace tern::audit {

namespace {

using namespace Qt::StringLiterals;

QJsonArray findingsOf(const std::vector<base::Finding>& findings) {
    QJsonArray array;
    for (const auto& each : findings) {
        const auto text = describe(each);
        QJsonObject object{{u"code"_s, shown(each.code)},
                           {u"severity"_s, shown(base::severityName(each.severity))},
                           {u"sentence"_s, text.sentence},
                           {u"remedy"_s, text.remedy},
                           {u"source"_s, text.source}};
        array.append(object);
    }
    return array;
}

QJsonObject summaryOf(const Report& report, const RenderContext& context) {
    QJsonObject byGrade;
    for (const auto each : grades) {
        byGrade.insert(shown(gradeName(each)), jsonNumber(report.count(each)));
    }
    return {{u"type"_s, u"summary"_s},
            {u"connections"_s, jsonNumber(report.connections.size())},
            {u"grades"_s, byGrade},
            {u"files"_s, jsonNumber(report.files.size())},
            {u"files-read"_s, jsonNumber(report.filesRead)},
            {u"folders"_s, jsonNumber(report.folders)},
            {u"unread"_s, jsonNumber(report.unread)},
            {u"remarks-left-out"_s, jsonNumber(report.remarksLeftOut)},
            {u"servers-asked"_s, jsonNumber(report.answers.size())},
            {u"servers-unasked"_s, jsonNumber(report.unasked)},
            {u"complete"_s, isComplete(report)},
            {u"version"_s, shown(context.version)},
            {u"time"_s, QDateTime::fromSecsSinceEpoch(context.time.count(), Qt::UTC).toString(Qt::ISODate)}};
}

QJsonObject connectionOf(const Connection& each, const File& file) {
    return {{u"type"_s, u"connection"_s},
            {u"name"_s, shown(each.name)},
            {u"protocol"_s, shown(profile::protocolName(each.protocol))},
            {u"server"_s, shown(each.server)},
            {u"port"_s, each.port},
            {u"auth"_s, shown(profile::methodName(each.method))},
            {u"grade"_s, shown(gradeName(each.grade))},
            {u"file"_s, shown(file.path)},
            {u"line"_s, jsonNumber(each.line)},
            {u"owner"_s, shown(file.owner)}};
}

QJsonObject serverOf(const ServerCount& each, const ServerAnswer& answer) {
    return {{u"type"_s, u"server"_s},
            {u"server"_s, shown(each.server)},
            {u"connections"_s, jsonNumber(each.connections)},
            {u"worst"_s, shown(gradeName(each.worst))},
            {u"offer"_s, shown(answer.offer)},
            {u"offers"_s, offersOf(answer)},
            {u"sentence"_s, shown(answer.sentence)},
            {u"remedy"_s, shown(answer.remedy)}};
}

QJsonObject remarkOf(const Remark& each) {
    const auto text = base::describe(each.error);
    return {{u"type"_s, u"remark"_s},
            {u"kind"_s, shown(remarkKindName(each.kind))},
            {u"file"_s, shown(each.path)},
            {u"line"_s, jsonNumber(each.line)},
            {u"entry"_s, shown(each.entry)},
            {u"code"_s, shown(each.error.code)},
            {u"sentence"_s, text.sentence},
            {u"remedy"_s, text.remedy},
            {u"detail"_s, shown(each.error.detail)}};
}

} // namespace

void writeJsonLines(const Report& report, const RenderContext& context, const Write& write) {
    write(jsonText(summaryOf(report, context)) + '\n');
    std::unordered_map<const void*, std::string> known;
    for (const auto& each : report.connections) {
        auto& findings = known[each.findings.get()];
        if (findings.empty()) {
            findings = jsonText(findingsOf(*each.findings));
        }
        write(jsonWith(connectionOf(each, report.files[each.file]), "findings", findings) + '\n');
    }
    if (!report.answers.empty()) {
        for (const auto& each : countServers(report)) {
            if (const auto* answer = answerOf(report, each.server)) {
                write(jsonText(serverOf(each, *answer)) + '\n');
            }
        }
    }
    for (const auto& each : report.remarks) {
        write(jsonText(remarkOf(each)) + '\n');
    }
}

} // namespace tern::audit
