// YAML as kubectl reads and writes it. Expectations were measured with kubectl 1.32.

#include "engine/base/yaml.h"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

using namespace kubetab;
using base::parse_yaml;

namespace {

std::string problem(std::string_view text) {
    const auto parsed = parse_yaml(text);
    return parsed ? "" : parsed.error().message;
}

std::string repeated(std::string_view text, int times) {
    std::string result;
    for (int i = 0; i < times; ++i) result += text;
    return result;
}

}  // namespace

TEST_CASE("Plain scalars mean what YAML 1.1 makes of them") {
    const std::vector<std::pair<std::string, nlohmann::json>> table = {
        {"yes", true},
        {"y", true},
        {"Off", false},
        {"~", nullptr},
        {"null", nullptr},
        {"0x1F", 31},
        {"010", 8},
        {"0o10", 8},
        {"1_000", 1000},
        {"-7", -7},
        {"1.5", 1.5},
        {"1e3", 1000},
        {"1.0", 1},
        {"1.5.2", "1.5.2"},
        {"2024-01-01", "2024-01-01"},
        {"12:30", "12:30"},
        {"80/TCP", "80/TCP"},
        {"'1'", "1"},
        {"\"a\\tb\"", "a\tb"},
        {"!!str 5", "5"},
        {"0b11", 3},
    };
    for (const auto& [text, value] : table) {
        INFO(text);
        const auto parsed = parse_yaml("k: " + text + "\n");
        REQUIRE(parsed.ok());
        CHECK((*parsed)["k"] == value);
    }
}

TEST_CASE("Blocks, flows, anchors and merges are read") {
    const auto parsed = parse_yaml(
        "a: &x {b: [1, 2], c: d}\n"
        "e:\n- <<: *x\n  c: z\n- |\n  two\n  lines\n- >-\n  folded\n  text\n"
        "? f\n: g\n");
    REQUIRE(parsed.ok());
    CHECK(parsed->dump() ==
          R"({"a":{"b":[1,2],"c":"d"},"e":[{"b":[1,2],"c":"z"},"two\nlines\n","folded text"],"f":"g"})");
}

TEST_CASE("A mistake is named with libyaml's words and line") {
    const std::vector<std::pair<std::string, std::string>> table = {
        {"a: b\nc:\n\tx: y\n", "yaml: line 3: found character that cannot start any token"},
        {"m:\n  name: x\n spec:\n  c: []\n", "yaml: line 2: did not find expected key"},
        {"apiVersion v1\nkind: Pod\n", "yaml: line 2: mapping values are not allowed in this context"},
        {"a:\n  name: \"x\n", "yaml: line 3: found unexpected end of stream"},
        {"a: b\nm: {name: x\n", "yaml: line 2: did not find expected ',' or '}'"},
        {"a: *nope\n", "yaml: unknown anchor 'nope' referenced"},
        {"a: &x [*x]\n", "yaml: anchor 'x' value contains itself"},
        {"a: b: c\n", "yaml: mapping values are not allowed in this context"},
        {"a: \x01\n", "yaml: control characters are not allowed"},
    };
    for (const auto& [text, message] : table) {
        INFO(text);
        CHECK(problem(text) == message);
    }
}

TEST_CASE("Hostile documents are refused and not expanded") {
    std::string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
    for (int i = 1; i < 10; ++i) {
        const std::string before = "*a" + std::to_string(i - 1);
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before +
                repeated("," + before, 9) + "]\n";
    }
    CHECK(problem(bomb) == "yaml: document contains excessive aliasing");
    CHECK(problem(repeated("[", 5000)) == "yaml: exceeded max depth of 128");
    CHECK(problem(std::string(4 * 1024 * 1024, 'x')) == "yaml: the document is larger than 3145728 bytes");
}

TEST_CASE("Of equal keys the last wins, and each is noted") {
    std::vector<base::YamlDuplicate> duplicates;
    const auto parsed = parse_yaml("a: 1\nb: 2\na: 3\n", &duplicates);
    REQUIRE(parsed.ok());
    CHECK((*parsed)["a"] == 3);
    REQUIRE(duplicates.size() == 1);
    CHECK(duplicates[0].key == "a");
    CHECK(duplicates[0].line == 3);
}

TEST_CASE("Documents are split at lines of three dashes") {
    CHECK(base::split_yaml_documents("a: 1\n---\nb: 2\n--- # more\nc: 3\n").size() == 3);
    CHECK(base::split_yaml_documents("---\na: 1\n").size() == 1);
}

TEST_CASE("Objects are written as kubectl prints them") {
    const nlohmann::json value = {
        {"b", {{"z", nlohmann::json::array()}, {"a", nlohmann::json::object()}, {"n", nullptr}}},
        {"a", {{{"x", "1"}, {"y", true}}, "plain", {"in", "ner"}}},
        {"text", "two\nlines\n"},
        {"keep", "no end\nof line"},
        {"tab", "a\tb"},
        {"colon", "a: b"},
        {"number", "0x1F"},
        {"date", "2024-01-01"},
        {"dash", "- x"},
        {"quote", "it's"},
        {"true", "yes"},
        {"k10", 1},
        {"k9", 2},
    };
    CHECK(base::to_yaml(value) ==
          "a:\n- x: \"1\"\n  \"y\": true\n- plain\n- - in\n  - ner\nb:\n  a: {}\n  \"n\": null\n  z: []\n"
          "colon: 'a: b'\ndash: '- x'\ndate: \"2024-01-01\"\nk9: 2\nk10: 1\nkeep: |-\n  no end\n  of line\n"
          "number: \"0x1F\"\nquote: it's\ntab: \"a\\tb\"\ntext: |\n  two\n  lines\n\"true\": \"yes\"\n");
}

TEST_CASE("Long text is folded at eighty columns") {
    const nlohmann::json value = {{"message",
                                   "0/3 nodes are available: 3 Insufficient cpu, 3 Insufficient memory. "
                                   "preemption: 0/3 nodes are available: 3 No "
                                   "preemption victims found for incoming pod."}};
    CHECK(base::to_yaml(value) ==
          "message: '0/3 nodes are available: 3 Insufficient cpu, 3 Insufficient memory. preemption:\n"
          "  0/3 nodes are available: 3 No preemption victims found for incoming pod.'\n");
}
