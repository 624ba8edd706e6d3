// SchemaTypes: the run-time Types of a custom resource, made from its schema.
//
// They describe documents, not structs: their fields have no place in memory. Server-side apply works with
// them as with those of built-in kinds, and kubectl explain prints them. What a schema leaves open is a map
// whose values are again anything (see is_untyped). upstream:
// staging/src/k8s.io/apiextensions-apiserver/pkg/controller/openapi/builder
#pragma once

#include <deque>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "engine/api/type.h"

namespace kubetab::api {

class SchemaTypes {
public:
    explicit SchemaTypes(const nlohmann::json& schema);
    SchemaTypes(const SchemaTypes&) = delete;
    SchemaTypes& operator=(const SchemaTypes&) = delete;

    // Of an object: its metadata and what the schema names.
    const Type& object() const { return *object_; }

private:
    const Type& type_of_schema(const nlohmann::json& schema);
    Type& add_struct(const nlohmann::json& schema, bool is_object);
    Field field_of(const std::string& name, const nlohmann::json& schema);
    std::string_view keep(std::string text);

    std::deque<Type> types_{};
    std::deque<std::vector<Field>> tables_{};
    std::deque<std::span<const Field>> spans_{};
    std::deque<std::string> texts_{};
    const Type* object_ = nullptr;
};

// Any JSON: maps are many things, everything else is one.
const Type& untyped();
bool is_untyped(const Type& type);

}  // namespace kubetab::api
