// A deletion is never taken back and only hurried, and a kubelet lets a pod go only when nothing of it runs.

#include "engine/api/kinds.h"
#include "engine/cluster/checkers/checkers.h"

namespace kubetab::cluster {
namespace {

class GraceChecker : public Checker {
public:
    std::string_view invariant() const override { return "the grace of a deletion is kept"; }

    Violation see(const store::Write& write) override {
        if (!write.previous) return {};
        const std::string what = name_of(*write.kind, *write.object);
        const api::ObjectMeta& before = write.previous->metadata;
        const api::ObjectMeta& after = write.object->metadata;
        if (before.deletionTimestamp.is_set()) {
            if (!after.deletionTimestamp.is_set()) return what + " is not deleted any more";
            const bool later = before.deletionTimestamp < after.deletionTimestamp;
            const bool longer =
                before.deletionGracePeriodSeconds.value_or(0) < after.deletionGracePeriodSeconds.value_or(0);
            if (later || longer) return what + " got more time to end";
        }
        const bool by_kubelet = write.cause.actor.starts_with("kubelet/");
        if (write.kind != &api::kind_of<api::Pod>() || write.type != api::ChangeType::Deleted || !by_kubelet)
            return {};
        if (!before.deletionTimestamp.is_set())
            return what + " was ended by its kubelet though nobody deleted it";
        for (const api::ContainerStatus& container :
             static_cast<const api::Pod&>(*write.previous).status.containerStatuses) {
            if (container.state.running)
                return what + " was gone while its container " + container.name + " ran";
        }
        return {};
    }
};

}  // namespace

std::unique_ptr<Checker> make_grace_checker() {
    return std::make_unique<GraceChecker>();
}

}  // namespace kubetab::cluster
