// StorageClass, VolumeAttachment, CSIDriver, CSINode. Spelled as in YAML; what a field means stands in the
// table beside it. upstream: staging/src/k8s.io/api/storage/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/api/core/persistent_volume.h"
#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct TopologySelectorLabelRequirement {
    Text key{};
    std::vector<Text> values{};
};

struct TopologySelectorTerm {
    std::vector<TopologySelectorLabelRequirement> matchLabelExpressions{};
};

struct StorageClass : Object {
    std::optional<bool> allowVolumeExpansion{};
    std::vector<TopologySelectorTerm> allowedTopologies{};
    std::vector<Text> mountOptions{};
    base::StringMap parameters{};
    Text provisioner{};
    std::optional<Text> reclaimPolicy{};
    std::optional<Text> volumeBindingMode{};
};

struct VolumeAttachmentSource {
    Box<PersistentVolumeSpec> inlineVolumeSpec{};
    std::optional<Text> persistentVolumeName{};
};

struct VolumeAttachmentSpec {
    Text attacher{};
    Text nodeName{};
    VolumeAttachmentSource source{};
};

struct VolumeError {
    Text message{};
    Time time{};
};

struct VolumeAttachmentStatus {
    Box<VolumeError> attachError{};
    bool attached{};
    base::StringMap attachmentMetadata{};
    Box<VolumeError> detachError{};
};

struct VolumeAttachment : Object {
    VolumeAttachmentSpec spec{};
    VolumeAttachmentStatus status{};
};

// upstream: TokenRequest of this group, which is not that of authentication.k8s.io
struct CSITokenRequest {
    Text audience{};
    std::optional<std::int64_t> expirationSeconds{};
};

struct CSIDriverSpec {
    std::optional<bool> attachRequired{};
    std::optional<Text> fsGroupPolicy{};
    std::optional<bool> podInfoOnMount{};
    std::optional<bool> requiresRepublish{};
    std::optional<bool> seLinuxMount{};
    std::optional<bool> storageCapacity{};
    std::vector<CSITokenRequest> tokenRequests{};
    std::vector<Text> volumeLifecycleModes{};
};

struct CSIDriver : Object {
    CSIDriverSpec spec{};
};

struct VolumeNodeResources {
    std::optional<std::int32_t> count{};
};

struct CSINodeDriver {
    Box<VolumeNodeResources> allocatable{};
    Text name{};
    Text nodeID{};
    std::vector<Text> topologyKeys{};
};

struct CSINodeSpec {
    std::vector<CSINodeDriver> drivers{};
};

struct CSINode : Object {
    CSINodeSpec spec{};
};

template <>
struct Describe<TopologySelectorLabelRequirement> {
    static constexpr std::string_view name = "TopologySelectorLabelRequirement";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<TopologySelectorTerm> {
    static constexpr std::string_view name = "TopologySelectorTerm";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<StorageClass> {
    static constexpr std::string_view name = "StorageClass";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<VolumeAttachmentSource> {
    static constexpr std::string_view name = "VolumeAttachmentSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<VolumeAttachmentSpec> {
    static constexpr std::string_view name = "VolumeAttachmentSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<VolumeError> {
    static constexpr std::string_view name = "VolumeError";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<VolumeAttachmentStatus> {
    static constexpr std::string_view name = "VolumeAttachmentStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<VolumeAttachment> {
    static constexpr std::string_view name = "VolumeAttachment";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CSITokenRequest> {
    static constexpr std::string_view name = "TokenRequest";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CSIDriverSpec> {
    static constexpr std::string_view name = "CSIDriverSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CSIDriver> {
    static constexpr std::string_view name = "CSIDriver";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<VolumeNodeResources> {
    static constexpr std::string_view name = "VolumeNodeResources";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CSINodeDriver> {
    static constexpr std::string_view name = "CSINodeDriver";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CSINodeSpec> {
    static constexpr std::string_view name = "CSINodeSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CSINode> {
    static constexpr std::string_view name = "CSINode";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<StorageClass>();
template <>
const Kind& kind_of<VolumeAttachment>();
template <>
const Kind& kind_of<CSIDriver>();
template <>
const Kind& kind_of<CSINode>();

}  // namespace kubetab::api
