#include "engine/server/managed_fields/owners.h"

#include <algorithm>
#include <tuple>

#include "engine/api/codec.h"
#include "engine/base/stable_sort.h"
#include "engine/server/managed_fields/fields_v1.h"

namespace kubetab::server {
namespace {

constexpr std::string_view kFieldsType = "FieldsV1";
constexpr std::string_view kBucket = "ancient-changes";
constexpr std::size_t kMaxUpdaters = 10;

void add_member(std::string& out, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out += out.size() == 1 ? "\"" : ",\"";
    out.append(name).append("\":");
    api::write_string(out, value);
}

// upstream: sortEncodedManagedFields
bool stands_before(const Owner& a, const Owner& b) {
    const auto order = [](const Owner& owner) {
        const api::ManagedFieldsEntry& entry = owner.entry;
        return std::tuple(std::string_view(entry.operation), entry.time.seconds,
                          std::string_view(entry.manager), std::string_view(entry.apiVersion),
                          std::string_view(entry.subresource));
    };
    return order(a) < order(b);
}

bool is_older(const Owner& a, const Owner& b) {
    if (a.entry.time != b.entry.time) return a.entry.time < b.entry.time;
    return identifier_of(a) < identifier_of(b);
}

// upstream: capManagersManager.capUpdateManagers; there is one version of every kind
void merge_oldest_updaters(std::vector<Owner>& owners) {
    std::vector<Owner> updaters;
    std::vector<Owner> kept;
    for (Owner& owner : owners) (owner.applies() ? kept : updaters).push_back(std::move(owner));
    if (updaters.size() > kMaxUpdaters) {
        base::stable_sort(updaters, is_older);
        Owner bucket = std::move(updaters.front());
        bucket.entry.manager = kBucket;
        bucket.entry.subresource.clear();
        const std::size_t surplus = updaters.size() - kMaxUpdaters;
        for (std::size_t i = 1; i <= surplus; ++i) {
            bucket.fields = united(bucket.fields, updaters[i].fields);
            bucket.entry.time = updaters[i].entry.time;
        }
        updaters.erase(updaters.begin(), updaters.begin() + static_cast<std::ptrdiff_t>(surplus + 1));
        updaters.push_back(std::move(bucket));
    }
    for (Owner& owner : updaters) kept.push_back(std::move(owner));
    owners = std::move(kept);
}

}  // namespace

Owner owner_of(const Writer& writer, OwnerOperation operation, const std::string& api_version) {
    Owner owner;
    owner.entry.apiVersion = writer.api_version.empty() ? api::Text(api_version) : writer.api_version;
    owner.entry.fieldsType = kFieldsType;
    owner.entry.manager = writer.manager.empty() ? api::Text("unknown") : writer.manager;
    owner.entry.operation = operation == OwnerOperation::Apply ? "Apply" : "Update";
    owner.entry.subresource = writer.subresource;
    owner.entry.time = writer.time;
    return owner;
}

bool same_owner(const Owner& a, const Owner& b) {
    return a.entry.manager == b.entry.manager && a.entry.operation == b.entry.operation &&
           a.entry.subresource == b.entry.subresource &&
           (a.applies() || a.entry.apiVersion == b.entry.apiVersion);
}

std::string identifier_of(const Owner& owner) {
    std::string text = "{";
    add_member(text, "manager", owner.entry.manager);
    add_member(text, "operation", owner.entry.operation);
    if (!owner.applies()) add_member(text, "apiVersion", owner.entry.apiVersion);
    add_member(text, "subresource", owner.entry.subresource);
    return text + "}";
}

std::string owner_text(const Owner& owner) {
    std::string text;
    api::write_string(text, owner.entry.manager);
    if (!owner.entry.subresource.empty()) {
        text += " with subresource ";
        api::write_string(text, owner.entry.subresource);
    }
    return owner.applies() ? text : text + " using " + owner.entry.apiVersion;
}

std::optional<std::vector<Owner>> read_owners(const ManagedFields& entries) {
    std::vector<Owner> owners;
    for (const api::ManagedFieldsEntry& entry : entries) {
        const bool known = entry.operation == "Apply" || entry.operation == "Update";
        if (!known || entry.fieldsType != kFieldsType || !entry.fieldsV1) return std::nullopt;
        std::optional<FieldSet> fields = read_fields_v1(entry.fieldsV1->json);
        if (!fields) return std::nullopt;
        owners.push_back({entry, std::move(*fields)});
    }
    return owners;
}

ManagedFields write_owners(std::vector<Owner> owners) {
    std::erase_if(owners, [](const Owner& owner) { return owner.fields.empty(); });
    merge_oldest_updaters(owners);
    base::stable_sort(owners, stands_before);
    ManagedFields entries;
    for (Owner& owner : owners) {
        std::string text = fields_v1_text(owner.fields);
        // Text that has not changed stays shared with the object's earlier states.
        const bool same = owner.entry.fieldsV1 && owner.entry.fieldsV1->json == text;
        if (!same) owner.entry.fieldsV1 = api::Raw{api::Text::unique(std::move(text))};
        entries.push_back(std::move(owner.entry));
    }
    return entries;
}

ManagedFields unmanaged() {
    api::ManagedFieldsEntry nobody;
    nobody.operation = "Update";
    return {nobody};
}

bool is_unmanaged(const ManagedFields& entries) {
    return entries.size() == 1 && entries.front().manager.empty() && !entries.front().fieldsV1;
}

bool same_but_for_times(const ManagedFields& a, const ManagedFields& b) {
    const auto same = [](const api::ManagedFieldsEntry& left, api::ManagedFieldsEntry right) {
        right.time = left.time;
        return api::equal(left, right);
    };
    return std::is_permutation(a.begin(), a.end(), b.begin(), b.end(), same);
}

Owner& add_fields(std::vector<Owner>& owners, const Owner& wanted) {
    for (Owner& owner : owners) {
        if (!same_owner(owner, wanted)) continue;
        owner.fields = united(owner.fields, wanted.fields);
        owner.entry.time = wanted.entry.time;
        return owner;
    }
    owners.push_back(wanted);
    return owners.back();
}

}  // namespace kubetab::server
