// Virtual time passing along with real time.

#include "engine/rest/pace.h"

#include <catch2/catch_test_macros.hpp>

using namespace kubetab;

namespace {

constexpr sim::Instant kStart{1'767'600'000LL * 1'000'000'000};

// Notes when its events run; schedules the next at once while `more` is positive.
struct Notes : sim::Component {
    explicit Notes(sim::Simulation& world) : simulation(world), id(world.add("notes", *this)) {}
    void handle(const sim::Event&) override {
        ran.push_back(simulation.now());
        if (more-- > 0) simulation.schedule({.component = id});
    }
    sim::Simulation& simulation;
    sim::ComponentId id;
    std::vector<sim::Instant> ran{};
    int more = 0;
};

struct World {
    sim::Simulation simulation{7, kStart};
    Notes notes{simulation};
    sim::Duration real{};

    rest::Pace pace(std::int64_t speed) {
        return {simulation, speed, [this] { return real; }};
    }
    void schedule(sim::Duration after) { simulation.schedule({.component = notes.id, .after = after}); }
};

}  // namespace

TEST_CASE("Virtual time is real time multiplied by the speed") {
    World world;
    world.real = sim::seconds(5);
    rest::Pace pace = world.pace(3);
    world.real = sim::seconds(7);
    CHECK(pace.catch_up());
    CHECK(world.simulation.now() == kStart + sim::seconds(6));
}

TEST_CASE("Events run at their own instants, however late the turn is") {
    World world;
    rest::Pace pace = world.pace(1);
    world.schedule(sim::milliseconds(300));
    world.schedule(sim::milliseconds(1500));
    world.real = sim::seconds(1);
    CHECK(pace.catch_up());
    CHECK(world.notes.ran == std::vector<sim::Instant>{kStart + sim::milliseconds(300)});
    world.real = sim::seconds(2);
    CHECK(pace.catch_up());
    CHECK(world.notes.ran.back() == kStart + sim::milliseconds(1500));
}

TEST_CASE("A turn stops when there is much to do, and the next one goes on") {
    World world;
    rest::Pace pace = world.pace(1);
    world.notes.more = rest::Pace::kEventsPerTurn;
    world.schedule(sim::milliseconds(1));
    world.real = sim::seconds(1);
    CHECK_FALSE(pace.catch_up());
    CHECK(world.notes.ran.size() == rest::Pace::kEventsPerTurn);
    CHECK(world.simulation.now() == kStart + sim::milliseconds(1));
    CHECK(pace.catch_up());
    CHECK(world.simulation.now() == kStart + sim::seconds(1));
}

TEST_CASE("The wait ends when the next event is due, or after a while") {
    World world;
    rest::Pace pace = world.pace(10);
    CHECK(pace.until_next() == rest::Pace::kLongestWait);
    world.schedule(sim::milliseconds(200));
    CHECK(pace.until_next() > sim::milliseconds(20) - sim::microseconds(1));
    CHECK(pace.until_next() < sim::milliseconds(21));
    world.real = pace.until_next();
    CHECK(pace.until_next() == sim::Duration{});
    CHECK(pace.catch_up());
    CHECK(world.notes.ran.size() == 1);
}
