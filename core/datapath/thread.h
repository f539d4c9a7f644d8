// The threads of the data path.
#pragma once

#include <csignal>
#include <pthread.h>
#include <thread>

namespace tern::datapath {

// Runs path.run() in a thread that takes no signals: those are for the program. path outlives it.
template<typename Path>
std::thread runQuietly(Path& path, const char* name) {
    sigset_t all{};
    sigset_t before{};
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    std::thread thread([&path] { path.run(); });
    pthread_setname_np(thread.native_handle(), name);
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return thread;
}

} // namespace tern::datapath
