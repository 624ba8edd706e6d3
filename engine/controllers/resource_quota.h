// ResourceQuota controller: keeps status.hard as the spec says, and status.used as the objects are.
//
// The server raises what is used when an object is made; this counts again when a quota changes, when objects
// go or stop counting, and every five minutes.
//
// watches:  resourcequotas; every kind that has a namespace
// writes:   resourcequotas/status
// upstream: pkg/controller/resourcequota/resource_quota_controller.go, resource_quota_monitor.go
#pragma once

#include <memory>

#include "engine/api/core/resource_quota.h"
#include "engine/api/pod_resources.h"
#include "engine/client/controller.h"
#include "engine/client/informer.h"
#include "engine/controllers/kind_watches.h"

namespace kubetab::controllers {

class ResourceQuotaController : public client::Controller, private client::Watcher {
public:
    ResourceQuotaController(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;
    void handle_own(const sim::Event& event) override;

private:
    void changed(const client::Change& change) override;
    void count_again(const client::Change& change);
    api::ResourceList used(const api::ResourceQuota& quota);

    client::Informer<api::ResourceQuota>& quotas_;
    std::unique_ptr<KindWatches> watches_{};
};

}  // namespace kubetab::controllers
