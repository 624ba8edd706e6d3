// Nominations: which node a pod was promised by preemption, while it waits for the victims to go.
// upstream: pkg/scheduler/backend/queue/nominator.go
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "engine/scheduler/pod_info.h"

namespace kubetab::scheduler {

class Nominations {
public:
    bool empty() const { return of_node_.empty(); }

    void set(const PodInfo& pod, const std::string& node_name) {
        remove(pod.identity());
        if (node_name.empty()) return;
        node_of_[pod.identity()] = node_name;
        of_node_[node_name].push_back(pod);
    }
    void remove(const api::Text& identity) {
        if (node_of_.empty()) return;
        const auto found = node_of_.find(identity);
        if (found == node_of_.end()) return;
        std::vector<PodInfo>& pods = of_node_[found->second];
        std::erase_if(pods, [&](const PodInfo& pod) { return pod.identity() == identity; });
        if (pods.empty()) of_node_.erase(found->second);
        node_of_.erase(found);
    }
    // Null when no pod waits for the node.
    const std::vector<PodInfo>* on(const std::string& node_name) const {
        const auto found = of_node_.find(node_name);
        return found == of_node_.end() ? nullptr : &found->second;
    }
    // "" when it was promised none.
    std::string node_of(const api::Text& identity) const {
        const auto found = node_of_.find(identity);
        return found == node_of_.end() ? std::string() : found->second;
    }

private:
    std::map<std::string, std::vector<PodInfo>> of_node_{};
    std::map<std::string, std::string> node_of_{};
};

}  // namespace kubetab::scheduler
