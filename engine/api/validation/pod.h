// Validation of pods and pod templates.
// upstream: pkg/apis/core/validation/validation.go [ValidatePodSpec]
#pragma once

#include <set>
#include <string>

#include "engine/api/core/pod.h"
#include "engine/api/validation/errors.h"

namespace kubetab::api {

void validate_pod(const Pod& object, Errors& errors);
void validate_pod_update(const Pod& now, const Pod& old, Errors& errors);
void validate_pod_status(const Pod& now, const Pod& old, Errors& errors);
void validate_pod_ephemeral(const Pod& now, const Pod& old, Errors& errors);
// Labels, annotations and spec of a template at `path`.
void validate_pod_template(const PodTemplateSpec& pod_template, const Path& path, Errors& errors);

// Parts, each in a file of its own.

// What the containers of a pod may refer to.
struct PodSurroundings {
    std::set<std::string> volumes{};        // that are valid
    std::set<std::string> block_volumes{};  // of those, the ones that can be a device
    std::int64_t grace_period_seconds = 30;
    bool host_network = false;
    bool is_template = false;
};
// Returns the volumes without errors. `pod_name` is empty in templates.
PodSurroundings validate_volumes(const PodSpec& spec, std::string_view pod_name, const Path& path,
                                 Errors& errors);
void validate_containers(const PodSpec& spec, const PodSurroundings& around, const Path& path,
                         Errors& errors);
void validate_resources(const ResourceRequirements& resources, const Path& path, Errors& errors);
void validate_probes(const Container& container, const Path& path, const PodSurroundings& around,
                     Errors& errors);
void validate_lifecycle(const Lifecycle& lifecycle, const Path& path, const PodSurroundings& around,
                        Errors& errors);
void validate_node_selector(const NodeSelector& selector, const Path& path, Errors& errors);
void validate_affinity(const Affinity& affinity, const Path& path, Errors& errors);
void validate_tolerations(const std::vector<Toleration>& tolerations, const Path& path, Errors& errors);
void validate_spread(const std::vector<TopologySpreadConstraint>& constraints, const Path& path,
                     Errors& errors);
void validate_pod_security(const PodSpec& spec, const Path& path, Errors& errors);
void validate_security(const SecurityContext& context, const Path& path, Errors& errors);
// A field of the pod that an environment variable or file is filled from.
enum class FieldUse : std::uint8_t { Environment, File };
void validate_field_ref(const ObjectFieldSelector& reference, FieldUse use, const Path& path, Errors& errors);
void validate_resource_ref(const ResourceFieldSelector& reference, bool needs_container, const Path& path,
                           Errors& errors);
// Neither absolute nor leading upwards.
void validate_relative_path(const std::string& value, const Path& path, Errors& errors);

}  // namespace kubetab::api
