#include "engine/api/scale.h"

#include <type_traits>

#include "engine/api/core/replication_controller.h"
#include "engine/api/custom/custom_resource.h"
#include "engine/api/custom_resource_definition.h"
#include "engine/api/kinds.h"
#include "engine/api/selectors.h"
#include "engine/api/stateful_set.h"
#include "engine/base/json.h"

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

// upstream: apiextensions-apiserver/pkg/registry/customresource/etcd.go [scaleFromCustomResource]
Scale custom_scale_of(const Kind& kind, const Object& object) {
    const CustomResourceSubresourceScale& paths = *kind.custom->scale;
    const auto number = [&](std::string_view path) {
        const base::Json value = value_at(object, path);
        return value.is_number_integer() ? value.get<std::int32_t>() : 0;
    };
    const base::Json selector =
        paths.labelSelectorPath ? value_at(object, *paths.labelSelectorPath) : base::Json();
    return {number(paths.specReplicasPath), number(paths.statusReplicasPath),
            selector.is_string() ? selector.get<std::string>() : std::string()};
}

}  // namespace

Scale scale_of(const Kind& kind, const Object& object) {
    if (kind.custom != nullptr) return custom_scale_of(kind, object);
    Scale result;
    with_scalable(kind, object, [&](const auto& set) {
        result = {set.spec.replicas.value_or(0), set.status.replicas, selector_text(set.spec.selector)};
    });
    return result;
}

void set_scale(const Kind& kind, Object& object, std::int32_t replicas) {
    if (kind.custom != nullptr) return set_value_at(object, kind.custom->scale->specReplicasPath, replicas);
    with_scalable(kind, object, [&](auto& set) { set.spec.replicas = replicas; });
}

std::string no_scale(const Kind& kind, const Object& object) {
    if (kind.custom == nullptr) return {};
    const std::string path = kind.custom->scale->specReplicasPath;
    if (!value_at(object, path).is_null()) return {};
    return "Internal error occurred: the spec replicas field \"" + path + "\" does not exist";
}

}  // namespace kubetab::api
