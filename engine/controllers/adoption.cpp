#include "engine/controllers/adoption.h"

namespace kubetab::controllers {

Claim decide_claim(const api::Object& owner, const api::Object& object, const api::Selector& selector) {
    const bool matches = selector.matches(object.metadata.labels);
    const api::OwnerReference* controller = api::controller_of(object.metadata);
    if (controller != nullptr) {
        if (controller->uid != owner.metadata.uid) return Claim::Ignore;
        if (matches) return Claim::Keep;
        return api::is_terminating(owner) ? Claim::Ignore : Claim::Release;
    }
    if (!matches || api::is_terminating(owner) || api::is_terminating(object)) return Claim::Ignore;
    return owner.metadata.namespace_ == object.metadata.namespace_ ? Claim::Adopt : Claim::Ignore;
}

}  // namespace kubetab::controllers
