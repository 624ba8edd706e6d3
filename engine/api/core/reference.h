// References from one object to another. Spelled as in YAML; what a field means stands in the table beside
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

struct ConfigMapKeySelector {
    Text key{};
    Text name{};
    std::optional<bool> optional{};
};

struct ObjectFieldSelector {
    Text apiVersion{};
    Text fieldPath{};
};

struct ResourceFieldSelector {
    Text containerName{};
    Quantity divisor{};
    Text resource{};
};

struct SecretKeySelector {
    Text key{};
    Text name{};
    std::optional<bool> optional{};
};

struct LocalObjectReference {
    Text name{};
};

struct KeyToPath {
    Text key{};
    std::optional<std::int32_t> mode{};
    Text path{};
};

struct TypedLocalObjectReference {
    std::optional<Text> apiGroup{};
    Text kind{};
    Text name{};
};

struct TypedObjectReference {
    std::optional<Text> apiGroup{};
    Text kind{};
    Text name{};
    std::optional<Text> namespace_{};
};

struct ObjectReference {
    Text apiVersion{};
    Text fieldPath{};
    Text kind{};
    Text name{};
    Text namespace_{};
    Text resourceVersion{};
    Text uid{};
};

template <>
struct Describe<ConfigMapKeySelector> {
    static constexpr std::string_view name = "ConfigMapKeySelector";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ObjectFieldSelector> {
    static constexpr std::string_view name = "ObjectFieldSelector";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ResourceFieldSelector> {
    static constexpr std::string_view name = "ResourceFieldSelector";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<SecretKeySelector> {
    static constexpr std::string_view name = "SecretKeySelector";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<LocalObjectReference> {
    static constexpr std::string_view name = "LocalObjectReference";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<KeyToPath> {
    static constexpr std::string_view name = "KeyToPath";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<TypedLocalObjectReference> {
    static constexpr std::string_view name = "TypedLocalObjectReference";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<TypedObjectReference> {
    static constexpr std::string_view name = "TypedObjectReference";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<ObjectReference> {
    static constexpr std::string_view name = "ObjectReference";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

}  // namespace kubetab::api
