// What the answers come to: a verdict, findings and words for each road, and the advice.
#include "core/probe/survey.h"

#include "core/crypto/certificate.h"

#include <algorithm>
#include <array>

namespace tern::probe {

namespace {

constexpr std::chrono::hours expiresSoon{24 * 30};

template<typename List>
void collectDoors(Road& road, const List& questions) {
    for (const auto& question : questions) {
        road.doors.push_back(question->door());
    }
}

// The best of the doors: an open one is enough, and one that is silent beside closed ones is dropped on the way.
Verdict bestOf(const std::vector<Door>& doors) {
    auto best = doors.empty() ? Verdict::Silent : doors.front().verdict;
    bool silent = false;
    for (const auto& door : doors) {
        silent = silent || door.verdict == Verdict::Silent;
        best = std::min(best, door.verdict);
    }
    return best == Verdict::Closed && silent ? Verdict::Silent : best;
}

// The question whose answer says most.
template<typename List>
auto bestAnswer(const List& questions) {
    return std::min_element(questions.begin(), questions.end(), [](const auto& a, const auto& b) {
        const auto rank = [](const auto& one) {
            return std::pair(one->door().verdict, !one->door().answered.has_value());
        };
        return rank(a) < rank(b);
    });
}

void sortFindings(Road& road) {
    std::stable_sort(road.findings.begin(), road.findings.end(),
                     [](const base::Finding& a, const base::Finding& b) { return a.severity < b.severity; });
}

bool anyAnswer(const Road& road, Transport transport, std::uint16_t port) {
    return std::any_of(road.doors.begin(), road.doors.end(), [&](const Door& door) {
        return door.transport == transport && door.endpoint.port == port && door.verdict <= Verdict::Unusable;
    });
}

void findIkev2(Road& road, const Ikev2Facts& facts, const std::string& weakParts) {
    constexpr std::uint16_t ikePort = 500;
    constexpr std::uint16_t natTraversalPort = 4500;
    if (!weakParts.empty()) {
        road.findings.push_back({"tern.probe.ikev2.outdated", base::Severity::Weak, {weakParts}});
    }
    const bool direct = anyAnswer(road, Transport::Udp, ikePort);
    const bool throughNat = anyAnswer(road, Transport::Udp, natTraversalPort);
    if (!direct && !throughNat) {
        road.findings.push_back({"tern.probe.ikev2.tcp-only", base::Severity::Note, {}});
    } else if (!throughNat) {
        road.findings.push_back({"tern.probe.ikev2.no-4500", base::Severity::Note, {}});
    }
    if (!facts.fragmentation && !facts.redirect) {
        road.findings.push_back({"tern.probe.ikev2.no-fragments", base::Severity::Note, {}});
    }
}

} // namespace

void Survey::judgeIkev2(Result& result) const {
    auto& road = result.ikev2;
    collectDoors(road, m_ikev2);
    road.verdict = bestOf(road.doors);
    const auto best = bestAnswer(m_ikev2);
    if (best != m_ikev2.end()) {
        result.ikev2Facts = (*best)->facts();
    }
    const auto& facts = result.ikev2Facts;
    switch (road.verdict) {
    case Verdict::Open:
        road.words = facts.redirect ? base::Error{"tern.probe.ikev2.redirect", {}, {}}
                                    : base::Error{"tern.probe.ikev2.open", {facts.suite}, {}};
        findIkev2(road, facts, {});
        break;
    case Verdict::Weak:
        road.words = {"tern.probe.ikev2.weak", {facts.weakSuite}, {}};
        findIkev2(road, facts, (*best)->weakParts());
        break;
    case Verdict::Unusable:
        road.words = {facts.refusal == "NO_PROPOSAL_CHOSEN" ? "tern.probe.ikev2.no-proposal"
                                                            : "tern.probe.ikev2.unusable",
                      {facts.refusal},
                      facts.refusal};
        break;
    case Verdict::Closed:
        road.words = {"tern.probe.ikev2.closed", {}, {}};
        break;
    case Verdict::Silent:
        road.words = {"tern.probe.ikev2.silent", {}, {}};
        break;
    }
    sortFindings(road);
}

namespace {

base::Error sstpWords(Verdict verdict, const SstpFacts& facts) {
    const auto detail = facts.refusal ? facts.refusal->code + " " + facts.refusal->detail : std::string();
    switch (verdict) {
    case Verdict::Open:
    case Verdict::Weak:
        return {"tern.probe.sstp.open", {facts.cipher}, {}};
    case Verdict::Unusable:
        if (!facts.certificateProblems.empty() && facts.answer == SstpAnswer::Sstp) {
            return {"tern.probe.sstp.certificate", {}, facts.certificateProblems.front().code};
        }
        if (facts.answer == SstpAnswer::Refused) {
            return {"tern.probe.sstp.refused", {}, detail};
        }
        if (facts.answer == SstpAnswer::Busy) {
            return {"tern.probe.sstp.busy", {}, detail};
        }
        return {"tern.probe.sstp.tls", {}, detail};
    case Verdict::Closed:
        if (facts.answer == SstpAnswer::WebServer) {
            return {"tern.probe.sstp.web-server", {}, detail};
        }
        if (facts.answer == SstpAnswer::Portal) {
            return {"tern.probe.sstp.portal", {}, detail};
        }
        return {facts.answer == SstpAnswer::None ? "tern.probe.sstp.closed" : "tern.probe.sstp.other", {}, detail};
    case Verdict::Silent:
        break;
    }
    return {"tern.probe.sstp.silent", {}, {}};
}

void findTls(Road& road, const SstpFacts& facts) {
    std::string old;
    for (const auto& [known, name] : {std::pair(facts.tls10, "TLS 1.0"), std::pair(facts.tls11, "TLS 1.1")}) {
        if (known == Known::Yes) {
            old += old.empty() ? name : std::string(", ") + name;
        }
    }
    if (!old.empty()) {
        road.findings.push_back({"tern.probe.sstp.old-tls", base::Severity::Weak, {old}});
    }
}

void findExpiry(Road& road, const SstpFacts& facts, base::UnixSeconds now) {
    if (facts.chain.empty()) {
        return;
    }
    const auto leaf = crypto::Certificate::fromDer(facts.chain.front());
    if (leaf && leaf->notAfter > now && leaf->notAfter - now < expiresSoon) {
        const auto days = std::chrono::duration_cast<std::chrono::hours>(leaf->notAfter - now).count() / 24;
        road.findings.push_back({"tern.probe.sstp.expires-soon", base::Severity::Weak, {std::to_string(days)}});
    }
}

// Of each version, what the hello for it and for those above was answered with.
void takeTlsVersions(SstpFacts& facts, const std::vector<std::unique_ptr<TlsVersionQuestion>>& questions) {
    constexpr std::uint16_t tls10 = 0x0301;
    const std::array places{&facts.tls10, &facts.tls11, &facts.tls12};
    for (const auto& question : questions) {
        if (!question->isTls()) {
            continue;
        }
        auto& asked = *places.at(question->asked() - tls10);
        if (asked != Known::Yes) {
            asked = question->agreed() == question->asked() ? Known::Yes : Known::No;
        }
        if (question->agreed() != 0) {
            *places.at(question->agreed() - tls10) = Known::Yes;
        }
    }
}

} // namespace

void Survey::judgeSstp(Result& result, base::UnixSeconds now) const {
    auto& road = result.sstp;
    auto& facts = result.sstpFacts;
    std::vector<const SstpQuestion*> questions;
    for (const auto& question : m_sstp) {
        // Where it was asked again without a name, that answer counts.
        const bool again = std::any_of(m_sstp.begin(), m_sstp.end(), [&](const auto& other) {
            return other != question && other->door().endpoint == question->door().endpoint;
        });
        if (!again || !question->dislikesName()) {
            questions.push_back(question.get());
        }
    }
    collectDoors(road, questions);
    if (const auto best = bestAnswer(questions); best != questions.end()) {
        facts = (*best)->facts();
    }
    takeTlsVersions(facts, m_tls);
    checkCertificate(facts,
                     {m_config.trust, m_config.serverName.empty() ? m_config.target.host : m_config.serverName, now});
    road.verdict = bestOf(road.doors);
    if (road.verdict == Verdict::Open && !facts.certificateProblems.empty()) {
        road.verdict = Verdict::Unusable;
        for (auto& door : road.doors) {
            door.verdict = door.verdict == Verdict::Open ? Verdict::Unusable : door.verdict;
        }
    }
    road.words = sstpWords(road.verdict, facts);
    if (facts.answer == SstpAnswer::Sstp) {
        findTls(road, facts);
        findExpiry(road, facts, now);
    }
    sortFindings(road);
}

void Survey::judgePptp(Result& result) const {
    auto& road = result.pptp;
    collectDoors(road, m_pptp);
    road.verdict = bestOf(road.doors);
    if (const auto best = bestAnswer(m_pptp); best != m_pptp.end()) {
        result.pptpFacts = (*best)->facts();
    }
    switch (road.verdict) {
    case Verdict::Open:
    case Verdict::Weak:
        road.words = {"tern.probe.pptp.open", {}, {}};
        break;
    case Verdict::Unusable:
        road.words = {"tern.probe.pptp.unusable", {}, {}};
        break;
    case Verdict::Closed:
        road.words = {"tern.probe.pptp.closed", {}, {}};
        break;
    case Verdict::Silent:
        road.words = {"tern.probe.pptp.silent", {}, {}};
        break;
    }
    if (road.verdict <= Verdict::Unusable) {
        road.findings.push_back({"tern.legacy.pptp", base::Severity::Broken, {}});
    }
}

void Survey::judgeL2tp(Result& result) const {
    auto& road = result.l2tp;
    auto& facts = result.l2tpFacts;
    collectDoors(road, m_ikev1);
    collectDoors(road, m_l2tp);
    road.verdict = bestOf(road.doors);
    for (const auto& question : m_ikev1) {
        if (question->ikev1() > facts.ikev1) {
            facts.ikev1 = question->ikev1();
            facts.suite = question->suite();
            facts.ikeVendors = question->vendors();
        }
    }
    for (const auto& question : m_l2tp) {
        if (question->door().verdict == Verdict::Open) {
            facts.plain = true;
            facts.host = question->host();
            facts.vendor = question->vendor();
        }
    }
    switch (road.verdict) {
    case Verdict::Open:
    case Verdict::Weak:
        road.words = facts.ikev1 == Ikev1::Accepts ? base::Error{"tern.probe.l2tp.open", {facts.suite}, {}}
                                                   : base::Error{"tern.probe.l2tp.plain", {}, {}};
        road.findings.push_back({"tern.legacy.l2tp", base::Severity::Retired, {}});
        break;
    case Verdict::Unusable:
        road.words = {"tern.probe.l2tp.speaks", {}, {}};
        break;
    case Verdict::Closed:
        road.words = {"tern.probe.l2tp.closed", {}, {}};
        break;
    case Verdict::Silent:
        road.words = {"tern.probe.l2tp.silent", {}, {}};
        break;
    }
    if (facts.plain) {
        road.findings.push_back({"tern.probe.l2tp.no-ipsec", base::Severity::Broken, {}});
    }
    sortFindings(road);
}

Result Survey::result(base::UnixSeconds now, std::chrono::milliseconds took) const {
    Result result;
    result.host = m_config.target.host;
    result.sstpPort = m_config.target.sstpPort;
    result.addresses = m_asked;
    result.took = took;
    judgeIkev2(result);
    judgeSstp(result, now);
    judgePptp(result);
    judgeL2tp(result);
    advise(result);
    return result;
}

namespace {

Advice adviceOf(const Result& result) {
    const bool sstp = result.sstp.verdict == Verdict::Open;
    if (result.ikev2.verdict == Verdict::Open) {
        return sstp ? Advice::Both : Advice::ReadyIkev2;
    }
    if (sstp) {
        return Advice::ReadySstp;
    }
    if (result.ikev2.verdict == Verdict::Weak) {
        return Advice::OnlyWeakIkev2;
    }
    const bool retired = result.pptp.verdict <= Verdict::Unusable || result.l2tp.verdict == Verdict::Open;
    // A program that speaks both IKEv1 and IKEv2 refuses the latter in these words where it was never set up.
    const bool refusesAll = result.ikev2Facts.refusal == "NO_PROPOSAL_CHOSEN";
    const bool ikev2 = result.ikev2.verdict == Verdict::Unusable && !(retired && refusesAll);
    if (ikev2 || result.sstp.verdict == Verdict::Unusable) {
        return Advice::NeedsRepair;
    }
    return retired || result.l2tp.verdict <= Verdict::Unusable ? Advice::OnlyRetired : Advice::Nothing;
}

} // namespace

void advise(Result& result) {
    result.advice = adviceOf(result);
    result.words.args = {result.host};
    switch (result.advice) {
    case Advice::Both:
        result.words.code = "tern.probe.advice.both";
        break;
    case Advice::ReadyIkev2:
        result.words.code = "tern.probe.advice.ready-ikev2";
        break;
    case Advice::ReadySstp:
        result.words.code = "tern.probe.advice.ready-sstp";
        break;
    case Advice::OnlyWeakIkev2:
        result.words.code = "tern.probe.advice.only-weak-ikev2";
        break;
    case Advice::NeedsRepair:
        result.words.code = "tern.probe.advice.needs-repair";
        break;
    case Advice::OnlyRetired:
        result.words.code = "tern.probe.advice.only-retired";
        break;
    case Advice::Nothing:
        result.words.code = "tern.probe.advice.nothing";
        break;
    }
}

} // namespace tern::probe
