// UTF-8: reading, writing and measuring text as the terminal and the line editor need it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kubetab::base {

void append_utf8(std::string& text, char32_t code);
std::string to_utf8(std::u32string_view codes);
// Broken bytes become U+FFFD.
std::u32string from_utf8(std::string_view text);
// The code that begins at `at`, which moves behind it.
char32_t next_code(std::string_view text, std::size_t& at);
// How many bytes at the end of `text` belong to a code that is not complete yet.
std::size_t incomplete_tail(std::string_view text);
// Cells that a code takes in the terminal: 0 for combining marks, 2 for wide ones, else 1.
int cell_width(char32_t code);

}  // namespace kubetab::base
