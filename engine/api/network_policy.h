// NetworkPolicy. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/networking/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/api/meta.h"
#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct IPBlock {
    Text cidr{};
    std::vector<Text> except{};
};

struct NetworkPolicyPeer {
    Box<IPBlock> ipBlock{};
    Box<LabelSelector> namespaceSelector{};
    Box<LabelSelector> podSelector{};
};

struct NetworkPolicyPort {
    std::optional<std::int32_t> endPort{};
    std::optional<IntOrString> port{};
    std::optional<Text> protocol{};
};

struct NetworkPolicyIngressRule {
    std::vector<NetworkPolicyPeer> from{};
    std::vector<NetworkPolicyPort> ports{};
};

struct NetworkPolicyEgressRule {
    std::vector<NetworkPolicyPort> ports{};
    std::vector<NetworkPolicyPeer> to{};
};

struct NetworkPolicySpec {
    std::vector<NetworkPolicyEgressRule> egress{};
    std::vector<NetworkPolicyIngressRule> ingress{};
    LabelSelector podSelector{};
    std::vector<Text> policyTypes{};
};

struct NetworkPolicy : Object {
    NetworkPolicySpec spec{};
};

template <>
struct Describe<IPBlock> {
    static constexpr std::string_view name = "IPBlock";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NetworkPolicyPeer> {
    static constexpr std::string_view name = "NetworkPolicyPeer";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NetworkPolicyPort> {
    static constexpr std::string_view name = "NetworkPolicyPort";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NetworkPolicyIngressRule> {
    static constexpr std::string_view name = "NetworkPolicyIngressRule";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NetworkPolicyEgressRule> {
    static constexpr std::string_view name = "NetworkPolicyEgressRule";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NetworkPolicySpec> {
    static constexpr std::string_view name = "NetworkPolicySpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<NetworkPolicy> {
    static constexpr std::string_view name = "NetworkPolicy";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<NetworkPolicy>();

}  // namespace kubetab::api
