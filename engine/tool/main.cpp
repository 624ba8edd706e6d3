// kubetab: the native tool. See `kubetab help`.

#include <cstdio>
#include <string>
#include <vector>

#include "engine/tool/tool.h"

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    return kubetab::tool::run_tool(words);
}
