// Unified difference of two texts, as `diff -u` prints its hunks.
#pragma once

#include <string>
#include <string_view>

namespace kubetab::kubectl {

// The hunks, three lines of context each; "" when the texts are equal. Texts of more than 2,000 differing
// lines are shown as one replaced block.
std::string unified_hunks(std::string_view before, std::string_view after);

}  // namespace kubetab::kubectl
