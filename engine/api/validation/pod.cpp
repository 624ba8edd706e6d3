#include "engine/api/validation/pod.h"

#include <algorithm>
#include <charconv>

#include "engine/api/codec.h"
#include "engine/api/validation/addresses.h"
#include "engine/api/validation/go_difference.h"
#include "engine/api/validation/metadata.h"

namespace kubetab::api {
namespace {

constexpr std::int64_t kInt32Max = 2147483647;

// upstream: validatePodDNSConfig
void validate_dns(const PodSpec& spec, const Path& path, Errors& errors) {
    const Path at = path.child("dnsConfig");
    if (spec.shared->dnsPolicy == "None") {
        if (!spec.shared->dnsConfig) {
            errors.required(at, "must provide `dnsConfig` when `dnsPolicy` is None");
        } else if (spec.shared->dnsConfig->nameservers.empty()) {
            errors.required(at.child("nameservers"),
                            "must provide at least one DNS nameserver when `dnsPolicy` is None");
        }
    }
    if (!spec.shared->dnsConfig) return;
    const PodDNSConfig& dns = *spec.shared->dnsConfig;
    if (dns.nameservers.size() > 3) {
        errors.invalid(at.child("nameservers"), go_text(dns.nameservers),
                       "must not have more than 3 nameservers");
    }
    for (std::size_t i = 0; i < dns.nameservers.size(); ++i) {
        errors.check(at.child("nameservers").index(i), dns.nameservers[i], ip_address);
    }
    if (dns.searches.size() > 32) {
        errors.invalid(at.child("searches"), go_text(dns.searches),
                       "must not have more than 32 search paths");
    }
    if (joined(dns.searches, " ").size() > 2048) {
        errors.invalid(at.child("searches"), go_text(dns.searches),
                       "must not have more than 2048 characters (including spaces) in the search list");
    }
    for (std::size_t i = 0; i < dns.searches.size(); ++i) {
        std::string_view search = dns.searches[i];
        if (search.ends_with('.')) search.remove_suffix(1);
        errors.check(at.child("searches").index(i), search, dns_subdomain);
    }
    for (std::size_t i = 0; i < dns.options.size(); ++i) {
        if (dns.options[i].name.empty()) errors.required(at.child("options").index(i), "must not be empty");
    }
}

void validate_gates(const PodSpec& spec, const Path& path, Errors& errors) {
    for (std::size_t i = 0; i < spec.shared->readinessGates.size(); ++i) {
        errors.check(path.child("readinessGates").index(i).child("conditionType"),
                     spec.shared->readinessGates[i].conditionType, qualified_name);
    }
    std::set<std::string> seen;
    for (std::size_t i = 0; i < spec.shared->schedulingGates.size(); ++i) {
        const Path at = path.child("schedulingGates").index(i);
        const std::string& gate = spec.shared->schedulingGates[i].name;
        errors.check(at, gate, qualified_name);
        if (!seen.insert(gate).second) errors.duplicate(at, go_quoted(gate));
    }
}

void validate_host_ports(const PodSpec& spec, const PodSurroundings& around, const Path& path,
                         Errors& errors) {
    if (!spec.shared->hostNetwork) return;
    for (std::size_t i = 0; i < spec.containers.size(); ++i) {
        const Path ports = path.child("containers").index(i).child("ports");
        for (std::size_t j = 0; j < spec.containers[i].ports.size(); ++j) {
            const ContainerPort& port = spec.containers[i].ports[j];
            if (port.hostPort == port.containerPort || (around.is_template && port.hostPort == 0)) continue;
            errors.invalid(ports.index(j).child("hostPort"), port.hostPort,
                           "must match `containerPort` when `hostNetwork` is true");
        }
    }
}

void validate_names_in_spec(const PodSpec& spec, const Path& path, Errors& errors) {
    const auto check = [&](std::string_view field, const std::string& value, NameRule rule) {
        if (!value.empty()) errors.check(path.child(field), value, rule);
    };
    check("serviceAccountName", spec.serviceAccountName, dns_subdomain);
    check("nodeName", spec.nodeName, dns_subdomain);
    if (spec.shared->activeDeadlineSeconds &&
        (*spec.shared->activeDeadlineSeconds < 1 || *spec.shared->activeDeadlineSeconds > kInt32Max)) {
        errors.invalid(path.child("activeDeadlineSeconds"), *spec.shared->activeDeadlineSeconds,
                       range_text(1, kInt32Max));
    }
    check("hostname", spec.shared->hostname, dns_label);
    check("subdomain", spec.shared->subdomain, dns_label);
}

void validate_host_aliases(const PodSpec& spec, const Path& path, Errors& errors) {
    for (std::size_t i = 0; i < spec.shared->hostAliases.size(); ++i) {
        const Path at = path.child("hostAliases").index(i);
        errors.check(at.child("ip"), spec.shared->hostAliases[i].ip, ip_address);
        for (std::size_t j = 0; j < spec.shared->hostAliases[i].hostnames.size(); ++j) {
            errors.check(at.child("hostnames").index(j), spec.shared->hostAliases[i].hostnames[j],
                         dns_subdomain);
        }
    }
}

void validate_os(const PodSpec& spec, const Path& path, Errors& errors) {
    if (!spec.shared->os) return;
    const std::string& name = spec.shared->os->name;
    if (name.empty()) {
        errors.required(path.child("os").child("name"), "cannot be empty");
    } else if (name != "linux" && name != "windows") {
        errors.unsupported(path.child("os"), go_quoted(name), {"linux", "windows"});
    }
}

// upstream: ValidatePodSpec
void validate_spec(const PodSpec& spec, std::string_view pod_name, bool is_template, const Path& path,
                   Errors& errors) {
    PodSurroundings around = validate_volumes(spec, pod_name, path.child("volumes"), errors);
    around.grace_period_seconds = spec.shared->terminationGracePeriodSeconds.value_or(30);
    around.host_network = spec.shared->hostNetwork;
    around.is_template = is_template;
    validate_containers(spec, around, path, errors);
    validate_host_ports(spec, around, path, errors);
    errors.one_of(path.child("restartPolicy"), spec.shared->restartPolicy, {"Always", "OnFailure", "Never"});
    errors.one_of(path.child("dnsPolicy"), spec.shared->dnsPolicy,
                  {"ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"});
    validate_labels(spec.shared->nodeSelector, path.child("nodeSelector"), errors);
    validate_pod_security(spec, path, errors);
    if (spec.shared->affinity) validate_affinity(*spec.shared->affinity, path.child("affinity"), errors);
    validate_dns(spec, path, errors);
    validate_gates(spec, path, errors);
    validate_spread(spec.shared->topologySpreadConstraints, path.child("topologySpreadConstraints"), errors);
    validate_names_in_spec(spec, path, errors);
    validate_tolerations(spec.tolerations, path.child("tolerations"), errors);
    validate_host_aliases(spec, path, errors);
    if (!spec.shared->priorityClassName.empty()) {
        errors.check(path.child("priorityClassName"), spec.shared->priorityClassName, dns_subdomain);
    }
    if (spec.shared->runtimeClassName)
        errors.check(path.child("runtimeClassName"), *spec.shared->runtimeClassName, dns_subdomain);
    if (spec.preemptionPolicy) {
        errors.one_of(path.child("preemptionPolicy"), *spec.preemptionPolicy,
                      {"PreemptLowerPriority", "Never"});
    }
    if (!spec.shared->overhead.empty()) {
        ResourceRequirements overhead;
        overhead.limits = spec.shared->overhead;
        validate_resources(overhead, path.child("overhead"), errors);
    }
    validate_os(spec, path, errors);
}

// upstream: ValidatePodSpecificAnnotations
void validate_pod_annotations(const base::StringMap& annotations, const PodSpec& spec, const Path& path,
                              Errors& errors) {
    constexpr std::string_view kMirror = "kubernetes.io/config.mirror";
    if (annotations.contains(kMirror) && spec.nodeName.empty()) {
        errors.invalid(path.key(kMirror), go_quoted(annotations.value_or(kMirror, "")),
                       "must set spec.nodeName if mirror pod annotation is set");
    }
    constexpr std::string_view kCost = "controller.kubernetes.io/pod-deletion-cost";
    const Text* cost = annotations.get(kCost);
    if (cost == nullptr) return;
    std::int32_t number = 0;
    const auto [end, error] = std::from_chars(cost->data(), cost->data() + cost->size(), number);
    if (error != std::errc{} || end != cost->data() + cost->size()) {
        errors.invalid(path.key(kCost), go_quoted(*cost), "must be a 32bit integer");
    }
}

void validate_image_spaces(const std::vector<Container>& containers, const Path& path, Errors& errors) {
    for (std::size_t i = 0; i < containers.size(); ++i) {
        const std::string& image = containers[i].image;
        if (image.empty() ||
            (image.find_first_of(" \t\n\r") != 0 && image.find_last_of(" \t\n\r") != image.size() - 1)) {
            continue;
        }
        errors.invalid(path.index(i).child("image"), go_quoted(image),
                       "must not have leading or trailing whitespace");
    }
}

// False when the check of the update must stop.
bool validate_deadline_update(const PodSpec& now, const PodSpec& old, Errors& errors) {
    const Path path("spec.activeDeadlineSeconds");
    const std::optional<std::int64_t>& deadline = now.shared->activeDeadlineSeconds;
    const std::size_t before = errors.count();
    if (deadline && (*deadline < 0 || *deadline > kInt32Max)) {
        errors.invalid(path, *deadline, range_text(0, kInt32Max));
    } else if (deadline && old.shared->activeDeadlineSeconds &&
               *deadline > *old.shared->activeDeadlineSeconds) {
        errors.invalid(path, *deadline, "must be less than or equal to previous value");
    } else if (!deadline && old.shared->activeDeadlineSeconds) {
        errors.invalid(path, "\"null\"", "must not update from a positive integer to nil value");
    }
    return errors.count() == before;
}

// upstream: validateOnlyAddedTolerations
void validate_tolerations_update(const PodSpec& now, const PodSpec& old, Errors& errors) {
    for (Toleration kept : old.tolerations) {
        const bool found =
            std::any_of(now.tolerations.begin(), now.tolerations.end(), [&](const Toleration& candidate) {
                kept.tolerationSeconds = candidate.tolerationSeconds;
                return equal(kept, candidate);
            });
        if (found) continue;
        errors.forbidden(Path("spec.tolerations"),
                         "existing toleration can not be modified except its tolerationSeconds");
        return;
    }
}

void validate_gates_update(const PodSpec& now, const PodSpec& old, Errors& errors) {
    for (std::size_t i = 0; i < now.shared->schedulingGates.size(); ++i) {
        const std::string& gate = now.shared->schedulingGates[i].name;
        const bool known =
            std::any_of(old.shared->schedulingGates.begin(), old.shared->schedulingGates.end(),
                        [&](const PodSchedulingGate& candidate) { return candidate.name == gate; });
        if (known) continue;
        errors.forbidden(Path("spec.schedulingGates").index(i).child("name"),
                         "only deletion is allowed, but found new scheduling gate '" + gate + "'");
    }
}

// `now` with everything that may change put back to what it was.
PodSpec with_changes_undone(PodSpec now, const PodSpec& old) {
    for (std::size_t i = 0; i < now.containers.size(); ++i) now.containers[i].image = old.containers[i].image;
    for (std::size_t i = 0; i < now.initContainers.size(); ++i)
        now.initContainers[i].image = old.initContainers[i].image;
    now.tolerations = old.tolerations;
    if (now.shared.same_as(old.shared)) return now;
    PodSpecShared& shared = now.shared.edit();
    shared.activeDeadlineSeconds = old.shared->activeDeadlineSeconds;
    shared.schedulingGates = old.shared->schedulingGates;
    if (old.shared->terminationGracePeriodSeconds.value_or(0) < 0 &&
        shared.terminationGracePeriodSeconds == 1) {
        shared.terminationGracePeriodSeconds = old.shared->terminationGracePeriodSeconds;
    }
    if (!old.shared->schedulingGates.empty()) {  // A gated pod may still narrow where it runs.
        shared.nodeSelector = old.shared->nodeSelector;
        if (shared.affinity || old.shared->affinity) {
            Affinity& affinity = shared.affinity.edit();
            affinity.nodeAffinity = old.shared->affinity->nodeAffinity;
            if (!old.shared->affinity && !affinity.podAffinity && !affinity.podAntiAffinity)
                shared.affinity.reset();
        }
    }
    return now;
}

constexpr std::string_view kFixedFields =
    "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
    "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
    "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

// upstream: ValidateContainerStateTransition
void validate_transitions(const Pod& now, const Pod& old, Errors& errors) {
    const std::string& policy = old.spec->shared->restartPolicy;
    if (policy == "Always") return;
    const Path path("status.containerStatuses");
    for (const ContainerStatus& before : old.status.containerStatuses) {
        if (!before.state.terminated) continue;
        if (policy == "OnFailure" && before.state.terminated->exitCode != 0) continue;
        for (std::size_t i = 0; i < now.status.containerStatuses.size(); ++i) {
            const ContainerStatus& after = now.status.containerStatuses[i];
            if (after.name != before.name || after.state.terminated) continue;
            errors.forbidden(path.index(i).child("state"), "may not be transitioned to non-terminated state");
        }
    }
}

}  // namespace

// upstream: ValidatePodCreate
void validate_pod(const Pod& object, Errors& errors) {
    const PodSpec& spec = *object.spec;
    const Path path("spec");
    validate_pod_annotations(object.metadata.annotations, spec, Path("metadata.annotations"), errors);
    validate_spec(spec, object.metadata.name, false, path, errors);
    validate_image_spaces(spec.containers, path.child("containers"), errors);
    validate_image_spaces(spec.initContainers, path.child("initContainers"), errors);
    if (!spec.shared->ephemeralContainers.empty()) {
        errors.forbidden(path.child("ephemeralContainers"), "cannot be set on create");
    }
    if (!spec.shared->schedulingGates.empty() && !spec.nodeName.empty()) {
        errors.forbidden(path.child("nodeName"), "cannot be set until all schedulingGates have been cleared");
    }
}

// upstream: ValidatePodUpdate
void validate_pod_update(const Pod& now, const Pod& old, Errors& errors) {
    const Path path("spec");
    if (!now.spec.same_as(old.spec)) {
        validate_spec(*now.spec, now.metadata.name, false, path, errors);
        validate_image_spaces(now.spec->containers, path.child("containers"), errors);
        validate_image_spaces(now.spec->initContainers, path.child("initContainers"), errors);
    }
    const bool counts_differ = now.spec->containers.size() != old.spec->containers.size();
    if (counts_differ || now.spec->initContainers.size() != old.spec->initContainers.size()) {
        errors.forbidden(path.child(counts_differ ? "containers" : "initContainers"),
                         "pod updates may not add or remove containers");
        return;
    }
    if (now.spec.same_as(old.spec)) return;
    if (!validate_deadline_update(*now.spec, *old.spec, errors)) return;
    validate_gates_update(*now.spec, *old.spec, errors);
    validate_tolerations_update(*now.spec, *old.spec, errors);
    const PodSpec undone = with_changes_undone(*now.spec, *old.spec);
    if (equal(undone, *old.spec)) return;
    const Type& type = type_of<PodSpec>();
    errors.forbidden(path, std::string(kFixedFields) + "\n" +
                               go_difference(go_value(type, &*old.spec), go_value(type, &undone)));
}

// Existing ones stay as they are. upstream: ValidatePodEphemeralContainersUpdate
void validate_pod_ephemeral(const Pod& now, const Pod& old, Errors& errors) {
    const Path path("spec");
    validate_pod_annotations(now.metadata.annotations, *now.spec, Path("metadata.annotations"), errors);
    validate_spec(*now.spec, now.metadata.name, false, path, errors);
    const std::vector<EphemeralContainer>& after = now.spec->shared->ephemeralContainers;
    const Path containers = path.child("ephemeralContainers");
    for (const EphemeralContainer& before : old.spec->shared->ephemeralContainers) {
        const auto kept = std::find_if(after.rbegin(), after.rend(), [&](const EphemeralContainer& one) {
            return one.name == before.name;
        });
        const std::string text = "existing ephemeral containers " + go_quoted(before.name) + " may not be ";
        if (kept == after.rend()) {
            errors.forbidden(containers, text + "removed\n");
        } else if (!equal(before, *kept)) {
            const Type& type = type_of<EphemeralContainer>();
            errors.forbidden(containers, text + "changed\n" +
                                             go_difference(go_value(type, &before), go_value(type, &*kept)));
        }
    }
}

// upstream: ValidatePodStatusUpdate
void validate_pod_status(const Pod& now, const Pod& old, Errors& errors) {
    if (now.spec->nodeName != old.spec->nodeName) {
        errors.forbidden(Path("status.nodeName"), "may not be changed directly");
    }
    if (!old.status.qosClass.empty() && now.status.qosClass != old.status.qosClass) {
        errors.invalid(Path("status.qosClass"), go_quoted(now.status.qosClass), kImmutable);
    }
    validate_transitions(now, old, errors);
    for (std::size_t i = 0; i < now.status.podIPs.size(); ++i) {
        errors.check(Path("status.podIPs").index(i), now.status.podIPs[i].ip, ip_address);
    }
}

// upstream: ValidatePodTemplateSpec
void validate_pod_template(const PodTemplateSpec& pod_template, const Path& path, Errors& errors) {
    validate_labels(pod_template.metadata.labels, path.child("labels"), errors);
    validate_annotations(pod_template.metadata.annotations, path.child("annotations"), errors);
    validate_pod_annotations(pod_template.metadata.annotations, *pod_template.spec, path.child("annotations"),
                             errors);
    validate_spec(*pod_template.spec, {}, true, path.child("spec"), errors);
    if (!pod_template.spec->shared->ephemeralContainers.empty()) {
        errors.forbidden(path.child("spec").child("ephemeralContainers"),
                         "ephemeral containers not allowed in pod template");
    }
}

}  // namespace kubetab::api
