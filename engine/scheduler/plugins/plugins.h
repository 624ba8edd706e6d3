// The plugins of the default profile, in upstream's order.
#pragma once

#include <memory>
#include <vector>

#include "engine/scheduler/plugin.h"

namespace kubetab::scheduler {

std::vector<std::unique_ptr<Plugin>> default_plugins(Surroundings& surroundings);

std::unique_ptr<Plugin> make_scheduling_gates();
std::unique_ptr<Plugin> make_node_unschedulable();
std::unique_ptr<Plugin> make_node_name();
std::unique_ptr<Plugin> make_taint_toleration(Surroundings& surroundings);
std::unique_ptr<Plugin> make_node_affinity();
std::unique_ptr<Plugin> make_node_ports();
std::unique_ptr<Plugin> make_node_resources_fit();
std::unique_ptr<Plugin> make_volume_restrictions(Surroundings& surroundings);
std::unique_ptr<Plugin> make_volume_limits(Surroundings& surroundings);
std::unique_ptr<Plugin> make_volume_binding(Surroundings& surroundings);
std::unique_ptr<Plugin> make_volume_zone(Surroundings& surroundings);
std::unique_ptr<Plugin> make_pod_topology_spread(Surroundings& surroundings);
std::unique_ptr<Plugin> make_inter_pod_affinity(Surroundings& surroundings);
std::unique_ptr<Plugin> make_node_resources_balanced();
std::unique_ptr<Plugin> make_image_locality(Surroundings& surroundings);

}  // namespace kubetab::scheduler
