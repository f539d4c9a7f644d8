// The threads of the data path.
#pragma once

#include <csignal>
#include <pthread.h>
#include <sched.h>
#include <thread>

namespace tern::datapath {

// Runs path.run() in a thread that takes no signals: those are for the program. path outlives it.
// The thread is one of SCHED_BATCH: where it has to share a processor it is not put before the others at each packet,
// and so finds several when its turn comes. On an idle processor it runs at once, as always.
template<typename Path>
std::thread runQuietly(Path& path, const char* name) {
    sigset_t all{};
    sigset_t before{};
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    std::thread thread([&path] { path.run(); });
    pthread_setname_np(thread.native_handle(), name);
    const sched_param priority{};
    pthread_setschedparam(thread.native_handle(), SCHED_BATCH, &priority); // refused: as before
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return thread;
}

} // namespace tern::datapath
