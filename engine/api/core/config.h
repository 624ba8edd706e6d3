// ConfigMap, Secret, ServiceAccount, Namespace. Spelled as in YAML; what a field means stands in the table
// beside it. upstream: staging/src/k8s.io/api/core/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/core/reference.h"
#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct NamespaceSpec {
    std::vector<Text> finalizers{};
};

struct NamespaceCondition {
    Time lastTransitionTime{};
    Text message{};
    Text reason{};
    Text status{};
    Text type{};
};

struct NamespaceStatus {
    std::vector<NamespaceCondition> conditions{};
    Text phase{};
};

struct Namespace : Object {
    NamespaceSpec spec{};
    NamespaceStatus status{};
};

struct ConfigMap : Object {
    base::FlatMap<Bytes> binaryData{};
    base::StringMap data{};
    std::optional<bool> immutable{};
};

struct Secret : Object {
    base::FlatMap<Bytes> data{};
    std::optional<bool> immutable{};
    base::StringMap stringData{};
    Text type{};
};

struct ServiceAccount : Object {
    std::optional<bool> automountServiceAccountToken{};
    std::vector<LocalObjectReference> imagePullSecrets{};
    std::vector<ObjectReference> secrets{};
};

template <>
struct Describe<NamespaceSpec> {
    static constexpr std::string_view name = "NamespaceSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NamespaceCondition> {
    static constexpr std::string_view name = "NamespaceCondition";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NamespaceStatus> {
    static constexpr std::string_view name = "NamespaceStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Namespace> {
    static constexpr std::string_view name = "Namespace";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ConfigMap> {
    static constexpr std::string_view name = "ConfigMap";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Secret> {
    static constexpr std::string_view name = "Secret";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ServiceAccount> {
    static constexpr std::string_view name = "ServiceAccount";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

}  // namespace kubetab::api
