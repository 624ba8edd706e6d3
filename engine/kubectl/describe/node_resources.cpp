#include "engine/kubectl/describe/node_resources.h"

#include <limits>
#include <string_view>

namespace kubetab::kubectl::describe {
namespace {

using base::Json;

ResourceSums amounts(const Json* list) {
    ResourceSums result;
    if (list == nullptr || !list->is_object()) return result;
    for (const auto& [name, value] : list->items()) {
        if (!value.is_string()) continue;
        const base::Result<api::Quantity> amount = api::Quantity::parse(value.get<std::string>());
        if (amount.ok()) result[name] = *amount;
    }
    return result;
}

void raise_to(ResourceSums& sums, const ResourceSums& at_least) {
    for (const auto& [name, amount] : at_least) {
        const auto it = sums.find(name);
        if (it == sums.end() || it->second < amount) sums[name] = amount;
    }
}

// The sums of one list, "requests" or "limits".
ResourceSums pod_sums(const Json& spec, std::string_view list) {
    ResourceSums total;
    if (const Json* containers = base::find(spec, "containers");
        containers != nullptr && containers->is_array()) {
        for (const Json& container : *containers)
            add_to(total, amounts(base::find(container, {"resources", list})));
    }
    ResourceSums sidecars;
    ResourceSums init_peak;
    if (const Json* init = base::find(spec, "initContainers"); init != nullptr && init->is_array()) {
        for (const Json& container : *init) {
            ResourceSums wanted = amounts(base::find(container, {"resources", list}));
            if (base::text_at(container, {"restartPolicy"}) == "Always") {
                add_to(total, wanted);
                add_to(sidecars, wanted);
                wanted = sidecars;
            } else {
                add_to(wanted, sidecars);
            }
            raise_to(init_peak, wanted);
        }
    }
    raise_to(total, init_peak);
    const ResourceSums overhead = amounts(base::find(spec, "overhead"));
    for (const auto& [name, amount] : overhead) {
        if (list == "requests" || total.contains(name)) add_to(total, {{name, amount}});
    }
    return total;
}

}  // namespace

RequestsAndLimits pod_resources(const Json& pod) {
    const Json* spec = base::find(pod, "spec");
    if (spec == nullptr) return {};
    return {pod_sums(*spec, "requests"), pod_sums(*spec, "limits")};
}

void add_to(ResourceSums& sums, const ResourceSums& more) {
    for (const auto& [name, amount] : more) {
        const auto it = sums.find(name);
        if (it == sums.end()) {
            sums[name] = amount;
        } else {
            it->second = it->second + amount;
        }
    }
}

std::int64_t percent(const std::string& resource, const api::Quantity& amount, const api::Quantity& whole) {
    const bool is_cpu = resource == "cpu";
    const std::int64_t part = is_cpu ? amount.milli() : amount.units();
    const std::int64_t all = is_cpu ? whole.milli() : whole.units();
    if (all <= 0) return 0;
    constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max() / 100;
    return part <= kLargest ? part * 100 / all : part / (all / 100 + 1);
}

}  // namespace kubetab::kubectl::describe
