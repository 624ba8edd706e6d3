// View: what the window may read of the cluster, now or at a moment of the past. Read only.
//
// A View is valid until the session is advanced, gets input or is asked for another moment.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/api/kinds.h"
#include "engine/api/object_map.h"
#include "engine/sim/time.h"

namespace kubetab::session {

// One write as a mark on the timeline.
struct Tick {
    enum class Kind { Write, Command, Fault, Warning };
    Kind kind = Kind::Write;
    sim::Instant when{};
    std::int64_t revision = 0;  // the world right after it
    std::string label{};        // for commands and faults: what was typed; for warnings: the event's reason
};

// One link of the causal chain of an object, newest first.
struct WhyStep {
    std::int64_t revision = 0;
    sim::Instant when{};
    std::string actor{};   // "You", "scheduler", "kubelet node-2"
    std::string action{};  // "chose node-2"
    std::string reason{};  // may be empty
    const api::Kind* kind = nullptr;
    api::ObjectKey key{};  // the object that was written
    bool by_person = false;
};

class View {
public:
    virtual ~View() = default;
    virtual sim::Instant when() const = 0;
    virtual std::int64_t revision() const = 0;
    virtual bool past() const = 0;
    virtual const api::ObjectMap& objects(const api::Kind& kind) const = 0;

    // Null when there is none.
    template <class T>
    api::Ref<T> find(const api::ObjectKey& key) const {
        return api::cast<T>(objects(api::kind_of<T>()).get(key));
    }
};

}  // namespace kubetab::session
