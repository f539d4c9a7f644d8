// What a connection does about the server's certificates: keeps them for people to look at, and has it looked up
// whether they were revoked before IKE, or SSTP, goes on. One for each of the two, for they may run at the same time.
#pragma once

#include "core/connection/environment.h"
#include "core/connection/status.h"

namespace tern::connection {

class Machine;

class CertificateCheck {
public:
    // machine: outlives it.
    explicit CertificateCheck(Machine& machine)
        : m_machine(machine) {}

    // The settings of a new session.
    [[nodiscard]] base::Result<void> configure(ike::SessionConfig& config) const;
    // The pins of a profile, as crypto::TrustStore::Expectation has them. Fails with tern.profile.bad-pin.
    [[nodiscard]] static base::Result<std::vector<base::Bytes>> pinsOf(const profile::Trust& trust);
    // What a session put out; the answer to it follows by itself where one is awaited.
    enum class Asker { Session, Successor, Sstp };
    void take(const ike::ServerCertificates& certificates, Asker asker);
    void lookedUp(std::vector<RevocationAnswer> answers);
    // The status tells of these from here on, whatever the other protocol has seen since.
    void show() const;

private:
    void ask(const ike::ServerCertificates& certificates);
    void noteGaps(const std::vector<RevocationAnswer>& answers);

    Machine& m_machine;
    Asker m_asker = Asker::Session;
    std::shared_ptr<const CertificateReport> m_report; // the latest
    std::unique_ptr<Pending> m_asking;
};

} // namespace tern::connection
