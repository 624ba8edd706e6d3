#include "engine/api/core/event.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<EventSeries>::doc = "An event that goes on happening.";

std::span<const Field> Describe<EventSeries>::fields() {
    using T = EventSeries;
    static const std::vector<Field> table{
        field<T>("count", &T::count)
            .documented("How often it has happened so far."),
        field<T>("lastObservedTime", &T::lastObservedTime).always()
            .documented("When it happened last."),
    };
    return table;
}

const std::string_view Describe<EventSource>::doc = "The part of the system that tells of an event.";

std::span<const Field> Describe<EventSource>::fields() {
    using T = EventSource;
    static const std::vector<Field> table{
        field<T>("component", &T::component)
            .documented("Its name, such as kubelet or default-scheduler."),
        field<T>("host", &T::host)
            .documented("The node that it runs on."),
    };
    return table;
}

const std::string_view Describe<Event>::doc =
    "An Event tells that something happened to an object; it is kept for an hour.";

std::span<const Field> Describe<Event>::fields() {
    using T = Event;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata).required()
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("action", &T::action)
            .documented("What was done or tried about the object, in one word."),
        field<T>("count", &T::count)
            .documented("How often it has happened."),
        field<T>("eventTime", &T::eventTime).always()
            .documented("When it was first seen, to the microsecond; newer reporters fill this in."),
        field<T>("firstTimestamp", &T::firstTimestamp).always()
            .documented("When it happened first."),
        field<T>("involvedObject", &T::involvedObject).required()
            .documented("The object that it happened to."),
        field<T>("lastTimestamp", &T::lastTimestamp).always()
            .documented("When it happened last."),
        field<T>("message", &T::message)
            .documented("What happened, in a sentence."),
        field<T>("reason", &T::reason)
            .documented("What happened, in one CamelCase word."),
        field<T>("related", &T::related)
            .documented("Another object that has to do with it."),
        field<T>("reportingComponent", &T::reportingComponent)
            .documented("Who reports it, such as kubernetes.io/kubelet."),
        field<T>("reportingInstance", &T::reportingInstance)
            .documented("Which copy of the reporter, such as a node's name."),
        field<T>("series", &T::series)
            .documented("The repetition that this event is part of."),
        field<T>("source", &T::source)
            .documented("Who reports it, in the older form."),
        field<T>("type", &T::type)
            .documented("Normal, or Warning when something may be wrong."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
