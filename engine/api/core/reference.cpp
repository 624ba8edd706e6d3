#include "engine/api/core/reference.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<ConfigMapKeySelector>::doc = "";

std::span<const Field> Describe<ConfigMapKeySelector>::fields() {
    using T = ConfigMapKeySelector;
    static const std::vector<Field> table{
        field<T>("key", &T::key).required().always(),
        field<T>("name", &T::name),
        field<T>("optional", &T::optional),
    };
    return table;
}

const std::string_view Describe<ObjectFieldSelector>::doc = "";

std::span<const Field> Describe<ObjectFieldSelector>::fields() {
    using T = ObjectFieldSelector;
    static const std::vector<Field> table{
        field<T>("apiVersion", &T::apiVersion).preset(R"("v1")"),
        field<T>("fieldPath", &T::fieldPath).required().always(),
    };
    return table;
}

const std::string_view Describe<ResourceFieldSelector>::doc = "";

std::span<const Field> Describe<ResourceFieldSelector>::fields() {
    using T = ResourceFieldSelector;
    static const std::vector<Field> table{
        field<T>("containerName", &T::containerName),
        field<T>("divisor", &T::divisor).always(),
        field<T>("resource", &T::resource).required().always(),
    };
    return table;
}

const std::string_view Describe<SecretKeySelector>::doc = "";

std::span<const Field> Describe<SecretKeySelector>::fields() {
    using T = SecretKeySelector;
    static const std::vector<Field> table{
        field<T>("key", &T::key).required().always(),
        field<T>("name", &T::name),
        field<T>("optional", &T::optional),
    };
    return table;
}

const std::string_view Describe<LocalObjectReference>::doc = "";

std::span<const Field> Describe<LocalObjectReference>::fields() {
    using T = LocalObjectReference;
    static const std::vector<Field> table{
        field<T>("name", &T::name),
    };
    return table;
}

const std::string_view Describe<KeyToPath>::doc = "";

std::span<const Field> Describe<KeyToPath>::fields() {
    using T = KeyToPath;
    static const std::vector<Field> table{
        field<T>("key", &T::key).required().always(),
        field<T>("mode", &T::mode),
        field<T>("path", &T::path).required().always(),
    };
    return table;
}

const std::string_view Describe<TypedLocalObjectReference>::doc = "";

std::span<const Field> Describe<TypedLocalObjectReference>::fields() {
    using T = TypedLocalObjectReference;
    static const std::vector<Field> table{
        field<T>("apiGroup", &T::apiGroup),
        field<T>("kind", &T::kind).required().always(),
        field<T>("name", &T::name).required().always(),
    };
    return table;
}

const std::string_view Describe<TypedObjectReference>::doc = "";

std::span<const Field> Describe<TypedObjectReference>::fields() {
    using T = TypedObjectReference;
    static const std::vector<Field> table{
        field<T>("apiGroup", &T::apiGroup),
        field<T>("kind", &T::kind).required().always(),
        field<T>("name", &T::name).required().always(),
        field<T>("namespace", &T::namespace_),
    };
    return table;
}

const std::string_view Describe<ObjectReference>::doc = "";

std::span<const Field> Describe<ObjectReference>::fields() {
    using T = ObjectReference;
    static const std::vector<Field> table{
        field<T>("apiVersion", &T::apiVersion),
        field<T>("fieldPath", &T::fieldPath),
        field<T>("kind", &T::kind),
        field<T>("name", &T::name),
        field<T>("namespace", &T::namespace_),
        field<T>("resourceVersion", &T::resourceVersion),
        field<T>("uid", &T::uid),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
