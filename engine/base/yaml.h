// YAML: documents to Json and back, exactly as kubectl reads and writes them.
//
// The reader follows libyaml's scanner and parser, so that a mistake is reported in the words and with the
// line that a user of kubectl sees: "yaml: line 4: did not find expected key". It never throws. Limits: 3 MB,
// depth 128, 200,000 nodes after aliases are expanded. Scalars become what YAML 1.1 makes of them (yes →
// true, 0o17, 1_000, ~ → null); of equal keys the last wins, as upstream, and each is noted. differs: own
// reader instead of yaml-cpp, because the messages and lines are a contract. upstream:
// sigs.k8s.io/yaml/goyaml.v2
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/status.h"

namespace kubetab::base {

// A key that a mapping has twice.
struct YamlDuplicate {
    std::string key{};
    int line = 0;  // of the second one, from 1
};

// The first document of `text`; null when there is none. The failure's message begins with "yaml: ".
Result<nlohmann::json> parse_yaml(std::string_view text, std::vector<YamlDuplicate>* duplicates = nullptr);

// The documents of a file, split at lines "---", as text. Lines in errors count from the start of each.
// upstream: apimachinery/pkg/util/yaml/decoder.go YAMLReader
std::vector<std::string> split_yaml_documents(std::string_view text);

// Sorted keys, two spaces, sequences not indented, | for text of several lines; ends with a newline.
std::string to_yaml(const nlohmann::json& value);

// What a plain scalar means: null, a truth, a number or a string.
nlohmann::json resolve_yaml_scalar(std::string_view text);

// How text must be written so that it is read back as the same string: as it is, or in quotes. One line only.
std::string yaml_text(std::string_view text);

}  // namespace kubetab::base
