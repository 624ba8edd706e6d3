#include "engine/api/core/resource_quota.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<ScopedResourceSelectorRequirement>::doc =
    "One condition on what a quota counts, such as the priority classes of pods.";

std::span<const Field> Describe<ScopedResourceSelectorRequirement>::fields() {
    using T = ScopedResourceSelectorRequirement;
    static const std::vector<Field> table{
        field<T>("operator", &T::operator_).required().always()
            .one_of("DoesNotExist|Exists|In|NotIn")
            .documented("How the scope is compared: In, NotIn, Exists or DoesNotExist."),
        field<T>("scopeName", &T::scopeName).required().always()
            .one_of("BestEffort|CrossNamespacePodAffinity|NotBestEffort|NotTerminating|PriorityClass|Terminating")
            .documented("The scope that is looked at."),
        field<T>("values", &T::values)
            .documented("The values that In and NotIn compare with."),
    };
    return table;
}

const std::string_view Describe<ScopeSelector>::doc = "Conditions that all hold for what a quota counts.";

std::span<const Field> Describe<ScopeSelector>::fields() {
    using T = ScopeSelector;
    static const std::vector<Field> table{
        field<T>("matchExpressions", &T::matchExpressions)
            .documented("The conditions."),
    };
    return table;
}

const std::string_view Describe<ResourceQuotaSpec>::doc = "How much of each resource a namespace may use.";

std::span<const Field> Describe<ResourceQuotaSpec>::fields() {
    using T = ResourceQuotaSpec;
    static const std::vector<Field> table{
        field<T>("hard", &T::hard)
            .documented("The most that all objects of the namespace may use together, by resource."),
        field<T>("scopeSelector", &T::scopeSelector)
            .documented("Narrows what is counted by conditions on scopes."),
        field<T>("scopes", &T::scopes)
            .documented("Narrows what is counted to objects that every scope listed here holds for."),
    };
    return table;
}

const std::string_view Describe<ResourceQuotaStatus>::doc = "What a quota enforces and what is used of it.";

std::span<const Field> Describe<ResourceQuotaStatus>::fields() {
    using T = ResourceQuotaStatus;
    static const std::vector<Field> table{
        field<T>("hard", &T::hard)
            .documented("The bounds that are enforced now."),
        field<T>("used", &T::used)
            .documented("What the objects of the namespace use now, by resource."),
    };
    return table;
}

const std::string_view Describe<ResourceQuota>::doc =
    "A ResourceQuota bounds what all objects of a namespace may use together.";

std::span<const Field> Describe<ResourceQuota>::fields() {
    using T = ResourceQuota;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("What you want: the bounds of what all objects together may ask for."),
        field<T>("status", &T::status)
            .documented("What is enforced and used; the server and the quota controller keep it."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
