// Nothing goes while a finalizer holds it, and nothing that is being deleted gets another one. The two that
// stand for the propagation of a delete come with a delete.

#include <algorithm>

#include "engine/api/kinds.h"
#include "engine/cluster/checkers/checkers.h"

namespace kubetab::cluster {
namespace {

bool stands_for_propagation(const std::string& finalizer) {
    return finalizer == "orphan" || finalizer == "foregroundDeletion";
}

class FinalizersChecker : public Checker {
public:
    std::string_view invariant() const override { return "finalizers are honoured"; }

    Violation see(const store::Write& write) override {
        const api::Texts& after = write.object->metadata.finalizers;
        const std::string what = name_of(*write.kind, *write.object);
        if (write.type == api::ChangeType::Deleted) {
            if (!after.empty()) return what + " went in spite of its finalizer " + after.front();
            if (write.kind != &api::kind_of<api::Namespace>()) return {};
            const auto& space = static_cast<const api::Namespace&>(*write.object);
            if (!space.spec.finalizers.empty()) return what + " went before it was emptied";
            return {};
        }
        if (!write.previous || !write.previous->metadata.deletionTimestamp.is_set()) return {};
        const api::Texts& before = write.previous->metadata.finalizers;
        for (const std::string& finalizer : after) {
            if (stands_for_propagation(finalizer)) continue;
            if (std::find(before.begin(), before.end(), finalizer) != before.end()) continue;
            return what + " is being deleted and got the finalizer " + finalizer;
        }
        return {};
    }
};

}  // namespace

std::unique_ptr<Checker> make_finalizers_checker() {
    return std::make_unique<FinalizersChecker>();
}

}  // namespace kubetab::cluster
