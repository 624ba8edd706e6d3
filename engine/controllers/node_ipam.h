// Node IPAM controller: every node gets a range of addresses for its pods, the next free one of the
// cluster's.
//
// Ranges are /24 of 10.244.0.0 and on. A node keeps its range; that of a deleted node is free again, and is
// given out after all later ones. A node that finds none says CIDRNotAvailable and is tried again.
//
// watches:  nodes
// writes:   nodes (spec.podCIDR, spec.podCIDRs); events
// upstream: pkg/controller/nodeipam/ipam/range_allocator.go, cidrset/cidr_set.go
#pragma once

#include <map>
#include <set>

#include "engine/client/controller.h"
#include "engine/client/event_recorder.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

// The ranges that may be given out, by number: 1 is 10.244.1.0/24.
struct NodeRanges {
    std::int32_t first = 0;
    std::int32_t end = 256;
};

class NodeIpamController : public client::Controller {
public:
    NodeIpamController(sim::Simulation& simulation, client::InformerFactory& informers,
                       const NodeRanges& ranges);

protected:
    base::Result<client::Requeue> reconcile(const api::ObjectKey& key) override;

private:
    void occupy(const api::Node& node);
    void release(const std::string& node);
    // -1 when all are taken.
    std::int32_t allocate();

    client::Informer<api::Node>& nodes_;
    client::EventRecorder events_;
    NodeRanges ranges_;
    std::int32_t next_;
    std::set<std::int32_t> taken_{};
    std::map<std::string, std::int32_t> range_of_{};  // of the nodes that exist
};

}  // namespace kubetab::controllers
