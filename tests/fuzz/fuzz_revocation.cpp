// OCSP responses and CRLs from anywhere: the first octet chooses which, the rest is it. Nothing made up by a fuzzer may
// say that a certificate is good.
#include "core/crypto/revocation.h"

#include <cstdlib>
#include <string_view>

using namespace tern;

namespace {

// Fixed, so that what the corpus holds (answers about them, signed, that say "revoked") keeps its meaning.
constexpr std::string_view rootHex =
    "308201633082010aa00302010202143a42ec4097b84bdd29df45c852d61f7fb57ecdb0300a06082a8648ce3d040302300f31"
    "0d300b06035504030c04526f6f743020170d3236313132353137313935355a180f32313236313130313137313935355a300f"
    "310d300b06035504030c04526f6f743059301306072a8648ce3d020106082a8648ce3d03010703420004203dee3aa69bc051"
    "333590fd2611080a4dbbbf67e7ea31e3e602259134f0b932ceca35e188575df0551acfc08088bd6b501efe693fc9b883478b"
    "fb85fdeca486a3423040300f0603551d130101ff040530030101ff300e0603551d0f0101ff040403020106301d0603551d0e"
    "04160414b008978dc5f81a39c56f48965759bc2f58d28f99300a06082a8648ce3d0403020347003044022041fac2e5fae4e3"
    "dc0bdc11f307014b4f88cb94323bcbc4698d7200d29102206f0220690572d01c911f548626152ee14327bf9a7a9c3dcc5ab3"
    "b3ca33a83421f80b23";
constexpr std::string_view leafHex =
    "308201b430820159a00302010202021000300a06082a8648ce3d040302300f310d300b06035504030c04526f6f743020170d"
    "3236313132353137313935355a180f32313236313130313137313935355a300f310d300b06035504030c046c656166305930"
    "1306072a8648ce3d020106082a8648ce3d030107034200046dbcb3b8ea064c2acc6658cfbe03a9afe925b8b558222eb1da57"
    "1639e6dfbb1c9f9f7abfbd730493174d8f85890c1d9a799d4fa8846107d5cf04bf79170229b9a381a230819f301a0603551d"
    "1104133011820f76706e2e6578616d706c652e636f6d302506082b0601050507010104193017301506082b06010505073001"
    "8609687474703a2f2f6f2f301a0603551d1f04133011300fa00da00b8609687474703a2f2f632f301d0603551d0e04160414"
    "61104b9ce8cb5f6d8e8c627ca8926c8dbd7ea56c301f0603551d23041830168014b008978dc5f81a39c56f48965759bc2f58"
    "d28f99300a06082a8648ce3d0403020349003046022100d998a0edcfed6a02cec27fc537af6fd0e042f86a2566b4769fbac6"
    "e4a3daa74a022100fe62f9b547ac23e66cedc5328806fb0a7e5af168d5f412a754337a8b10a4a471";

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto root = base::fromHex(rootHex);
    static const auto leaf = base::fromHex(leafHex);
    if (size == 0) {
        return 0;
    }
    const crypto::IssuedCertificate asked{leaf, root};
    const base::ByteView input(data + 1, size - 1);
    const auto at = base::UnixSeconds(1'800'000'000);
    const auto verdict =
        data[0] % 2 == 0 ? crypto::judgeOcsp(input, asked, {}, at) : crypto::judgeCrl(input, asked, at);
    if (verdict && verdict->state == crypto::RevocationState::Good) {
        std::abort();
    }
    static_cast<void>(crypto::revocationSources(input));
    return 0;
}
