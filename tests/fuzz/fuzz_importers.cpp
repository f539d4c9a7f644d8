// Each importer by itself, without the sniffing before it: the first octet says which one, the rest is the file. Trees
// (XML, JSON, property lists) are given to every reader of trees that the octet may name, whatever their root is
// called. TERN_FUZZ_ONLY=n names one for all inputs, in place of their first octet (`run.py importers=n`).
#include "core/formats/json.h"
#include "core/formats/plist.h"
#include "core/formats/readers.h"
#include "core/formats/xml.h"
#include "tests/fuzz/imported.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace tern;
using namespace tern::formats;

namespace {

base::Result<ImportResult> readTree(unsigned which, base::Result<Node> tree, const DecodedText& decoded) {
    if (!tree) {
        return base::fail(std::move(tree.error()));
    }
    switch (which) {
    case 0:
        return readProfileXml(std::move(*tree), decoded, "fuzz");
    case 1:
        return readGroupPolicy(std::move(*tree), decoded, "fuzz");
    case 2:
        return readAzureSettings(std::move(*tree), decoded, "fuzz");
    case 3:
        return readAzureClient(std::move(*tree), decoded, "fuzz");
    default: {
        auto root = plistFromXml(std::move(*tree), "fuzz");
        return root ? readMobileconfig(std::move(*root), decoded.encoding, "fuzz", {})
                    : base::fail(std::move(root.error()));
    }
    }
}

base::Result<ImportResult> readBinaryList(base::ByteView file) {
    auto root = plistFromBinary(file, "fuzz");
    return root ? readMobileconfig(std::move(*root), "binary", "fuzz", {}) : base::fail(std::move(root.error()));
}

base::Result<ImportResult> readJsonAs(bool sswan, const DecodedText& decoded) {
    auto root = readJson(decoded.text, "fuzz");
    if (!root) {
        return base::fail(std::move(root.error()));
    }
    return sswan ? readSswan(std::move(*root), decoded, "fuzz")
                 : readVpnConnectionJson(std::move(*root), decoded, "fuzz");
}

// Which one an input is for.
char importerOf(std::uint8_t first) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): this program has one thread
    static const char* const only = std::getenv("TERN_FUZZ_ONLY");
    return only != nullptr && *only != '\0' ? *only : static_cast<char>(first);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 1) {
        return 0;
    }
    const base::ByteView file(data + 1, size - 1);
    const auto decoded = decodeText(file);
    const char importer = importerOf(data[0]);
    switch (importer) {
    case 'n':
        test::checkImported(readNetworkManager(decoded, "fuzz"));
        break;
    case 'c':
        test::checkImported(readCmak(decoded, "fuzz"));
        break;
    case 's':
        test::checkImported(readSwanctlConf(decoded, "fuzz"));
        break;
    case 'i':
        test::checkImported(readIpsecConfFile(decoded, "fuzz"));
        break;
    case 'e':
        test::checkImported(readPppPeer(decoded, "fuzz"));
        break;
    case 'l':
        test::checkImported(readXl2tpd(decoded, "fuzz"));
        break;
    case 'p':
        test::checkImported(readPowershellScript(decoded, "fuzz"));
        break;
    case 'z':
        test::checkImported(readAzureZip(file, "fuzz"));
        break;
    case 'b':
        test::checkImported(readBinaryList(file));
        break;
    case 'j':
    case 'J':
        test::checkImported(readJsonAs(importer == 'j', decoded));
        break;
    default:
        if (importer >= '0' && importer <= '4') {
            test::checkImported(
                readTree(static_cast<unsigned>(importer - '0'), readXml(decoded.text, "fuzz"), decoded));
        }
    }
    return 0;
}
