// What an audit found, small enough to hold a hundred thousand connections: no profile is kept.
#pragma once

#include "core/base/finding.h"
#include "core/legacy/grade.h"
#include "core/profile/profile.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tern::audit {

using legacy::Grade;
using legacy::gradeName;
inline constexpr std::array grades{Grade::Broken, Grade::Retired,   Grade::CanFallBack,
                                   Grade::Weak,   Grade::NotJudged, Grade::Good};

using Findings = std::shared_ptr<const std::vector<base::Finding>>; // shared by connections that have the same

struct Connection {
    std::uint32_t file = 0; // in Report::files
    std::uint32_t line = 0; // from 1; 0: unknown
    std::string name;
    std::string server;
    std::uint16_t port = 0; // 0: the protocol's own
    profile::Protocol protocol = profile::Protocol::Automatic;
    profile::Method method = profile::Method::Unknown;
    Grade grade = Grade::Good;
    Findings findings; // worst first; never null
};

struct File {
    std::string path;   // as the file system has it: any octets
    std::string owner;  // as ownerOf()
    std::string format; // as ImportResult::format
    std::uint32_t connections = 0;
    std::optional<Grade> worst; // nothing without connections
};

// Something to know of a file beside its connections.
struct Remark {
    enum class Kind {
        Unread,  // a file or folder that could not be judged: the audit has a gap
        Foreign, // it holds no connections and is something else
        Skipped, // an entry that is no VPN connection, or too damaged to judge
        Note,
    };
    Kind kind = Kind::Note;
    std::string path;
    std::uint32_t line = 0; // 0: the whole file
    std::string entry;
    base::Error error;
};
// "unread" "foreign" "skipped" "note".
[[nodiscard]] std::string_view remarkKindName(Remark::Kind kind);

// What a server said when it was asked what it offers.
struct ServerAnswer {
    std::string server; // as serverKey()
    std::string
        offer; // the advice of Probe in org.ternvpn.Engine1.xml: "both" "only-retired" …; "": it could not be asked
    std::string sentence;
    std::string remedy;
    // For each of askedProtocols, as a road's verdict there: "open" "weak" "unusable" "closed" "silent"; "": not known.
    std::array<std::string, 4> verdicts{};
};
inline constexpr std::array askedProtocols{profile::Protocol::Ikev2, profile::Protocol::Sstp, profile::Protocol::Pptp,
                                           profile::Protocol::L2tp};

struct Report {
    std::vector<File> files;             // those with connections, in the order of the walk
    std::vector<Connection> connections; // worst first, else in the order of the walk and the file
    std::vector<Remark> remarks;         // in the order of the walk
    std::size_t remarksLeftOut = 0;      // beyond maximumRemarks
    std::vector<ServerAnswer> answers;   // of a probe, by server; empty without one
    std::size_t unasked = 0;             // servers that were to be asked when it was ended before its time
    std::size_t filesRead = 0;
    std::size_t filesMet = 0; // of any kind
    std::size_t folders = 0;
    std::size_t missing = 0; // paths that were asked for and are not there
    std::size_t unread = 0;  // remarks of that kind, those left out included

    [[nodiscard]] std::size_t count(Grade grade) const;
    // Connections this bad or worse.
    [[nodiscard]] std::size_t atOrAbove(Grade grade) const;
};

// The server of a connection as all lists name it: without regard to case.
[[nodiscard]] std::string serverKey(std::string_view server);
// Nothing where it was not asked.
[[nodiscard]] const ServerAnswer* answerOf(const Report& report, std::string_view server);

inline constexpr std::size_t maximumRemarks = 50'000;

// How often each finding was met, most frequent first among those equally severe; the most severe first.
struct FindingCount {
    base::Finding finding; // its arguments are those of the first met
    std::size_t connections = 0;
    bool alike = true; // all have these arguments
};
[[nodiscard]] std::vector<FindingCount> countFindings(const Report& report);

using ByGrade = std::array<std::size_t, grades.size()>;

struct ServerCount {
    std::string server;
    Grade worst = Grade::Good;
    std::size_t connections = 0;
    ByGrade byGrade{};
    std::uint16_t sstpPort = 0; // of a connection that may use SSTP; 0: the usual one
};
// Distinct servers, names without regard to case: the worst first, then those with the most connections so bad, then
// those with the most at all.
[[nodiscard]] std::vector<ServerCount> countServers(const Report& report);

struct ProtocolCount {
    profile::Protocol protocol = profile::Protocol::Automatic;
    std::size_t connections = 0;
    ByGrade byGrade{};
};
// Those met, the most frequent first.
[[nodiscard]] std::vector<ProtocolCount> countProtocols(const Report& report);

} // namespace tern::audit
