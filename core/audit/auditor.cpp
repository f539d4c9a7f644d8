#include "core/audit/auditor.h"

#include "core/audit/walk.h"
#include "core/formats/read_file.h"
#include "core/legacy/audit.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_map>

namespace tern::audit {

namespace {

// As far as the walk may run ahead of the judging.
constexpr std::size_t longestQueue = 256;
// Files beyond this are taken apart one at a time: text, entries and profiles of one are several times its size.
constexpr std::uintmax_t largeFile = 4U * 1024U * 1024U;
constexpr unsigned mostThreads = 8;

struct Job {
    Candidate candidate;
    std::size_t order = 0;
};

// One file's part of the report, before its place is known.
struct Part {
    std::string format;
    std::vector<Connection> connections;
    std::vector<Remark> remarks;
};

bool isForeign(const base::Error& error) {
    // Whatever the formats say of a whole file: it was looked at, and is something else. But for one that was not read,
    // or not to its end: it may well hold connections.
    constexpr std::array<std::string_view, 5> unread{"tern.formats.too-large", "tern.formats.broken",
                                                     "tern.formats.entities", "tern.formats.too-complex",
                                                     "tern.formats.forged"};
    return error.code.starts_with("tern.formats.") && std::ranges::find(unread, error.code) == unread.end();
}

class Auditor {
public:
    explicit Auditor(base::UnixSeconds now)
        : m_now(now) {}

    Report run(std::span<const std::string> paths, unsigned threads) {
        const auto wanted = threads != 0 ? threads : std::clamp(std::thread::hardware_concurrency(), 1U, mostThreads);
        std::vector<std::thread> workers;
        for (unsigned i = 0; i < wanted; ++i) {
            workers.emplace_back([this] { work(); });
        }
        const auto count = walk(paths, {[this](Candidate each) { push(std::move(each)); },
                                        [this](const std::string& path, base::Error error, bool asked) {
                                            trouble(path, std::move(error), asked);
                                        }});
        {
            const std::lock_guard lock(m_mutex);
            m_complete = true;
        }
        m_more.notify_all();
        for (auto& each : workers) {
            each.join();
        }
        m_report.folders = count.folders;
        m_report.filesMet = count.files;
        return assemble();
    }

private:
    void push(Candidate candidate) {
        std::unique_lock lock(m_mutex);
        m_room.wait(lock, [this] { return m_queue.size() < longestQueue; });
        m_queue.push_back({std::move(candidate), m_orders++});
        lock.unlock();
        m_more.notify_one();
    }

    void trouble(const std::string& path, base::Error error, bool asked) {
        const std::lock_guard lock(m_mutex);
        m_report.missing += asked ? 1U : 0U;
        Part part;
        part.remarks.push_back({Remark::Kind::Unread, path, 0, {}, std::move(error)});
        m_parts.emplace(m_orders++, std::pair(path, std::move(part)));
    }

    void work() {
        for (;;) {
            std::unique_lock lock(m_mutex);
            m_more.wait(lock, [this] { return m_complete || !m_queue.empty(); });
            if (m_queue.empty()) {
                return;
            }
            const Job job = std::move(m_queue.front());
            m_queue.pop_front();
            lock.unlock();
            m_room.notify_one();
            Part part = judge(job.candidate);
            lock.lock();
            for (auto& each : part.connections) {
                each.findings = shared(*each.findings);
            }
            if (!part.format.empty() || !part.remarks.empty()) {
                m_parts.emplace(job.order, std::pair(job.candidate.path, std::move(part)));
            }
        }
    }

