// Any octets as a file to import: they are sniffed, and read as whatever they look like.
#include "tests/fuzz/imported.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    tern::test::checkImported(tern::formats::importFile({data, size}, "fuzz.file"));
    return 0;
}
