#include "engine/controllers/adoption.h"

namespace kubetab::controllers {

Claim decide_claim(const api::ObjectMeta& owner, const api::ObjectMeta& object, const api::Selector& selector) {
    const bool matches = selector.matches(object.labels);
    const api::OwnerReference* controller = api::controller_of(object);
    if (controller != nullptr) {
        if (controller->uid != owner.uid) return Claim::Ignore;
        if (matches) return Claim::Keep;
        return is_terminating(owner) ? Claim::Ignore : Claim::Release;
    }
    if (!matches || is_terminating(owner) || is_terminating(object)) return Claim::Ignore;
    return owner.namespace_ == object.namespace_ ? Claim::Adopt : Claim::Ignore;
}

}  // namespace kubetab::controllers
