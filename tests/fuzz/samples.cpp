#include "tests/fuzz/samples.h"

#include <nlohmann/json.hpp>

#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::fuzz {
namespace {

using api::Form;
using nlohmann::json;

constexpr int kDeepest = 12;

json sample_of(const api::Type& type, int depth);

json sample_struct(const api::Type& type, int depth) {
    json object = json::object();
    if (depth > kDeepest) return object;
    for (const api::Field& field : type.fields()) {
        json value = sample_of(field.type(), depth + 1);
        if (field.is_inline && value.is_object()) object.update(value);
        else object[std::string(field.name)] = std::move(value);
    }
    return object;
}

json sample_of(const api::Type& type, int depth) {
    switch (type.form) {
        case Form::String: return "a";
        case Form::Bool: return true;
        case Form::Int32:
        case Form::Int64: return 1;
        case Form::Quantity: return "1500m";
        case Form::IntOrString: return "25%";
        case Form::Time: return "2026-01-05T08:00:00Z";
        case Form::MicroTime: return "2026-01-05T08:00:00.000000Z";
        case Form::Bytes: return "YQ==";
        case Form::Raw: return json::object();
        case Form::Struct: return sample_struct(type, depth);
        case Form::Optional:
        case Form::Box: return sample_of(type.element(), depth);
        case Form::List: return json::array({sample_of(type.element(), depth + 1)});
        case Form::Map: return json{{"a", sample_of(type.element(), depth + 1)}};
    }
    return nullptr;
}

}  // namespace

std::vector<std::string> sample_objects() {
    std::vector<std::string> samples;
    for (const api::Kind* kind : api::all_kinds()) {
        json object = sample_struct(*kind->type, 0);
        object["apiVersion"] = kind->api_version();
        object["kind"] = std::string(kind->kind);
        samples.push_back(object.dump());
    }
    return samples;
}

}  // namespace kubetab::fuzz
