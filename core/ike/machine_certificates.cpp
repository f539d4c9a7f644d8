// What follows from the server's certificates waits until somebody who can look things up has said that they are good:
// no prompt, no packet of ours, no CHILD_SA before that.
#include "core/ike/machine.h"

#include <algorithm>
#include <iterator>

namespace tern::ike {

void Machine::holdForCheck(Outcome outcome) {
    auto& outputs = m_context.outputs;
    const auto asked = std::find_if(outputs.rbegin(), outputs.rend(), [](const Output& output) {
        return std::holds_alternative<ServerCertificates>(output);
    });
    Held held{outcome, {}, m_context.now + m_context.config.timers.certificateCheckLimit};
    std::move(asked.base(), outputs.end(), std::back_inserter(held.outputs));
    outputs.erase(asked.base(), outputs.end());
    m_held = std::move(held);
}

void Machine::certificatesChecked(base::Instant now, std::optional<base::Error> refusal) {
    m_context.now = now;
    auto held = std::exchange(m_held, std::nullopt);
    if (!held || m_state != State::Connecting) {
        return;
    }
    if (refusal) {
        fail(std::move(*refusal));
        return;
    }
    std::move(held->outputs.begin(), held->outputs.end(), std::back_inserter(m_context.outputs));
    proceed(held->outcome);
    flush();
}

} // namespace tern::ike
