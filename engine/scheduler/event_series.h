// EventSeries: records events the way the events.k8s.io API does it.
//
// The same event (type, reason, action, version of the object) is one object: its second occurrence makes it
// a series with count 2, further ones are counted in memory and written each 30 minutes and when the series
// has been silent for six. The note of the first occurrence stays. A failed write loses the event, as
// upstream.
//
// upstream: staging/src/k8s.io/client-go/tools/events/{event_broadcaster,event_recorder}.go
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "engine/api/kinds.h"
#include "engine/client/client.h"
#include "engine/sim/simulation.h"

namespace kubetab::scheduler {

struct EventNote {
    std::string type{};  // Normal, Warning
    std::string reason{};
    std::string action{};
    std::string note{};
};

// Whether the same event can come again for this object, so that it must be remembered.
enum class Repeats : std::uint8_t { Never, Maybe };

class EventSeries {
public:
    EventSeries(sim::Simulation& simulation, client::Client& client, std::string controller);

    // `related` may be null.
    void record(const api::Pod& regarding, const api::Pod* related, const EventNote& note, Repeats repeats);
    // Writes the counts of running series.
    void refresh();
    // Ends the series that have been silent.
    void finish();
    bool empty() const { return known_.empty(); }

    static constexpr sim::Duration kRefreshPeriod = sim::minutes(30);
    static constexpr sim::Duration kFinishPeriod = sim::minutes(6);

private:
    struct Known {
        api::ObjectKey key{};  // of the Event object
        std::int32_t count = 1;
        sim::Instant last{};
    };

    void create(const std::string& key, const api::Pod& regarding, const api::Pod* related,
                const EventNote& note);
    bool write(const Known& known);

    static constexpr std::size_t kKnownMax = 4096;

    sim::Simulation& simulation_;
    client::Client& client_;
    std::string controller_;
    std::int64_t last_name_ns_ = 0;
    std::map<std::string, Known> known_{};
};

}  // namespace kubetab::scheduler
