// Pattern: the shell's wildcards * ? [...] for case, ${x#...} and file names.
//
// In a pattern a backslash makes the next character ordinary; that is how quoted characters of a word arrive
// here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/sim/file_system.h"

namespace kubetab::shell {

bool matches(std::string_view pattern, std::string_view text);
bool has_wildcard(std::string_view pattern);
// The pattern that matches exactly this text.
std::string escape_pattern(std::string_view text);
// The text of a pattern without its backslashes.
std::string unescape_pattern(std::string_view pattern);
// The existing paths that match, sorted; empty when there is none. At most kMaxPaths.
inline constexpr std::size_t kMaxPaths = 20'000;
std::vector<std::string> matching_paths(const sim::FileSystem& files, std::string_view directory,
                                        std::string_view pattern);

}  // namespace kubetab::shell
