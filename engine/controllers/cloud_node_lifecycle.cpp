#include "engine/controllers/cloud_node_lifecycle.h"

#include "engine/api/pod_status.h"
#include "engine/controllers/node_taints.h"

namespace kubetab::controllers {
namespace {

constexpr sim::Duration kMonitorPeriod = sim::seconds(5);
constexpr std::string_view kShutdown = "node.cloudprovider.kubernetes.io/shutdown";

}  // namespace

CloudNodeLifecycleController::CloudNodeLifecycleController(sim::Simulation& simulation,
                                                           client::InformerFactory& informers,
                                                           const CloudProvider& cloud)
    : Controller(simulation, informers.server(), "cloud-node-lifecycle-controller"),
      nodes_(informers.of<api::Node>()),
      cloud_(cloud),
      events_(simulation, client_, name()) {
    look_again();
}

void CloudNodeLifecycleController::look_again() {
    simulation_.schedule({.component = component_,
                          .after = kMonitorPeriod,
                          .kind = kFirstOwnEvent,
                          .cadence = sim::Cadence::Heartbeat});
}

// upstream: MonitorNodes
void CloudNodeLifecycleController::handle_own(const sim::Event&) {
    for (const api::Ref<api::Node>& node : nodes_.all()) {
        const bool ready = api::is_condition_true(node->status.conditions, "Ready");
        if (!ready || has_taint(*node, kShutdown, kNoSchedule))
            enqueue(api::ObjectKey::of(node->metadata), 0);
    }
    look_again();
}

base::Result<client::Requeue> CloudNodeLifecycleController::reconcile(const api::ObjectKey& key) {
    const api::Ref<api::Node> node = nodes_.find(key);
    if (!node) return client::Requeue::none();
    const bool ready = api::is_condition_true(node->status.conditions, "Ready");
    const CloudProvider::Machine machine =
        ready ? CloudProvider::Machine::Running : TRY(cloud_.machine_of(*node));
    if (machine == CloudProvider::Machine::Gone) {
        events_.record(*node,
                       {client::EventType::Normal, "DeletingNode",
                        "Deleting node " + key.name + " because it does not exist in the cloud provider"});
        client_.because("the cloud has no such machine");
        TRY(client_.remove<api::Node>(key));
        return client::Requeue::none();
    }
    const bool off = machine == CloudProvider::Machine::Off;
    if (off == has_taint(*node, kShutdown, kNoSchedule) || (!off && !ready)) return client::Requeue::none();
    api::Node next = *node;
    if (off) add_taint(next.spec.taints, kShutdown, kNoSchedule, {});
    else remove_taint(next.spec.taints, kShutdown, kNoSchedule);
    client_.because(off ? "the cloud says that the machine is off" : "the node is ready again");
    TRY(client_.update(std::move(next)));
    return client::Requeue::none();
}

}  // namespace kubetab::controllers
