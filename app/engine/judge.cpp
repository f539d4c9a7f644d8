#include "app/engine/judge.h"

#include "app/engine/policy_watch.h"
#include "core/connection/own_certificate.h"
#include "core/legacy/facts.h"

#include <QDateTime>
#include <QFileInfo>

namespace tern::engine {

namespace {

policy::Day today() {
    const auto date = QDate::currentDate();
    return std::chrono::year(date.year()) / date.month() / date.day();
}

} // namespace

Judged Judge::judge(const profile::Profile& profile) const {
    const legacy::Facts facts{std::chrono::seconds(QDateTime::currentSecsSinceEpoch()),
                              legacy::certificateFacts(profile, ownCertificate(profile)), std::nullopt};
    Judged judged;
    judged.findings = legacy::assess(profile, facts);
    judged.grade = legacy::explain(judged.findings);
    judged.decision = policy::decide(profile, judged.findings, m_policy.current(), today());
    judged.replacement = m_policy.current().replacementFor(profile.server());
    return judged;
}

std::vector<base::Bytes> Judge::ownCertificate(const profile::Profile& profile) const {
    const auto& source = profile.authentication.certificate.source;
    if (source.empty() || connection::isTokenUri(source)) {
        return {};
    }
    const auto path = QString::fromStdString(source);
    const QFileInfo file(path);
    const auto modified = file.lastModified().toMSecsSinceEpoch();
    auto& read = m_read[path];
    if (read.modified != modified || read.size != file.size()) {
        const auto certificates = connection::lookAtCertificates(source, std::nullopt);
        read = {modified, file.size(), certificates ? certificates->front() : base::Bytes()};
    }
    std::vector<base::Bytes> own;
    if (!read.leaf.empty()) {
        own.push_back(read.leaf);
    }
    return own;
}

} // namespace tern::engine
