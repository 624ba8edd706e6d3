// TTL controller: tells kubelets, by an annotation of their node, how long they may trust what they remember
// of secrets and config maps: the longer, the more nodes there are.
//
// watches:  nodes
// writes:   nodes (annotation node.alpha.kubernetes.io/ttl)
// upstream: pkg/controller/ttl/ttl_controller.go
#pragma once

#include "engine/client/controller.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

class NodeTtlController : public client::Controller {
public:
    NodeTtlController(sim::Simulation& simulation, client::InformerFactory& informers);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    void count(std::int64_t difference);

    client::Informer<api::Node>& nodes_;
    std::int64_t count_ = 0;
    std::size_t step_ = 0;  // in the table of boundaries
};

}  // namespace kubetab::controllers
