/*
 * Preloaded into user-mode Linux. Its kernel (6.1) keeps 2,696 octets of extended processor state, and the host's
 * ptrace takes the whole state or nothing: on a processor with more (AMX has 8 kB of tiles) no guest process starts.
 * This puts the guest's part over the whole state. What the guest's kernel does not know, its processes do not use.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <elf.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/types.h>
#include <sys/uio.h>

enum { LARGEST = 65536 };

typedef long (*ptrace_function)(int request, ...);

static long whole_state(ptrace_function next, int request, pid_t pid, struct iovec* guest) {
    static unsigned char state[LARGEST]; /* user-mode Linux calls from one thread */
    struct iovec whole = {state, sizeof state};
    long result = next(PTRACE_GETREGSET, pid, (void*)NT_X86_XSTATE, &whole);
    if (result != 0) {
        return result;
    }
    size_t common = guest->iov_len < whole.iov_len ? guest->iov_len : whole.iov_len;
    if (request == PTRACE_GETREGSET) {
        memcpy(guest->iov_base, state, common);
        guest->iov_len = common;
        return 0;
    }
    memcpy(state, guest->iov_base, common);
    return next(PTRACE_SETREGSET, pid, (void*)NT_X86_XSTATE, &whole);
}

long ptrace(enum __ptrace_request request, ...) {
    static ptrace_function next;
    if (!next) {
        next = (ptrace_function)dlsym(RTLD_NEXT, "ptrace");
    }
    va_list arguments;
    va_start(arguments, request);
    pid_t pid = va_arg(arguments, pid_t);
    void* address = va_arg(arguments, void*);
    void* data = va_arg(arguments, void*);
    va_end(arguments);
    if ((request == PTRACE_GETREGSET || request == PTRACE_SETREGSET) && address == (void*)NT_X86_XSTATE) {
        return whole_state(next, (int)request, pid, data);
    }
    return next((int)request, pid, address, data);
}
