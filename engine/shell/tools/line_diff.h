// line_edits: the shortest way from one list of lines to another, by Myers' algorithm.
#pragma once

#include <string>
#include <vector>

namespace kubetab::shell {

enum class EditKind { Keep, Remove, Add };

struct Edit {
    EditKind kind = EditKind::Keep;
    std::size_t from = 0;  // index in the old lines: of the line, or of what would come next
    std::size_t to = 0;    // the same in the new lines
};

// In order. When the lists differ in more than kMaxDifferences lines, all old lines are removed and all new
// ones added between what they share at both ends.
inline constexpr std::size_t kMaxDifferences = 2'000;
std::vector<Edit> line_edits(const std::vector<std::string>& from, const std::vector<std::string>& to);

}  // namespace kubetab::shell
