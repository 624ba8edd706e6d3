// What comes through a door that a fault disturbs, and what is made up for afterwards.

#include "engine/cluster/faults/door.h"

#include <catch2/catch_test_macros.hpp>

#include "engine/client/informer.h"
#include "engine/server/server.h"

using namespace kubetab;
using cluster::Door;

namespace {

constexpr sim::Instant kNow{1'767'600'000LL * 1'000'000'000};

// Writes down what it is told.
struct Listener : api::Watcher {
    void changed(const api::Change& change) override {
        const char* type = change.type == api::ChangeType::Added      ? "+"
                           : change.type == api::ChangeType::Modified ? "*"
                                                                      : "-";
        heard += type + change.object->metadata.name + " ";
    }
    void listed_again() override { ++lists; }
    std::string heard{};
    int lists = 0;
};

struct World {
    World() {
        watch = door.watch({&api::kind_of<api::Namespace>(), {}}, server.store().revision(), listener);
    }
    ~World() { door.unwatch(watch); }

    void create(const std::string& name) {
        auto space = std::make_shared<api::Namespace>();
        space->metadata.name = name;
        REQUIRE(server.create(api::kind_of<api::Namespace>(), space, {}).ok());
        pass(sim::milliseconds(10));
    }
    void label(const std::string& name, const std::string& value) {
        auto space = std::make_shared<api::Namespace>(
            *api::cast<api::Namespace>(server.store().get(api::kind_of<api::Namespace>(), {"", name})));
        space->metadata.labels["l"] = value;
        REQUIRE(server.update(api::kind_of<api::Namespace>(), space, {}).ok());
        pass(sim::milliseconds(10));
    }
    void pass(sim::Duration duration) { simulation.run_until(simulation.now() + duration); }

    sim::Simulation simulation{7, kNow};
    server::Server server{simulation};
    Door door{simulation, server, "door"};
    Listener listener{};
    api::WatchId watch = 0;
};

}  // namespace

TEST_CASE("a calm door passes everything on") {
    World world;
    world.create("a");
    world.label("a", "1");
    CHECK(world.listener.heard == "+a *a ");
}

TEST_CASE("what was lost is told once when nothing is lost any more") {
    World world;
    world.create("a");
    world.door.set_weather({.lost = 1});
    world.label("a", "1");
    world.label("a", "2");
    world.create("b");
    CHECK(world.listener.heard == "+a ");
    CHECK(world.listener.lists == 0);
    world.door.set_weather({});
    CHECK(world.listener.heard == "+a *a +b ");
    CHECK(world.listener.lists == 1);
}

TEST_CASE("what comes late does not hide a later change that was missed") {
    World world;
    world.door.set_weather({.late = sim::seconds(2)});
    world.create("a");
    world.door.set_weather({.lost = 1, .late = sim::seconds(2)});
    world.label("a", "1");
    world.pass(sim::seconds(3));
    CHECK(world.listener.heard == "+a ");
    world.door.set_weather({});
    CHECK(world.listener.heard == "+a *a ");
}

TEST_CASE("a change that comes makes up for those before it") {
    World world;
    world.door.set_weather({.lost = 2});
    world.create("a");
    world.label("a", "1");
    world.label("a", "2");
    CHECK(world.listener.heard == "+a *a ");
    world.door.set_weather({});
    CHECK(world.listener.heard == "+a *a ");
}

TEST_CASE("changes come twice, or late and in order") {
    World world;
    world.door.set_weather({.doubled = 1});
    world.create("a");
    CHECK(world.listener.heard == "+a +a ");
    world.listener.heard.clear();
    world.door.set_weather({.late = sim::seconds(2)});
    world.create("b");
    world.create("c");
    world.pass(sim::milliseconds(1970));
    CHECK(world.listener.heard.empty());
    world.pass(sim::milliseconds(50));
    CHECK(world.listener.heard == "+b +c ");
    world.create("d");
    world.door.set_weather({});
    CHECK(world.listener.heard == "+b +c +d ");
}

TEST_CASE("a shut door refuses, and tells afterwards how things are") {
    World world;
    world.create("a");
    world.door.set_weather({.shut = true});
    world.create("b");
    CHECK_FALSE(world.door.get(api::kind_of<api::Namespace>(), {"", "a"}).ok());
    CHECK_FALSE(world.door.remove(api::kind_of<api::Namespace>(), {"", "a"}, {}, {}).ok());
    world.door.set_weather({});
    CHECK(world.listener.heard == "+a +b ");
    CHECK(world.door.get(api::kind_of<api::Namespace>(), {"", "a"}).ok());
}

TEST_CASE("every so many writes time out, and updates conflict") {
    World world;
    world.door.set_weather({.timed_out = 2});
    const auto create = [&](const std::string& name) {
        auto space = std::make_shared<api::Namespace>();
        space->metadata.name = name;
        return world.door.create(api::kind_of<api::Namespace>(), space, {});
    };
    CHECK(create("a").ok());
    const base::Result<api::Ref<api::Object>> second = create("b");
    REQUIRE_FALSE(second.ok());
    CHECK(second.error().message == "etcdserver: request timed out");
    world.door.set_weather({.conflicting = 1});
    auto space = std::make_shared<api::Namespace>();
    space->metadata.name = "a";
    const base::Result<api::Ref<api::Object>> update =
        world.door.update(api::kind_of<api::Namespace>(), space, {});
    REQUIRE_FALSE(update.ok());
    CHECK(update.error().reason == base::Reason::Conflict);
}
