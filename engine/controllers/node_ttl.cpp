#include "engine/controllers/node_ttl.h"

#include <array>
#include <limits>

#include "engine/api/kinds.h"

namespace kubetab::controllers {
namespace {

constexpr std::string_view kAnnotation = "node.alpha.kubernetes.io/ttl";

// They overlap, so that a cluster at a boundary does not change its mind with every node.
struct Boundary {
    std::int64_t least;
    std::int64_t most;
    std::string_view seconds;
};
constexpr std::array kBoundaries = {
    Boundary{0, 100, "0"},
    Boundary{90, 500, "15"},
    Boundary{450, 1000, "30"},
    Boundary{900, 2000, "60"},
    Boundary{1800, std::numeric_limits<std::int64_t>::max(), "300"},
};

}  // namespace

NodeTtlController::NodeTtlController(sim::Simulation& simulation, client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "ttl-controller"), nodes_(informers.of<api::Node>()) {
    for (const auto& [key, object] : nodes_.objects()) {
        count(1);
        enqueue(key, nodes_.revision());
    }
    nodes_.on_change([this](const client::Change& change) {
        if (change.type == client::ChangeType::Added) count(1);
        if (change.type == client::ChangeType::Deleted) count(-1);
        else enqueue(api::ObjectKey::of(change.object->metadata), change.revision);
    });
}

// upstream: addNode, deleteNode
void NodeTtlController::count(std::int64_t difference) {
    count_ += difference;
    if (count_ > kBoundaries[step_].most) ++step_;
    if (count_ < kBoundaries[step_].least) --step_;
}

// upstream: updateNodeIfNeeded
base::Result<client::Requeue> NodeTtlController::reconcile(const api::ObjectKey& key) {
    const std::string_view seconds = kBoundaries[step_].seconds;
    const api::Ref<api::Node> known = nodes_.find(key);
    if (!known || known->metadata.annotations.value_or(kAnnotation, "") == seconds)
        return client::Requeue::none();
    const base::Result<api::Ref<api::Node>> stored = client_.get<api::Node>(key);
    if (!stored.ok()) {
        if (stored.error().reason == base::Reason::NotFound) return client::Requeue::none();
        return stored.error();
    }
    api::Node node = **stored;
    node.metadata.annotations[kAnnotation] = seconds;
    client_.because("so many nodes are in the cluster");
    TRY(client_.update(std::move(node)));
    return client::Requeue::none();
}

}  // namespace kubetab::controllers
