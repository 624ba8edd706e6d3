// CustomResource: an object of a kind that a CustomResourceDefinition describes.
//
// Its metadata is a struct as everywhere; the rest is JSON that its schema has pruned and completed.
// Everything that is done to objects of any kind goes through here when Kind::custom is set. upstream:
// staging/src/k8s.io/apiextensions-apiserver/pkg/{apiserver,registry/customresource}
#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/codec.h"
#include "engine/api/custom/schema_types.h"
#include "engine/api/custom_resource_definition.h"
#include "engine/api/object.h"
#include "engine/api/validation.h"
#include "engine/base/status.h"

namespace kubetab::api {

struct CustomResource : Object {
    Raw content{};               // all but apiVersion, kind and metadata: a JSON object; empty text for none
    std::int64_t shaped_by = 0;  // CustomVersion::id of the schema that has shaped it last
};

template <>
struct Describe<CustomResource> {
    static constexpr std::string_view name = "Unstructured";
    static constexpr std::string_view doc = "";
    static std::span<const Field> fields();
};

// What a version of a custom resource is like. Belongs to the server that knows the definition.
struct CustomVersion {
    std::int64_t id = 0;                             // of the schema: equal schemas of a resource share it
    std::shared_ptr<const nlohmann::json> schema{};  // openAPIV3Schema
    std::vector<CustomResourceColumnDefinition> columns{};
    std::vector<SelectableField> selectable{};
    Box<CustomResourceSubresourceScale> scale{};
    std::string deprecation{};                   // what clients are warned of; empty for nothing
    bool terminating = false;                    // its definition is being deleted
    std::shared_ptr<const SchemaTypes> types{};  // for server-side apply
};

std::shared_ptr<Object> make_custom();
std::shared_ptr<Object> copy_custom(const Object& object);

// The object with its unknown fields dropped and named in `issues`, and its defaults filled in.
base::Result<std::shared_ptr<Object>> decode_custom(const Kind& kind, const nlohmann::json& document,
                                                    StrictIssues& issues);
// The stored object as the schema of this version has it. The object itself when nothing is to be done.
Ref<Object> as_version(const Kind& kind, Ref<Object> object);

nlohmann::json content_of(const Object& object);
void set_content(Object& object, const nlohmann::json& content);

// The value at a simple path such as ".spec.replicas"; null when there is none.
nlohmann::json value_at(const Object& object, std::string_view simple_path);
// Sets it, making the objects on the way.
void set_value_at(Object& object, std::string_view simple_path, const nlohmann::json& value);

// What the schema and its companions find wrong. `old` is what is replaced, or null.
std::vector<FieldError> validate_custom(const Kind& kind, const Object& object, const Object* old);

}  // namespace kubetab::api
