#include "engine/api/events_conversion.h"

#include <utility>

namespace kubetab::api {
namespace {

using base::Json;

struct Renamed {
    const char* core;
    const char* events;
};

constexpr Renamed kRenamed[] = {
    {"count", "deprecatedCount"},
    {"firstTimestamp", "deprecatedFirstTimestamp"},
    {"involvedObject", "regarding"},
    {"lastTimestamp", "deprecatedLastTimestamp"},
    {"message", "note"},
    {"reportingComponent", "reportingController"},
    {"source", "deprecatedSource"},
};

void rename(Json& object, const char* from, const char* to) {
    const auto it = object.find(from);
    if (it == object.end()) return;
    Json value = std::move(*it);
    object.erase(it);
    object[to] = std::move(value);
}

}  // namespace

Json event_to_events(Json core) {
    for (const Renamed& field : kRenamed) rename(core, field.core, field.events);
    core["apiVersion"] = "events.k8s.io/v1";
    return core;
}

Json event_from_events(Json event) {
    for (const Renamed& field : kRenamed) rename(event, field.events, field.core);
    event["apiVersion"] = "v1";
    return event;
}

}  // namespace kubetab::api
