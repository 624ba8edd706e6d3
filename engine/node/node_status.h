// NodeReporter: the Node object of a machine, its conditions, and the Lease that says it is alive.
//
// upstream: pkg/kubelet/kubelet_node_status.go, nodestatus/setters.go; component-helpers apimachinery/lease
#pragma once

#include <string>

#include "engine/node/image_manager.h"
#include "engine/node/node_context.h"

namespace kubetab::node {

inline constexpr sim::Duration kLeaseInterval = sim::seconds(10);
inline constexpr sim::Duration kStatusInterval = sim::seconds(10);
inline constexpr sim::Duration kReportInterval = sim::minutes(5);  // at the latest, when nothing changes

class NodeReporter {
public:
    explicit NodeReporter(NodeContext& context);

    // The kubelet has started: creates the Node or takes over the one that exists, with the events of a
    // start.
    void start();
    // Renews the lease. Makes it when it is missing.
    void renew_lease();
    // Writes the node's status when something has changed, or when the last report is old.
    void report();
    // Looks now and then whether images should go. Nothing fills a disk here, but a hollow node has none.
    void collect_images();
    // The machine was switched off: it gets another boot id.
    void power_lost() { rebooted_ = true; }

private:
    api::Node make_node() const;
    void fill_status(api::NodeStatus& status) const;
    void set_conditions(api::NodeStatus& status) const;
    void record(client::EventType type, std::string reason, std::string message) const;

    NodeContext& context_;
    std::string machine_id_{};
    std::string boot_id_{};
    bool rebooted_ = false;
    sim::Instant reported_{};
    sim::Instant collected_{};
};

}  // namespace kubetab::node
