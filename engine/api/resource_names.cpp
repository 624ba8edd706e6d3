#include "engine/api/resource_names.h"

#include <algorithm>
#include <string>

#include "engine/api/validation/name_rules.h"

namespace kubetab::api {
namespace {

// Objects that a quota counts by a name of their own.
constexpr std::string_view kCounted[] = {"configmaps",
                                         "persistentvolumeclaims",
                                         "pods",
                                         "replicationcontrollers",
                                         "resourcequotas",
                                         "secrets",
                                         "services",
                                         "services.loadbalancers",
                                         "services.nodeports"};
constexpr std::string_view kAmounts[] = {"requests.cpu",
                                         "requests.memory",
                                         "requests.storage",
                                         "limits.cpu",
                                         "limits.memory",
                                         "requests.ephemeral-storage",
                                         "limits.ephemeral-storage"};

template <class Names>
bool is_among(std::string_view name, const Names& names) {
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

}  // namespace

bool is_native_resource(std::string_view name) {
    return name.find('/') == std::string_view::npos || name.find("kubernetes.io/") != std::string_view::npos;
}

bool is_extended_resource(std::string_view name) {
    return !is_native_resource(name) && !name.starts_with("requests.") &&
           qualified_name("requests." + std::string(name)).empty();
}

bool may_overcommit(std::string_view name) {
    return is_native_resource(name) && !name.starts_with("hugepages-");
}

bool is_standard_container_resource(std::string_view name) {
    return name == "cpu" || name == "memory" || name == "ephemeral-storage" || name.starts_with("hugepages-");
}

bool is_standard_quota_resource(std::string_view name) {
    return is_standard_container_resource(name) || name.starts_with("requests.hugepages-") ||
           is_among(name, kCounted) || is_among(name, kAmounts);
}

bool is_standard_resource(std::string_view name) {
    return name == "storage" || is_standard_quota_resource(name);
}

bool is_integer_resource(std::string_view name) {
    return is_among(name, kCounted) || is_extended_resource(name);
}

}  // namespace kubetab::api
