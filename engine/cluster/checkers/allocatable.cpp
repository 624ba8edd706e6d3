// No pod is bound to a node that has no room for it: the requests of a node's unfinished pods stay within
// what it has. Pods that came with a node of their own (static ones, say) count, but nobody promised room for
// them.

#include <map>

#include "engine/api/kinds.h"
#include "engine/api/pod_resources.h"
#include "engine/api/pod_status.h"
#include "engine/cluster/checkers/checkers.h"

namespace kubetab::cluster {
namespace {

class AllocatableChecker : public Checker {
public:
    std::string_view invariant() const override { return "no node is given more than it has"; }

    Violation see(const store::Write& write) override {
        if (write.kind == &api::kind_of<api::Node>()) note_node(write);
        if (write.kind != &api::kind_of<api::Pod>()) return {};
        const auto& pod = static_cast<const api::Pod&>(*write.object);
        const std::string& node = pod.spec->nodeName;
        if (write.previous) take_away(static_cast<const api::Pod&>(*write.previous));
        if (write.type == api::ChangeType::Deleted || node.empty() || api::is_pod_finished(pod)) return {};
        used_[node][pod.metadata.uid] = api::pod_requests(*pod.spec);
        const bool bound =
            write.previous && static_cast<const api::Pod&>(*write.previous).spec->nodeName.empty();
        return bound ? check(node, name_of(*write.kind, pod)) : Violation{};
    }

private:
    void note_node(const store::Write& write) {
        const auto& node = static_cast<const api::Node&>(*write.object);
        if (write.type == api::ChangeType::Deleted) {
            allocatable_.erase(node.metadata.name);
        } else {
            allocatable_.insert_or_assign(node.metadata.name, node.status.allocatable);
        }
    }
    void take_away(const api::Pod& pod) {
        const auto node = used_.find(pod.spec->nodeName);
        if (node != used_.end()) node->second.erase(pod.metadata.uid);
    }
    Violation check(const std::string& node, const std::string& pod) const {
        const auto known = allocatable_.find(node);
        if (known == allocatable_.end())
            return {};  // The node went as the pod came: upstream allows that too.
        const std::map<std::string, api::ResourceList>& pods = used_.at(node);
        api::ResourceList total;
        for (const auto& [uid, requests] : pods) total = api::sum(total, requests);
        total["pods"] = api::Quantity::of_units(static_cast<std::int64_t>(pods.size()));
        for (const auto& [resource, quantity] : total) {
            const api::Quantity has = known->second.value_or(resource, api::Quantity{});
            if (!(has < quantity)) continue;
            return node + " has " + has.text() + " " + resource + ", and with " + pod + " " +
                   quantity.text() + " are requested";
        }
        return {};
    }

    std::map<std::string, api::ResourceList> allocatable_{};                  // by node
    std::map<std::string, std::map<std::string, api::ResourceList>> used_{};  // by node and pod uid
};

}  // namespace

std::unique_ptr<Checker> make_allocatable_checker() {
    return std::make_unique<AllocatableChecker>();
}

}  // namespace kubetab::cluster
