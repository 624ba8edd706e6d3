// Autoscaler: the cluster autoscaler of a simulated cloud: more machines when pods wait that would fit on
// one, fewer when what runs on one fits elsewhere.
//
// Looks every 10 s. All machines are one node group, and all of it is upstream's usual settings: a node that
// is asked for less than half goes after ten minutes, none within ten minutes of the last addition.
// upstream: kubernetes/autoscaler cluster-autoscaler/core/{static_autoscaler.go,scaleup,scaledown}
// differs: a new machine is judged by what the cloud says of its kind and not by a node that is there; there
// is no ConfigMap cluster-autoscaler-status, because it would be written with every look; pods of daemon sets
// are not evicted before their machine goes.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/api/cloud_choice.h"
#include "engine/client/client.h"
#include "engine/client/event_recorder.h"
#include "engine/client/informer.h"
#include "engine/scheduler/trial.h"
#include "engine/sim/simulation.h"

namespace kubetab::cluster {

class Cluster;

class Autoscaler final : public sim::Component {
public:
    Autoscaler(Cluster& cluster, client::ApiServer& server, client::InformerFactory& informers);
    ~Autoscaler() override;
    Autoscaler(const Autoscaler&) = delete;
    Autoscaler& operator=(const Autoscaler&) = delete;

    void handle(const sim::Event& event) override;

private:
    using PodRef = api::Ref<api::Pod>;
    // A node on its way out.
    struct Removal {
        sim::Instant begun{};
        bool drained = false;  // every pod that must go has been asked to
        bool empty = false;    // there was none
    };

    std::int32_t size() const;
    void look();
    bool scale_up();
    std::vector<PodRef> waiting_pods() const;
    std::vector<PodRef> without_place(scheduler::Trial& trial, std::vector<PodRef> pods) const;
    // Adds a machine that might come and what daemon sets would run there; returns its name.
    std::string add_template(scheduler::Trial& trial, std::int32_t number) const;
    std::vector<PodRef> fitting_new_machines(scheduler::Trial& trial, const std::vector<PodRef>& pods,
                                             std::int32_t most, std::int32_t& machines) const;
    void refuse(const std::vector<PodRef>& pods, const std::string& reason);

    void find_unneeded();
    bool is_removable(scheduler::Trial& trial, const api::Node& node, bool& empty) const;
    bool move_pods(scheduler::Trial& trial, const std::string& node, const std::vector<PodRef>& pods) const;
    void remove_unneeded();
    void begin_removal(const std::string& node, bool empty);
    void continue_removals();
    bool drain(const std::string& node, Removal& removal);
    void give_up_removal(const std::string& node, const std::string& why);
    void set_taint(const std::string& node, std::string_view key, std::string_view effect, bool wanted);
    void say_of_node(const std::string& node, client::EventType type, std::string_view reason,
                     std::string message);

    Cluster& cluster_;
    client::Client client_;
    client::InformerFactory& informers_;
    client::Informer<api::Node>& nodes_;
    client::Informer<api::Pod>& pods_;
    client::EventRecorder events_;
    sim::ComponentId component_;
    // Of nodes that are not needed, since when; true: nothing has to move.
    struct Unneeded {
        sim::Instant since{};
        bool empty = false;
    };
    std::map<std::string, Unneeded> unneeded_{};
    std::map<std::string, Removal> removals_{};
    sim::Instant added_{};      // when machines were asked for last
    sim::Instant failed_up_{};  // when the cloud refused that
    sim::Instant failed_down_{};
};

}  // namespace kubetab::cluster
