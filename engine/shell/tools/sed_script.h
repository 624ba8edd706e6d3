// A script of sed: s y p d q = a i c and { }, with addresses; other commands are refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/status.h"
#include "engine/shell/regex.h"

namespace kubetab::shell {

struct SedAddress {
    enum class Kind { Line, Last, Regex } kind = Kind::Line;
    std::int64_t line = 0;
    std::optional<Regex> regex{};
};

struct SedCommand {
    std::optional<SedAddress> first{};
    std::optional<SedAddress> second{};
    bool negated = false;
    char name = '\0';
    std::optional<Regex> regex{};  // s
    std::string text{};            // s: the replacement; a, i, c: the text; y: what is replaced
    std::string other{};           // y: by what
    bool global = false;
    bool print = false;
    std::int64_t occurrence = 1;
    std::size_t block_end = 0;  // {: where its } is
    bool inside = false;        // of the range, while running
};

// The message says where: "char 5: unterminated `s' command".
base::Result<std::vector<SedCommand>> parse_sed(std::string_view text, bool extended);

}  // namespace kubetab::shell
