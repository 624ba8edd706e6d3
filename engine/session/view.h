// View: what the window may read of the cluster, now or at a moment of the past. Read only.
//
// A View is valid until the session is advanced, gets input or is asked for another moment.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/api/kinds.h"
#include "engine/sim/time.h"

namespace kubetab::session {

using ObjectMap = std::map<api::ObjectKey, api::Ref<api::Object>>;

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
    virtual const ObjectMap& objects(const api::Kind& kind) const = 0;

    // Null when there is none.
    template <class T>
    api::Ref<T> find(const api::ObjectKey& key) const {
        const ObjectMap& all = objects(api::kind_of<T>());
        const auto it = all.find(key);
        return it == all.end() ? nullptr : api::cast<T>(it->second);
    }
};

}  // namespace kubetab::session
