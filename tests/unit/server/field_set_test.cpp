// Sets of fields, their JSON form and their algebra.

#include <catch2/catch_test_macros.hpp>

#include "engine/server/managed_fields/field_set.h"
#include "engine/server/managed_fields/fields_v1.h"

using namespace kubetab;
using server::FieldSet;

namespace {

FieldSet read(const std::string& text) {
    const auto set = server::read_fields_v1(text);
    REQUIRE(set);
    return *set;
}

std::string members(const FieldSet& set) {
    std::string text;
    server::each_member(set, [&](const server::FieldPath& path) {
        text += (text.empty() ? "" : " ") + server::path_text(path);
    });
    return text;
}

const std::string kPorts = R"({"f:spec":{"f:ports":{".":{},)"
                           R"("k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:port":{}},)"
                           R"("k:{\"port\":443,\"protocol\":\"TCP\"}":{".":{},"f:port":{}}}}})";

}  // namespace

TEST_CASE("A set reads back as it was written") {
    for (const std::string& text : {std::string("{}"), std::string(R"({"f:data":{".":{},"f:a":{}}})"), kPorts,
                                    std::string(R"({"f:metadata":{"f:finalizers":{"v:\"a/b\"":{}}}})"),
                                    std::string(R"({"f:list":{"i:0":{"f:x":{}}}})")}) {
        CHECK(server::fields_v1_text(read(text)) == text);
    }
}

TEST_CASE("What is no tree of fields is no set") {
    for (const char* text : {"", "[]", "{\"data\":{}}", R"({"f:a":1})", R"({"x:a":{}})", "{\"f\":{}}"})
        CHECK_FALSE(server::read_fields_v1(text));
}

TEST_CASE("Members are told level by level, in the order of their names, and numbers count as numbers") {
    CHECK(members(read(kPorts)) ==
          ".spec.ports .spec.ports[port=80,protocol=\"TCP\"] .spec.ports[port=443,protocol=\"TCP\"] "
          ".spec.ports[port=80,protocol=\"TCP\"].port .spec.ports[port=443,protocol=\"TCP\"].port");
    CHECK(members(read(R"({"f:a":{"i:0":{},"v:1":{},"k:{\"n\":1}":{},"f:z":{}}})")) ==
          ".a.z .a[n=1] .a[=1] .a[0]");
}

TEST_CASE("Sets are united, intersected and subtracted") {
    struct Row {
        const char* name;
        FieldSet (*operation)(const FieldSet&, const FieldSet&);
        const char* a;
        const char* b;
        const char* result;
    };
    static constexpr Row kRows[] = {
        {"union keeps both", server::united, R"({"f:a":{}})", R"({"f:b":{}})", R"({"f:a":{},"f:b":{}})"},
        {"union of a field and what is below", server::united, R"({"f:a":{}})", R"({"f:a":{"f:b":{}}})",
         R"({"f:a":{".":{},"f:b":{}}})"},
        {"intersection is by member", server::intersected, R"({"f:a":{".":{},"f:b":{}},"f:c":{}})",
         R"({"f:a":{"f:b":{}},"f:d":{}})", R"({"f:a":{"f:b":{}}})"},
        {"intersection with nothing", server::intersected, R"({"f:a":{}})", "{}", "{}"},
        {"difference leaves what is below a member", server::without, R"({"f:a":{".":{},"f:b":{}}})",
         R"({"f:a":{}})", R"({"f:a":{"f:b":{}}})"},
        {"difference drops what becomes empty", server::without, R"({"f:a":{"f:b":{}},"f:c":{}})",
         R"({"f:a":{"f:b":{}}})", R"({"f:c":{}})"},
        {"difference of trees drops what is below", server::without_trees,
         R"({"f:status":{"f:phase":{}},"f:spec":{"f:x":{}}})", R"({"f:status":{}})",
         R"({"f:spec":{"f:x":{}}})"},
        {"difference of trees goes down", server::without_trees, R"({"f:m":{"f:a":{},"f:b":{"f:c":{}}}})",
         R"({"f:m":{"f:b":{}}})", R"({"f:m":{"f:a":{}}})"},
    };
    for (const Row& row : kRows) {
        INFO(row.name);
        CHECK(server::fields_v1_text(row.operation(read(row.a), read(row.b))) == row.result);
    }
}

TEST_CASE("A path that is inserted twice is there once") {
    FieldSet set;
    set.insert({"f:a", "f:b"});
    set.insert({"f:a", "f:b"});
    set.insert({"f:a"});
    CHECK(server::fields_v1_text(set) == R"({"f:a":{".":{},"f:b":{}}})");
    CHECK(set.has_member("f:a"));
    CHECK(set.below("f:a").has_member("f:b"));
    CHECK_FALSE(set.has_member("f:b"));
}
