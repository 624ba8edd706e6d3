// Ingress and IngressClass. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/networking/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/api/core/reference.h"
#include "engine/api/meta.h"
#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

inline constexpr std::string_view kDefaultIngressClass = "ingressclass.kubernetes.io/is-default-class";
inline constexpr std::string_view kIngressClassAnnotation = "kubernetes.io/ingress.class";

struct ServiceBackendPort {
    Text name{};
    std::int32_t number{};
};

struct IngressServiceBackend {
    Text name{};
    ServiceBackendPort port{};
};

struct IngressBackend {
    Box<TypedLocalObjectReference> resource{};
    Box<IngressServiceBackend> service{};
};

struct HTTPIngressPath {
    IngressBackend backend{};
    Text path{};
    std::optional<Text> pathType{};
};

struct HTTPIngressRuleValue {
    std::vector<HTTPIngressPath> paths{};
};

struct IngressRule {
    Text host{};
    Box<HTTPIngressRuleValue> http{};
};

struct IngressTLS {
    std::vector<Text> hosts{};
    Text secretName{};
};

struct IngressSpec {
    Box<IngressBackend> defaultBackend{};
    std::optional<Text> ingressClassName{};
    std::vector<IngressRule> rules{};
    std::vector<IngressTLS> tls{};
};

struct IngressPortStatus {
    std::optional<Text> error{};
    std::int32_t port{};
    Text protocol{};
};

struct IngressLoadBalancerIngress {
    Text hostname{};
    Text ip{};
    std::vector<IngressPortStatus> ports{};
};

struct IngressLoadBalancerStatus {
    std::vector<IngressLoadBalancerIngress> ingress{};
};

struct IngressStatus {
    IngressLoadBalancerStatus loadBalancer{};
};

struct Ingress : Object {
    IngressSpec spec{};
    IngressStatus status{};
};

struct IngressClassParametersReference {
    std::optional<Text> apiGroup{};
    Text kind{};
    Text name{};
    std::optional<Text> namespace_{};
    std::optional<Text> scope{};
};

struct IngressClassSpec {
    Text controller{};
    Box<IngressClassParametersReference> parameters{};
};

struct IngressClass : Object {
    IngressClassSpec spec{};
};

template <>
struct Describe<ServiceBackendPort> {
    static constexpr std::string_view name = "ServiceBackendPort";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<IngressServiceBackend> {
    static constexpr std::string_view name = "IngressServiceBackend";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<IngressBackend> {
    static constexpr std::string_view name = "IngressBackend";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<HTTPIngressPath> {
    static constexpr std::string_view name = "HTTPIngressPath";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<HTTPIngressRuleValue> {
    static constexpr std::string_view name = "HTTPIngressRuleValue";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<IngressRule> {
    static constexpr std::string_view name = "IngressRule";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<IngressTLS> {
    static constexpr std::string_view name = "IngressTLS";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<IngressSpec> {
    static constexpr std::string_view name = "IngressSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<IngressPortStatus> {
    static constexpr std::string_view name = "IngressPortStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<IngressLoadBalancerIngress> {
    static constexpr std::string_view name = "IngressLoadBalancerIngress";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<IngressLoadBalancerStatus> {
    static constexpr std::string_view name = "IngressLoadBalancerStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<IngressStatus> {
    static constexpr std::string_view name = "IngressStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Ingress> {
    static constexpr std::string_view name = "Ingress";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<IngressClassParametersReference> {
    static constexpr std::string_view name = "IngressClassParametersReference";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<IngressClassSpec> {
    static constexpr std::string_view name = "IngressClassSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<IngressClass> {
    static constexpr std::string_view name = "IngressClass";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<Ingress>();
template <>
const Kind& kind_of<IngressClass>();

}  // namespace kubetab::api
