// Tables of roles and their bindings. upstream: pkg/printers/internalversion/printers.go [printRoleBinding];
// pkg/registry/rest table convertor for what has no printer

#include "engine/api/rbac.h"
#include "engine/server/tables/table.h"

namespace kubetab::server {
namespace {

using base::Json;

constexpr Column kName{"Name", "string", "name", 0, "The name, unique in its namespace."};

Json role_cells(const api::Object& object, sim::Instant) {
    return {object.metadata.name.str(), api::format_time(object.metadata.creationTimestamp.seconds)};
}

// The subjects of one kind. upstream: pkg/apis/rbac/helpers.go [SubjectsStrings]
std::string subjects_text(const api::RoleBinding& binding, std::string_view kind) {
    std::string text;
    for (const api::Subject& subject : binding.subjects) {
        if (subject.kind != kind) continue;
        if (!text.empty()) text += ", ";
        if (kind == "ServiceAccount") text += subject.namespace_ + "/";
        text += subject.name;
    }
    return text;
}

Json role_binding_cells(const api::Object& object, sim::Instant now) {
    const auto& binding = static_cast<const api::RoleBinding&>(object);
    return {binding.metadata.name.str(),     binding.roleRef.kind + "/" + binding.roleRef.name,
            age_cell(binding, now),          subjects_text(binding, "User"),
            subjects_text(binding, "Group"), subjects_text(binding, "ServiceAccount")};
}

}  // namespace

TableKind role_table() {
    return {{kName, {"Created At", "date", "", 0, "When the object was created."}}, &role_cells};
}

TableKind role_binding_table() {
    return {{kName,
             {"Role", "string", "", 0, "Kind and name of the role that is given."},
             {"Age", "string", "", 0, "Time since the object was created."},
             {"Users", "string", "", 1, "Users who get it."},
             {"Groups", "string", "", 1, "Groups who get it."},
             {"ServiceAccounts", "string", "", 1, "Service accounts that get it."}},
            &role_binding_cells};
}

}  // namespace kubetab::server
