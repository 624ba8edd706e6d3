#include "engine/controllers/indexes.h"

#include "engine/api/storage_terms.h"

namespace kubetab::controllers {

void index_by_controller(client::InformerBase& informer) {
    if (informer.has_index(kByController)) return;
    informer.add_index(std::string(kByController), [](const api::Object& object, api::Texts& values) {
        const api::OwnerReference* owner = api::controller_of(object.metadata);
        values.push_back(owner == nullptr ? orphans_in(object.metadata.namespace_) : owner->uid);
    });
}

void index_by_node(client::Informer<api::Pod>& pods) {
    if (pods.has_index(kByNode)) return;
    pods.add_index(std::string(kByNode), [](const api::Object& object, api::Texts& values) {
        values.push_back(static_cast<const api::Pod&>(object).spec->nodeName);
    });
}

void index_by_claim(client::Informer<api::Pod>& pods) {
    if (pods.has_index(kByClaim)) return;
    pods.add_index(std::string(kByClaim), [](const api::Object& object, api::Texts& values) {
        for (const api::Volume& volume : static_cast<const api::Pod&>(object).spec->volumes) {
            const std::string claim = api::claim_name(object.metadata, volume);
            if (!claim.empty()) values.emplace_back(object.metadata.namespace_ + "/" + claim);
        }
    });
}

}  // namespace kubetab::controllers
