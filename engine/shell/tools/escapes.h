// The backslash escapes that echo -e, printf and tr share, and the formats that printf and awk share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kubetab::shell {

enum class EscapeStyle {
    Echo,    // octal as \0NNN; \c ends the output
    Printf,  // octal as \NNN
};

// `stopped` becomes true at \c, which ends the text.
std::string unescape(std::string_view text, EscapeStyle style, bool& stopped);

// What `printf FORMAT ARGUMENTS...` prints; words[0] is "printf". `problem` is what it says on standard
// error.
std::string printf_text(const std::vector<std::string>& words, std::string& problem);

}  // namespace kubetab::shell
