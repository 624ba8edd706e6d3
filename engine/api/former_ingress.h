// Ingress as extensions/v1beta1 and networking.k8s.io/v1beta1 had it.
// upstream: staging/src/k8s.io/api/networking/v1beta1/types.go
#pragma once

#include "engine/api/ingress.h"

namespace kubetab::api {

struct FormerIngressBackend {
    Box<TypedLocalObjectReference> resource{};
    Text serviceName{};
    IntOrString servicePort{};
};

struct FormerHTTPIngressPath {
    FormerIngressBackend backend{};
    Text path{};
    std::optional<Text> pathType{};
};

struct FormerHTTPIngressRuleValue {
    std::vector<FormerHTTPIngressPath> paths{};
};

struct FormerIngressRule {
    Text host{};
    Box<FormerHTTPIngressRuleValue> http{};
};

struct FormerIngressSpec {
    Box<FormerIngressBackend> backend{};
    std::optional<Text> ingressClassName{};
    std::vector<FormerIngressRule> rules{};
    std::vector<IngressTLS> tls{};
};

struct FormerIngress : Object {
    FormerIngressSpec spec{};
    IngressStatus status{};
};

template <>
struct Describe<FormerIngressBackend> {
    static constexpr std::string_view name = "IngressBackend";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<FormerHTTPIngressPath> {
    static constexpr std::string_view name = "HTTPIngressPath";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<FormerHTTPIngressRuleValue> {
    static constexpr std::string_view name = "HTTPIngressRuleValue";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<FormerIngressRule> {
    static constexpr std::string_view name = "IngressRule";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<FormerIngressSpec> {
    static constexpr std::string_view name = "IngressSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<FormerIngress> {
    static constexpr std::string_view name = "Ingress";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

}  // namespace kubetab::api
