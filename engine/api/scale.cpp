#include "engine/api/scale.h"

#include <type_traits>

#include "engine/api/core/replication_controller.h"
#include "engine/api/kinds.h"
#include "engine/api/selectors.h"
#include "engine/api/stateful_set.h"

namespace kubetab::api {
namespace {

std::string selector_text(const Box<LabelSelector>& selector) {
    const base::Result<Selector> parsed = Selector::of(selector);
    return parsed.ok() ? parsed->text() : std::string();
}
std::string selector_text(const base::StringMap& labels) {
    return Selector::of_labels(labels).text();
}

// T, as constant as Base.
template <class T, class Base>
using As = std::conditional_t<std::is_const_v<Base>, const T, T>;

// Calls `use` with the object as what it is.
template <class Base, class Use>
void with_scalable(const Kind& kind, Base& object, Use use) {
    if (&kind == &kind_of<Deployment>()) use(static_cast<As<Deployment, Base>&>(object));
    if (&kind == &kind_of<ReplicaSet>()) use(static_cast<As<ReplicaSet, Base>&>(object));
    if (&kind == &kind_of<StatefulSet>()) use(static_cast<As<StatefulSet, Base>&>(object));
    if (&kind == &kind_of<ReplicationController>())
        use(static_cast<As<ReplicationController, Base>&>(object));
}

}  // namespace

Scale scale_of(const Kind& kind, const Object& object) {
    Scale result;
    with_scalable(kind, object, [&](const auto& set) {
        result = {set.spec.replicas.value_or(0), set.status.replicas, selector_text(set.spec.selector)};
    });
    return result;
}

void set_scale(const Kind& kind, Object& object, std::int32_t replicas) {
    with_scalable(kind, object, [&](auto& set) { set.spec.replicas = replicas; });
}

}  // namespace kubetab::api
