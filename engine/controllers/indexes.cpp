#include "engine/controllers/indexes.h"

namespace kubetab::controllers {

void index_by_controller(client::InformerBase& informer) {
    if (informer.has_index(kByController)) return;
    informer.add_index(std::string(kByController), [](const api::Object& object) -> api::Texts {
        const api::OwnerReference* owner = api::controller_of(object.metadata);
        if (owner == nullptr) return {orphans_in(object.metadata.namespace_)};
        return {owner->uid};
    });
}

void index_by_node(client::Informer<api::Pod>& pods) {
    if (pods.has_index(kByNode)) return;
    pods.add_index(std::string(kByNode), [](const api::Object& object) -> api::Texts {
        return {static_cast<const api::Pod&>(object).spec->nodeName};
    });
}

}  // namespace kubetab::controllers
