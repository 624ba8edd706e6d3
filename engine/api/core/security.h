// Security contexts of pods and containers. Spelled as in YAML; what a field means stands in the table beside
// it. upstream: staging/src/k8s.io/api/core/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/type.h"

namespace kubetab::api {

struct AppArmorProfile {
    std::optional<Text> localhostProfile{};
    Text type{};
};

struct Capabilities {
    std::vector<Text> add{};
    std::vector<Text> drop{};
};

struct SELinuxOptions {
    Text level{};
    Text role{};
    Text type{};
    Text user{};
};

struct SeccompProfile {
    std::optional<Text> localhostProfile{};
    Text type{};
};

struct WindowsSecurityContextOptions {
    std::optional<Text> gmsaCredentialSpec{};
    std::optional<Text> gmsaCredentialSpecName{};
    std::optional<bool> hostProcess{};
    std::optional<Text> runAsUserName{};
};

struct SecurityContext {
    std::optional<bool> allowPrivilegeEscalation{};
    Box<AppArmorProfile> appArmorProfile{};
    Box<Capabilities> capabilities{};
    std::optional<bool> privileged{};
    std::optional<Text> procMount{};
    std::optional<bool> readOnlyRootFilesystem{};
    std::optional<std::int64_t> runAsGroup{};
    std::optional<bool> runAsNonRoot{};
    std::optional<std::int64_t> runAsUser{};
    Box<SELinuxOptions> seLinuxOptions{};
    Box<SeccompProfile> seccompProfile{};
    Box<WindowsSecurityContextOptions> windowsOptions{};
};

struct Sysctl {
    Text name{};
    Text value{};
};

struct PodSecurityContext {
    Box<AppArmorProfile> appArmorProfile{};
    std::optional<std::int64_t> fsGroup{};
    std::optional<Text> fsGroupChangePolicy{};
    std::optional<std::int64_t> runAsGroup{};
    std::optional<bool> runAsNonRoot{};
    std::optional<std::int64_t> runAsUser{};
    std::optional<Text> seLinuxChangePolicy{};
    Box<SELinuxOptions> seLinuxOptions{};
    Box<SeccompProfile> seccompProfile{};
    std::vector<std::int64_t> supplementalGroups{};
    std::optional<Text> supplementalGroupsPolicy{};
    std::vector<Sysctl> sysctls{};
    Box<WindowsSecurityContextOptions> windowsOptions{};
};

template <>
struct Describe<AppArmorProfile> {
    static constexpr std::string_view name = "AppArmorProfile";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Capabilities> {
    static constexpr std::string_view name = "Capabilities";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<SELinuxOptions> {
    static constexpr std::string_view name = "SELinuxOptions";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<SeccompProfile> {
    static constexpr std::string_view name = "SeccompProfile";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<WindowsSecurityContextOptions> {
    static constexpr std::string_view name = "WindowsSecurityContextOptions";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<SecurityContext> {
    static constexpr std::string_view name = "SecurityContext";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Sysctl> {
    static constexpr std::string_view name = "Sysctl";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<PodSecurityContext> {
    static constexpr std::string_view name = "PodSecurityContext";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

}  // namespace kubetab::api
