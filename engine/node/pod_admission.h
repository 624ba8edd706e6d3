// Whether a node takes a pod that names it: the kubelet's own look, whoever has chosen the node.
//
// upstream: pkg/kubelet/lifecycle/predicate.go, pkg/scheduler/framework/plugins
// differs:  critical pods are taken when resources lack, but nobody is preempted for them; pods that have
// started
//           are not looked at again when the kubelet is restarted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/api/core/node.h"
#include "engine/api/core/pod.h"

namespace kubetab::node {

struct Rejection {
    std::string reason{};   // OutOfcpu, NodeAffinity, …
    std::string message{};  // without the "Pod was rejected: " of the status
};

// Nothing when the pod may start. `others` are the node's pods that have not ended. Amounts of CPU are in
// thousandths, the rest in bytes or units.
std::optional<Rejection> reject_pod(const api::Pod& pod, const api::Node& node,
                                    const std::vector<api::Ref<api::Pod>>& others);

}  // namespace kubetab::node
