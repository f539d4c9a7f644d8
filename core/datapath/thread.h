// The threads of the data path.
#pragma once

#include <csignal>
#include <pthread.h>
#include <sched.h>
#include <thread>

namespace tern::datapath {

// What a thread does when a packet comes and the processor is another's.
enum class Wakes {
    AtOnce,    // it takes its turn before that one where it can
    InItsTurn, // SCHED_BATCH: it waits, and so finds several packets; on an idle processor it runs at once, as always
};

// Runs path.run() in a thread that takes no signals: those are for the program. path outlives it.
template<typename Path>
std::thread runQuietly(Path& path, const char* name, Wakes wakes = Wakes::AtOnce) {
    sigset_t all{};
    sigset_t before{};
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    std::thread thread([&path] { path.run(); });
    pthread_setname_np(thread.native_handle(), name);
    if (wakes == Wakes::InItsTurn) {
        const sched_param priority{};
        pthread_setschedparam(thread.native_handle(), SCHED_BATCH, &priority); // refused: as before
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return thread;
}

} // namespace tern::datapath
