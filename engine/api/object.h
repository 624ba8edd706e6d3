// Object: what every stored kind is, and Kind: what the API server knows of a kind.
//
// Stored objects are Ref<T> = std::shared_ptr<const T>: share freely, copy to change.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/meta.h"
#include "engine/api/type.h"

namespace kubetab::api {

// The base of all kinds. The kind itself is not stored in the object: it travels beside it (see ObjectRef).
struct Object {
    ObjectMeta metadata{};
};

template <class T>
using Ref = std::shared_ptr<const T>;

struct CustomVersion;  // see custom/custom_resource.h

struct Kind {
    std::string_view group{};    // "" is the core group
    std::string_view version{};  // v1
    std::string_view kind{};     // Pod
    std::string_view plural{};   // pods
    std::string_view singular{};
    std::vector<std::string_view> short_names{};
    std::vector<std::string_view> categories{};
    bool namespaced = true;
    std::vector<std::string_view> subresources{};  // status, scale, log, …
    const Type* type = nullptr;
    std::shared_ptr<Object> (*make)() = nullptr;
    std::shared_ptr<Object> (*copy)(const Object&) = nullptr;
    std::string_view list_kind{};           // of a custom resource that names its lists itself
    const CustomVersion* custom = nullptr;  // what a CustomResourceDefinition says of its objects
    const Kind* storage = nullptr;          // under which objects of this version are stored, if not this one

    const Kind& stored() const { return storage != nullptr ? *storage : *this; }
    // "PodList"
    std::string list_name() const;

    // "v1" or "apps/v1".
    std::string api_version() const;
    // "pods" or "deployments.apps", as in error messages.
    std::string resource() const;
    // "Pod" or "Deployment.apps", as in error messages.
    std::string qualified_kind() const;
    bool has_subresource(std::string_view name) const;
};

// An object with its kind.
struct ObjectRef {
    const Kind* kind = nullptr;
    Ref<Object> object{};

    explicit operator bool() const { return object != nullptr; }
};

// namespace/name; the namespace is empty for cluster-scoped kinds.
struct ObjectKey {
    Text namespace_{};
    Text name{};

    auto operator<=>(const ObjectKey&) const = default;
    // "default/web", or "node-1" for cluster-scoped kinds.
    std::string text() const { return namespace_.empty() ? name.str() : namespace_ + "/" + name; }
    static ObjectKey of(const ObjectMeta& metadata) { return {metadata.namespace_, metadata.name}; }
    static ObjectKey parse(std::string_view text);
};

// All kinds that the server serves, ordered by group and kind.
std::span<const Kind* const> all_kinds();
const Kind* find_kind(std::string_view group, std::string_view version, std::string_view kind);
const Kind* find_kind_by_plural(std::string_view group, std::string_view version, std::string_view plural);

// Specialised in kinds.cpp for each kind.
template <class T>
const Kind& kind_of();

// The object as T; its kind must be T's.
template <class T>
Ref<T> cast(const Ref<Object>& object) {
    return std::static_pointer_cast<const T>(object);
}

// The owner reference with controller=true, or null.
const OwnerReference* controller_of(const ObjectMeta& metadata);

}  // namespace kubetab::api
