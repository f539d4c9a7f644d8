// From a connection that uses retired or weak settings to one that does not: which protocol and why, what comes along,
// what stays behind and why, and what a person has to say first. Pure: the server was asked by core/probe, or was not.
//
// Lines are codes with arguments (base::describe has the sentence and, as the remedy, the explanation), so that the
// window, ternctl and the letter say the same in their own language.
#pragma once

#include "core/base/error.h"
#include "core/legacy/grade.h"
#include "core/policy/policy.h"
#include "core/probe/result.h"
#include "core/profile/profile.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tern::migrate {

// What was asked for; Automatic leaves it to the plan.
enum class Target { Automatic, Ikev2, Sstp };

enum class Verdict {
    Ready,     // can be tried now
    Questions, // can be tried when the required questions are answered
    NotReady,  // the server offers nothing to go to: write to its administrator
    Silent,    // nothing answered at all: look at the name and the network first
    Forbidden, // what could be had is below what the organisation asks for
    NotNeeded, // there is nothing to replace
};

// What the organisation says, as far as a plan is concerned. Empty: nothing.
struct Rules {
    std::string replacement; // server to go to instead of the profile's own
    profile::Protocol replacementProtocol = profile::Protocol::Automatic; // what that one is known to speak
    std::string caPem; // signs the certificate of the server to go to, being the organisation's
    std::optional<legacy::Grade> minimumGrade;
};
// Out of the policy of this computer, for the server that is called. A policy that is not sound says nothing here:
// connecting is refused by it anyway.
[[nodiscard]] Rules rulesFor(const policy::Policy& policy, const profile::Profile& old);

// What a person has said.
struct Answers {
    std::optional<std::string> server;
    std::optional<std::string> username; // with the domain, as the server wants it: DOMAIN\user or user@domain
    std::string caPem;                   // certificates that may sign the server's
    std::vector<std::string> pins;       // as profile::Trust::pins
    std::string certificate;             // as profile::ClientCertificate::source
    bool sharedKey = false;              // the administrator has given a new key for IKEv2; asked for when connecting
    bool allowWeak = false;              // outdated algorithms, knowing what they are
};

enum class Answer { Server, Username, Authority, Certificate, AllowWeak };

struct Question {
    Answer answer = Answer::Server;
    base::Error words;
    bool required = false;
    std::string proposed; // what is taken without an answer; may be empty
};

struct Plan {
    Verdict verdict = Verdict::NotNeeded;
    profile::Protocol protocol = profile::Protocol::Automatic; // of the new settings; meaningless without them
    bool checked = false;                                      // the server was asked
    base::Error reason;                                        // why this protocol, or why none
    std::vector<base::Error> kept;
    std::vector<base::Error> dropped;
    std::vector<Question> questions;
    std::optional<profile::Profile> settings; // what to try: without an id; nothing where there is nothing to try
    std::string gradeBefore;
    std::string gradeAfter; // "" without settings
};

// probed: what the server that will be called (serverToProbe) was found to offer; null: it was not asked.
[[nodiscard]] Plan plan(const profile::Profile& old, const probe::Result* probed, const Rules& rules, Target target,
                        const Answers& answers);

// The server of the new settings: the person's, the organisation's, or the old one.
[[nodiscard]] std::string serverToProbe(const profile::Profile& old, const Rules& rules, const Answers& answers);

// Whether what the keyring has for the old settings may be used by the new: a password may, a key of L2TP never.
[[nodiscard]] bool secretComesAlong(const profile::Profile& old, const profile::Profile& settings);

// "ready" "questions" "not-ready" "silent" "forbidden" "not-needed".
[[nodiscard]] std::string_view verdictName(Verdict verdict);
// "server" "username" "authority" "certificate" "allow-weak".
[[nodiscard]] std::string_view answerName(Answer answer);
// "auto" "ikev2" "sstp".
[[nodiscard]] std::optional<Target> targetFromName(std::string_view name);

} // namespace tern::migrate
