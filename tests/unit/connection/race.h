// A connection that leaves the choice of the protocol, and what drives both.
#pragma once

#include "tests/unit/connection/sstp_fakes.h"

#include <QByteArray>

namespace tern::connection::test {

using namespace std::chrono_literals;

inline base::Error error(const QByteArray& code) {
    return {code.toStdString(), {}, {}};
}

struct Race : SstpWorld {
    Race() {
        profile.protocol = profile::Protocol::Automatic;
        profile.authentication.method = profile::Method::EapMschapv2;
        profile.trust.revocation = profile::Revocation::Off;
        profile.ike.tcp = profile::TcpUse::Never;
    }
    [[nodiscard]] bool isSstpCalled() const { return host.record.streamsDone.contains(443); }
    void reachRace() {
        reachIke();
        reactor.advance(400ms);
        connectSstp();
    }
    void connectSstp() {
        host.record.streamsDone.extract(443).mapped()(base::UniqueFd(::dup(0)));
        call();
    }
    void sstpUp() { says(up()); }
    void sstpAsks(ppp::Prompt::Kind kind, bool retry = false) {
        ppp::Prompt prompt;
        prompt.kind = kind;
        prompt.retry = retry;
        says(prompt);
    }
    // Whatever is still open in the end.
    void finish() {
        if (host.record.closeDone) {
            std::exchange(host.record.closeDone, nullptr)();
        }
    }
    [[nodiscard]] bool nothingIsLeft() { return isClean() && r().sessions == 0 && r().tunnels == 0; }
    [[nodiscard]] std::string code() const {
        const auto& why = connection->status().error;
        return why ? why->code : std::string();
    }
};

} // namespace tern::connection::test
