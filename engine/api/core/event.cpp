#include "engine/api/core/event.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<EventSeries>::doc = "";

std::span<const Field> Describe<EventSeries>::fields() {
    using T = EventSeries;
    static const std::vector<Field> table{
        field<T>("count", &T::count),
        field<T>("lastObservedTime", &T::lastObservedTime).always(),
    };
    return table;
}

const std::string_view Describe<EventSource>::doc = "";

std::span<const Field> Describe<EventSource>::fields() {
    using T = EventSource;
    static const std::vector<Field> table{
        field<T>("component", &T::component),
        field<T>("host", &T::host),
    };
    return table;
}

const std::string_view Describe<Event>::doc = "";

std::span<const Field> Describe<Event>::fields() {
    using T = Event;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata),
        field<T>("action", &T::action),
        field<T>("count", &T::count),
        field<T>("eventTime", &T::eventTime).always(),
        field<T>("firstTimestamp", &T::firstTimestamp).always(),
        field<T>("involvedObject", &T::involvedObject).required(),
        field<T>("lastTimestamp", &T::lastTimestamp).always(),
        field<T>("message", &T::message),
        field<T>("reason", &T::reason),
        field<T>("related", &T::related),
        field<T>("reportingComponent", &T::reportingComponent),
        field<T>("reportingInstance", &T::reportingInstance),
        field<T>("series", &T::series),
        field<T>("source", &T::source),
        field<T>("type", &T::type),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
