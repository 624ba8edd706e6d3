#include <catch2/catch_test_macros.hpp>

#include "engine/api/kinds.h"
#include "engine/store/store.h"

using namespace kubetab;

namespace {

std::shared_ptr<api::Object> map_named(const std::string& name) {
    auto map = std::make_shared<api::ConfigMap>();
    map->metadata.name = name;
    map->metadata.namespace_ = "default";
    return map;
}

}  // namespace

TEST_CASE("The past is what the store was after a revision") {
    store::Store store;
    const api::Kind& kind = api::kind_of<api::ConfigMap>();
    store.create(kind, map_named("a"), {}, sim::Instant{1});
    store.create(kind, map_named("b"), {}, sim::Instant{2});
    store.remove(kind, map_named("a"), {}, sim::Instant{3});
    CHECK(store.all(kind).size() == 1);
    CHECK(store.all_at(kind, 1)->size() == 1);
    CHECK(store.all_at(kind, 2)->size() == 2);
    CHECK((*store.all_at(kind, 3)->begin()).key.name == "b");
    CHECK(store.revision_at(sim::Instant{2}) == 2);
}

TEST_CASE("What is compacted cannot be looked at") {
    store::Store store(2);
    const api::Kind& kind = api::kind_of<api::ConfigMap>();
    for (const char* name : {"a", "b", "c"}) store.create(kind, map_named(name), {}, sim::Instant{1});
    CHECK(store.compacted() == 1);
    CHECK_FALSE(store.all_at(kind, 0).ok());
    CHECK(store.all_at(kind, 1)->size() == 1);
    CHECK(store.find_write(1) == nullptr);
    CHECK(store.find_write(3)->revision == 3);
}

TEST_CASE("Events that have left the log are kept as they were, for whoever asks") {
    store::Store store(4);
    const api::Kind& kind = api::kind_of<api::Event>();
    for (const char* name : {"a", "b", "c", "d", "e", "f"}) {
        auto event = std::make_shared<api::Event>();
        event->metadata.name = name;
        event->metadata.namespace_ = "default";
        event->message = "something happened";
        store.create(kind, std::move(event), {}, sim::Instant{1});
    }
    CHECK(store.get(kind, {"default", "f"}) == store.get(kind, {"default", "f"}));
    CHECK(store.get(kind, {"default", "a"}) != store.get(kind, {"default", "a"}));  // A new one each time.
    CHECK(store.all(kind).size() == 6);
    const auto kept = api::cast<api::Event>(store.get(kind, {"default", "a"}));
    REQUIRE(kept != nullptr);
    CHECK(kept->message == "something happened");
    CHECK(kept->metadata.resourceVersion == "1");
    auto changed = std::make_shared<api::Event>(*kept);
    changed->count = 2;
    const store::Write& write = store.update(kind, std::move(changed), {}, sim::Instant{2});
    REQUIRE(write.previous != nullptr);
    CHECK(write.previous->metadata.resourceVersion == "1");
    CHECK(store.all_at(kind, 6)->size() == 6);
}
