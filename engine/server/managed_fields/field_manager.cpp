#include "engine/server/managed_fields/field_manager.h"

#include <algorithm>

#include "engine/api/codec.h"
#include "engine/base/json.h"
#include "engine/base/stable_sort.h"
#include "engine/server/managed_fields/comparison.h"
#include "engine/server/managed_fields/conflicts.h"
#include "engine/server/managed_fields/document_merge.h"
#include "engine/server/managed_fields/last_applied.h"
#include "engine/server/managed_fields/reset_fields.h"
#include "engine/server/managed_fields/typed_document.h"

namespace kubetab::server {

using api::Kind;
using api::Object;
using base::Json;
using base::Reason;
using base::Result;

namespace {

constexpr std::string_view kBeforeFirstApply = "before-first-apply";

// What a write through the endpoint may take.
Comparison changes(const Kind& kind, const Object& before, const Object& after, Endpoint endpoint) {
    Comparison found = compared(kind, before, after);
    const FieldSet reset = reset_fields(kind, endpoint);
    found.added = without_trees(found.added, reset);
    found.modified = without_trees(found.modified, reset);
    found.removed = without_trees(found.removed, reset);
    return found;
}

// Everybody but the writer loses what changed and what is gone.
void take_from(std::vector<Owner>& owners, const Comparison& found, const Owner* writer) {
    const FieldSet changed = found.changed();
    for (Owner& owner : owners) {
        if (writer != nullptr && same_owner(owner, *writer)) continue;
        owner.fields = without(without(owner.fields, intersected(owner.fields, changed)), found.removed);
    }
}

FieldSet fields_of(const Kind& kind, const Json& document) {
    return describe_document(kind, document, Duplicates::Allowed).fields;
}

FieldSet named_fields_of(const Kind& kind, const Json& document) {
    return with_named_parents(kind, fields_of(kind, document));
}

// upstream: Updater.prune
Json pruned(const Kind& kind, const Json& merged, const std::vector<Owner>& owners, const FieldSet& last) {
    if (last.empty()) return merged;
    const FieldSet named_last = with_named_parents(kind, last);
    FieldSet owned;
    for (const Owner& owner : owners) owned = united(owned, owner.fields);
    const FieldSet all = named_fields_of(kind, merged);
    // What other managers own stays, and what stands only below that goes.
    const FieldSet kept = named_fields_of(kind, without_fields(kind, merged, named_last));
    const Json owned_kept =
        without_fields(kind, merged, without(all, united(kept, with_named_parents(kind, owned))));
    // What the applier never named stays, even when nobody owns it.
    const FieldSet gone = without(all, named_fields_of(kind, owned_kept));
    return without_fields(kind, merged, intersected(gone, named_last));
}

// "default/web; apps/v1, Kind=Deployment"
std::string object_text(const Kind& kind, const Json& document) {
    return base::text_at(document, {"metadata", "namespace"}) + "/" +
           base::text_at(document, {"metadata", "name"}) + "; " + std::string(kind.group) + "/" +
           std::string(kind.version) + ", Kind=" + std::string(kind.kind);
}

// upstream: VersionCheckManager.Apply, structuredMergeManager.Apply
Result<FieldSet> check_document(const Kind& kind, const Json& document) {
    if (!document.is_object()) {
        return base::failure(Reason::BadRequest, "error decoding YAML: the body is no object");
    }
    const std::string version = base::text_at(document, {"apiVersion"});
    const std::string named = base::text_at(document, {"kind"});
    if (version != kind.api_version() || named != kind.kind) {
        const bool grouped = version.find('/') != std::string::npos;
        return base::failure(Reason::BadRequest, "invalid object type: " + std::string(grouped ? "" : "/") +
                                                     version + ", Kind=" + named);
    }
    if (base::find(document, {"metadata", "managedFields"}) != nullptr) {
        return base::failure(Reason::BadRequest, "metadata.managedFields must be nil");
    }
    TypedDocument described = describe_document(kind, document, Duplicates::Refused);
    if (described.errors.empty()) return std::move(described.fields);
    return base::failure(Reason::Unknown, "failed to create typed patch object (" +
                                              object_text(kind, document) +
                                              "): " + joined_errors(described.errors));
}

Result<std::shared_ptr<Object>> decoded(const Kind& kind, const Json& document) {
    api::StrictIssues issues;
    Result<std::shared_ptr<Object>> object = api::decode_object(kind, document, issues);
    if (object.ok()) return object;
    return base::failure(Reason::Unknown, "failed to convert new object (" + object_text(kind, document) +
                                              ") to proper version (" + kind.api_version() +
                                              "): " + object.error().message);
}

bool precedes(const Owner& a, const Owner& b) {
    return identifier_of(a) < identifier_of(b);
}

std::vector<Owner> losers(const std::vector<Owner>& owners, const Owner& applier, const FieldSet& changed) {
    std::vector<Owner> found;
    for (const Owner& owner : owners) {
        if (same_owner(owner, applier)) continue;
        FieldSet lost = intersected(owner.fields, changed);
        if (!lost.empty()) found.push_back({owner.entry, std::move(lost)});
    }
    base::stable_sort(found, precedes);
    return found;
}

// What a client-side apply set is not in the way of kubectl. upstream: lastAppliedManager.Apply
void allow_last_applied(const Kind& kind, const Object& live, std::vector<Owner>& found) {
    const std::optional<FieldSet> allowed = last_applied_fields(kind, live);
    if (!allowed) return;
    FieldSet all;
    for (const Owner& owner : found) all = united(all, owner.fields);
    if (without(all, *allowed).empty()) return found.clear();
    for (Owner& owner : found) owner.fields = without(owner.fields, *allowed);
    std::erase_if(found, [](const Owner& owner) { return owner.fields.empty(); });
}

// The owners of a live object that is applied to. upstream: skipNonAppliedManager.Apply
Result<std::vector<Owner>> owners_before(const Kind& kind, const Object& live, const ManagedFields& entries,
                                         const ApplyOptions& options) {
    std::optional<std::vector<Owner>> owners = read_owners(entries);
    if (!owners) return base::failure(Reason::Unknown, "failed to decode managed fields");
    const bool exists = !live.metadata.uid.empty();
    if (!owners->empty() || !exists) return std::move(*owners);
    Writer first = options.writer;
    first.manager = kBeforeFirstApply;
    Owner owner = owner_of(first, OwnerOperation::Update, kind.api_version());
    const std::shared_ptr<Object> blank = kind.make();
    owner.fields = without(changes(kind, *blank, live, options.endpoint).changed(), unowned_fields());
    return std::vector<Owner>{std::move(owner)};
}

Json live_document(const Kind& kind, const Object& live) {
    Json document = api::to_json(kind, live);
    document["metadata"].erase("managedFields");
    return document;
}

}  // namespace

ManagedFields after_update(const UpdatedFields& update, const ManagedFields& entries) {
    const Comparison found = changes(update.kind, update.before, update.after, update.endpoint);
    if (found.empty()) return entries;
    std::optional<std::vector<Owner>> owners = read_owners(entries);
    if (!owners) return entries;
    take_from(*owners, found, nullptr);
    Owner writer = owner_of(update.writer, OwnerOperation::Update, update.kind.api_version());
    writer.fields = without(found.changed(), unowned_fields());
    if (!writer.fields.empty()) add_fields(*owners, writer);
    return write_owners(std::move(*owners));
}

Result<AppliedDocument> apply_document(const Kind& kind, const Object& live, const ManagedFields& entries,
                                       const Json& document, const ApplyOptions& options) {
    std::vector<Owner> owners = TRY(owners_before(kind, live, entries, options));
    Owner applier = owner_of(options.writer, OwnerOperation::Apply, kind.api_version());
    applier.fields = without_trees(TRY(check_document(kind, document)), reset_fields(kind, options.endpoint));
    FieldSet last;
    std::erase_if(owners, [&](const Owner& owner) {
        if (!same_owner(owner, applier)) return false;
        last = owner.fields;
        applier.entry.time = owner.entry.time;
        return true;
    });
    const bool is_new = last.empty();
    if (is_new) applier.entry.time = {};
    owners.push_back(applier);

    const Json merged = merged_document(kind, live_document(kind, live), document);
    std::shared_ptr<Object> object = TRY(decoded(kind, pruned(kind, merged, owners, last)));
    const Comparison found = changes(kind, live, *object, options.endpoint);
    if (!options.force) {
        std::vector<Owner> conflicts = losers(owners, applier, found.changed());
        if (!conflicts.empty() && is_kubectl(options.writer)) allow_last_applied(kind, live, conflicts);
        if (!conflicts.empty()) return conflict_status(conflicts);
    }
    take_from(owners, found, &applier);
    Owner& own = owners.back();
    if (!found.empty()) own.entry.time = options.writer.time;
    own.fields = without(own.fields, unowned_fields());
    if (is_kubectl(options.writer)) renew_last_applied(*object, document);
    return AppliedDocument{std::move(object), write_owners(std::move(owners))};
}

}  // namespace kubetab::server
