// Event. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/core/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/core/reference.h"
#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct EventSeries {
    std::int32_t count{};
    MicroTime lastObservedTime{};
};

struct EventSource {
    Text component{};
    Text host{};
};

struct Event : Object {
    Text action{};
    std::int32_t count{};
    MicroTime eventTime{};
    Time firstTimestamp{};
    ObjectReference involvedObject{};
    Time lastTimestamp{};
    Text message{};
    Text reason{};
    Box<ObjectReference> related{};
    Text reportingComponent{};
    Text reportingInstance{};
    Box<EventSeries> series{};
    EventSource source{};
    Text type{};
};

template <>
struct Describe<EventSeries> {
    static constexpr std::string_view name = "EventSeries";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<EventSource> {
    static constexpr std::string_view name = "EventSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Event> {
    static constexpr std::string_view name = "Event";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

}  // namespace kubetab::api
