#include "core/ppp/authenticator.h"

#include "core/ppp/auth_chap.h"
#include "core/ppp/auth_eap.h"
#include "core/ppp/auth_pap.h"

namespace tern::ppp {

std::unique_ptr<Authenticator> createAuthenticator(Method method, const SessionConfig& config,
                                                   const eap::Credentials& credentials, base::RandomSource& random) {
    switch (method) {
    case Method::Eap:
        return std::make_unique<EapAuthenticator>(config, credentials, random);
    case Method::Pap:
        return std::make_unique<PapAuthenticator>(credentials);
    default:
        return std::make_unique<ChapAuthenticator>(method, credentials, random);
    }
}

} // namespace tern::ppp
