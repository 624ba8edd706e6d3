// Indexes of shared informers that several controllers use; whoever needs one first adds it.
#pragma once

#include <string>
#include <vector>

#include "engine/api/kinds.h"
#include "engine/client/informer.h"

namespace kubetab::controllers {

// By uid of the controlling owner; objects without one under orphans_in(namespace).
inline constexpr std::string_view kByController = "controller";
// Pods by spec.nodeName; unassigned ones under "".
inline constexpr std::string_view kByNode = "node";

// Pods by "namespace/claim" of the claims that they use, those made for their ephemeral volumes included.
inline constexpr std::string_view kByClaim = "claim";

inline api::Text orphans_in(const api::Text& namespace_) {
    return "orphans/" + namespace_;
}

void index_by_controller(client::InformerBase& informer);
void index_by_node(client::Informer<api::Pod>& pods);
void index_by_claim(client::Informer<api::Pod>& pods);

// The objects that the owner controls, and those that nobody does and that it may adopt, each ordered by key.
template <class T>
std::vector<api::Ref<T>> owned_and_orphans(const client::Informer<T>& informer,
                                           const api::ObjectMeta& owner) {
    std::vector<api::Ref<T>> result = informer.by_index(kByController, owner.uid);
    for (api::Ref<T>& orphan : informer.by_index(kByController, orphans_in(owner.namespace_))) {
        result.push_back(std::move(orphan));
    }
    return result;
}

}  // namespace kubetab::controllers
