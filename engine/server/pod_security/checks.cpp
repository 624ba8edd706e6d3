#include "engine/server/pod_security/checks.h"

#include "engine/api/validation/value_text.h"

namespace kubetab::server {
namespace {

// upstream sorts the baseline's by name, then those that the restricted level adds.
constexpr PodCheck kBaseline[] = {
    &check_app_armor,  &check_added_capabilities, &check_host_namespaces,
    &check_host_paths, &check_host_ports,         &check_privileged,
    &check_proc_mount, &check_se_linux,           &check_seccomp,
    &check_sysctls,    &check_host_process,
};
constexpr PodCheck kRestricted[] = {
    &check_privilege_escalation,
    &check_dropped_capabilities,
    &check_volume_types,
    &check_non_root,
    &check_user,
    &check_seccomp_set,
};

// The restricted level says the same more strictly.
bool overridden(PodCheck check, int minor) {
    constexpr int kCapabilities = 22;
    constexpr int kSeccomp = 19;
    return check == &check_host_paths || (check == &check_added_capabilities && minor >= kCapabilities) ||
           (check == &check_seccomp && minor >= kSeccomp);
}

}  // namespace

void each_container(const api::PodSpec& spec, const std::function<void(const CheckedContainer&)>& visit) {
    const auto visit_all = [&visit](const auto& containers) {
        for (const auto& each : containers) visit({each.name, each.shared->securityContext, each.ports});
    };
    visit_all(spec.initContainers);
    visit_all(spec.containers);
    visit_all(spec.shared->ephemeralContainers);
}

std::string joined_with(const Names& parts, const char* separator) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) text.append(i == 0 ? "" : separator).append(parts[i]);
    return text;
}

std::string quoted(const Names& names) {
    Names each;
    for (const std::string& name : names) each.push_back(api::go_quoted(name));
    return joined_with(each, ", ");
}

std::string counted(const char* noun, const Names& names) {
    return std::string(noun) + (names.size() == 1 ? " " : "s ") + quoted(names);
}

Names sorted(const std::set<std::string>& names) {
    return {names.begin(), names.end()};
}

std::string Setters::text() const {
    Names parts;
    if (pod) parts.emplace_back("pod");
    if (!containers.empty()) parts.push_back(counted("container", containers));
    return joined_with(parts, " and ");
}

std::vector<Violation> violations(const LevelVersion& level, const api::ObjectMeta& metadata,
                                  const api::PodSpec& spec) {
    std::vector<Violation> found;
    if (level.level == PodSecurityLevel::Privileged) return found;
    const CheckedPod pod{metadata, spec, level.minor()};
    const bool restricted = level.level == PodSecurityLevel::Restricted;
    for (const PodCheck check : kBaseline) {
        if (restricted && overridden(check, pod.minor)) continue;
        if (std::optional<Violation> violation = check(pod)) found.push_back(std::move(*violation));
    }
    if (!restricted) return found;
    for (const PodCheck check : kRestricted) {
        if (std::optional<Violation> violation = check(pod)) found.push_back(std::move(*violation));
    }
    return found;
}

std::string reasons_of(const std::vector<Violation>& violations) {
    Names reasons;
    for (const Violation& violation : violations) reasons.push_back(violation.reason);
    return joined_with(reasons, ", ");
}

std::string details_of(const std::vector<Violation>& violations) {
    Names parts;
    for (const Violation& violation : violations) {
        parts.push_back(violation.detail.empty() ? violation.reason
                                                 : violation.reason + " (" + violation.detail + ")");
    }
    return joined_with(parts, ", ");
}

}  // namespace kubetab::server
