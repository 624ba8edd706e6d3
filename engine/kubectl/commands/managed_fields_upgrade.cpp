#include "engine/kubectl/commands/managed_fields_upgrade.h"

#include "engine/kubectl/commands/mutation.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

constexpr const char* kDot = ".";

// Trees of fields: {} is a field, and so is what holds ".".
Json united(const Json& a, const Json& b) {
    if (a.empty() && b.empty()) return Json::object();
    Json result = a;
    const bool whole = a.empty() || b.empty();
    if (whole) result[kDot] = Json::object();
    for (const auto& [key, below] : b.items()) {
        const Json* mine = base::find(a, key);
        result[key] = mine != nullptr ? united(*mine, below) : below;
    }
    return result;
}

bool is_by(const Json& entry, const std::string& manager, std::string_view operation) {
    return base::text_at(entry, {"manager"}) == manager && base::text_at(entry, {"operation"}) == operation &&
           base::text_at(entry, {"subresource"}).empty();
}

Json* find_entry(Json& entries, const std::string& manager, std::string_view operation) {
    for (Json& entry : entries) {
        if (is_by(entry, manager, operation)) return &entry;
    }
    return nullptr;
}

// upstream: upgradedManagedFields
void hand_over(Json& entries, const std::string& manager, const std::string& applier) {
    Json* target = find_entry(entries, applier, "Apply");
    if (target == nullptr) {
        target = find_entry(entries, manager, "Update");
        if (target == nullptr) return;
        (*target)["operation"] = "Apply";
        (*target)["manager"] = applier;
    }
    const Json* given = find_entry(entries, manager, "Update");
    const bool same_version = given != nullptr && (*given)["apiVersion"] == (*target)["apiVersion"];
    if (same_version) (*target)["fieldsV1"] = united((*target)["fieldsV1"], (*given)["fieldsV1"]);
    Json kept = Json::array();
    for (const Json& entry : entries) {
        if (!is_by(entry, manager, "Update")) kept.push_back(entry);
    }
    entries = std::move(kept);
}

}  // namespace

std::set<std::string> last_applied_owners(const Json& object, std::string_view operation) {
    std::set<std::string> owners;
    const Json* entries = base::find(object, {"metadata", "managedFields"});
    if (entries == nullptr || !entries->is_array()) return owners;
    const std::string annotation = "f:" + std::string(kLastApplied);
    for (const Json& entry : *entries) {
        const Json* owned = base::find(entry, {"fieldsV1", "f:metadata", "f:annotations", annotation});
        if (owned != nullptr && base::text_at(entry, {"operation"}) == operation)
            owners.insert(base::text_at(entry, {"manager"}));
    }
    return owners;
}

Json upgrade_patch(const Json& object, const std::set<std::string>& managers, const std::string& applier) {
    const Json* entries = base::find(object, {"metadata", "managedFields"});
    if (entries == nullptr || !entries->is_array()) return {};
    Json upgraded = *entries;
    for (const std::string& manager : managers) hand_over(upgraded, manager, applier);
    if (upgraded == *entries) return {};
    // Replacing the version makes the server refuse the patch when the object has changed meanwhile.
    return {{{"op", "replace"}, {"path", "/metadata/managedFields"}, {"value", upgraded}},
            {{"op", "replace"},
             {"path", "/metadata/resourceVersion"},
             {"value", base::text_at(object, {"metadata", "resourceVersion"})}}};
}

}  // namespace kubetab::kubectl
