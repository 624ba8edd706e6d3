// The backslash escapes that echo -e, printf and tr share.
#pragma once

#include <string>
#include <string_view>

namespace kubetab::shell {

enum class EscapeStyle {
    Echo,    // octal as \0NNN; \c ends the output
    Printf,  // octal as \NNN
};

// `stopped` becomes true at \c, which ends the text.
std::string unescape(std::string_view text, EscapeStyle style, bool& stopped);

}  // namespace kubetab::shell
