// Event as the group events.k8s.io shows it: stored as an Event of the core group. Spelled as in YAML; what a
// field means stands in the table beside it. upstream: staging/src/k8s.io/api/events/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/api/core/event.h"
#include "engine/api/core/reference.h"
#include "engine/api/meta.h"
#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

inline constexpr std::string_view kEventsGroup = "events.k8s.io";

struct EventsEventSeries {
    std::int32_t count{};
    MicroTime lastObservedTime{};
};

struct EventsEvent : Object {
    Text action{};
    std::int32_t deprecatedCount{};
    Time deprecatedFirstTimestamp{};
    Time deprecatedLastTimestamp{};
    EventSource deprecatedSource{};
    MicroTime eventTime{};
    Text note{};
    Text reason{};
    ObjectReference regarding{};
    Box<ObjectReference> related{};
    Text reportingController{};
    Text reportingInstance{};
    Box<EventsEventSeries> series{};
    Text type{};
};

template <>
struct Describe<EventsEventSeries> {
    static constexpr std::string_view name = "EventSeries";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<EventsEvent> {
    static constexpr std::string_view name = "Event";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<EventsEvent>();

}  // namespace kubetab::api
