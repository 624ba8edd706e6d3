// What schemas of custom resources do to values: pruning, completing and the texts of what is wrong.

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "engine/api/custom/formats.h"
#include "engine/api/custom/schema_shape.h"
#include "engine/api/custom/schema_validation.h"
#include "engine/api/custom/structural_schema.h"
#include "engine/base/json.h"

using namespace kubetab;
using base::Json;

namespace {

Json json(std::string_view text) {
    const auto document = base::parse_json(text);
    REQUIRE(document.ok());
    return *document;
}

std::vector<std::string> wrong(std::string_view schema, std::string_view value) {
    std::vector<std::string> texts;
    const Json document = json(value);
    const Json rules = json(schema);
    std::vector<api::FieldError> errors = api::validate_value(rules, document, {});
    api::check_structure(rules, document, errors);
    for (const api::FieldError& error : errors) texts.push_back(error.text());
    return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("Unknown fields are dropped and named, and what is to be kept is kept") {
    const Json schema = json(R"({"type":"object","properties":{
        "spec":{"type":"object","properties":{"a":{"type":"integer","default":1},
            "list":{"type":"array","items":{"type":"object","properties":{"n":{"type":"string","default":"x"}}}},
            "map":{"type":"object","additionalProperties":{"type":"object","properties":{"k":{"type":"string"}}}},
            "open":{"type":"object","x-kubernetes-preserve-unknown-fields":true,
                "properties":{"known":{"type":"object","properties":{"y":{"type":"string"}}}}},
            "pod":{"type":"object","x-kubernetes-embedded-resource":true,
                "properties":{"spec":{"type":"object"}}}}}}})");
    Json content = json(R"({"spec":{"b":1,"list":[{"m":1},{"n":"z"}],"map":{"q":{"k":"v","l":1}},
        "open":{"any":{"thing":1},"known":{"y":"1","z":2}},
        "pod":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"c":1},"more":1}},"top":1})");
    std::vector<std::string> issues;
    api::shape(schema, content, &issues);
    CHECK(content == json(R"({"spec":{"a":1,"list":[{"n":"x"},{"n":"z"}],"map":{"q":{"k":"v"}},
        "open":{"any":{"thing":1},"known":{"y":"1"}},
        "pod":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{}}}})"));
    CHECK(issues == Texts{R"(unknown field "spec.b")", R"(unknown field "spec.list[0].m")",
                          R"(unknown field "spec.map.q.l")", R"(unknown field "spec.open.known.z")",
                          R"(unknown field "spec.pod.more")", R"(unknown field "spec.pod.spec.c")",
                          R"(unknown field "top")"});
}

TEST_CASE("A null that may not be one gives way to the default") {
    const Json schema = json(R"({"type":"object","properties":{
        "a":{"type":"string","default":"x"},"b":{"type":"string","default":"y","nullable":true}}})");
    Json content = json(R"({"a":null,"b":null})");
    api::shape(schema, content, nullptr);
    CHECK(content == json(R"({"a":"x","b":null})"));
}

