// Definitions of custom resources, and those resources.
// upstream: staging/src/k8s.io/apiextensions-apiserver/pkg/registry/customresource/tableconvertor/
// tableconvertor.go, pkg/registry/customresourcedefinition (the default table)

#include "engine/api/custom/custom_resource.h"
#include "engine/base/json_path.h"
#include "engine/server/tables/table.h"

namespace kubetab::server {

using base::Json;

namespace {

constexpr Column kDefinitionName{"Name", "string", "name", 0, "Name must be the plural and the group."};

Json definition_cells(const api::Object& object, sim::Instant) {
    return {object.metadata.name.str(), api::format_time(object.metadata.creationTimestamp.seconds)};
}

// upstream: cellForJSONValue
Json cell_of(const std::string& type, const Json& value, sim::Instant now) {
    if (type == "integer" && value.is_number()) return value.get<std::int64_t>();
    if (type == "number" && value.is_number()) return value;
    if (type == "boolean" && value.is_boolean()) return value;
    if (type != "date" || !value.is_string()) return nullptr;
    const std::optional<std::int64_t> when = api::parse_time_microseconds(value.get<std::string>());
    return when ? Json(age_since(api::Time::of_seconds(*when / 1'000'000), now)) : Json("<invalid>");
}

Json printed_cell(const api::CustomResourceColumnDefinition& column, const Json& document, sim::Instant now) {
    const base::Result<base::JsonPath> path = base::JsonPath::parse("{" + column.jsonPath + "}", true);
    if (!path.ok()) return nullptr;
    const auto found = path->find(document);
    if (!found.ok() || found->empty() || found->front().empty()) return nullptr;
    if (column.type != "string") return cell_of(column.type, found->front().front(), now);
    const base::Result<std::string> text = path->text(document);
    return text.ok() ? Json(*text) : Json();
}

std::vector<api::CustomResourceColumnDefinition> columns_of(const api::Kind& kind) {
    if (!kind.custom->columns.empty()) return kind.custom->columns;
    api::CustomResourceColumnDefinition age;
    age.name = "Age";
    age.type = "date";
    age.description = "When the object was created.";
    age.jsonPath = ".metadata.creationTimestamp";
    return {age};
}

}  // namespace

TableKind definition_table() {
    return {{kDefinitionName, {"Created At", "date", "", 0, "When the object was created."}},
            &definition_cells};
}

Json custom_columns(const api::Kind& kind) {
    Json columns = Json::array({{{"name", "Name"},
                                 {"type", "string"},
                                 {"format", "name"},
                                 {"description", "Name of the object; unique among its kind in a namespace."},
                                 {"priority", 0}}});
    for (const api::CustomResourceColumnDefinition& column : columns_of(kind)) {
        const std::string sentence =
            column.description.empty()
                ? "Custom resource definition column (in JSONPath format): " + column.jsonPath
                : column.description.str();
        columns.push_back({{"name", column.name},
                           {"type", column.type},
                           {"format", column.format},
                           {"description", sentence},
                           {"priority", column.priority}});
    }
    return columns;
}

Json custom_cells(const api::Kind& kind, const api::Object& object, sim::Instant now) {
    const Json document = api::to_json(kind, object);
    Json cells = Json::array({object.metadata.name.str()});
    for (const api::CustomResourceColumnDefinition& column : columns_of(kind))
        cells.push_back(printed_cell(column, document, now));
    return cells;
}

}  // namespace kubetab::server
