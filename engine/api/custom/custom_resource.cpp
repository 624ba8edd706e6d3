#include "engine/api/custom/custom_resource.h"

#include <utility>

#include "engine/api/custom/schema_shape.h"
#include "engine/api/custom/schema_validation.h"
#include "engine/base/json.h"

namespace kubetab::api {

using base::Json;
using base::Result;

namespace {

// Walks to the object that holds the last name of a simple path; null when the way ends before.
const Json* step(const Json* from, std::string_view& path) {
    while (from != nullptr && !path.empty()) {
        path.remove_prefix(path.front() == '.' ? 1 : 0);
        const std::size_t dot = path.find('.');
        from = base::find(*from, path.substr(0, dot));
        path = dot == std::string_view::npos ? "" : path.substr(dot);
    }
    return from;
}

const CustomResource& custom(const Object& object) {
    return static_cast<const CustomResource&>(object);
}

}  // namespace

std::span<const Field> Describe<CustomResource>::fields() {
    static const std::vector<Field> table{
        field<CustomResource>("metadata", &CustomResource::metadata),
        field<CustomResource>("", &CustomResource::content).inlined(),
    };
    return table;
}

std::shared_ptr<Object> make_custom() {
    return std::make_shared<CustomResource>();
}

std::shared_ptr<Object> copy_custom(const Object& object) {
    return std::make_shared<CustomResource>(custom(object));
}

Json content_of(const Object& object) {
    const Text& text = custom(object).content.json;
    if (text.empty()) return Json::object();
    Result<Json> content = base::parse_json(text);
    ENSURE(content.ok());
    return std::move(*content);
}

void set_content(Object& object, const Json& content) {
    auto& target = static_cast<CustomResource&>(object);
    target.content.json =
        content.empty() ? Text() : Text::unique(content.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Result<std::shared_ptr<Object>> decode_custom(const Kind& kind, const Json& document, StrictIssues& issues) {
    std::shared_ptr<Object> object = make_custom();
    Json metadata = Json::object();
    if (const Json* found = base::find(document, "metadata")) metadata["metadata"] = *found;
    StrictIssues in_metadata;
    TRY(decode(*kind.type, object.get(), metadata, in_metadata));
    Json content = document.is_object() ? document : Json::object();
    for (const char* own : {"apiVersion", "kind", "metadata"}) content.erase(own);
    shape(*kind.custom->schema, content, &issues);
    issues.insert(issues.end(), in_metadata.begin(), in_metadata.end());
    set_content(*object, content);
    static_cast<CustomResource&>(*object).shaped_by = kind.custom->id;
    return object;
}

Ref<Object> as_version(const Kind& kind, Ref<Object> object) {
    if (kind.custom == nullptr || !object || custom(*object).shaped_by == kind.custom->id) return object;
    std::shared_ptr<Object> copy = copy_custom(*object);
    Json content = content_of(*object);
    shape(*kind.custom->schema, content, nullptr);
    set_content(*copy, content);
    static_cast<CustomResource&>(*copy).shaped_by = kind.custom->id;
    return copy;
}

Json value_at(const Object& object, std::string_view simple_path) {
    const Json content = content_of(object);
    const Json* found = step(&content, simple_path);
    return found != nullptr ? *found : Json();
}

void set_value_at(Object& object, std::string_view simple_path, const Json& value) {
    Json content = content_of(object);
    Json* at = &content;
    while (!simple_path.empty()) {
        simple_path.remove_prefix(simple_path.front() == '.' ? 1 : 0);
        const std::size_t dot = simple_path.find('.');
        if (!at->is_object()) *at = Json::object();
        at = &(*at)[std::string(simple_path.substr(0, dot))];
        simple_path = dot == std::string_view::npos ? "" : simple_path.substr(dot);
    }
    *at = value;
    set_content(object, content);
}

std::vector<FieldError> validate_custom(const Kind& kind, const Object& object, const Object* old) {
    const Json document = to_json(kind, object);
    const Json before = old != nullptr ? to_json(kind, *old) : Json();
    std::vector<FieldError> errors =
        validate_value(*kind.custom->schema, document, {.old = old != nullptr ? &before : nullptr});
    if (kind.custom->scale) {
        for (const Text& path :
             {kind.custom->scale->specReplicasPath, kind.custom->scale->statusReplicasPath}) {
            const Json replicas = value_at(object, path);
            if (!replicas.is_number_integer() || replicas.get<std::int64_t>() >= 0) continue;
            errors.push_back({FieldErrorType::Invalid, path.substr(path.starts_with('.') ? 1 : 0),
                              replicas.dump(), "should be a non-negative integer"});
        }
    }
    check_structure(*kind.custom->schema, document, errors);
    return errors;
}

}  // namespace kubetab::api
