// Validation of containers: names, ports, environment, mounts.
// upstream: pkg/apis/core/validation/validation.go [validateContainers, validateContainerCommon]
#include <algorithm>

#include "engine/api/validation/pod.h"

namespace kubetab::api {
namespace {

void validate_ports(const std::vector<ContainerPort>& ports, const Path& path, Errors& errors) {
    std::set<std::string> names;
    for (std::size_t i = 0; i < ports.size(); ++i) {
        const ContainerPort& port = ports[i];
        const Path at = path.index(i);
        if (!port.name.empty()) {
            const std::size_t before = errors.count();
            errors.check(at.child("name"), port.name, port_name);
            if (errors.count() == before && !names.insert(port.name).second) {
                errors.duplicate(at.child("name"), go_quoted(port.name));
            }
        }
        if (port.containerPort == 0) {
            errors.required(at.child("containerPort"));
        } else {
            errors.complaints(at.child("containerPort"), std::to_string(port.containerPort),
                              port_number(port.containerPort));
        }
        if (port.hostPort != 0) {
            errors.complaints(at.child("hostPort"), std::to_string(port.hostPort),
                              port_number(port.hostPort));
        }
        errors.one_of(at.child("protocol"), port.protocol, {"SCTP", "TCP", "UDP"});
    }
}

template <class Selector>
void validate_key_ref(const Selector& selector, const Path& path, Errors& errors) {
    errors.check(path.child("name"), selector.name, dns_subdomain);
    if (selector.key.empty()) {
        errors.required(path.child("key"));
    } else {
        errors.check(path.child("key"), selector.key, config_key);
    }
}

// upstream: validateEnvVarValueFrom
void validate_env_source(const EnvVar& variable, const Path& path, Errors& errors) {
    const EnvVarSource& source = *variable.valueFrom;
    int count = 0;
    if (source.fieldRef) {
        ++count;
        validate_field_ref(*source.fieldRef, FieldUse::Environment, path.child("fieldRef"), errors);
    }
    if (source.resourceFieldRef) {
        ++count;
        validate_resource_ref(*source.resourceFieldRef, false, path.child("resourceFieldRef"), errors);
    }
    if (source.configMapKeyRef) {
        ++count;
        validate_key_ref(*source.configMapKeyRef, path.child("configMapKeyRef"), errors);
    }
    if (source.secretKeyRef) {
        ++count;
        validate_key_ref(*source.secretKeyRef, path.child("secretKeyRef"), errors);
    }
    if (count == 0) {
        errors.invalid(
            path, "\"\"",
            "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`");
    }
    if (!variable.value.empty()) {
        if (count > 0) errors.invalid(path, "\"\"", "may not be specified when `value` is not empty");
    } else if (count > 1) {
        errors.invalid(path, "\"\"", "may not have more than one field specified at a time");
    }
}

void validate_env(const std::vector<EnvVar>& variables, const Path& path, Errors& errors) {
    for (std::size_t i = 0; i < variables.size(); ++i) {
        const Path at = path.index(i);
        if (variables[i].name.empty()) {
            errors.required(at.child("name"));
        } else {
            errors.check(at.child("name"), variables[i].name, env_var_name);
        }
        if (variables[i].valueFrom) validate_env_source(variables[i], at.child("valueFrom"), errors);
    }
}

void validate_env_from(const std::vector<EnvFromSource>& sources, const Path& path, Errors& errors) {
    for (std::size_t i = 0; i < sources.size(); ++i) {
        const EnvFromSource& source = sources[i];
        const Path at = path.index(i);
        if (!source.prefix.empty()) errors.check(at.child("prefix"), source.prefix, env_var_name);
        const auto check = [&](bool set, std::string_view field, const std::string& name) {
            if (!set) return;
            if (name.empty()) {
                errors.required(at.child(field).child("name"));
            } else {
                errors.check(at.child(field).child("name"), name, dns_subdomain);
            }
        };
        check(source.configMapRef.has_value(), "configMapRef", source.configMapRef->name);
        check(source.secretRef.has_value(), "secretRef", source.secretRef->name);
        if (!source.configMapRef && !source.secretRef) {
            errors.invalid(path, "\"\"", "must specify one of: `configMapRef` or `secretRef`");
        } else if (source.configMapRef && source.secretRef) {
            errors.invalid(path, "\"\"", "may not have more than one field specified at a time");
        }
    }
}

// upstream: validateMountPropagation, validateMountRecursiveReadOnly
void validate_mount_options(const VolumeMount& mount, bool privileged, const Path& path, Errors& errors) {
    const std::string propagation = mount.mountPropagation.value_or("None");
    errors.one_of(path.child("mountPropagation"), propagation, {"Bidirectional", "HostToContainer", "None"});
    if (propagation == "Bidirectional" && !privileged) {
        errors.forbidden(path.child("mountPropagation"),
                         "Bidirectional mount propagation is available only to privileged containers");
    }
    if (!mount.recursiveReadOnly) return;
    const Path at = path.child("recursiveReadOnly");
    const std::string& mode = *mount.recursiveReadOnly;
    if (mode == "Enabled" || mode == "IfPossible") {
        if (!mount.readOnly) errors.forbidden(at, "may only be specified when readOnly is true");
        if (propagation != "None") {
            errors.forbidden(at, "may only be specified when mountPropagation is None or not specified");
        }
    }
    errors.one_of(at, mode, {"Disabled", "Enabled", "IfPossible"});
}

// upstream: ValidateVolumeMounts
template <class C>
void validate_mounts(const C& container, const PodSurroundings& around, const Path& path, Errors& errors) {
    std::set<std::string> places;
    const auto is_device = [&](auto member, const std::string& value) {
        return std::any_of(container.shared->volumeDevices.begin(), container.shared->volumeDevices.end(),
                           [&](const VolumeDevice& device) { return device.*member == value; });
    };
    for (std::size_t i = 0; i < container.volumeMounts.size(); ++i) {
        const VolumeMount& mount = container.volumeMounts[i];
        const Path at = path.index(i);
        if (mount.name.empty()) errors.required(at.child("name"));
        if (!around.volumes.contains(mount.name)) errors.not_found(at.child("name"), go_quoted(mount.name));
        if (mount.mountPath.empty()) errors.required(at.child("mountPath"));
        if (!places.insert(mount.mountPath).second) {
            errors.invalid(at.child("mountPath"), go_quoted(mount.mountPath), "must be unique");
        }
        if (is_device(&VolumeDevice::name, mount.name)) {
            errors.invalid(at.child("name"), go_quoted(mount.name),
                           "must not already exist in volumeDevices");
        }
        if (is_device(&VolumeDevice::devicePath, mount.mountPath)) {
            errors.invalid(at.child("mountPath"), go_quoted(mount.mountPath),
                           "must not already exist as a path in volumeDevices");
        }
        if (!mount.subPath.empty()) validate_relative_path(mount.subPath, path.child("subPath"), errors);
        if (!mount.subPathExpr.empty()) {
            if (!mount.subPath.empty()) {
                errors.invalid(at.child("subPathExpr"), go_quoted(mount.subPathExpr),
                               "subPathExpr and subPath are mutually exclusive");
            }
            validate_relative_path(mount.subPathExpr, path.child("subPathExpr"), errors);
        }
        validate_mount_options(mount, container.shared->securityContext->privileged.value_or(false), path,
                               errors);
    }
}

// upstream: ValidateVolumeDevices
template <class C>
void validate_devices(const C& container, const PodSurroundings& around, const Path& path, Errors& errors) {
    std::set<std::string> names;
    std::set<std::string> places;
    for (std::size_t i = 0; i < container.shared->volumeDevices.size(); ++i) {
        const VolumeDevice& device = container.shared->volumeDevices[i];
        const Path at = path.index(i);
        if (device.name.empty()) errors.required(at.child("name"));
        if (!names.insert(device.name).second) {
            errors.invalid(at.child("name"), go_quoted(device.name), "must be unique");
        }
        if (!around.volumes.contains(device.name)) {
            errors.not_found(at.child("name"), go_quoted(device.name));
        } else if (!around.block_volumes.contains(device.name)) {
            errors.invalid(
                at.child("name"), go_quoted(device.name),
                "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
        }
        if (device.devicePath.empty()) {
            errors.required(at.child("devicePath"));
        } else if (!places.insert(device.devicePath).second) {
            errors.invalid(at.child("devicePath"), go_quoted(device.devicePath), "must be unique");
        }
        if (device.devicePath.find("..") != std::string::npos) {
            errors.invalid(at.child("devicePath"), go_quoted(device.devicePath),
                           "can not contain backsteps ('..')");
        }
    }
}

// upstream: validateContainerCommon
template <class C>
void validate_common(const C& container, const PodSurroundings& around, const Path& path, Errors& errors) {
    if (container.name.empty()) {
        errors.required(path.child("name"));
    } else {
        errors.check(path.child("name"), container.name, dns_label);
    }
    if (container.image.empty()) errors.required(path.child("image"));
    errors.one_of(path.child("terminationMessagePolicy"), container.shared->terminationMessagePolicy,
                  {"File", "FallbackToLogsOnError"});
    validate_ports(container.ports, path.child("ports"), errors);
    validate_env(container.shared->env, path.child("env"), errors);
    validate_env_from(container.shared->envFrom, path.child("envFrom"), errors);
    validate_mounts(container, around, path.child("volumeMounts"), errors);
    validate_devices(container, around, path.child("volumeDevices"), errors);
    errors.one_of(path.child("imagePullPolicy"), container.imagePullPolicy,
                  {"Always", "IfNotPresent", "Never"});
    validate_resources(container.resources, path.child("resources"), errors);
    if (container.shared->securityContext) {
        validate_security(*container.shared->securityContext, path.child("securityContext"), errors);
    }
}

// upstream: checkHostPortConflicts
void validate_host_port_conflicts(const std::vector<Container>& containers, const Path& path,
                                  Errors& errors) {
    std::set<std::string> taken;
    for (std::size_t i = 0; i < containers.size(); ++i) {
        for (std::size_t j = 0; j < containers[i].ports.size(); ++j) {
            const ContainerPort& port = containers[i].ports[j];
            if (port.hostPort == 0) continue;
            const std::string claim = port.protocol + "/" + port.hostIP + "/" + std::to_string(port.hostPort);
            if (taken.insert(claim).second) continue;
            errors.duplicate(path.index(i).child("ports").index(j).child("hostPort"), go_quoted(claim));
        }
    }
}

void validate_init(const Container& container, const PodSurroundings& around, const Path& at,
                   Errors& errors) {
    const bool sidecar = container.shared->restartPolicy.value_or("") == "Always";
    if (container.shared->restartPolicy)
        errors.one_of(at.child("restartPolicy"), *container.shared->restartPolicy, {"Always"});
    if (sidecar) {
        if (container.shared->lifecycle)
            validate_lifecycle(*container.shared->lifecycle, at.child("lifecycle"), around, errors);
        validate_probes(container, at, around, errors);
        return;
    }
    constexpr std::string_view kOnly = "may not be set for init containers without restartPolicy=Always";
    if (container.shared->lifecycle) errors.forbidden(at.child("lifecycle"), kOnly);
    if (container.shared->livenessProbe) errors.forbidden(at.child("livenessProbe"), kOnly);
    if (container.shared->readinessProbe) errors.forbidden(at.child("readinessProbe"), kOnly);
    if (container.shared->startupProbe) errors.forbidden(at.child("startupProbe"), kOnly);
}

// upstream: validateEphemeralContainers
void validate_ephemeral(const PodSpec& spec, std::set<std::string> names, const PodSurroundings& around,
                        const Path& path, Errors& errors) {
    constexpr std::string_view kNever = "cannot be set for an Ephemeral Container";
    std::set<std::string> targets = names;
    for (std::size_t i = 0; i < spec.shared->ephemeralContainers.size(); ++i) {
        const EphemeralContainer& container = spec.shared->ephemeralContainers[i];
        const Path at = path.index(i);
        validate_common(container, around, at, errors);
        if (!container.name.empty() && !names.insert(container.name).second) {
            errors.duplicate(at.child("name"), go_quoted(container.name));
        }
        if (!container.targetContainerName.empty() && !targets.contains(container.targetContainerName)) {
            errors.not_found(at.child("targetContainerName"), go_quoted(container.targetContainerName));
        }
        if (!container.ports.empty()) errors.forbidden(at.child("ports"), kNever);
        if (!container.resources.limits.empty() || !container.resources.requests.empty()) {
            errors.forbidden(at.child("resources"), kNever);
        }
        if (container.shared->livenessProbe) errors.forbidden(at.child("livenessProbe"), kNever);
        if (container.shared->readinessProbe) errors.forbidden(at.child("readinessProbe"), kNever);
        if (container.shared->startupProbe) errors.forbidden(at.child("startupProbe"), kNever);
        if (container.shared->lifecycle) errors.forbidden(at.child("lifecycle"), kNever);
        if (container.shared->restartPolicy) errors.forbidden(at.child("restartPolicy"), kNever);
        for (std::size_t j = 0; j < container.volumeMounts.size(); ++j) {
            const Path mount = at.child("volumeMounts").index(j);
            if (!container.volumeMounts[j].subPath.empty()) errors.forbidden(mount.child("subPath"), kNever);
            if (!container.volumeMounts[j].subPathExpr.empty())
                errors.forbidden(mount.child("subPathExpr"), kNever);
        }
    }
}

}  // namespace

void validate_containers(const PodSpec& spec, const PodSurroundings& around, const Path& path,
                         Errors& errors) {
    const Path containers = path.child("containers");
    if (spec.containers.empty()) errors.required(containers);
    std::set<std::string> names;
    for (std::size_t i = 0; i < spec.containers.size(); ++i) {
        const Container& container = spec.containers[i];
        const Path at = containers.index(i);
        validate_common(container, around, at, errors);
        if (!names.insert(container.name).second)
            errors.duplicate(at.child("name"), go_quoted(container.name));
        if (container.shared->lifecycle)
            validate_lifecycle(*container.shared->lifecycle, at.child("lifecycle"), around, errors);
        validate_probes(container, at, around, errors);
        if (container.shared->restartPolicy) {
            errors.forbidden(at.child("restartPolicy"), "may not be set for non-init containers");
        }
    }
    validate_host_port_conflicts(spec.containers, containers, errors);
    const Path inits = path.child("initContainers");
    for (std::size_t i = 0; i < spec.initContainers.size(); ++i) {
        const Container& container = spec.initContainers[i];
        const Path at = inits.index(i);
        validate_common(container, around, at, errors);
        if (!container.name.empty() && !names.insert(container.name).second) {
            errors.duplicate(at.child("name"), go_quoted(container.name));
        }
        validate_init(container, around, at, errors);
    }
    validate_host_port_conflicts(spec.initContainers, inits, errors);
    validate_ephemeral(spec, std::move(names), around, path.child("ephemeralContainers"), errors);
}

}  // namespace kubetab::api
