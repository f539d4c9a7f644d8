// Any octets as a phonebook. What is imported must survive its own file, and its findings must have an answer.
#include "tests/fuzz/imported.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    tern::test::checkImported(tern::formats::importFile({data, size}, "fuzz.pbk"));
    return 0;
}
