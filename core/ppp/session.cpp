#include "core/ppp/session.h"

namespace tern::ppp {

std::string_view methodName(Method method) {
    switch (method) {
    case Method::Eap:
        return "EAP";
    case Method::MsChapV2:
        return "MS-CHAPv2";
    case Method::ChapMd5:
        return "CHAP";
    case Method::Pap:
        return "PAP";
    case Method::None:
        break;
    }
    return "none";
}

base::Result<std::unique_ptr<Session>> Session::create(SessionConfig /*config*/, base::RandomSource& /*random*/) {
    return base::fail("tern.eap.internal", {}, "PPP is not there yet");
}

} // namespace tern::ppp
