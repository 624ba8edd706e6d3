// What the inspector says of an object, worked out from a View. No drawing.
#pragma once

#include <string>
#include <vector>

#include "engine/session/view.h"
#include "web/app/ui.h"

namespace kubetab::web {

struct Fact {
    std::string name{};
    std::string value{};
    bool mono = false;
    Selection link{};  // the object that the value names
};

struct Inspection {
    bool found = false;
    bool well = false;  // ready, or nothing to complain about
    std::string kind{};
    std::vector<Fact> facts{};
};

struct EventRow {
    std::string reason{};
    std::string message{};
    std::string age{};
    bool warning = false;
};

// An event with the object it is about.
struct LatestEvent {
    Selection about{};
    EventRow row{};
};

Inspection inspect(const session::View& view, const Selection& selection);
// Newest first.
std::vector<EventRow> events_of(const session::View& view, const Selection& selection);
// Of all objects, newest first, at most `limit`, none older than `since`; the cluster's own pods and kinds
// that cannot be chosen are left out.
std::vector<LatestEvent> latest_events(const session::View& view, sim::Instant since, std::size_t limit);
std::string yaml_of(const session::View& view, const Selection& selection);
// "08:06:52"
std::string clock_text(sim::Instant instant);

}  // namespace kubetab::web
