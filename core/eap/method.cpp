#include "core/eap/method.h"

#include "core/eap/method_gtc.h"
#include "core/eap/method_md5.h"
#include "core/eap/method_ms_chap_v2.h"
#include "core/eap/method_peap.h"
#include "core/eap/method_tls.h"
#include "core/eap/method_ttls.h"

namespace tern::eap {

std::unique_ptr<Method> createMethod(MethodType type, const MethodContext& context) {
    switch (type) {
    case MethodType::Md5:
        return std::make_unique<Md5Method>();
    case MethodType::Gtc:
        return std::make_unique<GtcMethod>();
    case MethodType::Tls:
        return std::make_unique<TlsMethod>(context);
    case MethodType::Ttls:
        return std::make_unique<TtlsMethod>(context);
    case MethodType::Peap:
        return std::make_unique<PeapMethod>(context);
    case MethodType::MsChapV2:
        return std::make_unique<MsChapV2Method>(context.random);
    }
    return nullptr;
}

} // namespace tern::eap
