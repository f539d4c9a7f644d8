#include "core/probe/certificate_check.h"

#include "core/crypto/certificate.h"

#include <algorithm>

namespace tern::probe {

namespace {

using crypto::TrustStore;

bool isAboutDates(const base::Error& error) {
    return error.code == "tern.crypto.cert.expired" || error.code == "tern.crypto.cert.not-yet-valid" ||
           error.code == "tern.crypto.cert.authority-expired" ||
           error.code == "tern.crypto.cert.authority-not-yet-valid";
}

bool isAboutUsage(const base::Error& error) {
    return error.code == "tern.crypto.cert.usage" || error.code == "tern.crypto.cert.key-usage";
}

// A refusal for another reason says nothing about this one.
Known known(const base::Result<void>& checked, bool refusedForThis) {
    if (checked) {
        return Known::Yes;
    }
    return refusedForThis ? Known::No : Known::Unknown;
}

} // namespace

void checkCertificate(SstpFacts& facts, const CertificateExpectation& expectation) {
    if (facts.chain.empty()) {
        return;
    }
    const auto leaf = crypto::Certificate::fromDer(facts.chain.front());
    if (!leaf) {
        facts.certificateProblems.push_back(leaf.error());
        return;
    }
    auto& problems = facts.certificateProblems;
    // The moment of notAfter itself counts as too late.
    const auto whileGood = leaf->notAfter - std::chrono::seconds(1);
    TrustStore::Expectation expected;
    expected.name = expectation.name;
    expected.time = expectation.time;
    expected.serverAuth = false;
    expected.anyName = true;
    std::optional<base::Error> dates;
    if (expectation.trust) {
        auto chain = expectation.trust->verifyServer(facts.chain, expected);
        if (!chain && isAboutDates(chain.error())) {
            dates = chain.error();
            expected.time = whileGood; // whom it hangs on is asked as of then
            chain = expectation.trust->verifyServer(facts.chain, expected);
        }
        facts.trusted = chain || isAboutDates(chain.error()) ? Known::Yes : Known::No;
        if (facts.trusted == Known::No) {
            problems.push_back(chain.error());
        }
    }
    // The rest is the leaf's own affair, whoever has signed it.
    const auto itself = TrustStore::fromPem(crypto::pemOf(facts.chain.front()));
    if (itself) {
        expected.time = expectation.time;
        const auto now = (*itself)->verifyServer(facts.chain, expected);
        if (!dates && !now && isAboutDates(now.error())) {
            dates = now.error();
        }
        expected.time = whileGood;
        expected.anyName = false;
        const auto named = (*itself)->verifyServer(facts.chain, expected);
        facts.nameMatches = known(named, !named && named.error().code == "tern.crypto.cert.name");
        expected.anyName = true;
        expected.serverAuth = true;
        const auto usage = (*itself)->verifyServer(facts.chain, expected);
        facts.serverUsage = known(usage, !usage && isAboutUsage(usage.error()));
        if (dates) {
            problems.push_back(*dates);
        }
        if (facts.nameMatches == Known::No) {
            problems.push_back(named.error());
        }
        if (facts.serverUsage == Known::No) {
            problems.push_back(usage.error());
        }
    } else if (dates) {
        problems.push_back(*dates);
    }
}

} // namespace tern::probe
