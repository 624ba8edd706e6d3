// Owners: who has set which fields of an object, as metadata.managedFields says it.
//
// An owner is a manager with an operation, and for updates an API version; through a subresource it is
// another one. upstream: staging/src/k8s.io/apimachinery/pkg/util/managedfields/internal/managedfields.go,
// capmanagers.go
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/api/meta.h"
#include "engine/server/managed_fields/field_set.h"

namespace kubetab::server {

using ManagedFields = std::vector<api::ManagedFieldsEntry>;

// Who writes, and when.
struct Writer {
    api::Text manager{};
    api::Text subresource{};
    api::Time time{};
    api::Text api_version{};  // that it wrote through; "" is the one that is stored
};

enum class OwnerOperation { Apply, Update };

struct Owner {
    api::ManagedFieldsEntry entry{};  // its fieldsV1 is what was read; `fields` counts
    FieldSet fields{};

    bool applies() const { return entry.operation == "Apply"; }
};

Owner owner_of(const Writer& writer, OwnerOperation operation, const std::string& api_version);
// The same manager, operation, subresource and, for updates, version.
bool same_owner(const Owner& a, const Owner& b);
// By which conflicts are ordered. upstream: BuildManagerIdentifier
std::string identifier_of(const Owner& owner);
// `"kubectl-edit" using apps/v1`. upstream: conflict.go [printManager]
std::string owner_text(const Owner& owner);

// Nothing when an entry cannot be read.
std::optional<std::vector<Owner>> read_owners(const ManagedFields& entries);
// In the order in which the server writes them, those without fields left out, and at most ten updaters: the
// oldest ones become one.
ManagedFields write_owners(std::vector<Owner> owners);
// What an object carries that nobody manages, until something is applied to it; clients never see it.
ManagedFields unmanaged();
bool is_unmanaged(const ManagedFields& entries);
// Equal but for the times.
bool same_but_for_times(const ManagedFields& a, const ManagedFields& b);

// Adds to what the owner has; it is made when there is none. Returns it.
Owner& add_fields(std::vector<Owner>& owners, const Owner& wanted);

}  // namespace kubetab::server
