#include "engine/controllers/custom_resource_names.h"

#include <set>
#include <utility>

#include "engine/api/codec.h"

namespace kubetab::controllers {
namespace {

using api::CustomResourceDefinition;
using api::CustomResourceDefinitionCondition;
using api::CustomResourceDefinitionNames;
using client::Requeue;

constexpr std::string_view kApproval = "api-approved.kubernetes.io";

CustomResourceDefinitionCondition condition_of(std::string_view type, bool holds, std::string_view reason,
                                               std::string message) {
    CustomResourceDefinitionCondition condition;
    condition.type = type;
    condition.status = holds ? "True" : "False";
    condition.reason = reason;
    condition.message = std::move(message);
    return condition;
}

// Groups of Kubernetes' own need somebody's approval. upstream: apihelpers.GetAPIApprovalState
void set_approval(CustomResourceDefinition& definition, api::Time now) {
    const std::string* approval = nullptr;
    const api::Text* found = definition.metadata.annotations.get(kApproval);
    if (found != nullptr) approval = &found->str();
    const std::string_view group = definition.spec.group;
    const bool is_protected = group.ends_with(".k8s.io") || group.ends_with(".kubernetes.io");
    if (!is_protected || approval == nullptr) return;
    const bool approved = approval->find("://") != std::string::npos;
    api::set_condition(
        definition,
        condition_of("KubernetesAPIApprovalPolicyConformant", approved,
                     approved ? "ApprovedAnnotation" : "UnapprovedAnnotation",
                     approved ? "approved in " + *approval : "not approved: \"" + *approval + "\""),
        now);
}

}  // namespace

CustomResourceNames::CustomResourceNames(sim::Simulation& simulation, client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "crd-naming-controller"),
      definitions_(informers.of<CustomResourceDefinition>()) {
    for (const auto& [key, object] : definitions_.objects()) enqueue(key, definitions_.revision());
    definitions_.on_change([this](const client::Change& change) {
        consider(static_cast<const CustomResourceDefinition&>(*change.object), change.revision);
    });
}

// Names that one gives up may be what another of its group waits for. upstream: requeueAllOtherGroupCRDs
void CustomResourceNames::consider(const CustomResourceDefinition& definition, std::int64_t revision) {
    for (const auto& [key, object] : definitions_.objects()) {
        const auto& other = static_cast<const CustomResourceDefinition&>(*object);
        const bool itself = key.name == definition.metadata.name;
        const bool waits =
            other.spec.group == definition.spec.group && !api::is_condition_true(other, "NamesAccepted");
        if (itself || waits) enqueue(key, revision);
    }
}

// upstream: calculateNamesAndConditions
CustomResourceDefinitionCondition CustomResourceNames::accept_names(CustomResourceDefinition& next) {
    std::set<api::Text> resources;
    std::set<api::Text> kinds;
    for (const auto& [key, object] : definitions_.objects()) {
        const auto& known = static_cast<const CustomResourceDefinition&>(*object);
        if (key.name == next.metadata.name || known.spec.group != next.spec.group) continue;
        // As it is now: what was accepted a moment ago has not come back to the informer yet.
        const base::Result<api::Ref<CustomResourceDefinition>> other =
            client_.get<CustomResourceDefinition>(key);
        if (!other.ok()) continue;
        const CustomResourceDefinitionNames taken = (*other)->status.acceptedNames;
        resources.insert({taken.plural, taken.singular});
        resources.insert(taken.shortNames.begin(), taken.shortNames.end());
        kinds.insert({taken.kind, taken.listKind});
    }
    const CustomResourceDefinitionNames& wanted = next.spec.names;
    CustomResourceDefinitionNames& accepted = next.status.acceptedNames;
    std::string_view reason;
    std::string message;
    const auto accept = [&](const api::Text& name, api::Text& has, const std::set<api::Text>& taken,
                            std::string_view conflict) {
        if (name == has || !taken.contains(name)) {
            has = name;
            return;
        }
        reason = conflict;
        message = "\"" + name + "\" is already in use";
    };
    accept(wanted.plural, accepted.plural, resources, "PluralConflict");
    accept(wanted.singular, accepted.singular, resources, "SingularConflict");
    std::string short_conflicts;
    if (wanted.shortNames != accepted.shortNames) {
        for (const api::Text& name : wanted.shortNames) {
            if (!resources.contains(name)) continue;
            short_conflicts += (short_conflicts.empty() ? "\"" : ", \"") + name + "\" is already in use";
        }
    }
    if (short_conflicts.empty()) {
        accepted.shortNames = wanted.shortNames;
    } else {
        reason = "ShortNamesConflict";
        message = short_conflicts;
    }
    accept(wanted.kind, accepted.kind, kinds, "KindConflict");
    accept(wanted.listKind, accepted.listKind, kinds, "ListKindConflict");
    accepted.categories = wanted.categories;
    const bool free = reason.empty();
    return condition_of("NamesAccepted", free, free ? "NoConflicts" : reason,
                        free ? "no conflicts found" : message);
}

base::Result<Requeue> CustomResourceNames::reconcile(const api::ObjectKey& key) {
    const api::Ref<CustomResourceDefinition> stored = definitions_.find(key);
    if (!stored) return Requeue::none();
    CustomResourceDefinition next = *stored;
    const api::Time now(simulation_.now());
    const CustomResourceDefinitionCondition names = accept_names(next);
    const bool accepted = names.status == "True";
    bool changed = api::set_condition(next, names, now);
    changed = changed || !api::equal(next.status.acceptedNames, stored->status.acceptedNames);
    const bool known_as_accepted = api::is_condition_true(*stored, "NamesAccepted");
    if (!api::is_condition_true(*stored, "Established")) {
        // It is installed first, and established when that has been seen.
        const bool ready = accepted && known_as_accepted;
        changed |= api::set_condition(
            next,
            condition_of("Established", ready,
                         ready      ? "InitialNamesAccepted"
                         : accepted ? "Installing"
                                    : "NotAccepted",
                         accepted ? "the initial names have been accepted" : "not all names are accepted"),
            now);
    }
    const std::size_t conditions = next.status.conditions.size();
    set_approval(next, now);
    changed |= next.status.conditions.size() != conditions;
    if (!changed) return Requeue::none();
    client_.because(accepted ? "its names are free" : "a name is taken");
    TRY(client_.update_status(std::move(next)));
    return Requeue::none();
}

}  // namespace kubetab::controllers
