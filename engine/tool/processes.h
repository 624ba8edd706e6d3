// Work that several processes share: one world knows nothing of another, so each may have a core.
#pragma once

#include <functional>
#include <optional>

namespace kubetab::tool {

// Runs work(0) … work(count - 1), each in a process of its own unless there is only one, and adds up what
// they return; each returns less than 1,000,000. A process that crashed counts as 1. Nothing when they cannot
// be started, as in a build for WebAssembly.
std::optional<int> sum_of_processes(int count, const std::function<int(int)>& work);

}  // namespace kubetab::tool