TEST_CASE("Each kind of mistake has upstream's text") {
    CHECK(wrong(R"({"type":"object","required":["a"]})", "{}") == Texts{"a: Required value"});
    CHECK(wrong(R"({"type":"object","properties":{"a":{"type":"integer"}}})", R"({"a":"x"})") ==
          Texts{R"(a: Invalid value: "string": a in body must be of type integer: "string")"});
    CHECK(wrong(R"({"type":"object","properties":{"a":{"type":"string"}}})", R"({"a":null})") ==
          Texts{R"(a: Invalid value: "null": a in body must be of type string: "null")"});
    CHECK(wrong(R"({"type":"object","properties":{"a":{"type":"number","minimum":2,"exclusiveMinimum":true,
                 "multipleOf":0.5}}})",
                R"({"a":1.7})") == Texts{"a: Invalid value: 1.7: a in body should be a multiple of 0.5",
                                         "a: Invalid value: 1.7: a in body should be greater than 2"});
    CHECK(wrong(R"({"type":"object","properties":{"a":{"type":"integer","maximum":10}}})", R"({"a":99})") ==
          Texts{"a: Invalid value: 99: a in body should be less than or equal to 10"});
    CHECK(wrong(R"({"type":"object","properties":{"a":{"type":"string","enum":["x","y"]}}})",
                R"({"a":"z"})") == Texts{R"(a: Unsupported value: "z": supported values: "x", "y")"});
    CHECK(wrong(R"({"type":"object","properties":{"a":{"type":"string","maxLength":2}}})",
                R"({"a":"abc"})") == Texts{"a: Too long: may not be more than 2 bytes"});
    CHECK(wrong(R"({"type":"object","properties":{"a":{"type":"string","minLength":1}}})", R"({"a":""})") ==
          Texts{R"(a: Invalid value: "": a in body should be at least 1 chars long)"});
    CHECK(wrong(R"({"type":"object","properties":{"a":{"type":"string","pattern":"^x$"}}})",
                R"({"a":"y"})") == Texts{R"(a: Invalid value: "y": a in body should match '^x$')"});
    CHECK(
        wrong(
            R"({"type":"object","properties":{"a":{"type":"array","maxItems":1,"items":{"type":"integer"}}}})",
            R"({"a":[1,"x"]})") ==
        Texts{R"(a[1]: Invalid value: "string": a[1] in body must be of type integer: "string")",
              "a: Too many: 2: must have at most 1 items"});
    CHECK(wrong(R"({"type":"object","properties":{"a":{"type":"array","x-kubernetes-list-type":"set",
                 "items":{"type":"string"}}}})",
                R"({"a":["x","x"]})") == Texts{R"(a[1]: Duplicate value: "x")"});
    CHECK(wrong(R"({"type":"object","properties":{"a":{"type":"array","x-kubernetes-list-type":"map",
                 "x-kubernetes-list-map-keys":["k"],"items":{"type":"object"}}}})",
                R"({"a":[{"k":"x"},{"k":"x"}]})") ==
          Texts{R"(a[1]: Duplicate value: map[string]interface {}{"k":"x"})"});
    CHECK(
        wrong(R"({"type":"object","oneOf":[{"required":["a"]},{"required":["b"]}]})", R"({"a":1,"b":1})") ==
        Texts{R"(<nil>: Invalid value: "": "" must validate one and only one schema (oneOf). Found 2 valid )"
              "alternatives"});
    CHECK(wrong(R"({"type":"object","properties":{"p":{"x-kubernetes-int-or-string":true}}})",
                R"({"p":true})") ==
          Texts{R"(p: Invalid value: "boolean": p in body must be of type integer,string: "boolean")"});
}

TEST_CASE("What an update leaves as it is may stay wrong") {
    const Json schema = json(R"({"type":"object","properties":{"a":{"type":"integer","maximum":1},
        "b":{"type":"integer","maximum":1}}})");
    const Json old = json(R"({"a":5,"b":1})");
    const Json now = json(R"({"a":5,"b":2})");
    const std::vector<api::FieldError> errors = api::validate_value(schema, now, {.old = &old});
    REQUIRE(errors.size() == 1);
    CHECK(errors.front().path == "b");
}

TEST_CASE("Formats that are known are checked, and others are not") {
    CHECK(api::is_of_format("date-time", "2025-01-15T08:00:00Z"));
    CHECK_FALSE(api::is_of_format("date-time", "soon"));
    CHECK(api::is_of_format("ipv4", "10.0.0.1"));
    CHECK_FALSE(api::is_of_format("ipv4", "::1"));
    CHECK(api::is_of_format("ipv6", "::1"));
    CHECK(api::is_of_format("cidr", "10.0.0.0/8"));
    CHECK(api::is_of_format("uuid", "0b8ac5a2-6e0c-4a3e-9d2b-0c6a3d0f9f10"));
    CHECK_FALSE(api::is_of_format("email", "nobody"));
    CHECK(api::is_of_format("shoe-size", "anything"));
}

TEST_CASE("Schemas that nobody could prune by are refused") {
    const auto refused = [](std::string_view schema) {
        std::vector<std::string> texts;
        for (const api::FieldError& error : api::check_schema(json(schema), "s"))
            texts.push_back(error.text());
        return texts;
    };
    CHECK(refused(R"({"type":"object","properties":{"a":{"type":"string"}}})").empty());
    CHECK(refused("{}") == Texts{"s.type: Required value: must not be empty at the root"});
    CHECK(refused(R"({"type":"object","anyOf":[{"type":"object","properties":{"x":{}}}]})") ==
          Texts{"s.anyOf[0].type: Forbidden: must be empty to be structural",
                "s.properties[x]: Required value: because it is defined in s.anyOf[0].properties[x]"});
    CHECK(refused(R"({"type":"object","properties":{"a":{"x-kubernetes-int-or-string":true,
                     "anyOf":[{"type":"integer"},{"type":"string"}]}}})")
              .empty());
}
