#include "engine/controllers/node_ipam.h"

#include "engine/api/kinds.h"

namespace kubetab::controllers {
namespace {

std::string range_text(std::int32_t number) {
    return "10." + std::to_string(244 + number / 256) + "." + std::to_string(number % 256) + ".0/24";
}

}  // namespace

NodeIpamController::NodeIpamController(sim::Simulation& simulation, client::InformerFactory& informers,
                                       const NodeRanges& ranges)
    : Controller(simulation, informers.server(), "node-ipam-controller"),
      nodes_(informers.of<api::Node>()),
      events_(simulation, client_, "cidrAllocator"),
      ranges_(ranges),
      next_(ranges.first) {
    for (const api::Ref<api::Node>& node : nodes_.all()) {
        occupy(*node);
        enqueue(api::ObjectKey::of(node->metadata), nodes_.revision());
    }
    nodes_.on_change([this](const client::Change& change) {
        if (change.type == client::ChangeType::Deleted) release(change.object->metadata.name);
        else enqueue(api::ObjectKey::of(change.object->metadata), change.revision);
    });
}

void NodeIpamController::occupy(const api::Node& node) {
    for (std::int32_t number = ranges_.first; number < ranges_.end; ++number) {
        if (node.spec.podCIDR != range_text(number)) continue;
        taken_.insert(number);
        range_of_[node.metadata.name] = number;
        return;
    }
}

void NodeIpamController::release(const std::string& node) {
    const auto found = range_of_.find(node);
    if (found == range_of_.end()) return;
    taken_.erase(found->second);
    range_of_.erase(found);
}

// upstream: AllocateNext
std::int32_t NodeIpamController::allocate() {
    const std::int32_t count = ranges_.end - ranges_.first;
    for (std::int32_t tried = 0; tried < count; ++tried) {
        const std::int32_t number = next_;
        next_ = number + 1 == ranges_.end ? ranges_.first : number + 1;
        if (taken_.insert(number).second) return number;
    }
    return -1;
}

// upstream: AllocateOrOccupyCIDR, updateCIDRsAllocation
base::Result<client::Requeue> NodeIpamController::reconcile(const api::ObjectKey& key) {
    const api::Ref<api::Node> known = nodes_.find(key);
    if (!known) return client::Requeue::none();
    const auto has = range_of_.find(key.name);
    if (!known->spec.podCIDR.empty()) {
        if (has == range_of_.end()) occupy(*known);
        return client::Requeue::none();
    }
    const std::int32_t number = has == range_of_.end() ? allocate() : has->second;
    if (number < 0) {
        events_.record(*known, {client::EventType::Normal, "CIDRNotAvailable",
                                "Node " + key.name + " status is now: CIDRNotAvailable"});
        return base::failure(base::Reason::Unknown,
                             "CIDR allocation failed; there are no remaining CIDRs "
                             "left to allocate in the accepted range");
    }
    range_of_[key.name] = number;
    const base::Result<api::Ref<api::Node>> stored = client_.get<api::Node>(key);
    if (!stored.ok()) {
        if (stored.error().reason == base::Reason::NotFound) return client::Requeue::none();
        return stored.error();
    }
    if (!(*stored)->spec.podCIDR.empty()) return client::Requeue::none();
    api::Node node = **stored;
    node.spec.podCIDR = range_text(number);
    node.spec.podCIDRs = {node.spec.podCIDR};
    client_.because("the node has no addresses for its pods");
    TRY(client_.update(std::move(node)));
    return client::Requeue::none();
}

}  // namespace kubetab::controllers
