// APIService: who answers for one version of an API group: the API server itself or a Service behind it.
// Spelled as in YAML; what a field means stands in the table beside it. upstream:
// staging/src/k8s.io/kube-aggregator/pkg/apis/apiregistration/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct ServiceReference {
    Text name{};
    Text namespace_{};
    std::optional<std::int32_t> port{};
};

struct APIServiceSpec {
    Bytes caBundle{};
    Text group{};
    std::int32_t groupPriorityMinimum{};
    bool insecureSkipTLSVerify{};
    Box<ServiceReference> service{};
    Text version{};
    std::int32_t versionPriority{};
};

struct APIServiceCondition {
    Time lastTransitionTime{};
    Text message{};
    Text reason{};
    Text status{};
    Text type{};
};

struct APIServiceStatus {
    std::vector<APIServiceCondition> conditions{};
};

struct APIService : Object {
    APIServiceSpec spec{};
    APIServiceStatus status{};
};

template <>
struct Describe<ServiceReference> {
    static constexpr std::string_view name = "ServiceReference";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<APIServiceSpec> {
    static constexpr std::string_view name = "APIServiceSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<APIServiceCondition> {
    static constexpr std::string_view name = "APIServiceCondition";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<APIServiceStatus> {
    static constexpr std::string_view name = "APIServiceStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<APIService> {
    static constexpr std::string_view name = "APIService";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<APIService>();

}  // namespace kubetab::api
