// upstream: pkg/apis/admissionregistration/validation/validation.go
#include <algorithm>
#include <set>

#include "engine/api/validation/control_plane.h"

namespace kubetab::api {
namespace {

constexpr std::int32_t kLongestTimeout = 30;

std::string in_quotes(const std::string& text) {
    return '"' + text + '"';
}

// A list in which * stands alone.
void check_list(const Path& path, const std::vector<Text>& values, std::string_view what, Errors& errors) {
    if (values.empty()) return errors.required(path);
    const bool all = std::find(values.begin(), values.end(), "*") != values.end();
    if (all && values.size() > 1) {
        std::string printed = "[]string{";
        for (const Text& value : values)
            printed.append(printed.back() == '{' ? "" : ", ").append(in_quotes(value));
        errors.invalid(path, printed + "}", "if '*' is present, must not specify other " + std::string(what));
    }
}

template <class Rule>
void check_rule(const Path& path, const Rule& rule, Errors& errors) {
    check_list(path.child("operations"), rule.operations, "operations", errors);
    for (std::size_t i = 0; i < rule.operations.size(); ++i) {
        errors.one_of(path.child("operations").index(i), rule.operations[i],
                      {"*", "CONNECT", "CREATE", "DELETE", "UPDATE"});
    }
    check_list(path.child("apiGroups"), rule.apiGroups, "API groups", errors);
    check_list(path.child("apiVersions"), rule.apiVersions, "API versions", errors);
    if (rule.resources.empty()) errors.required(path.child("resources"));
    if (rule.scope) errors.one_of(path.child("scope"), *rule.scope, {"*", "Cluster", "Namespaced"});
}

void check_client(const Path& path, const WebhookClientConfig& client, Errors& errors) {
    if (client.url.has_value() == client.service.has_value())
        return errors.required(path, "exactly one of url or service is required");
    if (client.url && !client.url->starts_with("https://")) {
        errors.invalid(path.child("url"), in_quotes(*client.url),
                       "'https' is the only allowed URL scheme; desired format: https://host[/path]");
    }
    if (!client.service) return;
    const Path service = path.child("service");
    if (client.service->name.empty()) errors.required(service.child("name"), "service name is required");
    if (client.service->namespace_.empty())
        errors.required(service.child("namespace"), "service namespace is required");
    const std::int32_t port = client.service->port.value_or(443);
    if (!port_number(port).empty())
        errors.invalid(service.child("port"), port, "port is not valid: " + port_number(port).front());
}

template <class Webhook>
void check_webhook(const Path& path, const Webhook& webhook, Errors& errors) {
    if (webhook.name.empty()) {
        errors.required(path.child("name"));
    } else {
        errors.check(path.child("name"), webhook.name, dns_subdomain);
        if (std::count(webhook.name.begin(), webhook.name.end(), '.') < 2) {
            errors.invalid(path.child("name"), in_quotes(webhook.name),
                           "should be a domain with at least three segments separated by dots");
        }
    }
    if (webhook.admissionReviewVersions.empty()) {
        errors.required(path.child("admissionReviewVersions"), "must specify one of v1, v1beta1");
    }
    for (std::size_t i = 0; i < webhook.rules.size(); ++i)
        check_rule(path.child("rules").index(i), webhook.rules[i], errors);
    if (webhook.failurePolicy) {
        errors.one_of(path.child("failurePolicy"), *webhook.failurePolicy, {"Fail", "Ignore"});
    }
    if (webhook.matchPolicy)
        errors.one_of(path.child("matchPolicy"), *webhook.matchPolicy, {"Equivalent", "Exact"});
    if (webhook.sideEffects) {
        errors.one_of(path.child("sideEffects"), *webhook.sideEffects, {"None", "NoneOnDryRun"});
    } else {
        errors.required(path.child("sideEffects"), "must specify one of None, NoneOnDryRun");
    }
    if (webhook.timeoutSeconds && (*webhook.timeoutSeconds < 1 || *webhook.timeoutSeconds > kLongestTimeout))
        errors.invalid(path.child("timeoutSeconds"), *webhook.timeoutSeconds,
                       "the timeout value must be between 1 and 30 seconds");
    check_client(path.child("clientConfig"), webhook.clientConfig, errors);
}

template <class Webhook>
void check_webhooks(const std::vector<Webhook>& webhooks, Errors& errors) {
    std::set<std::string> names;
    for (std::size_t i = 0; i < webhooks.size(); ++i) {
        const Path path = Path("webhooks").index(i);
        check_webhook(path, webhooks[i], errors);
        if (!webhooks[i].name.empty() && !names.insert(webhooks[i].name).second)
            errors.duplicate(path.child("name"), in_quotes(webhooks[i].name));
    }
}

void check_matching(const Path& path, const MatchResources& match, Errors& errors) {
    for (std::size_t i = 0; i < match.resourceRules.size(); ++i)
        check_rule(path.child("resourceRules").index(i), match.resourceRules[i], errors);
    for (std::size_t i = 0; i < match.excludeResourceRules.size(); ++i)
        check_rule(path.child("excludeResourceRules").index(i), match.excludeResourceRules[i], errors);
}

}  // namespace

void validate_mutating_webhooks(const MutatingWebhookConfiguration& object, Errors& errors) {
    check_webhooks(object.webhooks, errors);
    for (std::size_t i = 0; i < object.webhooks.size(); ++i) {
        const std::optional<Text>& policy = object.webhooks[i].reinvocationPolicy;
        if (policy) {
            errors.one_of(Path("webhooks").index(i).child("reinvocationPolicy"), *policy,
                          {"IfNeeded", "Never"});
        }
    }
}

void validate_validating_webhooks(const ValidatingWebhookConfiguration& object, Errors& errors) {
    check_webhooks(object.webhooks, errors);
}

void validate_admission_policy(const ValidatingAdmissionPolicy& object, Errors& errors) {
    const Path spec("spec");
    if (!object.spec.matchConstraints) {
        errors.required(spec.child("matchConstraints"));
    } else {
        const Path match = spec.child("matchConstraints");
        if (object.spec.matchConstraints->resourceRules.empty())
            errors.required(match.child("resourceRules"));
        check_matching(match, *object.spec.matchConstraints, errors);
    }
    if (object.spec.validations.empty() && object.spec.auditAnnotations.empty()) {
        errors.required(spec.child("validations"),
                        "validations or auditAnnotations must be non-empty; at least one validation or "
                        "auditAnnotation is required");
    }
    for (std::size_t i = 0; i < object.spec.validations.size(); ++i) {
        if (object.spec.validations[i].expression.empty()) {
            errors.required(spec.child("validations").index(i).child("expression"),
                            "expression is not specified");
        }
    }
}

void validate_admission_policy_binding(const ValidatingAdmissionPolicyBinding& object, Errors& errors) {
    const Path spec("spec");
    if (object.spec.policyName.empty()) errors.required(spec.child("policyName"));
    if (object.spec.validationActions.empty()) errors.required(spec.child("validationActions"));
    for (std::size_t i = 0; i < object.spec.validationActions.size(); ++i) {
        errors.one_of(spec.child("validationActions").index(i), object.spec.validationActions[i],
                      {"Audit", "Deny", "Warn"});
    }
    if (object.spec.matchResources)
        check_matching(spec.child("matchResources"), *object.spec.matchResources, errors);
}

}  // namespace kubetab::api
