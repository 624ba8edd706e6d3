#include <algorithm>

#include "engine/api/quantity.h"
#include "engine/base/duration_text.h"
#include "engine/base/ensure.h"
#include "engine/cluster/faults/fault.h"

namespace kubetab::cluster {

const std::vector<Fault>& faults() {
    static const std::vector<Fault> all = [] {
        std::vector<Fault> made;
        add_node_power_faults(made);
        add_node_faults(made);
        add_container_faults(made);
        add_registry_faults(made);
        add_control_plane_faults(made);
        add_api_faults(made);
        add_volume_faults(made);
        add_cloud_faults(made);
        add_upgrade_faults(made);
        return made;
    }();
    return all;
}

const Fault* find_fault(std::string_view name) {
    const auto found = std::find_if(faults().begin(), faults().end(),
                                    [&](const Fault& fault) { return fault.name == name; });
    return found == faults().end() ? nullptr : &*found;
}

std::string_view name_of(ActsOn target) {
    switch (target) {
        case ActsOn::Node: return "node";
        case ActsOn::Pod: return "pod";
        case ActsOn::Image: return "image";
        case ActsOn::Claim: return "persistentvolumeclaim";
        case ActsOn::Service: return "service";
        case ActsOn::Cluster: break;
    }
    return "";
}

std::int64_t FaultUse::number(const std::string& name) const {
    return std::stoll(value(name));  // Digits, because it was checked.
}

sim::Duration FaultUse::duration(const std::string& name) const {
    const base::Result<std::int64_t> parsed = base::parse_duration(value(name));
    ENSURE(parsed.ok());
    return {*parsed};
}

std::int64_t FaultUse::quantity(const std::string& name) const {
    const base::Result<api::Quantity> parsed = api::Quantity::parse(value(name));
    ENSURE(parsed.ok());
    return parsed->units();
}

}  // namespace kubetab::cluster
