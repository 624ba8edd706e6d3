#include "engine/server/managed_fields/merge_shape.h"

#include "engine/api/custom/custom_resource.h"
#include "engine/base/json.h"

namespace kubetab::server {
namespace {

using api::Field;
using api::Form;
using api::Type;
using Merging = MergeShape::Form;

struct Exception {
    std::string_view owner{};
    std::string_view field{};
    MergeShape shape{};
};

// Fields whose shape does not follow from their merge key.
constexpr Exception kExceptions[] = {
    {"CSIDriverSpec", "volumeLifecycleModes", {Merging::Set}},
    {"CertificateSigningRequestStatus", "conditions", {Merging::Keyed, {"type"}}},
    {"Container", "ports", {Merging::Keyed, {"containerPort", "protocol"}}},
    {"CustomResourceDefinitionStatus", "conditions", {Merging::Keyed, {"type"}}},
    {"Endpoint", "addresses", {Merging::Set}},
    {"EphemeralContainer", "ports", {Merging::Keyed, {"containerPort", "protocol"}}},
    {"JobStatus", "conditions", {Merging::Atomic}},
    {"PersistentVolumeSpec", "claimRef", {Merging::Granular}},
    {"PodFailurePolicyOnExitCodesRequirement", "values", {Merging::Set}},
    {"PodSpec", "nodeSelector", {Merging::Atomic}},
    {"PodSpec", "topologySpreadConstraints", {Merging::Keyed, {"topologyKey", "whenUnsatisfiable"}}},
    {"PodStatus", "hostIPs", {Merging::Atomic}},
    {"ReplicationControllerSpec", "selector", {Merging::Atomic}},
    {"ResourceRequirements", "claims", {Merging::Keyed, {"name"}}},
    {"ResourceStatus", "resources", {Merging::Keyed, {"resourceID"}}},
    {"Scheduling", "nodeSelector", {Merging::Atomic}},
    {"ServiceSpec", "ports", {Merging::Keyed, {"port", "protocol"}}},
    {"ServiceSpec", "selector", {Merging::Atomic}},
    {"UncountedTerminatedPods", "failed", {Merging::Set}},
    {"UncountedTerminatedPods", "succeeded", {Merging::Set}},
};

constexpr std::string_view kAtomicStructs[] = {
    "ConfigMapKeySelector",
    "CrossVersionObjectReference",
    "EndpointAddress",
    "EndpointPort",
    "LabelSelector",
    "LocalObjectReference",
    "NodeSelector",
    "NodeSelectorTerm",
    "ObjectFieldSelector",
    "ObjectReference",
    "OwnerReference",
    "ResourceFieldSelector",
    "RoleRef",
    "ScopeSelector",
    "SecretKeySelector",
    "SecretReference",
    "ServiceBackendPort",
    "Subject",
    "TopologySelectorTerm",
    "TypedLocalObjectReference",
};

bool is_atomic_struct(std::string_view name) {
    for (const std::string_view atomic : kAtomicStructs) {
        if (atomic == name) return true;
    }
    return false;
}

}  // namespace

MergeShape shape_of(const Type& type) {
    switch (type.form) {
        case Form::Optional:
        case Form::Box: return shape_of(type.element());
        case Form::Struct:
            return {type.is_atomic || is_atomic_struct(type.name) ? Merging::Atomic : Merging::Granular};
        case Form::Map: return {Merging::Granular};
        case Form::List:
        case Form::Raw: return {Merging::Atomic};
        default: return {Merging::Scalar};
    }
}

MergeShape shape_of(const Type& owner, const Field& field) {
    for (const Exception& exception : kExceptions) {
        if (exception.field == field.name && exception.owner == owner.name) return exception.shape;
    }
    const Type& type = api::value_type(field.type());
    if (type.form != Form::List || !field.is_merge) return shape_of(type);
    if (field.merge_key_name.empty()) return {Merging::Set};
    MergeShape shape{Merging::Keyed};
    std::string_view names = field.merge_key_name;
    for (std::string_view& key : shape.keys) {
        const std::size_t comma = names.find(',');
        key = names.substr(0, comma);
        names = comma == std::string_view::npos ? "" : names.substr(comma + 1);
    }
    return shape;
}

MergeShape shape_at(const Type& type, const MergeShape& declared, const nlohmann::json* value) {
    const bool single = api::is_untyped(type) && value != nullptr && !value->is_object();
    return single ? MergeShape{Merging::Atomic} : declared;
}

const Type& document_type(const api::Kind& kind) {
    return kind.custom != nullptr ? kind.custom->types->object() : *kind.type;
}

}  // namespace kubetab::server
