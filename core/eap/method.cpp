#include "core/eap/method.h"

#include "core/eap/method_ms_chap_v2.h"

namespace tern::eap {

std::unique_ptr<Method> createMethod(MethodType type, base::RandomSource& random) {
    switch (type) {
    case MethodType::MsChapV2:
        return std::make_unique<MsChapV2Method>(random);
    }
    return nullptr;
}

} // namespace tern::eap
