// Reads what manifests look like with another reader of YAML, too, and compares.

#include <yaml-cpp/yaml.h>

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "engine/base/json.h"
#include "engine/base/yaml.h"

namespace kubetab::base {
namespace {

std::vector<std::string> files_below(const std::string& folder) {
    std::vector<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(KUBETAB_ROOT + ("/" + folder))) {
        if (entry.path().extension() == ".yaml") files.push_back(entry.path().string());
    }
    return files;
}

std::string text_of(const std::string& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

// With every plain scalar as the reader of ours understands it, for the other one keeps them as text.
Json json_of(const YAML::Node& node) {
    if (node.IsNull()) return nullptr;
    if (node.IsScalar()) {
        const bool plain = node.Tag() == "?";
        return plain ? resolve_yaml_scalar(node.Scalar()) : Json(node.Scalar());
    }
    if (node.IsSequence()) {
        Json list = Json::array();
        for (const YAML::Node& item : node) list.push_back(json_of(item));
        return list;
    }
    Json map = Json::object();
    for (const auto& entry : node) map[entry.first.as<std::string>()] = json_of(entry.second);
    return map;
}

void check_agreement(const std::string& document) {
    INFO(document);
    const Result<Json> ours = parse_yaml(document);
    REQUIRE(ours.ok());
    CHECK(*ours == json_of(YAML::Load(document)));
}

}  // namespace

TEST_CASE("Manifests and lessons mean the same to another reader of YAML") {
    std::size_t documents = 0;
    for (const std::string folder : {"tests/malformed/manifests", "lessons"}) {
        for (const std::string& file : files_below(folder)) {
            for (const std::string& document : split_yaml_documents(text_of(file))) {
                check_agreement(document);
                ++documents;
            }
        }
    }
    CHECK(documents > 10);
}

TEST_CASE("So do the ways in which people write scalars, lists and maps") {
    for (const char* document : {
             "a: |\n  one\n\n   two\n  three\n\n\nb: 1\n",
             "a: |-\n  one\n  two\n",
             "a: |+\n  one\n\nb: >\n  folded\n  line\n\n  next\n",
             "a: >-\n  folded\n    kept\n  line\n",
             "a: \"x\\n\\t\\u00e9\\\"\"\nb: 'it''s'\n",
             "a: 'folded\n  over\n\n  lines'\nb: plain\n  over lines\n",
             "- a\n- - b\n  - c\n-\n  d: e\n- {f: [g, h], i: {}}\n- []\n",
             "a:\n- b\n- c\nd: &x\n  e: 1\nf: *x\n",
             "a: # comment\n  b # c\n# d\n",
             "\"quoted key\": 1\n? complex\n: 2\n",
             "a: http://b.c/d?e=f#g\nh: a:b\ni: -x\nj: [a b, \"c,d\"]\n",
             "a: 1.5\nb: 1e3\nc: -7\nd: true\ne: ~\nf:\ng: 0x1f\nh: 2001-01-01\n",
         }) {
        check_agreement(document);
    }
}

}  // namespace kubetab::base
