// What a pod requires of a node's labels and name: nodeSelector and required node affinity together.
// upstream: staging/src/k8s.io/component-helpers/scheduling/corev1/nodeaffinity GetRequiredNodeAffinity
#pragma once

#include "engine/api/core/pod_spec.h"
#include "engine/scheduler/cache.h"
#include "engine/scheduler/label_selector.h"

namespace kubetab::scheduler {

inline bool has_required_affinity(const api::PodSpec& spec) {
    return !spec.nodeSelector.empty() ||
           spec.affinity->nodeAffinity->requiredDuringSchedulingIgnoredDuringExecution;
}

inline bool matches_required_affinity(const api::PodSpec& spec, const base::StringMap& labels,
                                      std::string_view node_name) {
    for (const auto& [key, value] : spec.nodeSelector) {
        const api::Text* found = labels.get(key);
        if (found == nullptr || *found != value) return false;
    }
    const auto& required = spec.affinity->nodeAffinity->requiredDuringSchedulingIgnoredDuringExecution;
    return !required || matches_any_term(*required, labels, node_name);
}

}  // namespace kubetab::scheduler
