// What a pod requires of a node's labels and name: nodeSelector and required node affinity together.
// upstream: staging/src/k8s.io/component-helpers/scheduling/corev1/nodeaffinity
#pragma once

#include <string_view>

#include "engine/api/core/pod_spec.h"
#include "engine/base/flat_map.h"

namespace kubetab::api {

// One term of a node selector against a node; an empty term matches nothing.
bool matches_term(const NodeSelectorTerm& term, const base::StringMap& labels, std::string_view node_name);
bool matches_any_term(const NodeSelector& selector, const base::StringMap& labels,
                      std::string_view node_name);

bool has_required_affinity(const PodSpec& spec);
bool matches_required_affinity(const PodSpec& spec, const base::StringMap& labels,
                               std::string_view node_name);

}  // namespace kubetab::api
