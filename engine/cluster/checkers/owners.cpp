// At rest nothing is left of what lost all its owners, and no reference names an owner that is gone.

#include <set>

#include "engine/api/kinds.h"
#include "engine/cluster/checkers/checkers.h"

namespace kubetab::cluster {
namespace {

class OwnersChecker : public Checker {
public:
    std::string_view invariant() const override { return "nothing outlives its owner"; }

    Violation look_settled(const store::Store& store, sim::Instant) override {
        std::set<std::string> uids;
        for (const api::Kind* kind : api::all_kinds()) {
            for (const auto& [key, object] : store.all(*kind)) uids.insert(object->metadata.uid);
        }
        for (const api::Kind* kind : api::all_kinds()) {
            for (const auto& [key, object] : store.all(*kind)) {
                const api::OwnerReference* owner = api::controller_of(object->metadata);
                if (owner == nullptr || uids.contains(owner->uid)) continue;
                return name_of(*kind, *object) + " is left without its " + owner->kind + " " + owner->name;
            }
        }
        return {};
    }
};

}  // namespace

std::unique_ptr<Checker> make_owners_checker() {
    return std::make_unique<OwnersChecker>();
}

}  // namespace kubetab::cluster
