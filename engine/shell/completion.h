// Completion: what the word before the cursor could become.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/shell/interpreter.h"

namespace kubetab::shell {

struct Completion {
    std::string word{};                     // what is there, without quotes
    std::vector<std::string> candidates{};  // whole words that begin with it; sorted, without duplicates
    bool files = false;                     // the candidates are paths
};

// Looks at the command that the text before the cursor ends in: command names first, then what the command
// itself offers, then files; a command that offers only "" wants no files either. Aliases count as what they
// stand for; `watch`, `time` and `xargs` as the command behind them.
Completion complete_line(std::string_view before_cursor, Interpreter& interpreter);

// The beginning that all candidates share.
std::string common_prefix(const std::vector<std::string>& candidates);

}  // namespace kubetab::shell
