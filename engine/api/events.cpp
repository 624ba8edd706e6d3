#include "engine/api/events.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<EventsEventSeries>::doc =
    "How often an event has happened.";

std::span<const Field> Describe<EventsEventSeries>::fields() {
    using T = EventsEventSeries;
    static const std::vector<Field> table{
        field<T>("count", &T::count).required().always()
            .documented("The number of times so far."),
        field<T>("lastObservedTime", &T::lastObservedTime).required().always()
            .documented("When it was last seen."),
    };
    return table;
}

const std::string_view Describe<EventsEvent>::doc =
    "An Event tells what has happened to an object.";

std::span<const Field> Describe<EventsEvent>::fields() {
    using T = EventsEvent;
    static const std::vector<Field> table{
        field<T>("action", &T::action)
            .documented("What was done, in one word."),
        field<T>("deprecatedCount", &T::deprecatedCount)
            .documented("The number of times, as the older form of events counts."),
        field<T>("deprecatedFirstTimestamp", &T::deprecatedFirstTimestamp).always()
            .documented("When it first happened, in the older form."),
        field<T>("deprecatedLastTimestamp", &T::deprecatedLastTimestamp).always()
            .documented("When it last happened, in the older form."),
        field<T>("deprecatedSource", &T::deprecatedSource)
            .documented("Who told of it, in the older form."),
        field<T>("eventTime", &T::eventTime).required().always()
            .documented("When it first happened."),
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("note", &T::note)
            .documented("What happened, in a sentence for people."),
        field<T>("reason", &T::reason)
            .documented("Why it was done, in one CamelCase word."),
        field<T>("regarding", &T::regarding)
            .documented("The object that it happened to."),
        field<T>("related", &T::related)
            .documented("Another object that has to do with it."),
        field<T>("reportingController", &T::reportingController)
            .documented("The name of who tells of it."),
        field<T>("reportingInstance", &T::reportingInstance)
            .documented("Which instance of it tells."),
        field<T>("series", &T::series)
            .documented("How often it has happened; only when more than once."),
        field<T>("type", &T::type).one_of("Normal|Warning")
            .documented("Normal or Warning."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
