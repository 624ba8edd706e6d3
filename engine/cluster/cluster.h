// Cluster: wires the control plane and the nodes together, and causes faults. The composition root of the
// engine.
//
// Owns everything: simulation, server, controllers, scheduler, kubelets. Everything else holds references
// that the Cluster outlives. Same spec and same calls at the same instants give the same cluster.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/kinds.h"
#include "engine/api/transport.h"
#include "engine/base/status.h"
#include "engine/client/controller.h"
#include "engine/client/informer.h"
#include "engine/cluster/autoscaler.h"
#include "engine/cluster/cloud.h"
#include "engine/cluster/cluster_spec.h"
#include "engine/cluster/faults/door.h"
#include "engine/cluster/faults/front_door.h"
#include "engine/controllers/service_account_tokens.h"
#include "engine/node/kubelet.h"
#include "engine/runtime/executables.h"
#include "engine/scheduler/scheduler.h"
#include "engine/server/rest/rest.h"
#include "engine/server/server.h"
#include "engine/sim/simulation.h"

namespace kubetab::cluster {

class ClusterNetwork;  // see network/cluster_network.h
class FaultBoard;      // see faults/fault_board.h

enum class Link { Connected, Cut };

// The ways to the API server that faults can disturb.
struct Doors {
    Door controllers;
    Door scheduler;
    Door nodes;
};

class Cluster : private server::KubeletAccess, private controllers::TokenMaker {
public:
    // `kept` is what a cluster left that ended: then nothing is made anew, and no time passes before anybody
    // looks. Its machines were off meanwhile: kubelets find their pods without containers, and start them.
    explicit Cluster(const ClusterSpec& spec, store::Store kept = store::Store(),
                     std::unique_ptr<api::CustomKinds> custom_kinds = std::make_unique<api::CustomKinds>());
    ~Cluster() override;
    Cluster(const Cluster&) = delete;
    Cluster& operator=(const Cluster&) = delete;

    const ClusterSpec& spec() const { return spec_; }
    sim::Simulation& simulation() { return simulation_; }
    const sim::Simulation& simulation() const { return simulation_; }
    sim::Instant now() const { return simulation_.now(); }
    const store::Store& store() const { return server_.store(); }
    api::ApiServer& server() { return server_; }
    // The observer outlives the cluster, or null takes it off.
    void observe(store::Observer* observer) { server_.observe(observer); }
    // The door for kubectl.
    api::Transport& transport() { return front_; }
    // The same for clients that say who they are.
    server::Rest& rest() { return rest_; }
    const scheduler::Scheduler& scheduler() const { return *scheduler_; }
    const std::vector<std::unique_ptr<client::Controller>>& controllers() const { return controllers_; }

    // The cloud that the cluster runs in, or null.
    Cloud* cloud() { return cloud_.get(); }
    const Cloud* cloud() const { return cloud_.get(); }

    // Every fault there is, by name; and what each of them acts on.
    FaultBoard& faults() { return *faults_; }
    const FaultBoard& faults() const { return *faults_; }
    Doors& doors() { return doors_; }
    FrontDoor& front_door() { return front_; }
    runtime::Platform& platform() { return platform_; }
    // What pods, nodes and the learner's machine reach.
    runtime::Network& network() { return *platform_.network; }
    // A machine's kubelet, or null.
    node::Kubelet* kubelet(const std::string& node);
    const node::Kubelet* kubelet(const std::string& node) const;
    void set_scheduler_running(bool running) { scheduler_->set_running(running && spec_.scheduler); }

    // Faults. A name that is no node, or a pod that is not running, is NotFound.
    base::Result<void> stop_node(const std::string& name);
    base::Result<void> start_node(const std::string& name);
    base::Result<void> partition_node(const std::string& name, Link link);
    // The kubelet's process ends and the node's containers run on, until start_node().
    base::Result<void> crash_kubelet(const std::string& name);
    // The controller manager stops, or goes on with what it has missed.
    void set_controllers_running(bool running);
    // Downloads of images take so many times as long as usual.
    void slow_registry(std::int64_t factor) { platform_.registry.slow_down(factor); }
    // `container` may be empty: then the first one.
    base::Result<void> crash_container(const api::ObjectKey& pod, const std::string& container);
    // Adds the next worker and returns its name.
    std::string add_node();
    // The machine is gone for ever; its faults end. Its Node, if there is one, stays.
    void remove_machine(const std::string& name);
    // The names of all machines, whether the API knows them or not.
    std::vector<std::string> machines() const;
    // True when the node's machine is switched on.
    bool node_running(const std::string& name) const;
    // True when the node's machine and the control plane can reach each other.
    bool node_connected(const std::string& name) const;

    // Makes objects before anybody acts, e.g. those a lesson begins with: the documents of a YAML text.
    base::Result<void> apply_given(std::string_view yaml);
    // The last lines of a container's log; "" when there is none.
    std::string log_of(const api::ObjectKey& pod, const std::string& container, int tail_lines) const;

    // Equal for equal worlds: all objects, the clock and the number of events run.
    std::uint64_t digest() const;

private:
    base::Result<std::string> read_log(const api::Pod& pod, const server::LogOptions& options) override;
    base::Result<std::unique_ptr<api::LogStream>> follow_log(const api::Pod& pod,
                                                             const server::LogOptions& options) override;
    base::Result<std::unique_ptr<sim::Process>> connect(const api::Pod& pod,
                                                        const server::ConnectOptions& options) override;
    base::Result<std::unique_ptr<api::PortForward>> forward(const api::Pod& pod) override;
    base::Result<server::ForwardedAnswer> ask_pod(const api::Pod& pod,
                                                  const server::ForwardedRequest& request) override;
    base::Result<server::ForwardedAnswer> ask_node(const api::Node& node,
                                                   const server::ForwardedRequest& request) override;
    std::optional<server::ContainerUsage> usage(const api::Pod& pod,
                                                const std::string& container) const override;
    std::string secret_token(const api::ServiceAccount& account, const api::Secret& secret) override {
        return rest_.tokens().secret_token(account, secret);
    }
    bool component_answers(std::string_view component) const override;
    void start_kubelet(node::NodeSpec spec);

    ClusterSpec spec_;
    sim::Simulation simulation_;
    server::Server server_;
    server::Rest rest_;
    FrontDoor front_;
    Doors doors_;
    std::unique_ptr<ClusterNetwork> network_;
    runtime::Platform platform_{};
    std::unique_ptr<Cloud> cloud_{};
    std::unique_ptr<client::InformerFactory> informers_{};
    std::vector<std::unique_ptr<client::Controller>> controllers_{};
    bool controllers_running_ = true;
    std::unique_ptr<scheduler::Scheduler> scheduler_{};
    std::unique_ptr<Autoscaler> autoscaler_{};
    std::map<std::string, std::unique_ptr<node::Kubelet>> kubelets_{};
    std::vector<std::unique_ptr<node::Kubelet>>
        scrapped_{};  // whoever follows a log may still hold on to one
    int nodes_added_ = 0;
    std::unique_ptr<FaultBoard> faults_{};
};

}  // namespace kubetab::cluster
