// upstream: pkg/apis/core/validation/validation.go [ValidateResourceQuotaSpec]

#include <algorithm>
#include <set>

#include "engine/api/resource_names.h"
#include "engine/api/validation/limits.h"
#include "engine/api/validation/resource_names.h"

namespace kubetab::api {
namespace {

constexpr std::string_view kBestEffort = "BestEffort";
constexpr std::string_view kPriorityClass = "PriorityClass";
constexpr std::string_view kScopes[] = {"Terminating",   "NotTerminating", kBestEffort,
                                        "NotBestEffort", kPriorityClass,   "CrossNamespacePodAffinity"};
constexpr std::string_view kOfPods[] = {"cpu",           "memory",       "limits.cpu",
                                        "limits.memory", "requests.cpu", "requests.memory"};

bool is_scope(std::string_view scope) {
    return std::find(std::begin(kScopes), std::end(kScopes), scope) != std::end(kScopes);
}

// upstream: IsResourceQuotaScopeValidForResource
bool scope_fits(std::string_view scope, std::string_view resource) {
    if (!is_scope(scope) || resource == "pods" || !is_standard_quota_resource(resource)) return true;
    return scope != kBestEffort &&
           std::find(std::begin(kOfPods), std::end(kOfPods), resource) != std::end(kOfPods);
}

std::string printed_scopes(const Texts& scopes) {
    constexpr std::string_view kType = "[]core.ResourceQuotaScope";
    if (scopes.empty()) return std::string(kType) + "(nil)";
    std::string text;
    for (const Text& scope : scopes) text += (text.empty() ? "" : ", ") + go_quoted(scope);
    return std::string(kType) + "{" + text + "}";
}

std::string printed_selector(const ScopeSelector& selector) {
    std::string text;
    for (const ScopedResourceSelectorRequirement& each : selector.matchExpressions) {
        text += (text.empty() ? "" : ", ") +
                std::string("core.ScopedResourceSelectorRequirement{ScopeName:") + go_quoted(each.scopeName) +
                ", Operator:" + go_quoted(each.operator_) + ", Values:" + go_text(each.values) + "}";
    }
    return "core.ScopeSelector{MatchExpressions:[]core.ScopedResourceSelectorRequirement{" + text + "}}";
}

void validate_fit(std::string_view scope, const ResourceQuotaSpec& spec, const Path& path,
                  const std::string& printed, Errors& errors) {
    for (const auto& [resource, quantity] : spec.hard) {
        if (!scope_fits(scope, resource))
            errors.invalid(path, printed, "unsupported scope applied to resource");
    }
}

void validate_pairs(const std::set<std::string>& scopes, const Path& path, const ResourceQuotaSpec& spec,
                    Errors& errors) {
    for (const std::string scope : {"BestEffort", "Terminating"}) {
        if (scopes.contains(scope) && scopes.contains("Not" + scope))
            errors.invalid(path, printed_scopes(spec.scopes), "conflicting scopes");
    }
}

void validate_scopes(const ResourceQuotaSpec& spec, const Path& path, Errors& errors) {
    std::set<std::string> scopes;
    const std::string printed = printed_scopes(spec.scopes);
    for (const Text& scope : spec.scopes) {
        if (!is_scope(scope)) errors.invalid(path, printed, "unsupported scope");
        validate_fit(scope, spec, path, printed, errors);
        scopes.insert(scope);
    }
    validate_pairs(scopes, path, spec, errors);
}

void validate_operator(const ScopedResourceSelectorRequirement& each, const Path& path, Errors& errors) {
    const bool only_exists = is_scope(each.scopeName) && each.scopeName != kPriorityClass;
    if (only_exists && each.operator_ != "Exists") {
        errors.invalid(path.child("operator"), go_quoted(each.operator_),
                       "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, "
                       "ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, "
                       "ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity");
    }
    if (each.operator_ == "In" || each.operator_ == "NotIn") {
        if (!each.values.empty()) return;
        errors.required(path.child("values"),
                        "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
    } else if (each.operator_ == "Exists" || each.operator_ == "DoesNotExist") {
        if (each.values.empty()) return;
        errors.invalid(path.child("values"), go_text(each.values),
                       "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
    } else {
        errors.invalid(path.child("operator"), go_quoted(each.operator_), "not a valid selector operator");
    }
}

void validate_selector(const ResourceQuotaSpec& spec, const Path& path, Errors& errors) {
    std::set<std::string> scopes;
    for (const ScopedResourceSelectorRequirement& each : spec.scopeSelector->matchExpressions) {
        if (!is_scope(each.scopeName))
            errors.invalid(path.child("scopeName"), go_quoted(each.scopeName), "unsupported scope");
        validate_fit(each.scopeName, spec, path, printed_selector(*spec.scopeSelector), errors);
        validate_operator(each, path, errors);
        scopes.insert(each.scopeName);
    }
    validate_pairs(scopes, path, spec, errors);
}

void validate_quota_amounts(const base::FlatMap<Quantity>& amounts, const Path& path, Errors& errors) {
    for (const auto& [name, quantity] : amounts) {
        const Path at = path.key(name);
        validate_quota_resource_name(name, at, errors);
        if (quantity.sign() < 0) errors.invalid(at, go_quoted(quantity.text()), kNotNegative);
        if (is_integer_resource(name) && quantity.milli() % 1000 != 0)
            errors.invalid(at, go_text(quantity), "must be an integer");
    }
}

}  // namespace

void validate_resource_quota(const ResourceQuota& object, Errors& errors) {
    const Path spec("spec");
    validate_quota_amounts(object.spec.hard, spec.child("hard"), errors);
    validate_scopes(object.spec, spec.child("scopes"), errors);
    validate_selector(object.spec, spec.child("scopeSelector").child("matchExpressions"), errors);
}

void validate_resource_quota_update(const ResourceQuota& now, const ResourceQuota& old, Errors& errors) {
    validate_resource_quota(now, errors);
    const std::set<std::string> before(old.spec.scopes.begin(), old.spec.scopes.end());
    const std::set<std::string> after(now.spec.scopes.begin(), now.spec.scopes.end());
    if (before == after) return;
    errors.invalid(Path("spec").child("scopes"), printed_scopes(now.spec.scopes), kImmutable);
}

void validate_resource_quota_status(const ResourceQuota& now, const ResourceQuota&, Errors& errors) {
    validate_quota_amounts(now.status.hard, Path("status").child("hard"), errors);
    validate_quota_amounts(now.status.used, Path("status").child("used"), errors);
}

}  // namespace kubetab::api
