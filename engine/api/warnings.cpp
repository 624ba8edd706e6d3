#include "engine/api/warnings.h"

#include <map>
#include <set>
#include <utility>

#include "engine/api/admission_registration.h"
#include "engine/api/batch.h"
#include "engine/api/codec.h"
#include "engine/api/core/replication_controller.h"
#include "engine/api/custom/structural_schema.h"
#include "engine/api/custom_resource_definition.h"
#include "engine/api/daemon_set.h"
#include "engine/api/ingress.h"
#include "engine/api/kinds.h"
#include "engine/api/stateful_set.h"
#include "engine/api/storage_warnings.h"
#include "engine/api/validation/name_rules.h"
#include "engine/api/validation/value_text.h"
#include "engine/base/json.h"

namespace kubetab::api {
namespace {

using Warnings = std::vector<std::string>;

struct Placed {
    const Container& container;
    std::string path;
};

// upstream: VisitContainersWithPath
std::vector<Placed> containers_of(const PodSpec& spec, const std::string& path) {
    std::vector<Placed> placed;
    const auto add = [&](const std::vector<Container>& containers, const std::string& field) {
        for (std::size_t i = 0; i < containers.size(); ++i) {
            placed.push_back({containers[i], path + "." + field + "[" + std::to_string(i) + "]"});
        }
    };
    add(spec.initContainers, "initContainers");
    add(spec.containers, "containers");
    return placed;
}

void warn_of_selectors(const PodSpec& spec, const std::string& path, Warnings& warnings) {
    for (std::size_t i = 0; i < spec.shared->topologySpreadConstraints.size(); ++i) {
        if (spec.shared->topologySpreadConstraints[i].labelSelector) continue;
        warnings.push_back(path + ".topologySpreadConstraints[" + std::to_string(i) +
                           "].labelSelector: a null labelSelector results in matching no pod");
    }
}

void warn_of_fractions(const Placed& placed, Warnings& warnings) {
    const ResourceRequirements& resources = placed.container.resources;
    const auto look = [&](const base::FlatMap<Quantity>& list, const char* field) {
        for (const char* name : {"memory", "ephemeral-storage"}) {
            if (!list.contains(name)) continue;
            const Quantity value = list.value_or(name, {});
            if (value.milli() % 1000 == 0) continue;
            warnings.push_back(placed.path + ".resources." + field + "[" + name +
                               "]: fractional byte value " + go_quoted(value.text()) +
                               " is invalid, must be an integer");
        }
    };
    look(resources.limits, "limits");
    look(resources.requests, "requests");
}

void warn_of_variables(const Placed& placed, Warnings& warnings) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < placed.container.shared->env.size(); ++i) {
        const std::string& name = placed.container.shared->env[i].name;
        if (seen.insert(name).second) continue;
        warnings.push_back(placed.path + ".env[" + std::to_string(i) + "]: hides previous definition of " +
                           go_quoted(name) + ", which may be dropped when using apply");
    }
}

// Two ports of a pod that say the same, or nearly.
std::string compare_ports(const ContainerPort& port, const ContainerPort& other) {
    if (port.hostIP == other.hostIP && port.hostPort == other.hostPort) return "duplicate";
    if (port.hostPort == 0 || other.hostPort == 0) return "overlapping";
    const bool one_open = port.hostIP.empty() != other.hostIP.empty();
    return port.hostPort == other.hostPort && one_open ? "dangerously ambiguous" : "";
}

void warn_of_ports(const std::vector<Placed>& containers, Warnings& warnings) {
    using Key = std::pair<std::int32_t, std::string>;
    std::map<Key, std::vector<std::pair<const ContainerPort*, std::string>>> known;
    for (const Placed& placed : containers) {
        for (std::size_t i = 0; i < placed.container.ports.size(); ++i) {
            const ContainerPort& port = placed.container.ports[i];
            const std::string path = placed.path + ".ports[" + std::to_string(i) + "]";
            auto& others = known[{port.containerPort, port.protocol}];
            for (const auto& [other, other_path] : others) {
                const std::string how = compare_ports(port, *other);
                if (!how.empty())
                    warnings.push_back(path + ": " + how + " port definition with " + other_path);
            }
            others.emplace_back(&port, path);
        }
    }
}

Warnings pod_warnings(const PodSpec& spec, const std::string& path) {
    Warnings warnings;
    warn_of_selectors(spec, path, warnings);
    const std::vector<Placed> containers = containers_of(spec, path);
    for (const Placed& placed : containers) {
        warn_of_fractions(placed, warnings);
        warn_of_variables(placed, warnings);
    }
    warn_of_ports(containers, warnings);
    return warnings;
}

template <class T>
const PodSpec* of_template(const Object& object) {
    return &*static_cast<const T&>(object).spec.template_->spec;
}

