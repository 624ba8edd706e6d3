// EventRecorder: writes Event objects, with upstream's correlation.
//
// Identical events raise the count of the first; from the tenth distinct message of one (object, type,
// reason) within ten minutes the message is aggregated; 25 events per object are let through at once, then
// one each 300 s.
//
// upstream: staging/src/k8s.io/client-go/tools/record/{event,events_cache}.go
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/kinds.h"
#include "engine/base/digest_map.h"
#include "engine/client/client.h"
#include "engine/sim/simulation.h"

namespace kubetab::client {

enum class EventType { Normal, Warning };

struct EventText {
    EventType type = EventType::Normal;
    api::Text reason{};
    api::Text message{};
    api::Text field_path{};  // e.g. spec.containers{web}
};

class EventRecorder {
public:
    // `component` is the source shown as From; `host` is the node for kubelets, else "".
    EventRecorder(sim::Simulation& simulation, Client& client, std::string component, std::string host = {});

    template <class T>
    void record(const T& object, const EventText& text) {
        record_for(reference_to(api::kind_of<T>(), object), text);
    }
    void record_for(api::ObjectReference involved, const EventText& text);
    static api::ObjectReference reference_to(const api::Kind& kind, const api::Object& object);

private:
    // Digest of what makes events alike. Kept instead of the texts, of which there would be kilobytes per
    // pod.
    using Key = std::uint64_t;
    static constexpr std::int64_t kBurst = 25;
    struct Aggregate {
        sim::Instant last{};
        Key message = 0;  // the first; 0: none yet
    };
    struct Bucket {
        sim::Instant refilled{};  // initial: not yet used
        std::int64_t tokens = kBurst;
    };

    bool spam(Key object);
    bool aggregated(Key group, Key message);
    void create(Key key, const api::ObjectReference& involved, const EventText& text);
    bool raise_count(std::int64_t suffix, const api::ObjectReference& involved, const std::string& message);

    sim::Simulation& simulation_;
    Client& client_;
    api::Text component_;
    api::Text host_;
    // Bounded: cleared when they reach kCacheSize.
    base::DigestMap<Aggregate> aggregates_{};
    base::DigestMap<std::vector<Key>>
        more_{};                            // the other distinct messages of an aggregate, if any; bounded
    base::DigestMap<std::int64_t> seen_{};  // the suffix of the Event object's name
    base::DigestMap<Bucket> buckets_{};
    static constexpr std::size_t kCacheSize = 4096;
};

}  // namespace kubetab::client
