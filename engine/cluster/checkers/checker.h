// Checker: one invariant of the cluster, watched from outside. A checker reads and remembers; it never
// writes.
//
// see() gets every write of the store from the first one on, once and in order. look() may be asked at any
// moment between two events. look_settled() is asked when all faults are healed and the cluster has had time
// to come to rest. Each answers with one sentence about the first violation it finds.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/sim/time.h"
#include "engine/store/store.h"

namespace kubetab::cluster {

// Nothing when the invariant holds.
using Violation = std::optional<std::string>;

class Checker {
public:
    virtual ~Checker() = default;

    // What always holds, in a few words.
    virtual std::string_view invariant() const = 0;
    virtual Violation see(const store::Write& write) {
        (void)write;
        return {};
    }
    virtual Violation look(const store::Store& store) {
        (void)store;
        return {};
    }
    virtual Violation look_settled(const store::Store& store, sim::Instant now) {
        (void)store;
        (void)now;
        return {};
    }
};

// "pods default/web-1"
inline std::string name_of(const api::Kind& kind, const api::Object& object) {
    return kind.resource() + " " + api::ObjectKey::of(object.metadata).text();
}

}  // namespace kubetab::cluster
