// Sources that only PersistentVolumes have. Where pods have the same source, they name a Secret of their own
// namespace; these name its namespace too. Spelled as in YAML; what a field means stands in the table beside
// it. upstream: staging/src/k8s.io/api/core/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/api/core/reference.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct SecretReference {
    Text name{};
    Text namespace_{};
};

struct AzureFilePersistentVolumeSource {
    bool readOnly{};
    Text secretName{};
    std::optional<Text> secretNamespace{};
    Text shareName{};
};

struct CSIPersistentVolumeSource {
    Box<SecretReference> controllerExpandSecretRef{};
    Box<SecretReference> controllerPublishSecretRef{};
    Text driver{};
    Text fsType{};
    Box<SecretReference> nodeExpandSecretRef{};
    Box<SecretReference> nodePublishSecretRef{};
    Box<SecretReference> nodeStageSecretRef{};
    bool readOnly{};
    base::StringMap volumeAttributes{};
    Text volumeHandle{};
};

struct GlusterfsPersistentVolumeSource {
    Text endpoints{};
    std::optional<Text> endpointsNamespace{};
    Text path{};
    bool readOnly{};
};

struct LocalVolumeSource {
    std::optional<Text> fsType{};
    Text path{};
};

struct CephFSPersistentVolumeSource {
    std::vector<Text> monitors{};
    Text path{};
    bool readOnly{};
    Text secretFile{};
    Box<SecretReference> secretRef{};
    Text user{};
};

struct CinderPersistentVolumeSource {
    Text fsType{};
    bool readOnly{};
    Box<SecretReference> secretRef{};
    Text volumeID{};
};

struct FlexPersistentVolumeSource {
    Text driver{};
    Text fsType{};
    base::StringMap options{};
    bool readOnly{};
    Box<SecretReference> secretRef{};
};

struct ISCSIPersistentVolumeSource {
    bool chapAuthDiscovery{};
    bool chapAuthSession{};
    Text fsType{};
    std::optional<Text> initiatorName{};
    Text iqn{};
    Text iscsiInterface{};
    std::int32_t lun{};
    std::vector<Text> portals{};
    bool readOnly{};
    Box<SecretReference> secretRef{};
    Text targetPortal{};
};

struct RBDPersistentVolumeSource {
    Text fsType{};
    Text image{};
    Text keyring{};
    std::vector<Text> monitors{};
    Text pool{};
    bool readOnly{};
    Box<SecretReference> secretRef{};
    Text user{};
};

struct ScaleIOPersistentVolumeSource {
    Text fsType{};
    Text gateway{};
    Text protectionDomain{};
    bool readOnly{};
    Box<SecretReference> secretRef{};
    bool sslEnabled{};
    Text storageMode{};
    Text storagePool{};
    Text system{};
    Text volumeName{};
};

struct StorageOSPersistentVolumeSource {
    Text fsType{};
    bool readOnly{};
    Box<ObjectReference> secretRef{};
    Text volumeName{};
    Text volumeNamespace{};
};

template <>
struct Describe<AzureFilePersistentVolumeSource> {
    static constexpr std::string_view name = "AzureFilePersistentVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CephFSPersistentVolumeSource> {
    static constexpr std::string_view name = "CephFSPersistentVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CinderPersistentVolumeSource> {
    static constexpr std::string_view name = "CinderPersistentVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CSIPersistentVolumeSource> {
    static constexpr std::string_view name = "CSIPersistentVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<FlexPersistentVolumeSource> {
    static constexpr std::string_view name = "FlexPersistentVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<GlusterfsPersistentVolumeSource> {
    static constexpr std::string_view name = "GlusterfsPersistentVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ISCSIPersistentVolumeSource> {
    static constexpr std::string_view name = "ISCSIPersistentVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<LocalVolumeSource> {
    static constexpr std::string_view name = "LocalVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<RBDPersistentVolumeSource> {
    static constexpr std::string_view name = "RBDPersistentVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ScaleIOPersistentVolumeSource> {
    static constexpr std::string_view name = "ScaleIOPersistentVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<SecretReference> {
    static constexpr std::string_view name = "SecretReference";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<StorageOSPersistentVolumeSource> {
    static constexpr std::string_view name = "StorageOSPersistentVolumeSource";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

}  // namespace kubetab::api
