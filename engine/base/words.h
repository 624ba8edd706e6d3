// Small text functions that many commands share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kubetab::base::words {

// Go's %q for plain text: in double quotes, with \" \\ \n \t escaped.
std::string quote(std::string_view text);
std::string lower(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
bool starts_with(std::string_view text, std::string_view start);
bool ends_with(std::string_view text, std::string_view end);
std::string_view trim(std::string_view text);

}  // namespace kubetab::base::words
