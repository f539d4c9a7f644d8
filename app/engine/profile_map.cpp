#include "app/engine/profile_map.h"

#include "core/base/catalogue.h"
#include "core/base/time.h"
#include "core/crypto/ml_kem.h"

namespace tern::engine {

namespace {

using namespace Qt::StringLiterals;

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QStringList texts(const std::vector<std::string>& list) {
    QStringList result;
    for (const auto& entry : list) {
        result << text(entry);
    }
    return result;
}

// Of IpAddress and IpPrefix alike.
template<typename T>
QStringList shown(const std::vector<T>& list) {
    QStringList result;
    for (const auto& entry : list) {
        result << text(entry.text());
    }
    return result;
}

// Full tunnel: nothing but what is excluded leaves beside it. A profile that sends only IPv6 outside counts as split.
bool isFullTunnel(const profile::Routing& routing) {
    return routing.fullTunnelIpv4;
}

} // namespace

QVariantMap findingMap(const base::Finding& finding) {
    const auto words = base::describe({finding.code, finding.args, {}});
    return {{u"code"_s, text(finding.code)}, {u"severity"_s, text(base::severityName(finding.severity))},
            {u"sentence"_s, words.sentence}, {u"remedy"_s, words.remedy},
            {u"source"_s, words.source},     {u"args"_s, texts(finding.args)}};
}

namespace {

// What the policy has to say, beside the findings.
void addDecision(QVariantMap& map, const Judged& judged) {
    const auto& decision = judged.decision;
    map.insert(u"can-connect"_s, decision.verdict != policy::Verdict::Refused);
    if (decision.refusal) {
        map.insert(u"refusal"_s, dbus::toMap(*decision.refusal));
    }
    if (decision.until) {
        map.insert(u"needs-acknowledgement"_s, true);
        map.insert(u"allowed-until"_s, text(base::dateText(*decision.until)));
        map.insert(u"days-left"_s, decision.daysLeft);
    }
    if (judged.replacement != nullptr) {
        map.insert(u"replacement-host"_s, text(judged.replacement->host));
        map.insert(u"replacement-protocol"_s, text(profile::protocolName(judged.replacement->protocol)));
    }
}

} // namespace

QVariantMap profileSummary(const profile::Profile& profile, const Judged& judged, bool hasPassword) {
    QVariantList findingMaps;
    for (const auto& finding : judged.findings) {
        findingMaps << QVariant(findingMap(finding));
    }
    QVariantMap map{{u"id"_s, text(profile.id)},
                    {u"name"_s, text(profile.name)},
                    {u"protocol"_s, text(profile::protocolName(profile.protocol))},
                    {u"server"_s, text(profile.server())},
                    {u"username"_s, text(profile.authentication.username)},
                    {u"auth"_s, text(profile::methodName(profile.authentication.method))},
                    {u"origin"_s, text(profile.origin.file)},
                    {u"folder"_s, text(profile.folder)},
                    {u"has-password"_s, hasPassword},
                    {u"remember-password"_s, profile.authentication.rememberPassword},
                    {u"full-tunnel"_s, isFullTunnel(profile.routing)},
                    {u"legacy-algorithms"_s, profile.ike.legacyAlgorithms},
                    {u"findings"_s, findingMaps},
                    {u"grade"_s, text(legacy::gradeName(judged.grade.grade))},
                    {u"grade-because"_s, texts(judged.grade.because)},
                    {u"grade-next"_s, text(legacy::gradeName(judged.grade.next))}};
    addDecision(map, judged);
    return map;
}

QVariantMap profileDetails(const profile::Profile& profile, const Judged& judged, bool hasPassword) {
    auto map = profileSummary(profile, judged, hasPassword);
    QStringList routes;
    for (const auto& route : profile.routing.routes) {
        routes << text(route.to.text());
    }
    map.insert(u"servers"_s, texts(profile.servers));
    map.insert(u"routes"_s, routes);
    map.insert(u"excluded"_s, shown(profile.routing.excluded));
    map.insert(u"dns"_s, shown(profile.dns.servers));
    map.insert(u"domains"_s, texts(profile.dns.domains));
    map.insert(u"domain"_s, text(profile.authentication.domain));
    map.insert(u"ca"_s, text(profile.trust.caPem));
    map.insert(u"server-name"_s, text(profile.trust.serverName));
    map.insert(u"remote-identity"_s, text(profile.trust.remoteIdentity));
    QStringList inner;
    for (const auto method : profile.authentication.inner) {
        inner << text(profile::methodName(method));
    }
    map.insert(u"inner"_s, inner.join(u','));
    map.insert(u"outer-identity"_s, text(profile.authentication.outerIdentity));
    map.insert(u"eap-server-names"_s, texts(profile.trust.eapServerNames).join(u','));
    map.insert(u"eap-tls-1.3"_s, profile.authentication.eapTls13);
    map.insert(u"require-cryptobinding"_s, profile.authentication.requireCryptobinding);
    map.insert(u"local-identity"_s, text(profile.trust.localIdentity));
    map.insert(u"post-quantum"_s, text(profile::postQuantumName(profile.ike.postQuantum)));
    map.insert(u"post-quantum-available"_s, crypto::mlKemIsAvailable(crypto::mlKem768));
    map.insert(u"port"_s, profile.port);
    map.insert(u"sni"_s, profile.sstp.withoutServerName ? u"off"_s : text(profile.sstp.serverNameIndication));
    map.insert(u"sni-refused"_s, profile.sstp.nameRefused);
    map.insert(u"tenant-id"_s, text(profile.sstp.tenantId));
    map.insert(u"sstp-host"_s, text(profile.sstp.host));
    map.insert(u"proxy"_s, text(profile.sstp.proxy));
    map.insert(u"tcp"_s, text(profile::tcpUseName(profile.ike.tcp)));
    map.insert(u"ppk-id"_s, text(profile.authentication.ppkId));
    map.insert(u"ppk-required"_s, profile.authentication.ppkRequired);
    map.insert(u"certificate"_s, text(profile.authentication.certificate.source));
    map.insert(u"certificate-key"_s, text(profile.authentication.certificate.key));
    map.insert(u"certificate-first"_s, profile.authentication.certificateFirst);
    map.insert(u"rsa-signature"_s, text(profile.authentication.certificate.rsaSignature));
    map.insert(u"imported"_s, static_cast<qlonglong>(profile.origin.imported.count()));
    map.insert(u"raw"_s, text(profile.origin.original));
    return map;
}

QVariantMap problemMap(const formats::ImportProblem& problem) {
    auto map = dbus::toMap(problem.error);
    map.insert(u"line"_s, static_cast<uint>(problem.line));
    map.insert(u"entry"_s, text(problem.entry));
    map.insert(u"skipped"_s, problem.severity == formats::ImportProblem::Severity::Skipped);
    return map;
}

} // namespace tern::engine
