#include "engine/controllers/ownership_graph.h"

#include <algorithm>
#include <utility>

namespace kubetab::controllers {

bool has_finalizer(const api::ObjectMeta& metadata, std::string_view finalizer) {
    return std::find(metadata.finalizers.begin(), metadata.finalizers.end(), finalizer) !=
           metadata.finalizers.end();
}

bool OwnedNode::blocks(const std::string& owner_uid) const {
    return std::any_of(owners().begin(), owners().end(), [&](const api::OwnerReference& owner) {
        return owner.uid == owner_uid && owner.blockOwnerDeletion.value_or(false);
    });
}

const OwnedNode* OwnershipGraph::find(const std::string& uid) const {
    const auto it = nodes_.find(uid);
    return it == nodes_.end() ? nullptr : &it->second;
}

const std::set<std::string>& OwnershipGraph::dependents_of(const std::string& uid) const {
    static const std::set<std::string> none;
    const auto it = dependents_.find(uid);
    return it == dependents_.end() ? none : it->second;
}

void OwnershipGraph::put(const api::Kind& kind, const api::Ref<api::Object>& object) {
    const std::string& uid = object->metadata.uid;
    OwnedNode& node = nodes_[uid];
    if (node.object) unlink(uid, node);
    node.kind = &kind;
    node.object = object;
    for (const api::OwnerReference& owner : node.owners()) dependents_[owner.uid].insert(uid);
}

void OwnershipGraph::remove(const std::string& uid) {
    const auto it = nodes_.find(uid);
    if (it == nodes_.end()) return;
    unlink(uid, it->second);
    nodes_.erase(it);
}

void OwnershipGraph::unlink(const std::string& uid, const OwnedNode& node) {
    for (const api::OwnerReference& owner : node.owners()) {
        const auto it = dependents_.find(owner.uid);
        if (it == dependents_.end()) continue;
        it->second.erase(uid);
        if (it->second.empty()) dependents_.erase(it);
    }
}

}  // namespace kubetab::controllers
