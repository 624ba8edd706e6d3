// Reading YAML that people write for kubetab itself: a mistake in a field is told with the field's line.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/yaml.h"

namespace kubetab::base {

// The line of each value, from 1, by its path: "steps[0].say".
using YamlLines = std::map<std::string, int, std::less<>>;

// As parse_yaml(), with the keys that a mapping has twice and the line of every value.
Result<nlohmann::json> parse_yaml_with_lines(std::string_view text, std::vector<YamlDuplicate>& duplicates,
                                             YamlLines& lines);

}  // namespace kubetab::base
