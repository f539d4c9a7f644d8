// What a long-lived program that does little keeps resident.
#pragma once

#include <cstddef>

namespace tern::base {

// Gives back what the program holds in memory and may not need again: free heap to the system, and the mapping of code
// and constants that were used once, at the start or for a connect. These stay in the page cache, shared with every
// program of the same libraries, and what is used again comes back at the cost of a soft page fault for 64 kB. Takes
// some hundred microseconds; any thread. Answers the octets of code and constants that were looked at.
std::size_t giveBackMemory();

} // namespace tern::base
