// Asks the person who they are for the proxy on SSTP's way, when that wants to know.
#pragma once

#include "core/connection/environment.h"

#include <optional>

namespace tern::connection {

class Machine;
struct ProxyAnswered;

class ProxyLogin {
public:
    // machine: outlives it.
    explicit ProxyLogin(Machine& machine)
        : m_machine(machine) {}

    // Whether that is what the error says; then the person is asked, and ProxyAnswered follows.
    [[nodiscard]] bool ask(const base::Error& error);
    [[nodiscard]] bool isOpen() const { return m_reason.has_value(); }
    // Again: the machine's proxy has the login now. Cancelled: the person has enough. Failed: nobody can be asked, and
    // failure() is why the proxy is no way.
    enum class End { Again, Cancelled, Failed };
    [[nodiscard]] End answered(ProxyAnswered& event);
    [[nodiscard]] base::Error& failure() { return m_failure; }
    // The answer is not wanted any more.
    void forget();

private:
    Machine& m_machine;
    PendingPtr m_asking;
    std::optional<base::Error> m_reason; // the person is asked because of it
    base::Error m_failure;
};

} // namespace tern::connection
