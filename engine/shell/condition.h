// The conditions of `test`, `[` and `[[`.
#pragma once

#include <string>
#include <vector>

#include "engine/shell/state.h"
#include "engine/sim/file_system.h"

namespace kubetab::shell {

struct ConditionResult {
    int code = 0;  // 0 true, 1 false, 2 with a message when it is no condition
    std::string message{};
};

struct ConditionPlace {
    const sim::FileSystem* files = nullptr;  // never null
    std::string directory = "/";
    const State* state = nullptr;  // for -v and for names in [[ ]]; may be null
};

// What stands behind `test`.
ConditionResult evaluate_test(const std::vector<std::string>& words, const ConditionPlace& place);
// What stands between [[ and ]]. The words are patterns, in which quoted characters are escaped.
ConditionResult evaluate_condition(const std::vector<std::string>& patterns, const State& state,
                                   const sim::FileSystem& files);

}  // namespace kubetab::shell
