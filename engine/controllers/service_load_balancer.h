// Service controller of a cloud-controller-manager: services of type LoadBalancer get a load balancer of the
// cloud, which is given back before they go or become of another type.
//
// A key is a service, or "" for all of them when the nodes behind load balancers have changed. While the
// cloud works for a service, what happens to the service waits, as it does for upstream's worker. Services
// that name a loadBalancerClass are somebody else's.
//
// watches:  services; nodes
// writes:   services (finalizer), services/status, events
// upstream: staging/src/k8s.io/cloud-provider/controllers/service/controller.go
#pragma once

#include <map>

#include "engine/client/controller.h"
#include "engine/client/event_recorder.h"
#include "engine/client/informer.h"
#include "engine/controllers/cloud_provider.h"

namespace kubetab::controllers {

class ServiceLoadBalancerController : public client::Controller {
public:
    // The cloud outlives it.
    ServiceLoadBalancerController(sim::Simulation& simulation, client::InformerFactory& informers,
                                  CloudProvider& cloud);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    enum class Work : std::uint8_t { None, Making, Deleting };
    struct Sync {
        api::Ref<api::Service> service{};  // as it was when the cloud was asked last
        CloudProvider::Hosts hosts{};      // behind its load balancer
        std::string hosts_digest{};
        Work work = Work::None;  // what the cloud is at
        bool again = false;      // the service has changed meanwhile
        int failures = 0;
    };

    void service_changed(const client::Change& change);
    void node_changed(const client::Change& change);
    bool needs_update(const api::Service& before, const api::Service& now);
    base::Result<client::Requeue> ensure(const api::Service& service, Sync& sync);
    base::Result<client::Requeue> release(const api::Service& service, Sync& sync);
    base::Result<void> set_finalizer(const api::Service& service, bool wanted);
    base::Result<void> write_address(const api::Service& service, const std::string& address);
    base::Result<client::Requeue> update_hosts();
    std::vector<api::Ref<api::Node>> hosts() const;
    void say(const api::Service& service, std::string_view reason, std::string message,
             client::EventType type = client::EventType::Normal);

    client::Informer<api::Service>& services_;
    client::Informer<api::Node>& nodes_;
    CloudProvider& cloud_;
    client::EventRecorder events_;
    std::map<api::ObjectKey, Sync> syncs_{};  // of the services that have, or had, a load balancer
};

}  // namespace kubetab::controllers
