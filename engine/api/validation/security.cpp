// Validation of security contexts.
// upstream: pkg/apis/core/validation/validation.go [validatePodSpecSecurityContext, ValidateSecurityContext]
#include <algorithm>

#include "engine/api/validation/pod.h"

namespace kubetab::api {
namespace {

constexpr std::int64_t kLargestId = 2147483647;

void validate_id(const std::optional<std::int64_t>& id, const Path& path, Errors& errors) {
    if (id && (*id < 0 || *id > kLargestId)) errors.invalid(path, *id, range_text(0, kLargestId));
}

void validate_seccomp(const SeccompProfile& profile, const Path& path, Errors& errors) {
    const Path local = path.child("localhostProfile");
    if (profile.type == "Localhost") {
        if (!profile.localhostProfile) {
            errors.required(local, "must be set when seccomp type is Localhost");
        } else {
            validate_relative_path(*profile.localhostProfile, local, errors);
        }
    } else if (profile.localhostProfile) {
        errors.invalid(local,
                       "core.SeccompProfile{Type:" + go_quoted(profile.type) +
                           ", LocalhostProfile:(*string)(0xc000000000)}",
                       "can only be set when seccomp type is Localhost");
    }
    if (profile.type.empty()) {
        errors.required(path.child("type"), "type is required when seccompProfile is set");
    } else {
        errors.one_of(path.child("type"), profile.type, {"Localhost", "RuntimeDefault", "Unconfined"});
    }
}

void validate_app_armor(const AppArmorProfile& profile, const Path& path, Errors& errors) {
    if (profile.type.empty()) {
        errors.required(path.child("type"), "type is required when appArmorProfile is set");
    } else {
        errors.one_of(path.child("type"), profile.type, {"Localhost", "RuntimeDefault", "Unconfined"});
    }
    const Path local = path.child("localhostProfile");
    const std::string name = profile.localhostProfile.value_or("");
    if (profile.type != "Localhost") {
        if (profile.localhostProfile) {
            errors.invalid(local, go_quoted(name), "can only be set when AppArmor type is Localhost");
        }
        return;
    }
    if (name.find_first_not_of(' ') == std::string::npos) {
        errors.required(local, "must be set when AppArmor type is Localhost");
    } else if (name.front() == ' ' || name.back() == ' ') {
        errors.invalid(local, go_quoted(name), "must not be padded with whitespace");
    }
    if (name.size() > 4095) errors.too_long(local, 4095);
}

bool is_sysctl(std::string_view name) {
    // ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    if (name.size() > 253) return false;
    for (;;) {
        const std::size_t end = name.find_first_of("./");
        const std::string_view part = name.substr(0, end);
        if (part.empty() || !plain(part.front()) || !plain(part.back())) return false;
        if (!std::all_of(part.begin(), part.end(), [&](char c) { return plain(c) || c == '-' || c == '_'; }))
            return false;
        if (end == std::string_view::npos) return true;
        name.remove_prefix(end + 1);
    }
}

void validate_sysctls(const PodSpec& spec, const Path& path, Errors& errors) {
    std::set<std::string> seen;
    const std::vector<Sysctl>& sysctls = spec.shared->securityContext->sysctls;
    for (std::size_t i = 0; i < sysctls.size(); ++i) {
        const Path at = path.index(i).child("name");
        const std::string& name = sysctls[i].name;
        if (name.empty()) {
            errors.required(at);
        } else if (!is_sysctl(name)) {
            errors.invalid(
                at, go_quoted(name),
                R"(must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\./])*)"
                R"([a-z0-9]([-_a-z0-9]*[a-z0-9])?$)");
        } else if (!seen.insert(name).second) {
            errors.duplicate(at, go_quoted(name));
        }
        if (spec.shared->hostNetwork && name.starts_with("net.")) {
            errors.invalid(at, go_quoted(name), "may not be specified when 'hostNetwork' is true");
        }
        if (spec.shared->hostIPC && (name.starts_with("kernel.shm") || name.starts_with("kernel.msg") ||
                                     name.starts_with("fs.mqueue.") || name == "kernel.sem")) {
            errors.invalid(at, go_quoted(name), "may not be specified when 'hostIPC' is true");
        }
    }
}

// As Go's %#v prints it; where the values lie in memory means nothing.
std::string printed(const SecurityContext& context) {
    std::string fields;
    const auto add = [&](std::string_view name, std::string_view type, bool set) {
        fields.append(fields.empty() ? "" : ", ").append(name).append(":(*").append(type).append(")(");
        fields.append(set ? "0xc000000000)" : "nil)");
    };
    add("Capabilities", "core.Capabilities", context.capabilities.has_value());
    add("Privileged", "bool", context.privileged.has_value());
    add("SELinuxOptions", "core.SELinuxOptions", context.seLinuxOptions.has_value());
    add("WindowsOptions", "core.WindowsSecurityContextOptions", context.windowsOptions.has_value());
    add("RunAsUser", "int64", context.runAsUser.has_value());
    add("RunAsGroup", "int64", context.runAsGroup.has_value());
    add("RunAsNonRoot", "bool", context.runAsNonRoot.has_value());
    add("ReadOnlyRootFilesystem", "bool", context.readOnlyRootFilesystem.has_value());
    add("AllowPrivilegeEscalation", "bool", context.allowPrivilegeEscalation.has_value());
    add("ProcMount", "core.ProcMountType", context.procMount.has_value());
    add("SeccompProfile", "core.SeccompProfile", context.seccompProfile.has_value());
    add("AppArmorProfile", "core.AppArmorProfile", context.appArmorProfile.has_value());
    return "core.SecurityContext{" + fields + "}";
}

}  // namespace

void validate_pod_security(const PodSpec& spec, const Path& path, Errors& errors) {
    const PodSecurityContext& context = *spec.shared->securityContext;
    const Path at = path.child("securityContext");
    validate_id(context.fsGroup, at.child("fsGroup"), errors);
    validate_id(context.runAsUser, at.child("runAsUser"), errors);
    validate_id(context.runAsGroup, at.child("runAsGroup"), errors);
    for (std::size_t i = 0; i < context.supplementalGroups.size(); ++i) {
        validate_id(context.supplementalGroups[i], at.child("supplementalGroups").index(i), errors);
    }
    if (spec.shared->shareProcessNamespace.value_or(false) && spec.shared->hostPID) {
        errors.invalid(at.child("shareProcessNamespace"), "true",
                       "ShareProcessNamespace and HostPID cannot both be enabled");
    }
    validate_sysctls(spec, at.child("sysctls"), errors);
    if (context.fsGroupChangePolicy) {
        errors.one_of(at.child("fsGroupChangePolicy"), *context.fsGroupChangePolicy,
                      {"Always", "OnRootMismatch"});
    }
    if (context.seccompProfile) validate_seccomp(*context.seccompProfile, at.child("seccompProfile"), errors);
    if (context.appArmorProfile)
        validate_app_armor(*context.appArmorProfile, at.child("appArmorProfile"), errors);
}

void validate_security(const SecurityContext& context, const Path& path, Errors& errors) {
    validate_id(context.runAsUser, path.child("runAsUser"), errors);
    validate_id(context.runAsGroup, path.child("runAsGroup"), errors);
    if (context.procMount)
        errors.one_of(path.child("procMount"), *context.procMount, {"Default", "Unmasked"});
    if (context.seccompProfile)
        validate_seccomp(*context.seccompProfile, path.child("seccompProfile"), errors);
    if (!context.allowPrivilegeEscalation.value_or(true)) {
        if (context.privileged.value_or(false)) {
            errors.invalid(path, printed(context),
                           "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        }
        const Texts& added = context.capabilities->add;
        if (std::find(added.begin(), added.end(), "CAP_SYS_ADMIN") != added.end()) {
            errors.invalid(
                path, printed(context),
                "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
        }
    }
    if (context.appArmorProfile)
        validate_app_armor(*context.appArmorProfile, path.child("appArmorProfile"), errors);
}

}  // namespace kubetab::api
