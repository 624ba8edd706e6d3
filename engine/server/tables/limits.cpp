// Tables of what bounds a namespace. upstream: pkg/printers/internalversion/printers.go

#include "engine/api/core/limit_range.h"
#include "engine/api/core/resource_quota.h"
#include "engine/server/tables/table.h"

namespace kubetab::server {
namespace {

using base::Json;

constexpr Column kName{"Name", "string", "name", 0, "Its name, unique in its namespace."};

// A kind without columns of its own. upstream: registry/rest/table.go
Json creation_cells(const api::Object& object, sim::Instant) {
    return {object.metadata.name, api::format_time(object.metadata.creationTimestamp.seconds)};
}

Json quota_cells(const api::Object& object, sim::Instant now) {
    const auto& quota = static_cast<const api::ResourceQuota&>(object);
    std::string requests;
    std::string limits;
    for (const auto& [name, hard] : quota.status.hard) {
        std::string& text = name.starts_with("limits.") ? limits : requests;
        text += (text.empty() ? "" : ", ") + name + ": " + quota.status.used.value_or(name, {}).text() + "/" +
                hard.text();
    }
    return {quota.metadata.name, age_cell(quota, now), requests, limits};
}

}  // namespace

TableKind limit_range_table() {
    return {{kName, {"Created At", "date", "", 0, "When it was made."}}, &creation_cells};
}

TableKind resource_quota_table() {
    return {{kName,
             {"Age", "string", "", 0, "Time since it was made."},
             {"Request", "string", "", 0, "What is used of what may be requested, and of counted objects."},
             {"Limit", "string", "", 0, "What is used of what limits may add up to."}},
            &quota_cells};
}

}  // namespace kubetab::server