// Null for kinds that describe no pod.
const PodSpec* spec_of(const Kind& kind, const Object& object) {
    if (&kind == &kind_of<Pod>()) return &*static_cast<const Pod&>(object).spec;
    if (&kind == &kind_of<Deployment>()) return of_template<Deployment>(object);
    if (&kind == &kind_of<ReplicaSet>()) return of_template<ReplicaSet>(object);
    if (&kind == &kind_of<DaemonSet>()) return of_template<DaemonSet>(object);
    if (&kind == &kind_of<StatefulSet>()) return of_template<StatefulSet>(object);
    if (&kind == &kind_of<ReplicationController>()) return of_template<ReplicationController>(object);
    if (&kind == &kind_of<Job>()) return of_template<Job>(object);
    if (&kind == &kind_of<CronJob>()) {
        return &*static_cast<const CronJob&>(object).spec.jobTemplate.spec.template_->spec;
    }
    return nullptr;
}

// upstream: pkg/registry/networking/ingress/strategy.go [WarningsOnCreate]
Warnings ingress_warnings(const Ingress& ingress, const Object* old) {
    if (old != nullptr || ingress.spec.ingressClassName ||
        !ingress.metadata.annotations.contains(kIngressClassAnnotation))
        return {};
    return {
        "annotation \"kubernetes.io/ingress.class\" is deprecated, please use 'spec.ingressClassName' "
        "instead"};
}

// differs: rules in CEL are kept and not evaluated, because there is no evaluator.
Warnings definition_warnings(const CustomResourceDefinition& definition, const Object* old) {
    Warnings warnings;
    if (old != nullptr && equal(definition.spec, static_cast<const CustomResourceDefinition&>(*old).spec))
        return warnings;
    for (std::size_t i = 0; i < definition.spec.versions.size(); ++i) {
        const CustomResourceDefinitionVersion& version = definition.spec.versions[i];
        std::vector<std::string> places;
        find_rules(to_json(type_of<JSONSchemaProps>(), &*version.schema->openAPIV3Schema),
                   "spec.versions[" + std::to_string(i) + "].schema.openAPIV3Schema", places);
        for (const std::string& place : places) {
            warnings.push_back(place +
                               ": kubetab does not evaluate CEL rules: objects that break them are "
                               "accepted");
        }
    }
    return warnings;
}

template <class Configuration>
bool has_match_conditions(const Object& object) {
    for (const auto& webhook : static_cast<const Configuration&>(object).webhooks) {
        if (!webhook.matchConditions.empty()) return true;
    }
    return false;
}

// differs: what webhooks and policies say in CEL is kept and not evaluated either.
Warnings admission_warnings(const Kind& kind, const Object& object) {
    if (&kind == &kind_of<ValidatingAdmissionPolicy>())
        return {"kubetab does not evaluate CEL: this policy lets every request through"};
    const bool conditions = &kind == &kind_of<MutatingWebhookConfiguration>()
                                ? has_match_conditions<MutatingWebhookConfiguration>(object)
                                : &kind == &kind_of<ValidatingWebhookConfiguration>() &&
                                      has_match_conditions<ValidatingWebhookConfiguration>(object);
    if (!conditions) return {};
    return {"kubetab does not evaluate CEL: matchConditions are taken to be met"};
}

// upstream: pkg/registry/batch/job/strategy.go [WarningsOnCreate]
void warn_of_name(const std::string& name, Warnings& warnings) {
    const Complaints complaints = dns_label(name);
    if (complaints.empty()) return;
    warnings.push_back(
        "metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a "
        "DNS label is recommended: [" +
        joined(complaints, " ") + "]");
}

}  // namespace

std::vector<std::string> warnings_for(const Kind& kind, const Object& object, const Object* old) {
    if (&kind == &kind_of<CustomResourceDefinition>())
        return definition_warnings(static_cast<const CustomResourceDefinition&>(object), old);
    if (kind.group == kAdmissionGroup) return admission_warnings(kind, object);
    if (&kind == &kind_of<Ingress>()) return ingress_warnings(static_cast<const Ingress&>(object), old);
    const PodSpec* spec = spec_of(kind, object);
    if (spec == nullptr) return storage_warnings(kind, object);
    Warnings warnings;
    const bool makes_jobs = &kind == &kind_of<Job>() || &kind == &kind_of<CronJob>();
    if (old == nullptr && makes_jobs) warn_of_name(object.metadata.name, warnings);
    if (old != nullptr && equal(*spec, *spec_of(kind, *old))) return warnings;
    const std::string path = &kind == &kind_of<Pod>()       ? "spec"
                             : &kind == &kind_of<CronJob>() ? "spec.jobTemplate.spec.template.spec"
                                                            : "spec.template.spec";
    for (std::string& warning : pod_warnings(*spec, path)) warnings.push_back(std::move(warning));
    return warnings;
}

}  // namespace kubetab::api
