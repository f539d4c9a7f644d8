// A fuzz target without a fuzzer: runs it over the files and folders named, for compilers that have no libFuzzer and
// for tests. Fails when there is nothing to run, so that a lost corpus is noticed.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> inputs(const fs::path& named) {
    if (!fs::is_directory(named)) {
        return {named};
    }
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(named)) {
        if (entry.is_regular_file()) {
            found.push_back(entry.path());
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace

int main(int count, char** words) {
    std::size_t ran = 0;
    for (int i = 1; i < count; ++i) {
        for (const auto& path : inputs(words[i])) {
            std::ifstream file(path, std::ios::binary);
            const std::vector<char> octets{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
            if (!file) {
                std::fprintf(stderr, "%s cannot be read\n", path.c_str());
                return 1;
            }
            // Named before it runs: what a sanitizer stops is the last one named.
            std::printf("%s\n", path.filename().c_str());
            std::fflush(stdout);
            // The exact size on the heap, so that a sanitizer sees the first octet behind it.
            const std::vector<std::uint8_t> input(octets.begin(), octets.end());
            LLVMFuzzerTestOneInput(input.data(), input.size());
            ++ran;
        }
    }
    std::printf("%zu inputs\n", ran);
    return ran == 0 ? 1 : 0;
}
