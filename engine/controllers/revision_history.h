// The states that a DaemonSet or StatefulSet has had: ControllerRevisions, each with the pod template of
// then.
//
// upstream: pkg/controller/history/controller_history.go
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/controller_revision.h"
#include "engine/api/core/pod_spec.h"
#include "engine/client/client.h"

namespace kubetab::controllers {

using Revisions = std::vector<api::Ref<api::ControllerRevision>>;

// The state as what is kept of it: a strategic merge patch that puts the template back.
api::Raw template_patch(const api::PodTemplateSpec& pod_template);
// The template that such a patch puts back. Fails when somebody has written something else there.
base::Result<api::Box<api::PodTemplateSpec>> template_of(const api::ControllerRevision& revision);
// Tells states apart. Equal ones of another collision count have another hash. upstream:
// HashControllerRevision
std::string revision_hash(const api::Raw& data, std::optional<std::int32_t> collision_count);

// Oldest first.
void sort_by_revision(Revisions& revisions);
// One more than the newest one's number. `revisions` are sorted.
std::int64_t next_revision(const Revisions& revisions);
// A revision of `owner`, not stored yet.
api::ControllerRevision make_revision(const api::Kind& owner_kind, const api::ObjectMeta& owner,
                                      const std::string& name, const api::Raw& data, std::int64_t number);
// Stores it. Null when another state has that name: the caller has to count the collision and try again.
base::Result<api::Ref<api::ControllerRevision>> store_revision(client::Client& client,
                                                               api::ControllerRevision revision);
// Gives the revision another number; itself when it has that already.
base::Result<api::Ref<api::ControllerRevision>> renumber(client::Client& client,
                                                         const api::Ref<api::ControllerRevision>& revision,
                                                         std::int64_t number);
// Deletes the oldest of the sorted `revisions` until `keep` are left.
base::Result<void> truncate_history(client::Client& client, const Revisions& revisions, std::int32_t keep);

}  // namespace kubetab::controllers
