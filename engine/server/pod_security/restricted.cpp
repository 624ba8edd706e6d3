// What the restricted level forbids beyond the baseline.

#include <algorithm>

#include "engine/api/codec.h"
#include "engine/server/pod_security/checks.h"

namespace kubetab::server {

using Found = std::optional<Violation>;

namespace {

// From which on what only Linux has is not asked of pods of Windows.
constexpr int kKnowsWindows = 25;

bool excused(const CheckedPod& pod) {
    return pod.minor >= kKnowsWindows && pod.on_windows();
}

constexpr std::string_view kVolumeTypes[] = {
    "configMap", "csi",    "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim",
    "projected", "secret",
};

// The field of a volume that is set, other than its name.
std::string_view type_of(const api::Volume& volume) {
    static const api::Volume none;
    for (const api::Field& field : api::Describe<api::Volume>::fields()) {
        if (field.name != "name" && !api::equal(field.type(), field.in(&volume), field.in(&none)))
            return field.name;
    }
    return "unknown";
}

}  // namespace

// upstream: check_allowPrivilegeEscalation.go
Found check_privilege_escalation(const CheckedPod& pod) {
    constexpr int kFirst = 8;
    if (pod.minor < kFirst || excused(pod)) return std::nullopt;
    Names containers;
    each_container(pod.spec, [&](const CheckedContainer& each) {
        if (each.security->allowPrivilegeEscalation.value_or(true)) containers.push_back(each.name);
    });
    if (containers.empty()) return std::nullopt;
    return Violation{
        "allowPrivilegeEscalation != false",
        counted("container", containers) + " must set securityContext.allowPrivilegeEscalation=false"};
}

// upstream: check_capabilities_restricted.go
Found check_dropped_capabilities(const CheckedPod& pod) {
    constexpr int kFirst = 22;
    if (pod.minor < kFirst || excused(pod)) return std::nullopt;
    Names keeping;
    Names adding;
    std::set<std::string> added;
    each_container(pod.spec, [&](const CheckedContainer& each) {
        const api::Capabilities& capabilities = *each.security->capabilities;
        if (std::find(capabilities.drop.begin(), capabilities.drop.end(), "ALL") == capabilities.drop.end())
            keeping.push_back(each.name);
        bool bad = false;
        for (const api::Text& name : capabilities.add) {
            if (name == "NET_BIND_SERVICE") continue;
            bad = true;
            added.insert(name);
        }
        if (bad) adding.push_back(each.name);
    });
    Names details;
    if (!keeping.empty())
        details.push_back(counted("container", keeping) +
                          " must set securityContext.capabilities.drop=[\"ALL\"]");
    if (!adding.empty())
        details.push_back(counted("container", adding) + " must not include " + quoted(sorted(added)) +
                          " in securityContext.capabilities.add");
    if (details.empty()) return std::nullopt;
    return Violation{"unrestricted capabilities", joined_with(details, "; ")};
}

// upstream: check_restrictedVolumes.go
Found check_volume_types(const CheckedPod& pod) {
    Names volumes;
    std::set<std::string> types;
    for (const api::Volume& volume : pod.spec.volumes) {
        const std::string_view type = type_of(volume);
        if (std::find(std::begin(kVolumeTypes), std::end(kVolumeTypes), type) != std::end(kVolumeTypes))
            continue;
        volumes.push_back(volume.name);
        types.emplace(type);
    }
    if (volumes.empty()) return std::nullopt;
    return Violation{"restricted volume types", counted("volume", volumes) +
                                                    (volumes.size() == 1 ? " uses " : " use ") +
                                                    counted("restricted volume type", sorted(types))};
}

// upstream: check_runAsNonRoot.go
Found check_non_root(const CheckedPod& pod) {
    const std::optional<bool>& by_pod = pod.spec.shared->securityContext->runAsNonRoot;
    Setters root;
    root.pod = by_pod && !*by_pod;
    Names silent;
    each_container(pod.spec, [&](const CheckedContainer& each) {
        const std::optional<bool>& own = each.security->runAsNonRoot;
        if (own && !*own) root.containers.push_back(each.name);
        if (!own && !by_pod.value_or(false)) silent.push_back(each.name);
    });
    if (!root.empty())
        return Violation{"runAsNonRoot != true",
                         root.text() + " must not set securityContext.runAsNonRoot=false"};
    if (silent.empty()) return std::nullopt;
    return Violation{"runAsNonRoot != true", "pod or " + counted("container", silent) +
                                                 " must set securityContext.runAsNonRoot=true"};
}

// upstream: check_runAsUser.go
Found check_user(const CheckedPod& pod) {
    constexpr int kFirst = 23;
    if (pod.minor < kFirst) return std::nullopt;
    Setters root;
    root.pod = pod.spec.shared->securityContext->runAsUser == 0;
    each_container(pod.spec, [&](const CheckedContainer& each) {
        if (each.security->runAsUser == 0) root.containers.push_back(each.name);
    });
    if (root.empty()) return std::nullopt;
    return Violation{"runAsUser=0", root.text() + " must not set runAsUser=0"};
}

// upstream: check_seccompProfile_restricted.go
Found check_seccomp_set(const CheckedPod& pod) {
    constexpr int kFirst = 19;
    if (pod.minor < kFirst || excused(pod)) return std::nullopt;
    if (const Found bad = check_seccomp(pod)) return bad;
    if (pod.spec.shared->securityContext->seccompProfile) return std::nullopt;
    Names silent;
    each_container(pod.spec, [&](const CheckedContainer& each) {
        if (!each.security->seccompProfile) silent.push_back(each.name);
    });
    if (silent.empty()) return std::nullopt;
    return Violation{
        "seccompProfile",
        "pod or " + counted("container", silent) +
            " must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\""};
}

}  // namespace kubetab::server
