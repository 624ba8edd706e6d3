// MergeShape: what server-side apply treats as one thing, and what as many.
//
// Lists are one thing unless their elements have keys or are a set; structs and maps are many unless they are
// declared atomic. Mostly this follows from the merge keys of the field tables; the published schema says
// otherwise for some, which are listed here.
// upstream: x-kubernetes-list-type, -list-map-keys and -map-type of api/openapi-spec/swagger.json
#pragma once

#include <array>
#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::server {

struct MergeShape {
    enum class Form { Scalar, Atomic, Granular, Keyed, Set };
    Form form = Form::Scalar;
    std::array<std::string_view, 4> keys{};  // of Keyed, in their order; behind the last one, empty ones

    bool is_list_of_many() const { return form == Form::Keyed || form == Form::Set; }
};

// Of a value of that type (looked through pointers) in that field; an element of a list or map has no field.
MergeShape shape_of(const api::Type& type);
// The same for a value that is at hand: what no schema describes is many things when it is a map, else one.
MergeShape shape_at(const api::Type& type, const MergeShape& declared, const nlohmann::json* value);
MergeShape shape_of(const api::Type& owner, const api::Field& field);

// What documents of the kind are made of.
const api::Type& document_type(const api::Kind& kind);

}  // namespace kubetab::server
