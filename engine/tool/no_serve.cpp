// kubetab serve, where it was built without Boost.

#include <cstdio>

#include "engine/tool/tool.h"

namespace kubetab::tool {

int serve(const std::vector<std::string>&) {
    std::fputs(
        "kubetab: serve is not in this build: it needs Boost 1.74 or later and a machine with sockets\n",
        stderr);
    return 2;
}

}  // namespace kubetab::tool
