// Which nodes a DaemonSet's pod belongs on, and what the pod of a node looks like. No state, no writes.
//
// upstream: pkg/controller/daemon/{daemon_controller.go [NodeShouldRunDaemonPod],util/daemonset_util.go}
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/core/node.h"
#include "engine/api/core/pod.h"
#include "engine/api/daemon_set.h"

namespace kubetab::controllers {

// The label of pods and revisions that names the template.
inline constexpr std::string_view kRevisionHash = "controller-revision-hash";
inline constexpr std::string_view kPodTemplateGeneration = "pod-template-generation";

struct NodeSuits {
    bool should_run = false;
    // A pod that is there may stay; less is asked of the node than for a new one.
    bool may_stay = false;
};

// Judges nodes for one DaemonSet, of which it keeps what that needs.
class DaemonPlacement {
public:
    explicit DaemonPlacement(const api::DaemonSet& set);
    NodeSuits of(const api::Node& node) const;

private:
    api::PodSpec spec_;  // with what every daemon pod tolerates
};

// The template with the labels of its revision and what every daemon pod tolerates; still for no node.
api::PodTemplateSpec daemon_template(const api::DaemonSet& set, const std::string& hash);
// The pod that only `node_name` can take. upstream: ReplaceDaemonSetPodNodeNameNodeAffinity
api::PodTemplateSpec template_for_node(const api::PodTemplateSpec& pod_template,
                                       const std::string& node_name);
// The node that a daemon pod is on or is meant for; empty when it is for none. upstream: GetTargetNodeName
std::string target_node(const api::Pod& pod);
// The pod is of the present template. upstream: IsPodUpdated
bool is_updated(const api::DaemonSet& set, const api::Pod& pod, std::string_view hash);

struct DaemonBounds {
    std::int32_t surge = 0;        // nodes that may have two pods
    std::int32_t unavailable = 0;  // nodes that may have no available pod
};
// For that many nodes that should run the pod. upstream: updatedDesiredNodeCounts
DaemonBounds daemon_bounds(const api::DaemonSet& set, std::int32_t desired);
bool allows_surge(const api::DaemonSet& set);

// Those on a node first, then older ones first. upstream: podByCreationTimestampAndPhase
void sort_daemon_pods(std::vector<api::Ref<api::Pod>>& pods);

}  // namespace kubetab::controllers
