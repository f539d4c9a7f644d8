// All questions to one server, and what their answers come to. Still without I/O: the one with the sockets asks for the
// questions, sees each through, tells when one is over, for which there may be another, and has the result made at the
// end. A fixed number of sockets: at most twelve to the first address and nine to the second.
#pragma once

#include "core/base/random.h"
#include "core/probe/certificate_check.h"
#include "core/probe/ikev1_question.h"
#include "core/probe/ikev2_question.h"
#include "core/probe/l2tp_question.h"
#include "core/probe/pptp_question.h"
#include "core/probe/sstp_question.h"
#include "core/probe/target.h"
#include "core/probe/tls_version_question.h"

#include <memory>
#include <vector>

namespace tern::probe {

// How long all of it may take, the look-up of the name included.
constexpr std::chrono::seconds longestProbe{5};

struct SurveyConfig {
    Target target;
    // Of the name, in the resolver's order. The first of each family is asked; IPv4 first, for some servers refuse IKE
    // over IPv6 that comes in UDP.
    std::vector<base::IpAddress> addresses;
    std::shared_ptr<const crypto::TrustStore> trust;
    // What a connection has set that is not the host's name.
    std::string certificateName = {}; // that the certificate must hold; empty: as httpHost
    std::string httpHost = {};        // what SSTP's server calls itself; empty: as the target
    std::string serverName = {};      // SNI; empty: as httpHost
    bool withoutServerName = false;   // no SNI
    std::string tenantId = {};
};

class Survey {
public:
    // random: borrowed, outlives this.
    Survey(SurveyConfig config, base::RandomSource& random);

    // To be started now. They are this object's.
    [[nodiscard]] std::vector<Question*> begin();
    // This one is over: what is to be asked next because of it.
    [[nodiscard]] std::vector<Question*> next(const Question& over);
    // At any time: what is not over by then stays as it is.
    [[nodiscard]] Result result(base::UnixSeconds now, std::chrono::milliseconds took) const;

private:
    template<typename Kind, typename... Rest>
    Question* add(std::vector<std::unique_ptr<Kind>>& list, Transport transport, const base::Endpoint& endpoint,
                  Rest&&... rest) {
        list.push_back(std::make_unique<Kind>(Door{transport, endpoint}, std::forward<Rest>(rest)...));
        return list.back().get();
    }
    [[nodiscard]] Question* askSstp(const base::IpAddress& address, std::string serverName);
    [[nodiscard]] std::string serverName() const;
    [[nodiscard]] const std::string& httpHost() const;
    void judgeIkev2(Result& result) const;
    void judgeSstp(Result& result, base::UnixSeconds now) const;
    void judgePptp(Result& result) const;
    void judgeL2tp(Result& result) const;

    SurveyConfig m_config;
    base::RandomSource& m_random;
    std::vector<base::IpAddress> m_asked;
    std::vector<std::unique_ptr<Ikev2Question>> m_ikev2;
    std::vector<std::unique_ptr<Ikev1Question>> m_ikev1;
    std::vector<std::unique_ptr<SstpQuestion>> m_sstp;
    std::vector<std::unique_ptr<TlsVersionQuestion>> m_tls;
    std::vector<std::unique_ptr<PptpQuestion>> m_pptp;
    std::vector<std::unique_ptr<L2tpQuestion>> m_l2tp;
};

// What the four roads come to, and its words. For result(), and for tests.
void advise(Result& result);

} // namespace tern::probe
