// Trial: what the scheduler would say of a pod on a node, asked without deciding or writing anything.
//
// Begins with the nodes and pods as the informers know them; what is put, taken or added after that only
// counts here. upstream: pkg/scheduler/framework, as the cluster autoscaler's simulator/clustersnapshot uses
// it
#pragma once

#include <string>
#include <vector>

#include "engine/client/informer.h"
#include "engine/scheduler/framework.h"

namespace kubetab::scheduler {

class Trial {
public:
    // The informers outlive it.
    explicit Trial(client::InformerFactory& informers);
    Trial(const Trial&) = delete;
    Trial& operator=(const Trial&) = delete;

    void add_node(const api::Ref<api::Node>& node) { (void)cache_.set_node(node); }
    void remove_node(const std::string& name) { cache_.remove_node(name); }
    // Null when there is no such node.
    const NodeInfo* node(const std::string& name) const { return cache_.find_node(name); }
    void put(const api::Ref<api::Pod>& pod, const std::string& node) {
        cache_.add_pod(PodInfo(pod), node, true);
    }
    void take(const api::Pod& pod) { (void)cache_.remove_pod(identity_of(pod.metadata)); }
    // Why the pod cannot run there; empty when it can.
    std::vector<std::string> objections(const api::Ref<api::Pod>& pod, const std::string& node);

private:
    Cache cache_{};
    Surroundings surroundings_;
    std::vector<std::unique_ptr<Plugin>> plugins_;
    Nominations nominations_{};
    Framework framework_;
};

}  // namespace kubetab::scheduler
