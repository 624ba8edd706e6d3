// Validation of affinity, tolerations and topology spread.
// upstream: pkg/apis/core/validation/validation.go [validateAffinity, ValidateTolerations,
// validateTopologySpreadConstraints]
#include <algorithm>

#include "engine/api/validation/metadata.h"
#include "engine/api/validation/pod.h"

namespace kubetab::api {
namespace {

bool has(const Texts& list, const Text& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

void validate_node_expression(const NodeSelectorRequirement& expression, const Path& path, Errors& errors) {
    const std::string& comparison = expression.operator_;
    const Path values = path.child("values");
    if (comparison == "In" || comparison == "NotIn") {
        if (expression.values.empty()) {
            errors.required(values, "must be specified when `operator` is 'In' or 'NotIn'");
        }
    } else if (comparison == "Exists" || comparison == "DoesNotExist") {
        if (!expression.values.empty()) {
            errors.forbidden(values, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
    } else if (comparison == "Gt" || comparison == "Lt") {
        if (expression.values.size() != 1) {
            errors.required(values, "must be specified single value when `operator` is 'Lt' or 'Gt'");
        }
    } else {
        errors.invalid(path.child("operator"), go_quoted(comparison), "not a valid selector operator");
    }
    errors.check(path.child("key"), expression.key, qualified_name);
}

void validate_node_field(const NodeSelectorRequirement& expression, const Path& path, Errors& errors) {
    const std::string& comparison = expression.operator_;
    if (comparison == "In" || comparison == "NotIn") {
        if (expression.values.size() != 1) {
            errors.required(
                path.child("values"),
                "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
        }
    } else {
        errors.invalid(path.child("operator"), go_quoted(comparison), "not a valid selector operator");
    }
    if (expression.key != "metadata.name") {
        errors.invalid(path.child("key"), go_quoted(expression.key), "not a valid field selector key");
        return;
    }
    for (std::size_t i = 0; i < expression.values.size(); ++i) {
        errors.check(path.child("values").index(i), expression.values[i], dns_subdomain);
    }
}

void validate_node_term(const NodeSelectorTerm& term, const Path& path, Errors& errors) {
    for (std::size_t i = 0; i < term.matchExpressions.size(); ++i) {
        validate_node_expression(term.matchExpressions[i], path.child("matchExpressions").index(i), errors);
    }
    for (std::size_t i = 0; i < term.matchFields.size(); ++i) {
        validate_node_field(term.matchFields[i], path.child("matchFields").index(i), errors);
    }
}

void validate_weight(std::int32_t weight, const Path& path, Errors& errors) {
    if (weight < 1 || weight > 100)
        errors.invalid(path.child("weight"), weight, "must be in the range 1-100");
}

void validate_node_affinity(const NodeAffinity& affinity, const Path& path, Errors& errors) {
    if (affinity.requiredDuringSchedulingIgnoredDuringExecution) {
        validate_node_selector(*affinity.requiredDuringSchedulingIgnoredDuringExecution,
                               path.child("requiredDuringSchedulingIgnoredDuringExecution"), errors);
    }
    const auto& preferred = affinity.preferredDuringSchedulingIgnoredDuringExecution;
    for (std::size_t i = 0; i < preferred.size(); ++i) {
        const Path at = path.child("preferredDuringSchedulingIgnoredDuringExecution").index(i);
        validate_weight(preferred[i].weight, at, errors);
        validate_node_term(preferred[i].preference, at.child("preference"), errors);
    }
}

// upstream: validatePodAffinityTerm
void validate_pod_term(const PodAffinityTerm& term, const Path& path, Errors& errors) {
    if (term.labelSelector) validate_label_selector(*term.labelSelector, path.child("labelSelector"), errors);
    if (term.namespaceSelector) {
        validate_label_selector(*term.namespaceSelector, path.child("namespaceSelector"), errors);
    }
    for (const std::string& name : term.namespaces) errors.check(path.child("namespace"), name, dns_label);
    constexpr std::string_view kNoSelector = "must not be specified when labelSelector is not set";
    for (const auto& [field, keys] : {std::pair{"matchLabelKeys", &term.matchLabelKeys},
                                      std::pair{"mismatchLabelKeys", &term.mismatchLabelKeys}}) {
        if (!keys->empty() && !term.labelSelector) errors.forbidden(path.child(field), kNoSelector);
        for (std::size_t i = 0; i < keys->size(); ++i) {
            errors.check(path.child(field).index(i), (*keys)[i], qualified_name);
        }
    }
    for (std::size_t i = 0; i < term.matchLabelKeys.size(); ++i) {
        if (!has(term.mismatchLabelKeys, term.matchLabelKeys[i])) continue;
        errors.invalid(path.child("matchLabelKeys").index(i), go_quoted(term.matchLabelKeys[i]),
                       "exists in both matchLabelKeys and mismatchLabelKeys");
    }
    if (term.topologyKey.empty()) errors.required(path.child("topologyKey"), "can not be empty");
    errors.check(path.child("topologyKey"), term.topologyKey, qualified_name);
}

template <class PodRules>
void validate_pod_affinity(const PodRules& affinity, const Path& path, Errors& errors) {
    const auto& required = affinity.requiredDuringSchedulingIgnoredDuringExecution;
    for (std::size_t i = 0; i < required.size(); ++i) {
        validate_pod_term(required[i], path.child("requiredDuringSchedulingIgnoredDuringExecution").index(i),
                          errors);
    }
    const auto& preferred = affinity.preferredDuringSchedulingIgnoredDuringExecution;
    for (std::size_t i = 0; i < preferred.size(); ++i) {
        const Path at = path.child("preferredDuringSchedulingIgnoredDuringExecution").index(i);
        validate_weight(preferred[i].weight, at, errors);
        validate_pod_term(preferred[i].podAffinityTerm, at.child("podAffinityTerm"), errors);
    }
}

bool selects(const LabelSelector& selector, const std::string& key) {
    return selector.matchLabels.contains(key) ||
           std::any_of(selector.matchExpressions.begin(), selector.matchExpressions.end(),
                       [&](const LabelSelectorRequirement& expression) { return expression.key == key; });
}

void validate_spread_keys(const TopologySpreadConstraint& constraint, const Path& path, Errors& errors) {
    const Path at = path.child("matchLabelKeys");
    if (!constraint.matchLabelKeys.empty() && !constraint.labelSelector) {
        errors.forbidden(at, "must not be specified when labelSelector is not set");
    }
    for (std::size_t i = 0; i < constraint.matchLabelKeys.size(); ++i) {
        const std::string& key = constraint.matchLabelKeys[i];
        errors.check(at.index(i), key, qualified_name);
        if (selects(*constraint.labelSelector, key)) {
            errors.invalid(at.index(i), go_quoted(key), "exists in both matchLabelKeys and labelSelector");
        }
    }
}

}  // namespace

void validate_node_selector(const NodeSelector& selector, const Path& path, Errors& errors) {
    const Path at = path.child("nodeSelectorTerms");
    if (selector.nodeSelectorTerms.empty()) {
        errors.required(at, "must have at least one node selector term");
    }
    for (std::size_t i = 0; i < selector.nodeSelectorTerms.size(); ++i) {
        validate_node_term(selector.nodeSelectorTerms[i], at.index(i), errors);
    }
}

void validate_affinity(const Affinity& affinity, const Path& path, Errors& errors) {
    if (affinity.nodeAffinity)
        validate_node_affinity(*affinity.nodeAffinity, path.child("nodeAffinity"), errors);
    if (affinity.podAffinity) validate_pod_affinity(*affinity.podAffinity, path.child("podAffinity"), errors);
    if (affinity.podAntiAffinity) {
        validate_pod_affinity(*affinity.podAntiAffinity, path.child("podAntiAffinity"), errors);
    }
}

void validate_tolerations(const std::vector<Toleration>& tolerations, const Path& path, Errors& errors) {
    for (std::size_t i = 0; i < tolerations.size(); ++i) {
        const Toleration& toleration = tolerations[i];
        const Path at = path.index(i);
        const std::string& comparison = toleration.operator_;
        if (!toleration.key.empty()) errors.check(at.child("key"), toleration.key, qualified_name);
        if (toleration.key.empty() && comparison != "Exists") {
            errors.invalid(
                at.child("operator"), go_quoted(comparison),
                "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
        }
        if (toleration.tolerationSeconds && toleration.effect != "NoExecute") {
            errors.invalid(at.child("effect"), go_quoted(toleration.effect),
                           "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
        if (comparison.empty() || comparison == "Equal") {
            const Complaints complaints = label_value(toleration.value);
            if (!complaints.empty()) {
                errors.invalid(at.child("operator"), go_quoted(toleration.value), joined(complaints, ";"));
            }
        } else if (comparison == "Exists") {
            if (!toleration.value.empty()) {
                errors.invalid(at.child("operator"), go_quoted(toleration.value),
                               "value must be empty when `operator` is 'Exists'");
            }
        } else {
            errors.unsupported(at.child("operator"), go_quoted(comparison), {"Equal", "Exists"});
        }
        if (!toleration.effect.empty()) {
            errors.one_of(at.child("effect"), toleration.effect,
                          {"NoSchedule", "PreferNoSchedule", "NoExecute"});
        }
    }
}

void validate_spread(const std::vector<TopologySpreadConstraint>& constraints, const Path& path,
                     Errors& errors) {
    for (std::size_t i = 0; i < constraints.size(); ++i) {
        const TopologySpreadConstraint& constraint = constraints[i];
        const Path at = path.index(i);
        if (constraint.maxSkew <= 0) errors.invalid(at.child("maxSkew"), constraint.maxSkew, kPositive);
        if (constraint.topologyKey.empty()) errors.required(at.child("topologyKey"), "can not be empty");
        errors.one_of(at.child("whenUnsatisfiable"), constraint.whenUnsatisfiable,
                      {"DoNotSchedule", "ScheduleAnyway"});
        const std::string pair = "{" + constraint.topologyKey + ", " + constraint.whenUnsatisfiable + "}";
        for (std::size_t j = i + 1; j < constraints.size(); ++j) {
            if (constraints[j].topologyKey != constraint.topologyKey ||
                constraints[j].whenUnsatisfiable != constraint.whenUnsatisfiable) {
                continue;
            }
            errors.duplicate(at.child("{topologyKey, whenUnsatisfiable}"), go_quoted(pair));
            break;
        }
        if (constraint.minDomains) {
            if (*constraint.minDomains <= 0)
                errors.invalid(at.child("minDomains"), *constraint.minDomains, kPositive);
            if (constraint.whenUnsatisfiable != "DoNotSchedule") {
                errors.invalid(at.child("minDomains"), *constraint.minDomains,
                               "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not " +
                                   constraint.whenUnsatisfiable);
            }
        }
        if (constraint.nodeAffinityPolicy) {
            errors.one_of(at.child("nodeAffinityPolicy"), *constraint.nodeAffinityPolicy,
                          {"Honor", "Ignore"});
        }
        if (constraint.nodeTaintsPolicy) {
            errors.one_of(at.child("nodeTaintsPolicy"), *constraint.nodeTaintsPolicy, {"Honor", "Ignore"});
        }
        validate_spread_keys(constraint, at, errors);
        if (constraint.labelSelector) {
            validate_label_selector(*constraint.labelSelector, at.child("labelSelector"), errors);
        }
    }
}

}  // namespace kubetab::api
