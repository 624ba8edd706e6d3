// true and false as programs: what a container runs has no shell around it.
#include "engine/shell/tools/tool.h"
#include "engine/shell/tools/tools.h"

namespace kubetab::shell {

void add_truth_tools(CommandTable& table) {
    table.add(make_tool("true", "do nothing, and succeed", [](const sim::Invocation& invocation) {
        return run_at_once(invocation, [](const sim::Invocation&, sim::Io&) { return 0; });
    }));
    table.add(make_tool("false", "do nothing, and fail", [](const sim::Invocation& invocation) {
        return run_at_once(invocation, [](const sim::Invocation&, sim::Io&) { return 1; });
    }));
}

}  // namespace kubetab::shell
