// When faults are healed every node is ready and carries no taint of a fault.

#include "engine/api/kinds.h"
#include "engine/api/pod_status.h"
#include "engine/cluster/checkers/checkers.h"

namespace kubetab::cluster {
namespace {

class NodesChecker : public Checker {
public:
    std::string_view invariant() const override { return "healed nodes are ready"; }

    Violation look_settled(const store::Store& store, sim::Instant) override {
        for (const auto& [key, object] : store.all(api::kind_of<api::Node>())) {
            const auto& node = static_cast<const api::Node&>(*object);
            if (!api::is_condition_true(node.status.conditions, "Ready")) return key.name + " is not ready";
            for (const api::Taint& taint : node.spec.taints) {
                if (taint.key.starts_with("node.kubernetes.io/"))
                    return key.name + " is tainted with " + taint.key;
            }
        }
        return {};
    }
};

}  // namespace

std::unique_ptr<Checker> make_nodes_checker() {
    return std::make_unique<NodesChecker>();
}

}  // namespace kubetab::cluster
