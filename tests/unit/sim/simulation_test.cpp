#include "engine/sim/simulation.h"

#include <catch2/catch_test_macros.hpp>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

using namespace kubetab;
using sim::Cadence;
using sim::EventId;
using sim::seconds;

namespace {

// Writes down what happens to it.
class Recorder : public sim::Component {
public:
    Recorder() : simulation(1, sim::Instant{0}), id(simulation.add("recorder", *this)) {}

    void handle(const sim::Event& event) override {
        seen.push_back(event.value);
        if (then) then(event);
    }
    EventId schedule(std::int64_t after, std::int64_t value, Cadence cadence = Cadence::Once) {
        return simulation.schedule(
            {.component = id, .after = seconds(after), .cadence = cadence, .value = value});
    }

    sim::Simulation simulation;
    sim::ComponentId id = 0;
    std::vector<std::int64_t> seen{};
    std::function<void(const sim::Event&)> then{};
};

}  // namespace

TEST_CASE("Events run in order of time, then of scheduling, whatever their cadence") {
    Recorder recorder;
    recorder.schedule(2, 1);
    recorder.schedule(1, 2, Cadence::Heartbeat);
    recorder.schedule(1, 3);
    recorder.schedule(2, 4, Cadence::Heartbeat);
    recorder.schedule(1, 5, Cadence::Heartbeat);
    while (recorder.simulation.step()) {
    }
    CHECK(recorder.seen == std::vector<std::int64_t>{2, 3, 5, 1, 4});
    CHECK(recorder.simulation.idle());
    CHECK(recorder.simulation.next_due() == sim::Simulation::kFarFuture);
}

TEST_CASE("A cancelled event does not run, and its id means nothing later") {
    Recorder recorder;
    const EventId first = recorder.schedule(1, 1);
    recorder.simulation.cancel(first);
    recorder.simulation.cancel(first);
    CHECK(recorder.simulation.settled());
    const EventId second = recorder.schedule(2, 2);
    CHECK(second > first);
    recorder.simulation.cancel(first);
    CHECK(recorder.simulation.next_due() == sim::Instant{0} + seconds(2));
    recorder.then = [&](const sim::Event& event) { recorder.simulation.cancel(event.sequence); };
    recorder.simulation.run_until(sim::Instant{0} + seconds(3));
    CHECK(recorder.seen == std::vector<std::int64_t>{2});
    CHECK(recorder.simulation.now() == sim::Instant{0} + seconds(3));
}

TEST_CASE("Heartbeats do not keep a world from being settled") {
    Recorder recorder;
    recorder.schedule(1, 1, Cadence::Heartbeat);
    CHECK(recorder.simulation.settled());
    CHECK(recorder.simulation.next_once_due() == sim::Simulation::kFarFuture);
    const EventId once = recorder.schedule(5, 2);
    CHECK_FALSE(recorder.simulation.settled());
    CHECK(recorder.simulation.next_due() == sim::Instant{0} + seconds(1));
    CHECK(recorder.simulation.next_once_due() == sim::Instant{0} + seconds(5));
    recorder.simulation.cancel(once);
    CHECK(recorder.simulation.settled());
}

// As timers are: most are set again before they run.
TEST_CASE("Thousands of events that come and go run as an ordered map of them would") {
    Recorder recorder;
    sim::Random random(7);
    std::map<EventId, std::pair<std::int64_t, std::int64_t>> expected;  // {due, value} of what is pending
    for (std::int64_t value = 0; value < 5000; ++value) {
        const auto after = static_cast<std::int64_t>(random.below(100));
        const auto cadence = random.below(2) == 0 ? Cadence::Once : Cadence::Heartbeat;
        expected.emplace(recorder.schedule(after, value, cadence), std::pair{after, value});
        if (random.below(3) == 0) continue;
        auto cancelled = expected.begin();
        std::advance(cancelled, static_cast<std::ptrdiff_t>(random.below(expected.size())));
        recorder.simulation.cancel(cancelled->first);
        expected.erase(cancelled);
    }
    std::map<std::pair<std::int64_t, EventId>, std::int64_t> in_order;
    for (const auto& [event, due] : expected) in_order.emplace(std::pair{due.first, event}, due.second);
    std::vector<std::int64_t> values;
    for (const auto& [order, value] : in_order) values.push_back(value);
    while (recorder.simulation.step()) {
    }
    CHECK(recorder.seen == values);
}
