#include "engine/scheduler/plugins/plugins.h"

#include <algorithm>

namespace kubetab::scheduler {

// upstream: pkg/scheduler/apis/config/v1/default_plugins.go
// PrioritySort is the order of the queue, DefaultPreemption stands in preemption.h, DefaultBinder is
// Client::bind.
std::vector<std::unique_ptr<Plugin>> default_plugins(Surroundings& surroundings) {
    std::vector<std::unique_ptr<Plugin>> plugins;
    plugins.push_back(make_scheduling_gates());
    plugins.push_back(make_node_unschedulable());
    plugins.push_back(make_node_name());
    plugins.push_back(make_taint_toleration(surroundings));
    plugins.push_back(make_node_affinity());
    plugins.push_back(make_node_ports());
    plugins.push_back(make_node_resources_fit());
    plugins.push_back(make_volume_restrictions(surroundings));
    plugins.push_back(make_volume_limits(surroundings));
    plugins.push_back(make_volume_binding(surroundings));
    plugins.push_back(make_volume_zone(surroundings));
    plugins.push_back(make_pod_topology_spread(surroundings));
    plugins.push_back(make_inter_pod_affinity(surroundings));
    plugins.push_back(make_node_resources_balanced());
    plugins.push_back(make_image_locality(surroundings));
    return plugins;
}

void normalise_to_largest(std::span<std::int64_t> scores, Scale scale) {
    std::int64_t largest = 0;
    for (const std::int64_t score : scores) largest = std::max(largest, score);
    // Many nodes have the same number in a row: it is divided once.
    std::int64_t last = 0;
    std::int64_t last_score = scale == Scale::Reversed ? kMaxNodeScore : 0;
    for (std::int64_t& score : scores) {
        if (score != last) {
            last = score;
            last_score = kMaxNodeScore * score / largest;
            if (scale == Scale::Reversed) last_score = kMaxNodeScore - last_score;
        }
        score = last_score;
    }
}

}  // namespace kubetab::scheduler
