#include "engine/api/object_map.h"

#include <catch2/catch_test_macros.hpp>
#include <map>
#include <string>

#include "engine/api/kinds.h"
#include "engine/sim/random.h"

using namespace kubetab;
using api::ObjectKey;
using api::ObjectMap;
using api::Ref;

namespace {

Ref<api::Object> object_named(const std::string& namespace_, const std::string& name) {
    auto object = std::make_shared<api::ConfigMap>();
    object->metadata.namespace_ = namespace_;
    object->metadata.name = name;
    return object;
}

}  // namespace

TEST_CASE("An object map tells what was there before") {
    ObjectMap map;
    CHECK(map.empty());
    CHECK(map.get({"a", "x"}) == nullptr);
    CHECK(map.erase({"a", "x"}) == nullptr);
    const Ref<api::Object> first = object_named("a", "x");
    const Ref<api::Object> second = object_named("a", "x");
    CHECK(map.put(first) == nullptr);
    CHECK(map.put(second) == first);
    CHECK(map.get({"a", "x"}) == second);
    CHECK(map.size() == 1);
    CHECK(map.erase({"a", "x"}) == second);
    CHECK(map.empty());
    CHECK_FALSE(map.begin() != map.end());
}

TEST_CASE("An object map is walked in the order of keys") {
    ObjectMap map;
    for (const char* name : {"c", "a", "b"}) {
        map.put(object_named("two", name));
        map.put(object_named("one", name));
    }
    std::string walked;
    for (const auto& [key, object] : map) walked += key.text() + " ";
    CHECK(walked == "one/a one/b one/c two/a two/b two/c ");
    CHECK(map.in_namespace("two").size() == 3);
    CHECK(map.in_namespace("none").empty());
    CHECK((*map.lower_bound({"one", "bb"})).key.text() == "one/c");
    CHECK((*map.upper_bound({"one", "c"})).key.text() == "two/a");
    CHECK_FALSE(map.upper_bound({"two", "c"}) != map.end());
}

TEST_CASE("An object map does what an ordered map of the same objects does") {
    ObjectMap map;
    std::map<ObjectKey, Ref<api::Object>> expected;
    sim::Random random(11);
    for (int step = 0; step < 20'000; ++step) {
        const std::string name = "object-" + std::to_string(random.below(300));
        const std::string space = random.below(2) == 0 ? "one" : "two";
        const ObjectKey key{space, name};
        if (random.below(2) == 0) {
            const Ref<api::Object> object = object_named(space, name);
            map.put(object);
            expected.insert_or_assign(key, object);
        } else {
            CHECK((map.erase(key) != nullptr) == (expected.erase(key) == 1));
        }
        REQUIRE(map.size() == expected.size());
        const auto found = expected.find(key);
        REQUIRE(map.get(key) == (found == expected.end() ? nullptr : found->second));
        if (random.below(100) != 0) continue;
        const ObjectMap copy = map;
        REQUIRE(copy == map);
        auto next = expected.begin();
        for (const auto& [walked, object] : map) {
            REQUIRE(next != expected.end());
            REQUIRE(walked == next->first);
            REQUIRE(object == next->second);
            ++next;
        }
        REQUIRE(next == expected.end());
    }
}

TEST_CASE("An object map keeps packed what nobody else holds") {
    const api::Kind& kind = api::kind_of<api::ConfigMap>();
    ObjectMap map;
    Ref<api::Object> held = object_named("b", "held");
    map.put(held);
    for (const char* name : {"c", "a", "d"}) {
        const Ref<api::Object> object = object_named("b", name);
        map.put(object);
        map.pack(kind, object);
    }
    {
        const Ref<api::Object> other = held;
        map.pack(kind, held);
        CHECK(map.get({"b", "held"}) == held);
    }
    CHECK(map.size() == 4);
    CHECK(map.contains({"b", "a"}));
    CHECK_FALSE(map.contains({"b", "e"}));
    REQUIRE(map.get({"b", "a"}) != nullptr);
    CHECK(map.get({"b", "a"}) != map.get({"b", "a"}));  // A new one each time.
    std::string walked;
    for (const auto& [key, object] : map)
        walked += key.name + (object->metadata.name == key.name ? " " : "!");
    CHECK(walked == "a c d held ");

    const ObjectMap copy = map;
    CHECK(copy == map);
    const Ref<api::Object> again = object_named("b", "a");
    CHECK(map.put(again)->metadata.name == "a");
    CHECK(map.get({"b", "a"}) == again);
    CHECK_FALSE(copy == map);
    CHECK(map.erase({"b", "c"})->metadata.name == "c");
    CHECK(map.erase({"b", "c"}) == nullptr);
    map.put(object_named("b", "bb"));
    walked.clear();
    for (const Ref<api::Object>& object : map.all()) walked += object->metadata.name + " ";
    CHECK(walked == "a bb d held ");
    CHECK((*map.lower_bound({"b", "cc"})).key.name == "d");
    CHECK(copy.all().size() == 4);
}
