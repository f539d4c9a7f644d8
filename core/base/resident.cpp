#include "core/base/resident.h"

#include <link.h>
#include <malloc.h>
#include <string_view>
#include <sys/mman.h>
#include <unistd.h>

namespace tern::base {

namespace {

// The loader tells addresses as numbers.
void* at(ElfW(Addr) address) {
    return reinterpret_cast<void*>(address); // NOLINT(performance-no-int-to-ptr)
}

// A page of code that was written to (relocations in the text) would come back without what was written.
bool writesItsCode(const dl_phdr_info& object) {
    for (ElfW(Half) i = 0; i < object.dlpi_phnum; ++i) {
        if (object.dlpi_phdr[i].p_type != PT_DYNAMIC) {
            continue;
        }
        const auto* entry = static_cast<const ElfW(Dyn)*>(at(object.dlpi_addr + object.dlpi_phdr[i].p_vaddr));
        for (; entry->d_tag != DT_NULL; ++entry) {
            if (entry->d_tag == DT_TEXTREL || (entry->d_tag == DT_FLAGS && (entry->d_un.d_val & DF_TEXTREL) != 0)) {
                return true;
            }
        }
    }
    return false;
}

} // namespace

std::size_t giveBackMemory() {
    ::malloc_trim(0);
    std::size_t looked = 0;
    ::dl_iterate_phdr(
        [](dl_phdr_info* object, std::size_t /*size*/, void* total) {
            // The kernel's own page of calls is no file.
            if (std::string_view(object->dlpi_name).starts_with("linux-vdso") || writesItsCode(*object)) {
                return 0;
            }
            const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
            for (ElfW(Half) i = 0; i < object->dlpi_phnum; ++i) {
                const auto& part = object->dlpi_phdr[i];
                // Read-only parts alone: their pages are the file's, and nothing is lost with them.
                if (part.p_type != PT_LOAD || (part.p_flags & PF_W) != 0) {
                    continue;
                }
                const auto first = (object->dlpi_addr + part.p_vaddr) & ~(page - 1);
                const auto length = object->dlpi_addr + part.p_vaddr + part.p_memsz - first;
                if (::madvise(at(first), length, MADV_DONTNEED) == 0) {
                    *static_cast<std::size_t*>(total) += length;
                }
            }
            return 0;
        },
        &looked);
    return looked;
}

} // namespace tern::base
