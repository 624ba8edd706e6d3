#include "engine/base/json.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

using kubetab::base::Json;
using kubetab::base::parse_json;

TEST_CASE("a document within the limits is read") {
    const auto read = parse_json(R"({"metadata": {"name": "web"}, "spec": {"replicas": 3}})");
    REQUIRE(read.ok());
    CHECK(kubetab::base::text_at(read.value(), {"metadata", "name"}) == "web");
    CHECK(kubetab::base::int_at(read.value(), {"spec", "replicas"}) == 3);
    CHECK(kubetab::base::find(read.value(), {"spec", "template"}) == nullptr);
}

TEST_CASE("a document nested too deeply is refused") {
    const std::string deep = std::string(200, '[') + std::string(200, ']');
    const auto read = parse_json(deep);
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().reason == kubetab::base::Reason::BadRequest);
}
