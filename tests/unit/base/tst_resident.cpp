#include "core/base/resident.h"

#include <QTest>
#include <fstream>
#include <link.h>
#include <string>

using namespace tern::base;

namespace {

// Every octet of what is mapped read-only from the program and its libraries: reading them makes them all resident.
// Constants have poisoned gaps between them under AddressSanitizer, which nobody means to read.
__attribute__((no_sanitize("address"))) std::uint64_t sumOfReadOnly() {
    std::uint64_t sum = 0;
    ::dl_iterate_phdr(
        [](dl_phdr_info * object, std::size_t /*size*/, void* into) __attribute__((no_sanitize("address"))) {
            for (ElfW(Half) i = 0; i < object->dlpi_phnum; ++i) {
                const auto& part = object->dlpi_phdr[i];
                if (part.p_type != PT_LOAD || (part.p_flags & PF_R) == 0 || (part.p_flags & PF_W) != 0) {
                    continue;
                }
                // The loader tells addresses as numbers. NOLINTNEXTLINE(performance-no-int-to-ptr)
                const volatile auto* octets = reinterpret_cast<const unsigned char*>(object->dlpi_addr + part.p_vaddr);
                auto& total = *static_cast<std::uint64_t*>(into);
                for (std::size_t at = 0; at < part.p_filesz; ++at) {
                    total = total * 31 + octets[at];
                }
            }
            return 0;
        },
        &sum);
    return sum;
}

std::size_t residentOfFiles() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        if (word == "RssFile:") {
            std::size_t kilobytes = 0;
            status >> kilobytes;
            return kilobytes;
        }
    }
    return 0;
}

} // namespace

class TestResident : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void codeAndConstantsAreGivenBackAndComeAgain();
};

void TestResident::codeAndConstantsAreGivenBackAndComeAgain() {
    const auto before = sumOfReadOnly();
    const auto held = residentOfFiles();
    const auto looked = giveBackMemory();
    const auto left = residentOfFiles();
    QVERIFY2(held > 4096 && left < held / 2, qPrintable(QStringLiteral("%1 kB, then %2 kB").arg(held).arg(left)));
    QVERIFY(looked / 1024 > held - left - 1024);
    QCOMPARE(sumOfReadOnly(), before);
    QCOMPARE_GE(residentOfFiles(), held / 2);
}

QTEST_APPLESS_MAIN(TestResident)
#include "tst_resident.moc"
