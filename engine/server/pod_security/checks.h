// Checks: what the levels of pod security forbid, one function each.
// upstream: k8s.io/pod-security-admission policy/check_*.go, policy/registry.go
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/core/pod_spec.h"
#include "engine/api/meta.h"
#include "engine/server/pod_security/policy.h"

namespace kubetab::server {

struct CheckedPod {
    const api::ObjectMeta& metadata;
    const api::PodSpec& spec;
    int minor = LevelVersion::kLatest;  // of the rules

    bool on_windows() const { return spec.shared->os->name == "windows"; }
};

struct Violation {
    std::string reason{};
    std::string detail{};
};

using PodCheck = std::optional<Violation> (*)(const CheckedPod& pod);

// A container of any sort.
struct CheckedContainer {
    const api::Text& name;
    const api::Box<api::SecurityContext>& security;
    const std::vector<api::ContainerPort>& ports;
};
// Init containers, containers, ephemeral ones.
void each_container(const api::PodSpec& spec, const std::function<void(const CheckedContainer&)>& visit);

using Names = std::vector<std::string>;
// `container "a"`, `containers "a", "b"`
std::string counted(const char* noun, const Names& names);
// `"a", "b"`
std::string quoted(const Names& names);
Names sorted(const std::set<std::string>& names);
std::string joined_with(const Names& parts, const char* separator);

// Who sets something that is forbidden: the pod, its containers, or both.
struct Setters {
    bool pod = false;
    Names containers{};

    bool empty() const { return !pod && containers.empty(); }
    // `pod and containers "a", "b"`
    std::string text() const;
};

// The baseline.
std::optional<Violation> check_app_armor(const CheckedPod& pod);
std::optional<Violation> check_added_capabilities(const CheckedPod& pod);
std::optional<Violation> check_host_namespaces(const CheckedPod& pod);
std::optional<Violation> check_host_paths(const CheckedPod& pod);
std::optional<Violation> check_host_ports(const CheckedPod& pod);
std::optional<Violation> check_privileged(const CheckedPod& pod);
std::optional<Violation> check_proc_mount(const CheckedPod& pod);
std::optional<Violation> check_se_linux(const CheckedPod& pod);
std::optional<Violation> check_seccomp(const CheckedPod& pod);
std::optional<Violation> check_sysctls(const CheckedPod& pod);
std::optional<Violation> check_host_process(const CheckedPod& pod);
// What the restricted level adds.
std::optional<Violation> check_privilege_escalation(const CheckedPod& pod);
std::optional<Violation> check_dropped_capabilities(const CheckedPod& pod);
std::optional<Violation> check_volume_types(const CheckedPod& pod);
std::optional<Violation> check_non_root(const CheckedPod& pod);
std::optional<Violation> check_user(const CheckedPod& pod);
std::optional<Violation> check_seccomp_set(const CheckedPod& pod);

// Everything a pod violates of a level; empty when it may run.
std::vector<Violation> violations(const LevelVersion& level, const api::ObjectMeta& metadata,
                                  const api::PodSpec& spec);
// `host namespaces, privileged`
std::string reasons_of(const std::vector<Violation>& violations);
// `host namespaces (hostNetwork=true), privileged (container "a" must not set …)`
std::string details_of(const std::vector<Violation>& violations);

}  // namespace kubetab::server