    Part judge(const Candidate& candidate) {
        std::unique_lock<std::mutex> alone(m_largeFile, std::defer_lock);
        if (candidate.size > largeFile) {
            alone.lock();
        }
        Part part;
        const auto remark = [&](Remark::Kind kind, unsigned line, std::string entry, base::Error error) {
            part.remarks.push_back({kind, candidate.path, line, std::move(entry), std::move(error)});
        };
        const std::string name = std::filesystem::path(candidate.path).filename().native();
        const auto file = formats::openFile(candidate.path, candidate.path);
        const auto bytes = file ? formats::readFile(*file, candidate.path) : base::fail(file.error());
        if (!bytes) {
            remark(Remark::Kind::Unread, 0, {}, bytes.error());
            return part;
        }
        const bool guess = candidate.chance == Chance::Possible;
        if (guess && !speaksOfVpn({reinterpret_cast<const char*>(bytes->data()), bytes->size()})) {
            return part;
        }
        auto judged = legacy::auditFile(*bytes, name, m_now);
        if (!judged) {
            // Said of what began as one of the formats, never of something else.
            const bool damaged = judged.error().code == "tern.formats.broken";
            if (!guess || damaged) {
                const bool foreign = isForeign(judged.error()) && !candidate.asked;
                remark(foreign ? Remark::Kind::Foreign : Remark::Kind::Unread, 0, {}, std::move(judged.error()));
            }
            return part;
        }
        part.format = judged->connections.empty() ? "?" : judged->connections.front().profile.origin.format;
        for (auto& problem : judged->problems) {
            const bool skipped = problem.severity == formats::ImportProblem::Severity::Skipped;
            remark(skipped ? Remark::Kind::Skipped : Remark::Kind::Note, problem.line, std::move(problem.entry),
                   std::move(problem.error));
        }
        part.connections.reserve(judged->connections.size());
        for (auto& each : judged->connections) {
            auto& profile = each.profile;
            part.connections.push_back({0, profile.origin.line, std::move(profile.name), profile.server(), profile.port,
                                        profile.protocol, profile.authentication.method, legacy::gradeOf(each.findings),
                                        std::make_shared<const std::vector<base::Finding>>(std::move(each.findings))});
        }
        return part;
    }

    // The one list with this content.
    const Findings& shared(const std::vector<base::Finding>& findings) {
        std::string key;
        for (const auto& finding : findings) {
            key.append(finding.code).append(1, static_cast<char>('0' + static_cast<int>(finding.severity)));
            for (const auto& arg : finding.args) {
                key.append(1, '\0').append(arg);
            }
            key.append(1, '\n');
        }
        auto& known = m_findings[key];
        if (!known) {
            known = std::make_shared<const std::vector<base::Finding>>(findings);
        }
        return known;
    }

    Report assemble() {
        for (auto& [order, named] : m_parts) {
            auto& [path, part] = named;
            m_report.filesRead += part.format.empty() ? 0U : 1U;
            for (auto& each : part.remarks) {
                m_report.unread += each.kind == Remark::Kind::Unread ? 1U : 0U;
                if (m_report.remarks.size() < maximumRemarks) {
                    m_report.remarks.push_back(std::move(each));
                } else {
                    ++m_report.remarksLeftOut;
                }
            }
            if (part.connections.empty()) {
                continue;
            }
            const auto index = static_cast<std::uint32_t>(m_report.files.size());
            auto owner = ownerOf(path);
            const auto worst = std::ranges::min(part.connections, {}, &Connection::grade).grade;
            m_report.files.push_back({std::move(path), std::move(owner), std::move(part.format),
                                      static_cast<std::uint32_t>(part.connections.size()), worst});
            for (auto& each : part.connections) {
                each.file = index;
                m_report.connections.push_back(std::move(each));
            }
            part = {};
        }
        std::ranges::stable_sort(m_report.connections, {}, &Connection::grade);
        return std::move(m_report);
    }

    const base::UnixSeconds m_now;
    std::mutex m_mutex; // of all below but m_largeFile
    std::condition_variable m_more;
    std::condition_variable m_room;
    std::deque<Job> m_queue;
    bool m_complete = false;
    std::size_t m_orders = 0;
    std::map<std::size_t, std::pair<std::string, Part>> m_parts; // in the order of the walk
    std::unordered_map<std::string, Findings> m_findings;
    Report m_report;
    std::mutex m_largeFile;
};

} // namespace

Report run(std::span<const std::string> paths, base::UnixSeconds now, unsigned threads) {
    return Auditor(now).run(paths, threads);
}

} // namespace tern::audit
