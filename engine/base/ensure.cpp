#include "engine/base/ensure.h"

#include <cstdio>
#include <cstdlib>

namespace kubetab::base {

void broken_invariant(const char* expression, const char* file, int line) {
    std::fprintf(stderr, "%s:%d: invariant broken: %s\n", file, line, expression);
    std::abort();
}

}  // namespace kubetab::base
