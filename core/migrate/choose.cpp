#include "core/migrate/choose.h"

#include <algorithm>

namespace tern::migrate {

namespace {

using probe::Verdict;
using profile::Protocol;

// How far a protocol gets: as it is, with something a person can add, or not at all.
enum class Reach { No, Weak, NeedsTrust, Yes };

// A certificate whose authority is not known here can be helped by naming the authority; one that is expired or made
// out to another name cannot.
bool onlyTrustIsMissing(const probe::SstpFacts& facts) {
    return facts.answer == probe::SstpAnswer::Sstp && !facts.certificateProblems.empty() &&
           std::ranges::all_of(facts.certificateProblems, [](const base::Error& problem) {
               return problem.code == "tern.crypto.cert.untrusted" || problem.code == "tern.crypto.cert.self-signed";
           });
}

Reach reachOf(const probe::Road& road, const probe::Result& probed) {
    switch (road.verdict) {
    case Verdict::Open:
        return Reach::Yes;
    case Verdict::Weak:
        return Reach::Weak;
    case Verdict::Unusable:
        return road.protocol == probe::Protocol::Sstp && onlyTrustIsMissing(probed.sstpFacts) ? Reach::NeedsTrust
                                                                                              : Reach::No;
    case Verdict::Closed:
    case Verdict::Silent:
        break;
    }
    return Reach::No;
}

// The proxy's settings of the desktop are used in any case; this one was made for the connection.
bool throughProxy(const profile::Profile& old) {
    return !old.sstp.proxy.empty() && old.sstp.proxy != "none" && old.sstp.proxy != "system";
}

Choice unasked(const profile::Profile& old, Target target) {
    if (target == Target::Ikev2) {
        return {Protocol::Ikev2, {"tern.migrate.use.asked", {"IKEv2"}, {}}};
    }
    if (target == Target::Sstp) {
        return {Protocol::Sstp, {"tern.migrate.use.asked", {"SSTP"}, {}}};
    }
    if (throughProxy(old)) {
        return {Protocol::Sstp, {"tern.migrate.use.proxy", {}, {}}};
    }
    return {Protocol::Automatic, {"tern.migrate.use.unchecked", {}, {}}};
}

Choice nothingThere(const probe::Result& probed) {
    Choice choice;
    const auto reason = [&](const char* code) { choice.reason = {code, {probed.host}, {}}; };
    switch (probed.advice) {
    case probe::Advice::Nothing:
        choice.silent = true;
        reason("tern.migrate.not.silent");
        break;
    case probe::Advice::OnlyRetired:
        reason("tern.migrate.not.only-retired");
        break;
    default:
        reason("tern.migrate.not.repair");
        break;
    }
    return choice;
}

Choice asked(Protocol protocol, Reach reach, const char* name, const probe::Result& probed, bool otherIsThere) {
    if (reach == Reach::No) {
        auto none = nothingThere(probed);
        if (otherIsThere) {
            none.silent = false;
            none.reason = {"tern.migrate.not.asked", {name, protocol == Protocol::Sstp ? "IKEv2" : "SSTP"}, {}};
        }
        return none;
    }
    Choice choice{protocol, {"tern.migrate.use.asked", {name}, {}}};
    choice.weak = reach == Reach::Weak;
    choice.needsTrust = reach == Reach::NeedsTrust;
    return choice;
}

} // namespace

Choice choose(const profile::Profile& old, const probe::Result* probed, Target target) {
    if (probed == nullptr) {
        return unasked(old, target);
    }
    const auto ikev2 = reachOf(probed->ikev2, *probed);
    const auto sstp = reachOf(probed->sstp, *probed);
    if (target == Target::Ikev2) {
        return asked(Protocol::Ikev2, ikev2, "IKEv2", *probed, sstp != Reach::No);
    }
    if (target == Target::Sstp) {
        return asked(Protocol::Sstp, sstp, "SSTP", *probed, ikev2 != Reach::No);
    }
    const bool proxy = throughProxy(old);
    if (sstp != Reach::No && (proxy || ikev2 == Reach::No || ikev2 == Reach::Weak)) {
        Choice choice{Protocol::Sstp,
                      {proxy                  ? "tern.migrate.use.proxy"
                       : ikev2 == Reach::Weak ? "tern.migrate.use.sstp-not-weak"
                                              : "tern.migrate.use.sstp",
                       {},
                       {}}};
        choice.needsTrust = sstp == Reach::NeedsTrust;
        return choice;
    }
    if (ikev2 == Reach::Yes) {
        const bool both = sstp != Reach::No;
        Choice choice{both ? Protocol::Automatic : Protocol::Ikev2,
                      {both ? "tern.migrate.use.both" : "tern.migrate.use.ikev2", {}, {}}};
        choice.needsTrust = sstp == Reach::NeedsTrust;
        return choice;
    }
    if (ikev2 == Reach::Weak) {
        Choice choice{Protocol::Ikev2, {"tern.migrate.use.weak", {}, {}}};
        choice.weak = true;
        return choice;
    }
    return nothingThere(*probed);
}

} // namespace tern::migrate
