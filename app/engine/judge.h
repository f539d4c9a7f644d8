// What there is to say of a profile here and now: its findings with the facts of this computer, the grade, and whether
// it may be connected.
#pragma once

#include "core/legacy/assess.h"
#include "core/policy/decide.h"

#include <QHash>
#include <QString>

namespace tern::engine {

class PolicyWatch;

struct Judged {
    std::vector<base::Finding> findings; // worst first
    legacy::GradeExplained grade;
    policy::Decision decision;
    const policy::Replacement* replacement = nullptr; // by the policy; lives until the policy changes
};

class Judge {
public:
    explicit Judge(const PolicyWatch& policy)
        : m_policy(policy) {}

    // Reads the profile's certificate file where that has changed, but opens no token and asks nobody.
    [[nodiscard]] Judged judge(const profile::Profile& profile) const;

private:
    struct Read {
        qint64 modified = 0;
        qint64 size = 0;
        base::Bytes leaf; // empty: nothing can be seen without a pass phrase
    };
    [[nodiscard]] std::vector<base::Bytes> ownCertificate(const profile::Profile& profile) const;

    const PolicyWatch& m_policy;
    mutable QHash<QString, Read> m_read; // by file
};

} // namespace tern::engine
