#include "core/migrate/plan.h"

#include "core/legacy/assess.h"
#include "core/migrate/carry.h"
#include "core/migrate/choose.h"

#include <algorithm>

namespace tern::migrate {

namespace {

using profile::Method;
using profile::Protocol;

Target targetOf(Protocol protocol) {
    return protocol == Protocol::Ikev2 ? Target::Ikev2 : protocol == Protocol::Sstp ? Target::Sstp : Target::Automatic;
}

bool isFlagged(const profile::Profile& old, std::string_view grade, const Rules& rules) {
    return grade != legacy::gradeName(legacy::Grade::Good) || !rules.replacement.empty() ||
           legacy::refusal(old).has_value();
}

void askForServer(const profile::Profile& old, const Rules& rules, const Answers& answers, Plan& plan) {
    const auto server = serverToProbe(old, rules, answers);
    const bool moved = !rules.replacement.empty() && server == rules.replacement;
    plan.questions.push_back({Answer::Server,
                              {moved ? "tern.migrate.ask.server-replaced" : "tern.migrate.ask.server", {server}, {}},
                              server.empty(),
                              server});
}

void askForName(const profile::Profile& settings, Plan& plan) {
    const auto& authentication = settings.authentication;
    const bool certificate =
        authentication.method == Method::EapTls || authentication.method == Method::MachineCertificate;
    if (certificate || authentication.method == Method::Psk) {
        return;
    }
    const bool bare =
        authentication.domain.empty() && authentication.username.find_first_of("\\@") == std::string::npos;
    plan.questions.push_back({Answer::Username,
                              {authentication.username.empty() ? "tern.migrate.ask.username"
                               : bare                          ? "tern.migrate.ask.name-form"
                                                               : "tern.migrate.ask.name-whole",
                               {authentication.login()},
                               {}},
                              false,
                              authentication.login()});
}

void askForTheRest(const profile::Profile& settings, const Choice& choice, const Answers& answers, Plan& plan) {
    const auto& authentication = settings.authentication;
    const bool certificate = authentication.method == Method::EapTls ||
                             authentication.method == Method::MachineCertificate || authentication.certificateFirst;
    if (certificate && authentication.certificate.source.empty()) {
        plan.questions.push_back({Answer::Certificate, {"tern.migrate.ask.certificate", {}, {}}, true, {}});
    }
    const bool trusted = !settings.trust.caPem.empty() || !settings.trust.pins.empty();
    if (choice.needsTrust) {
        // With an IKEv2 beside it that may show another certificate, the trial will tell.
        const bool required = !trusted && settings.protocol == Protocol::Sstp;
        plan.questions.push_back({Answer::Authority, {"tern.migrate.ask.authority", {}, {}}, required, {}});
    } else if (!trusted) {
        plan.questions.push_back({Answer::Authority, {"tern.migrate.ask.authority-maybe", {}, {}}, false, {}});
    }
    if (choice.weak) {
        plan.questions.push_back({Answer::AllowWeak, {"tern.migrate.ask.allow-weak", {}, {}}, !answers.allowWeak, {}});
    }
}

} // namespace

Rules rulesFor(const policy::Policy& policy, const profile::Profile& old) {
    Rules rules;
    if (!policy.isSound()) {
        return rules;
    }
    rules.minimumGrade = policy.minimumGrade;
    if (const auto* replacement = policy.replacementFor(old.server())) {
        rules.replacement = replacement->host;
        rules.replacementProtocol = replacement->protocol;
    }
    if (policy.isOurs(rules.replacement.empty() ? old.server() : rules.replacement)) {
        rules.caPem = policy.caPem;
    }
    return rules;
}

std::string serverToProbe(const profile::Profile& old, const Rules& rules, const Answers& answers) {
    if (answers.server && !answers.server->empty()) {
        return *answers.server;
    }
    return rules.replacement.empty() ? old.server() : rules.replacement;
}

Plan plan(const profile::Profile& old, const probe::Result* probed, const Rules& rules, Target target,
          const Answers& answers) {
    Plan plan;
    plan.checked = probed != nullptr;
    plan.gradeBefore = legacy::grade(legacy::assess(old));
    askForServer(old, rules, answers, plan);
    if (!isFlagged(old, plan.gradeBefore, rules) && target == Target::Automatic && !answers.server) {
        plan.questions.clear();
        plan.reason = {"tern.migrate.not.needed", {}, {}};
        return plan;
    }
    if (serverToProbe(old, rules, answers).empty()) {
        plan.verdict = Verdict::Questions;
        plan.reason = {"tern.migrate.not.no-server", {}, {}};
        return plan;
    }
    const bool known = target == Target::Automatic && serverToProbe(old, rules, answers) == rules.replacement;
    const auto choice = choose(old, probed, known ? targetOf(rules.replacementProtocol) : target);
    plan.reason = choice.reason;
    if (!choice.protocol) {
        plan.verdict = choice.silent ? Verdict::Silent : Verdict::NotReady;
        return plan;
    }
    auto used = answers;
    // Consent that nothing asks for weakens nothing.
    used.allowWeak = answers.allowWeak && (choice.weak || probed == nullptr);
    auto carried = carry(old, *choice.protocol, probed, rules, used);
    plan.kept = std::move(carried.kept);
    plan.dropped = std::move(carried.dropped);
    plan.protocol = carried.settings.protocol;
    askForName(carried.settings, plan);
    askForTheRest(carried.settings, choice, answers, plan);

    auto judged = carried.settings;
    judged.ike.legacyAlgorithms = judged.ike.legacyAlgorithms || choice.weak;
    const auto after = legacy::gradeOf(legacy::assess(judged));
    plan.gradeAfter = legacy::gradeName(after);
    if (rules.minimumGrade && after < *rules.minimumGrade) {
        plan.verdict = Verdict::Forbidden;
        plan.reason = {"tern.migrate.not.policy", {}, {}};
        return plan;
    }
    plan.verdict = std::ranges::any_of(plan.questions, &Question::required) ? Verdict::Questions : Verdict::Ready;
    plan.settings = std::move(carried.settings);
    return plan;
}

bool secretComesAlong(const profile::Profile& old, const profile::Profile& settings) {
    const bool wasKey = old.authentication.method == Method::Psk;
    if (settings.authentication.method != Method::Psk) {
        return !wasKey;
    }
    return wasKey && (old.protocol == Protocol::Ikev2 || old.protocol == Protocol::Automatic);
}

std::string_view verdictName(Verdict verdict) {
    switch (verdict) {
    case Verdict::Ready:
        return "ready";
    case Verdict::Questions:
        return "questions";
    case Verdict::NotReady:
        return "not-ready";
    case Verdict::Silent:
        return "silent";
    case Verdict::Forbidden:
        return "forbidden";
    case Verdict::NotNeeded:
        break;
    }
    return "not-needed";
}

std::string_view answerName(Answer answer) {
    switch (answer) {
    case Answer::Server:
        return "server";
    case Answer::Username:
        return "username";
    case Answer::Authority:
        return "authority";
    case Answer::Certificate:
        return "certificate";
    case Answer::AllowWeak:
        break;
    }
    return "allow-weak";
}

std::optional<Target> targetFromName(std::string_view name) {
    if (name == "auto" || name.empty()) {
        return Target::Automatic;
    }
    if (name == "ikev2") {
        return Target::Ikev2;
    }
    return name == "sstp" ? std::optional(Target::Sstp) : std::nullopt;
}

} // namespace tern::migrate
