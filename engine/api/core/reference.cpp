#include "engine/api/core/reference.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<ConfigMapKeySelector>::doc = "One key of a ConfigMap.";

std::span<const Field> Describe<ConfigMapKeySelector>::fields() {
    using T = ConfigMapKeySelector;
    static const std::vector<Field> table{
        field<T>("key", &T::key).required().always()
            .documented("The key to take."),
        field<T>("name", &T::name)
            .documented("The ConfigMap's name."),
        field<T>("optional", &T::optional)
            .documented("When true, nothing is wrong if ConfigMap or key are missing."),
    };
    return table;
}

const std::string_view Describe<ObjectFieldSelector>::doc = "A field of the pod.";

std::span<const Field> Describe<ObjectFieldSelector>::fields() {
    using T = ObjectFieldSelector;
    static const std::vector<Field> table{
        field<T>("apiVersion", &T::apiVersion).preset(R"("v1")")
            .documented("The API version that the path is written for; v1 by default."),
        field<T>("fieldPath", &T::fieldPath).required().always()
            .documented("The field, such as metadata.labels['app'] or status.podIP."),
    };
    return table;
}

const std::string_view Describe<ResourceFieldSelector>::doc = "A request or limit of a container.";

std::span<const Field> Describe<ResourceFieldSelector>::fields() {
    using T = ResourceFieldSelector;
    static const std::vector<Field> table{
        field<T>("containerName", &T::containerName)
            .documented("The container; the one itself for variables, required for volumes."),
        field<T>("divisor", &T::divisor).always()
            .documented("The unit that the value is given in; 1 by default."),
        field<T>("resource", &T::resource).required().always()
            .documented("What is wanted, such as limits.cpu or requests.memory."),
    };
    return table;
}

const std::string_view Describe<SecretKeySelector>::doc = "One key of a Secret.";

std::span<const Field> Describe<SecretKeySelector>::fields() {
    using T = SecretKeySelector;
    static const std::vector<Field> table{
        field<T>("key", &T::key).required().always()
            .documented("The key to take."),
        field<T>("name", &T::name)
            .documented("The Secret's name."),
        field<T>("optional", &T::optional)
            .documented("When true, nothing is wrong if Secret or key are missing."),
    };
    return table;
}

const std::string_view Describe<LocalObjectReference>::doc = "An object of the same namespace, by name.";

std::span<const Field> Describe<LocalObjectReference>::fields() {
    using T = LocalObjectReference;
    static const std::vector<Field> table{
        field<T>("name", &T::name)
            .documented("The object's name."),
    };
    return table;
}

const std::string_view Describe<KeyToPath>::doc = "A key that becomes a file.";

std::span<const Field> Describe<KeyToPath>::fields() {
    using T = KeyToPath;
    static const std::vector<Field> table{
        field<T>("key", &T::key).required().always()
            .documented("The key to take."),
        field<T>("mode", &T::mode)
            .documented("The file's permissions, such as 0644 in YAML or 420 in JSON."),
        field<T>("path", &T::path).required().always()
            .documented("The file's path in the volume; relative and without '..'."),
    };
    return table;
}

const std::string_view Describe<TypedLocalObjectReference>::doc =
    "An object of some kind in the same namespace.";

std::span<const Field> Describe<TypedLocalObjectReference>::fields() {
    using T = TypedLocalObjectReference;
    static const std::vector<Field> table{
        field<T>("apiGroup", &T::apiGroup)
            .documented("The kind's API group; left out for core kinds."),
        field<T>("kind", &T::kind).required().always()
            .documented("The object's kind."),
        field<T>("name", &T::name).required().always()
            .documented("The object's name."),
    };
    return table;
}

const std::string_view Describe<TypedObjectReference>::doc =
    "An object of some kind, perhaps in another namespace.";

std::span<const Field> Describe<TypedObjectReference>::fields() {
    using T = TypedObjectReference;
    static const std::vector<Field> table{
        field<T>("apiGroup", &T::apiGroup)
            .documented("The kind's API group; left out for core kinds."),
        field<T>("kind", &T::kind).required().always()
            .documented("The object's kind."),
        field<T>("name", &T::name).required().always()
            .documented("The object's name."),
        field<T>("namespace", &T::namespace_)
            .documented("The object's namespace; the same one when left out."),
    };
    return table;
}

const std::string_view Describe<ObjectReference>::doc = "An object, by everything that can identify it.";

std::span<const Field> Describe<ObjectReference>::fields() {
    using T = ObjectReference;
    static const std::vector<Field> table{
        field<T>("apiVersion", &T::apiVersion)
            .documented("The API version of its kind."),
        field<T>("fieldPath", &T::fieldPath)
            .documented("A part of it, such as spec.containers{web}."),
        field<T>("kind", &T::kind)
            .documented("The object's kind."),
        field<T>("name", &T::name)
            .documented("The object's name."),
        field<T>("namespace", &T::namespace_)
            .documented("The object's namespace."),
        field<T>("resourceVersion", &T::resourceVersion)
            .documented("Which version of it is meant."),
        field<T>("uid", &T::uid)
            .documented("Its identity, which no other object ever has."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
