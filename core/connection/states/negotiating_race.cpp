// SSTP beside IKE, where the profile leaves the choice: it is called when IKE has had no answer for a moment, and what
// is fully up first stays. The other one goes without a trace. PPTP and L2TP are never tried.
#include "core/connection/sstp_config.h"
#include "core/connection/sstp_words.h"
#include "core/connection/states/disconnecting.h"
#include "core/connection/states/negotiating.h"
#include "core/connection/states/sstp_calling.h"

namespace tern::connection {

namespace {

// UDP's answer is there by then on nearly every network that has one.
constexpr base::Duration ikeHeadStart = std::chrono::milliseconds(400);

// Of two ends the one that says more: of a server that has answered; who was refused for who they are.
base::Error moreTelling(std::optional<base::Error> ike, std::optional<base::Error> sstp) {
    if (!ike || !sstp) {
        return ike ? std::move(*ike)
                   : sstp.value_or(base::Error{"tern.engine.internal", {}, "an end without a reason"});
    }
    const bool sstpSaysMore =
        (isSilence(ike->code) && !isSilence(sstp->code)) || (isRefusal(sstp->code) && !isRefusal(ike->code));
    return sstpSaysMore ? std::move(*sstp) : std::move(*ike);
}

} // namespace

// Not at a server that another one has sent us to: the profile does not name it.
bool Negotiating::mayRace() const {
    return m.request.profile.protocol == profile::Protocol::Automatic && mayUseSstp(m.request.profile) &&
           !m.redirects.from();
}

bool Negotiating::isIkeAlive() const {
    return m_socketAwaited || m.ike || m.rival || m_callingByTcp;
}

void Negotiating::waitForIke() {
    if (m_sstp != Sstp::Idle) {
        return;
    }
    const bool known = m.ike && m.environment.parts.prefersSstp(m.ike->localAddress(), *m.status.server);
    m.setGrace(known ? base::Duration::zero() : ikeHeadStart);
}

StatePtr Negotiating::callBySstp() {
    if (m_sstp != Sstp::Idle) {
        return nullptr;
    }
    m_sstp = Sstp::Runs;
    m_sstpStage = Stage::Contacting;
    if (m.proxyLost) {
        return sstpFails(*m.proxyLost);
    }
    m.note("Calling by SSTP too, port " + std::to_string(sstpPort(m.request.profile)));
    dialSstp();
    return nullptr;
}

void Negotiating::dialSstp() {
    m_sstpDialling = m.openSstpStream(Machine::SstpCall::BesideIke);
}

StatePtr Negotiating::takeSstpStream(SstpStreamOpened& opened) {
    m_sstpDialling.reset();
    if (!opened.socket) {
        return m_proxyLogin.ask(opened.socket.error()) ? nullptr : sstpFails(std::move(opened.socket.error()));
    }
    auto begun = m.beginSstp(std::move(*opened.socket));
    return begun ? nullptr : sstpFails(std::move(begun.error()));
}

StatePtr Negotiating::answeredForProxy(ProxyAnswered& event) {
    switch (m_proxyLogin.answered(event)) {
    case ProxyLogin::End::Failed:
        return sstpFails(std::move(m_proxyLogin.failure()));
    case ProxyLogin::End::Cancelled:
        return std::make_unique<Disconnecting>(m);
    case ProxyLogin::End::Again:
        dialSstp();
        break;
    }
    return nullptr;
}

StatePtr Negotiating::takeSstp(SstpOutput& output) {
    if (const auto* progress = std::get_if<sstp::Progress>(&output)) {
        m_sstpStage = publicStage(progress->stage);
        show();
    } else if (const auto* prompt = std::get_if<sstp::Prompt>(&output)) {
        ask(Questions::Side::Sstp, wishOf(*prompt));
    } else if (const auto* done = std::get_if<sstp::SignedIn>(&output)) {
        m.noteSignedIn(*done);
    } else if (auto* up = std::get_if<sstp::Up>(&output)) {
        m.up = std::move(*up);
        return sstpWins();
    } else if (auto* closed = std::get_if<sstp::Closed>(&output)) {
        return sstpFails(
            closed->error.value_or(base::Error{"tern.engine.internal", {}, "SSTP ended without a reason"}));
    }
    return nullptr;
}

StatePtr Negotiating::sstpWins() {
    if (m_stage == Stage::Contacting) {
        m.environment.parts.noteSstp(m.sstp->localAddress(), *m.status.server, true);
    }
    m.note(isIkeAlive() ? "SSTP is up first; IKEv2 is given up" : "SSTP is up");
    drop(Questions::Side::Ike);
    m.established.reset();
    m.child.reset();
    m.newSessionBy.reset();
    m.furtherChildren.clear();
    m.goneChildren.clear();
    m.agreed.reset();
    m.ticket.reset();
    m.streamPort = 0;
    m.settleOnProxy();
    m.sstpCertificates.show();
    return std::make_unique<SstpConfiguring>(m);
}

void Negotiating::ikeWins() {
    if (m_sstp == Sstp::Runs) {
        m.note("IKEv2 is up first; SSTP is given up");
        drop(Questions::Side::Sstp);
        m.certificates.show();
    }
    m.status.protocol = "ikev2";
}

void Negotiating::drop(Questions::Side side) {
    if (side == Questions::Side::Sstp) {
        m_sstp = Sstp::Never; // not even when IKE fails
        m.clearGrace();
        m_sstpDialling.reset();
        m_proxyLogin.forget();
        m.hangUpSstp();
        m.up.reset();
    } else {
        m.dropRival();
        m_callingByTcp = false;
        m_tcpIsNoUse = true;
        if (m.ike && m_stage == Stage::Contacting) {
            m.leaveIke();
        } else if (m.ike) {
            m.letIkeLeave();
        }
    }
    m_questions.forget(side);
}

StatePtr Negotiating::sstpFails(base::Error error) {
    const bool again = m.turnNameInTls(error);
    m.leaveSstp();
    if (again) {
        dialSstp();
        return nullptr;
    }
    if (isSstpDeadEnd(error.code) && m.proxyIndex + 1 < m.proxyAddresses.size()) {
        ++m.proxyIndex;
        dialSstp();
        return nullptr;
    }
    m_sstp = Sstp::Over;
    m.note("No way by SSTP (" + error.code + (error.detail.empty() ? "" : ": " + error.detail) + ")");
    m_questions.forget(Questions::Side::Sstp);
    m_sstpError = std::move(error);
    // A sign-in that was refused is not tried again by another way; but whoever answers on this port need not be the
    // server.
    const auto& code = m_sstpError->code;
    const bool refused = isRefusal(code) && !code.starts_with("tern.crypto.");
    if (isIkeAlive() && !(refused && m_stage == Stage::Contacting)) {
        show();
        return nullptr;
    }
    return bothFailed();
}

StatePtr Negotiating::bothFailed() {
    const bool sstpDecided = m_sstpError && !m.proxyLost && !isSstpDeadEnd(m_sstpError->code) &&
                             !(m.status.reconnecting && maySstpPass(m_sstpError->code));
    const bool decided = m_stage != Stage::Contacting || sstpDecided;
    return over(moreTelling(std::move(m_udpError), std::move(m_sstpError)), decided);
}

} // namespace tern::connection
