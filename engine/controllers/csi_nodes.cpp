#include "engine/controllers/csi_nodes.h"

#include <algorithm>
#include <utility>

#include "engine/api/kinds.h"
#include "engine/api/storage_systems.h"

namespace kubetab::controllers {
namespace {

using api::CSINode;
using api::StorageSystem;

CSINode named_after(const api::Node& node) {
    CSINode made;
    made.metadata.name = node.metadata.name;
    api::OwnerReference& owner = made.metadata.ownerReferences.emplace_back();
    owner.apiVersion = "v1";
    owner.kind = "Node";
    owner.name = node.metadata.name;
    owner.uid = node.metadata.uid;
    return made;
}

void add_driver(CSINode& node, const StorageSystem& system) {
    api::CSINodeDriver& driver = node.spec.drivers.emplace_back();
    driver.name = system.provisioner;
    driver.nodeID = node.metadata.name;
    if (system.reach == StorageSystem::Reach::Zone) driver.topologyKeys = {"topology.kubernetes.io/zone"};
    if (system.per_node > 0) driver.allocatable.edit().count = system.per_node;
}

}  // namespace

CsiNodes::CsiNodes(sim::Simulation& simulation, client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "csi-node-plugins"),
      nodes_(informers.of<api::Node>()),
      classes_(informers.of<api::StorageClass>()),
      csi_nodes_(informers.of<CSINode>()) {
    for (const auto& [key, object] : nodes_.objects()) enqueue(key, nodes_.revision());
    nodes_.on_change([this](const client::Change& change) {
        if (change.type == client::ChangeType::Added)
            enqueue({"", change.object->metadata.name}, change.revision);
    });
    classes_.on_change([this](const client::Change& change) {
        for (const auto& [key, object] : nodes_.objects()) enqueue(key, change.revision);
    });
    csi_nodes_.on_change([this](const client::Change& change) {
        if (change.type == client::ChangeType::Deleted)
            enqueue({"", change.object->metadata.name}, change.revision);
    });
}

bool CsiNodes::has_class(std::string_view provisioner, std::string_view old_name) const {
    const std::vector<api::Ref<api::StorageClass>> classes = classes_.all();
    return std::any_of(classes.begin(), classes.end(), [&](const api::Ref<api::StorageClass>& each) {
        return each->provisioner == provisioner || (!old_name.empty() && each->provisioner == old_name);
    });
}

base::Result<client::Requeue> CsiNodes::reconcile(const api::ObjectKey& key) {
    const api::Ref<api::Node> node = nodes_.find(key);
    if (!node) return client::Requeue::none();
    const api::Ref<CSINode> stored = csi_nodes_.find(key);
    CSINode next = stored ? *stored : named_after(*node);
    const std::size_t before = next.spec.drivers.size();
    for (const StorageSystem& system : api::storage_systems()) {
        if (system.source != StorageSystem::Source::Csi || !has_class(system.provisioner, system.old_name))
            continue;
        const bool known =
            std::any_of(next.spec.drivers.begin(), next.spec.drivers.end(),
                        [&](const api::CSINodeDriver& driver) { return driver.name == system.provisioner; });
        if (!known) add_driver(next, system);
    }
    if (next.spec.drivers.size() == before) return client::Requeue::none();
    client_.because("a storage class names the driver");
    const base::Result<api::Ref<CSINode>> written =
        stored ? client_.update(std::move(next)) : client_.create(std::move(next));
    if (!written.ok() && written.error().reason != base::Reason::AlreadyExists) return written.error();
    return client::Requeue::none();
}

}  // namespace kubetab::controllers
