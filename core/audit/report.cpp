#include "core/audit/report.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

namespace tern::audit {

std::string_view remarkKindName(Remark::Kind kind) {
    switch (kind) {
    case Remark::Kind::Unread:
        return "unread";
    case Remark::Kind::Foreign:
        return "foreign";
    case Remark::Kind::Skipped:
        return "skipped";
    case Remark::Kind::Note:
        break;
    }
    return "note";
}

std::string serverKey(std::string_view server) {
    std::string key(server);
    std::ranges::transform(key, key.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return key;
}

const ServerAnswer* answerOf(const Report& report, std::string_view server) {
    if (report.answers.empty()) {
        return nullptr;
    }
    const auto found = std::ranges::lower_bound(report.answers, serverKey(server), {}, &ServerAnswer::server);
    return found == report.answers.end() || found->server != serverKey(server) ? nullptr : &*found;
}

std::size_t Report::count(Grade grade) const {
    return static_cast<std::size_t>(std::ranges::count(connections, grade, &Connection::grade));
}

std::size_t Report::atOrAbove(Grade grade) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(connections, [grade](const Connection& each) { return each.grade <= grade; }));
}

std::vector<FindingCount> countFindings(const Report& report) {
    // Most connections share a few lists of findings.
    std::unordered_map<const std::vector<base::Finding>*, std::size_t> lists;
    for (const auto& each : report.connections) {
        ++lists[each.findings.get()];
    }
    std::map<std::pair<std::string, base::Severity>, FindingCount> byCode;
    for (const auto& [list, times] : lists) {
        for (const auto& finding : *list) {
            auto& count = byCode[{finding.code, finding.severity}];
            count.alike = count.alike && (count.connections == 0 || finding.args == count.finding.args);
            if (count.connections == 0 || finding.args < count.finding.args) {
                count.finding = finding;
            }
            count.connections += times;
        }
    }
    std::vector<FindingCount> counts;
    counts.reserve(byCode.size());
    for (auto& [code, count] : byCode) {
        counts.push_back(std::move(count));
    }
    std::ranges::stable_sort(counts, [](const FindingCount& a, const FindingCount& b) {
        return std::tuple(a.finding.severity, b.connections) < std::tuple(b.finding.severity, a.connections);
    });
    return counts;
}

std::vector<ServerCount> countServers(const Report& report) {
    std::map<std::string, ServerCount> byName;
    for (const auto& each : report.connections) {
        auto& count = byName[serverKey(each.server)];
        const bool sstp = each.protocol == profile::Protocol::Sstp || each.protocol == profile::Protocol::Automatic;
        count.sstpPort = sstp && count.sstpPort == 0 ? each.port : count.sstpPort;
        count.worst = std::min(count.worst, each.grade);
        ++count.connections;
        ++count.byGrade[static_cast<std::size_t>(each.grade)];
    }
    std::vector<ServerCount> counts;
    for (auto& [name, count] : byName) {
        counts.push_back(std::move(count));
        counts.back().server = name;
    }
    const auto worst = [](const ServerCount& each) { return each.byGrade[static_cast<std::size_t>(each.worst)]; };
    std::ranges::stable_sort(counts, [worst](const ServerCount& a, const ServerCount& b) {
        return std::tuple(a.worst, worst(b), b.connections) < std::tuple(b.worst, worst(a), a.connections);
    });
    return counts;
}

std::vector<ProtocolCount> countProtocols(const Report& report) {
    std::map<profile::Protocol, ProtocolCount> byProtocol;
    for (const auto& each : report.connections) {
        auto& count = byProtocol[each.protocol];
        ++count.connections;
        ++count.byGrade[static_cast<std::size_t>(each.grade)];
    }
    std::vector<ProtocolCount> counts;
    for (const auto& [protocol, count] : byProtocol) {
        counts.push_back(count);
        counts.back().protocol = protocol;
    }
    std::ranges::stable_sort(counts, std::greater(), &ProtocolCount::connections);
    return counts;
}

} // namespace tern::audit
