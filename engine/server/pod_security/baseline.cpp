// What the baseline level forbids.

#include <algorithm>

#include "engine/api/validation/value_text.h"
#include "engine/server/pod_security/checks.h"

namespace kubetab::server {

using Found = std::optional<Violation>;

namespace {

constexpr std::string_view kAppArmorPrefix = "container.apparmor.security.beta.kubernetes.io/";
constexpr std::string_view kCapabilities[] = {
    "AUDIT_WRITE",      "CHOWN",   "DAC_OVERRIDE", "FOWNER",  "FSETID", "KILL",       "MKNOD",
    "NET_BIND_SERVICE", "SETFCAP", "SETGID",       "SETPCAP", "SETUID", "SYS_CHROOT",
};

struct Since {
    std::string_view name{};
    int minor = 0;  // from which on it is allowed
};
constexpr Since kSysctls[] = {
    {"kernel.shm_rmid_forced", 0},
    {"net.ipv4.ip_local_port_range", 0},
    {"net.ipv4.tcp_syncookies", 0},
    {"net.ipv4.ping_group_range", 0},
    {"net.ipv4.ip_unprivileged_port_start", 0},
    {"net.ipv4.ip_local_reserved_ports", 27},
    {"net.ipv4.tcp_keepalive_time", 29},
    {"net.ipv4.tcp_fin_timeout", 29},
    {"net.ipv4.tcp_keepalive_intvl", 29},
    {"net.ipv4.tcp_keepalive_probes", 29},
    {"net.ipv4.tcp_rmem", 32},
    {"net.ipv4.tcp_wmem", 32},
};
constexpr Since kLinuxTypes[] = {
    {"", 0}, {"container_t", 0}, {"container_init_t", 0}, {"container_kvm_t", 0}, {"container_engine_t", 31},
};

bool allowed(std::span<const Since> known, std::string_view name, int minor) {
    return std::any_of(known.begin(), known.end(),
                       [&](const Since& each) { return each.name == name && minor >= each.minor; });
}

bool confined(std::string_view type) {
    return type == "RuntimeDefault" || type == "Localhost";
}

bool good_annotation(std::string_view value) {
    return value.empty() || value == "runtime/default" || value.starts_with("localhost/");
}

}  // namespace

// upstream: check_appArmorProfile.go
Found check_app_armor(const CheckedPod& pod) {
    Setters setters;
    std::set<std::string> values;
    const auto bad = [&values](const api::Box<api::AppArmorProfile>& profile) {
        if (!profile || confined(profile->type)) return false;
        values.insert(profile->type);
        return true;
    };
    setters.pod = bad(pod.spec.shared->securityContext->appArmorProfile);
    each_container(pod.spec, [&](const CheckedContainer& each) {
        if (bad(each.security->appArmorProfile)) setters.containers.push_back(each.name);
    });
    Names told = sorted(values);
    Names who;
    if (!setters.empty()) who.push_back(setters.text());
    Names annotations;
    for (const auto& [key, value] : pod.metadata.annotations) {
        if (key.starts_with(kAppArmorPrefix) && !good_annotation(value))
            annotations.push_back(key.str() + "=" + api::go_quoted(value));
    }
    if (!annotations.empty()) who.emplace_back(annotations.size() == 1 ? "annotation" : "annotations");
    told.insert(told.end(), annotations.begin(), annotations.end());
    if (who.empty()) return std::nullopt;
    return Violation{told.size() == 1 ? "forbidden AppArmor profile" : "forbidden AppArmor profiles",
                     joined_with(who, " and ") + " must not set AppArmor profile type to " + quoted(told)};
}

// upstream: check_capabilities_baseline.go
Found check_added_capabilities(const CheckedPod& pod) {
    Names containers;
    std::set<std::string> capabilities;
    each_container(pod.spec, [&](const CheckedContainer& each) {
        bool bad = false;
        for (const api::Text& name : each.security->capabilities->add) {
            if (std::find(std::begin(kCapabilities), std::end(kCapabilities), name.str()) !=
                std::end(kCapabilities))
                continue;
            bad = true;
            capabilities.insert(name);
        }
        if (bad) containers.push_back(each.name);
    });
    if (containers.empty()) return std::nullopt;
    return Violation{"non-default capabilities", counted("container", containers) + " must not include " +
                                                     quoted(sorted(capabilities)) +
                                                     " in securityContext.capabilities.add"};
}

// upstream: check_hostNamespaces.go
Found check_host_namespaces(const CheckedPod& pod) {
    Names shared;
    if (pod.spec.shared->hostNetwork) shared.emplace_back("hostNetwork=true");
    if (pod.spec.shared->hostPID) shared.emplace_back("hostPID=true");
    if (pod.spec.shared->hostIPC) shared.emplace_back("hostIPC=true");
    if (shared.empty()) return std::nullopt;
    return Violation{"host namespaces", joined_with(shared, ", ")};
}

// upstream: check_hostPathVolumes.go
Found check_host_paths(const CheckedPod& pod) {
    Names volumes;
    for (const api::Volume& volume : pod.spec.volumes) {
        if (volume.source->hostPath) volumes.push_back(volume.name);
    }
    if (volumes.empty()) return std::nullopt;
    return Violation{"hostPath volumes", counted("volume", volumes)};
}

// upstream: check_hostPorts.go
Found check_host_ports(const CheckedPod& pod) {
    Names containers;
    std::set<std::string> ports;
    each_container(pod.spec, [&](const CheckedContainer& each) {
        bool bad = false;
        for (const api::ContainerPort& port : each.ports) {
            if (port.hostPort == 0) continue;
            bad = true;
            ports.insert(std::to_string(port.hostPort));
        }
        if (bad) containers.push_back(each.name);
    });
    if (containers.empty()) return std::nullopt;
    return Violation{"hostPort",
                     counted("container", containers) + (containers.size() == 1 ? " uses " : " use ") +
                         (ports.size() == 1 ? "hostPort " : "hostPorts ") + joined_with(sorted(ports), ", ")};
}

// upstream: check_privileged.go
Found check_privileged(const CheckedPod& pod) {
    Names containers;
    each_container(pod.spec, [&](const CheckedContainer& each) {
        if (each.security->privileged.value_or(false)) containers.push_back(each.name);
    });
    if (containers.empty()) return std::nullopt;
    return Violation{"privileged",
                     counted("container", containers) + " must not set securityContext.privileged=true"};
}

// upstream: check_procMount.go
Found check_proc_mount(const CheckedPod& pod) {
    Names containers;
    std::set<std::string> types;
    each_container(pod.spec, [&](const CheckedContainer& each) {
        const std::optional<api::Text>& type = each.security->procMount;
        if (!type || *type == "Default") return;
        types.insert(*type);
        containers.push_back(each.name);
    });
    if (containers.empty()) return std::nullopt;
    return Violation{"procMount", counted("container", containers) +
                                      " must not set securityContext.procMount to " + quoted(sorted(types))};
}

// upstream: check_seLinuxOptions.go
Found check_se_linux(const CheckedPod& pod) {
    Setters setters;
    std::set<std::string> types;
    bool user = false;
    bool role = false;
    const auto bad = [&](const api::Box<api::SELinuxOptions>& options) {
        if (!options) return false;
        const bool good_type = allowed(kLinuxTypes, options->type, pod.minor);
        if (!good_type) types.insert(options->type);
        user = user || !options->user.empty();
        role = role || !options->role.empty();
        return !good_type || !options->user.empty() || !options->role.empty();
    };
    setters.pod = bad(pod.spec.shared->securityContext->seLinuxOptions);
    each_container(pod.spec, [&](const CheckedContainer& each) {
        if (bad(each.security->seLinuxOptions)) setters.containers.push_back(each.name);
    });
    if (setters.empty()) return std::nullopt;
    Names what;
    if (!types.empty()) what.push_back(counted("type", sorted(types)));
    if (user) what.emplace_back("user may not be set");
    if (role) what.emplace_back("role may not be set");
    return Violation{"seLinuxOptions", setters.text() + " set forbidden securityContext.seLinuxOptions: " +
                                           joined_with(what, "; ")};
}

// upstream: check_seccompProfile_baseline.go
// differs: before v1.19 the profile was an annotation, which nothing reads any more; it is not judged.
Found check_seccomp(const CheckedPod& pod) {
    constexpr int kFirst = 19;
    if (pod.minor < kFirst) return std::nullopt;
    Setters setters;
    std::set<std::string> values;
    const auto bad = [&values](const api::Box<api::SeccompProfile>& profile) {
        if (!profile || confined(profile->type)) return false;
        values.insert(profile->type);
        return true;
    };
    setters.pod = bad(pod.spec.shared->securityContext->seccompProfile);
    each_container(pod.spec, [&](const CheckedContainer& each) {
        if (bad(each.security->seccompProfile)) setters.containers.push_back(each.name);
    });
    if (setters.empty()) return std::nullopt;
    return Violation{
        "seccompProfile",
        setters.text() + " must not set securityContext.seccompProfile.type to " + quoted(sorted(values))};
}

// upstream: check_sysctls.go
Found check_sysctls(const CheckedPod& pod) {
    Names names;
    for (const api::Sysctl& sysctl : pod.spec.shared->securityContext->sysctls) {
        if (!allowed(kSysctls, sysctl.name, pod.minor)) names.push_back(sysctl.name);
    }
    if (names.empty()) return std::nullopt;
    return Violation{"forbidden sysctls", joined_with(names, ", ")};
}

// upstream: check_windowsHostProcess.go
Found check_host_process(const CheckedPod& pod) {
    Setters setters;
    setters.pod = pod.spec.shared->securityContext->windowsOptions->hostProcess.value_or(false);
    each_container(pod.spec, [&](const CheckedContainer& each) {
        if (each.security->windowsOptions->hostProcess.value_or(false))
            setters.containers.push_back(each.name);
    });
    if (setters.empty()) return std::nullopt;
    return Violation{"hostProcess",
                     setters.text() + " must not set securityContext.windowsOptions.hostProcess=true"};
}

}  // namespace kubetab::server
