// ENSURE: an invariant that holds in every build. A broken one ends the run with its place, which the page
// shows together with seed and journal.
#pragma once

namespace kubetab::base {

// Reports the broken invariant and ends the process.
[[noreturn]] void broken_invariant(const char* expression, const char* file, int line);

}  // namespace kubetab::base

#define ENSURE(condition) \
    ((condition) ? static_cast<void>(0) : ::kubetab::base::broken_invariant(#condition, __FILE__, __LINE__))
