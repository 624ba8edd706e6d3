// Cloud: the simulated cloud that a cluster may run in: load balancers and machines.
//
// A load balancer takes 30 to 60 seconds to make and 10 to 20 to delete. Its address is one of
// 203.0.113.0/24, which is set aside for documentation, so it is nobody's. What the cloud has is not kept
// with a cluster: a cluster that was kept finds its load balancers there, at the addresses that its services
// say.
#pragma once

#include <map>
#include <set>
#include <string>

#include "engine/controllers/cloud_provider.h"
#include "engine/sim/simulation.h"

namespace kubetab::cluster {

class Cluster;

class Cloud final : public controllers::CloudProvider, public sim::Component {
public:
    struct LoadBalancer {
        api::ObjectKey service{};
        std::string address{};
        Hosts hosts{};  // the nodes that it sends to
        sim::Instant ready{};
        sim::Instant gone{};  // initial: stays
    };

    explicit Cloud(Cluster& cluster);
    ~Cloud() override;
    Cloud(const Cloud&) = delete;
    Cloud& operator=(const Cloud&) = delete;

    // The load balancer that answers at that address now, or null.
    const LoadBalancer* find(const std::string& address) const;
    // Its requests fail, or are answered again.
    void set_answering(bool answering) { answering_ = answering; }
    // The service's load balancer vanishes without a word. False when it has none.
    bool lose_load_balancer(const api::ObjectKey& service);

    base::Result<Progress> ensure_load_balancer(const api::Service& service, const Hosts& hosts) override;
    base::Result<void> update_load_balancer(const api::Service& service, const Hosts& hosts) override;
    base::Result<bool> has_load_balancer(const api::Service& service) const override;
    base::Result<Progress> remove_load_balancer(const api::Service& service) override;
    base::Result<Machine> machine_of(const api::Node& node) const override;

    // Machines come after 60 to 90 seconds, and go after 10 to 30.
    base::Result<void> add_machines(std::int32_t count);
    base::Result<void> remove_machine(const std::string& node);
    std::int32_t machines_arriving() const { return arriving_; }
    std::int32_t machines_leaving() const { return static_cast<std::int32_t>(leaving_.size()); }
    bool is_leaving(const std::string& node) const { return leaving_.contains(node); }

    void handle(const sim::Event& event) override;

    // Unknown while the cloud does not answer.
    base::Result<void> check_answering() const;

private:
    using Balancers = std::map<std::string, LoadBalancer>;  // by the service's uid

    base::Result<std::string> address_for(const api::Service& service);
    bool is_taken(const std::string& address) const;
    sim::Duration some_time(std::int64_t least_seconds, std::int64_t most_seconds);

    Cluster& cluster_;
    sim::ComponentId component_;
    Balancers balancers_{};
    std::int32_t arriving_ = 0;
    std::set<std::string> leaving_{};
    std::set<std::string> lost_{};  // uids of services whose load balancer has vanished
    bool answering_ = true;
    std::int32_t last_host_ = 0;  // of the addresses given out
};

}  // namespace kubetab::cluster
