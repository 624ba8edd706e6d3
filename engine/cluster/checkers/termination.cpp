// At rest nothing is still being deleted, but what somebody's finalizer holds, and the namespace it is in.

#include <algorithm>
#include <set>

#include "engine/api/kinds.h"
#include "engine/cluster/checkers/checkers.h"

namespace kubetab::cluster {
namespace {

bool is_held(const api::ObjectMeta& metadata) {
    return std::any_of(metadata.finalizers.begin(), metadata.finalizers.end(),
                       [](const std::string& finalizer) {
                           return finalizer != "orphan" && finalizer != "foregroundDeletion";
                       });
}

class TerminationChecker : public Checker {
public:
    std::string_view invariant() const override { return "what is deleted goes"; }

    Violation look_settled(const store::Store& store, sim::Instant now) override {
        std::set<std::string> held_spaces;
        for (const api::Kind* kind : api::all_kinds()) {
            for (const auto& [key, object] : store.all(*kind)) {
                if (is_held(object->metadata)) held_spaces.insert(key.namespace_);
            }
        }
        for (const api::Kind* kind : api::all_kinds()) {
            for (const auto& [key, object] : store.all(*kind)) {
                const api::Time due = object->metadata.deletionTimestamp;
                if (!due.is_set() || is_held(object->metadata) || now < due.instant() + kSlack) continue;
                const bool held = kind == &api::kind_of<api::Namespace>() && held_spaces.contains(key.name);
                if (held) continue;
                return name_of(*kind, *object) + " should have gone " +
                       std::to_string((now - due.instant()).whole_seconds()) + " s ago";
            }
        }
        return {};
    }

private:
    static constexpr sim::Duration kSlack = sim::seconds(60);
};

}  // namespace

std::unique_ptr<Checker> make_termination_checker() {
    return std::make_unique<TerminationChecker>();
}

}  // namespace kubetab::cluster
