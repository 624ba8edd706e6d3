#include "engine/controllers/ownership_graph.h"

#include <algorithm>
#include <utility>

namespace kubetab::controllers {
namespace {

bool same_owners(const OwnedNode& a, const OwnedNode& b) {
    return std::equal(
        a.owners().begin(), a.owners().end(), b.owners().begin(), b.owners().end(),
        [](const api::OwnerReference& x, const api::OwnerReference& y) { return x.uid == y.uid; });
}

}  // namespace

bool has_finalizer(const api::ObjectMeta& metadata, std::string_view finalizer) {
    return std::find(metadata.finalizers.begin(), metadata.finalizers.end(), finalizer) !=
           metadata.finalizers.end();
}

bool OwnedNode::blocks(const api::Text& owner_uid) const {
    return std::any_of(owners().begin(), owners().end(), [&](const api::OwnerReference& owner) {
        return owner.uid == owner_uid && owner.blockOwnerDeletion.value_or(false);
    });
}

const OwnedNode* OwnershipGraph::find(const api::Text& uid) const {
    return nodes_.find(uid);
}

const std::set<api::Text>& OwnershipGraph::dependents_of(const api::Text& uid) const {
    static const std::set<api::Text> none;
    const std::set<api::Text>* found = dependents_.find(uid);
    return found == nullptr ? none : *found;
}

void OwnershipGraph::put(const api::Kind& kind, const api::Ref<api::Object>& object) {
    OwnedNode& node = nodes_[object->metadata.uid];
    const OwnedNode before = std::exchange(node, OwnedNode{&kind, object});
    if (before.object && same_owners(before, node)) return;
    if (before.object) unlink(before);
    link(node);
}

void OwnershipGraph::remove(const api::Text& uid) {
    const OwnedNode* node = nodes_.find(uid);
    if (node == nullptr) return;
    unlink(*node);
    nodes_.erase(uid);
}

void OwnershipGraph::link(const OwnedNode& node) {
    for (const api::OwnerReference& owner : node.owners())
        dependents_[owner.uid].insert(node.object->metadata.uid);
}

void OwnershipGraph::unlink(const OwnedNode& node) {
    for (const api::OwnerReference& owner : node.owners()) {
        std::set<api::Text>* dependents = dependents_.find(owner.uid);
        if (dependents == nullptr) continue;
        dependents->erase(node.object->metadata.uid);
        if (dependents->empty()) dependents_.erase(owner.uid);
    }
}

}  // namespace kubetab::controllers
