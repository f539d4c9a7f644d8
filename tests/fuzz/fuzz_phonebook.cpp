// Any octets as a phonebook. What is imported must survive its own file, and its findings must have an answer.
#include "core/formats/import.h"
#include "core/legacy/assess.h"
#include "core/profile/toml.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto result = tern::formats::importFile({data, size}, "fuzz.pbk");
    if (!result) {
        return 0;
    }
    std::size_t checked = 0;
    for (const auto& profile : result->profiles) {
        static_cast<void>(tern::legacy::grade(tern::legacy::assess(profile)));
        const auto back = tern::profile::fromToml(tern::profile::toToml(profile), "fuzz.toml");
        if (!back || !(*back == profile)) {
            std::abort();
        }
        if (++checked == 4) {
            break;
        }
    }
    return 0;
}
