#include "engine/controllers/revision_history.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/api/codec.h"
#include "engine/api/template_hash.h"
#include "engine/base/json.h"
#include "engine/base/stable_sort.h"
#include "engine/controllers/pod_control.h"

namespace kubetab::controllers {
namespace {

using api::ControllerRevision;
using api::Ref;
using base::Result;

}  // namespace

// upstream: getPatch of the two controllers
api::Raw template_patch(const api::PodTemplateSpec& pod_template) {
    std::string encoded;
    api::write_json(encoded, api::type_of<api::PodTemplateSpec>(), &pod_template);
    // The directive stands first, as its name sorts before the fields'.
    return {R"({"spec":{"template":{"$patch":"replace",)" + encoded.substr(1) + "}}"};
}

Result<api::Box<api::PodTemplateSpec>> template_of(const ControllerRevision& revision) {
    const base::Json patch = TRY(base::parse_json(revision.data.json.str()));
    const base::Json* found = base::find(patch, {"spec", "template"});
    if (found == nullptr || !found->is_object()) {
        return base::failure(base::Reason::Invalid, "ControllerRevision " + revision.metadata.name +
                                                        " does not hold the template of a pod");
    }
    base::Json document = *found;
    document.erase("$patch");
    api::Box<api::PodTemplateSpec> result;
    api::StrictIssues issues;
    TRY(api::decode(api::type_of<api::PodTemplateSpec>(), &result.edit(), document, issues));
    return result;
}

std::string revision_hash(const api::Raw& data, std::optional<std::int32_t> collision_count) {
    std::string text = data.json.str();
    if (collision_count) text += std::to_string(*collision_count);
    return api::safe_hash(text);
}

void sort_by_revision(Revisions& revisions) {
    // A total order: names differ.
    base::stable_sort(revisions, [](const auto& a, const auto& b) {
        return std::tie(a->revision, a->metadata.creationTimestamp, a->metadata.name) <
               std::tie(b->revision, b->metadata.creationTimestamp, b->metadata.name);
    });
}

std::int64_t next_revision(const Revisions& revisions) {
    return revisions.empty() ? 1 : revisions.back()->revision + 1;
}

ControllerRevision make_revision(const api::Kind& owner_kind, const api::ObjectMeta& owner,
                                 const std::string& name, const api::Raw& data, std::int64_t number) {
    ControllerRevision revision;
    revision.metadata.name = name;
    revision.metadata.namespace_ = owner.namespace_;
    revision.metadata.annotations = owner.annotations;
    revision.metadata.ownerReferences.push_back(controller_reference(owner_kind, owner));
    revision.data = data;
    revision.revision = number;
    return revision;
}

Result<Ref<ControllerRevision>> store_revision(client::Client& client, ControllerRevision revision) {
    const api::ObjectKey key = api::ObjectKey::of(revision.metadata);
    const api::Raw data = revision.data;
    client.because("keeps the present template as revision " + std::to_string(revision.revision));
    Result<Ref<ControllerRevision>> stored = client.create(std::move(revision));
    if (stored.ok() || stored.error().reason != base::Reason::AlreadyExists) return stored;
    Ref<ControllerRevision> present = TRY(client.get<ControllerRevision>(key));
    return present->data == data ? present : Ref<ControllerRevision>();
}

Result<Ref<ControllerRevision>> renumber(client::Client& client, const Ref<ControllerRevision>& revision,
                                         std::int64_t number) {
    if (revision->revision == number) return revision;
    ControllerRevision changed = *revision;
    changed.revision = number;
    client.because("its template is the present one again");
    return client.update(std::move(changed));
}

Result<void> truncate_history(client::Client& client, const Revisions& revisions, std::int32_t keep) {
    const auto kept = static_cast<std::size_t>(std::max(keep, 0));
    for (std::size_t i = 0; i + kept < revisions.size(); ++i) {
        client.because("keeps " + std::to_string(kept) + " old revisions");
        const Result<void> removed =
            client.remove<ControllerRevision>(api::ObjectKey::of(revisions[i]->metadata));
        if (!removed.ok() && removed.error().reason != base::Reason::NotFound) return removed.error();
    }
    return {};
}

}  // namespace kubetab::controllers
