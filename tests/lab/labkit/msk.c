/*
 * Preloaded into the lab's pppd: leaves what TLS exports for EAP-TLS (RFC 5216: MSK and EMSK) in the file that LAB_MSK
 * names. pppd keeps 16 octets of either half for MPPE; SSTP's crypto binding wants the first 32.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

typedef int (*exporter)(void*, unsigned char*, size_t, const char*, size_t, const unsigned char*, size_t, int);

int SSL_export_keying_material(void* session, unsigned char* out, size_t size, const char* label, size_t label_size,
                               const unsigned char* context, size_t context_size, int use_context) {
    exporter next = (exporter)dlsym(RTLD_NEXT, "SSL_export_keying_material");
    int result = next(session, out, size, label, label_size, context, context_size, use_context);
    const char* path = getenv("LAB_MSK");
    FILE* file = result == 1 && path ? fopen(path, "wb") : NULL;
    if (file) {
        fwrite(out, 1, size, file);
        fclose(file);
    }
    return result;
}
