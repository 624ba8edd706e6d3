#include "engine/controllers/custom_resource_finalizer.h"

#include <algorithm>
#include <utility>

namespace kubetab::controllers {
namespace {

using api::CustomResourceDefinition;
using base::Result;
using client::Requeue;

constexpr sim::Duration kPoll = sim::seconds(5);

api::CustomResourceDefinitionCondition terminating(bool holds, std::string_view reason,
                                                   std::string_view message) {
    api::CustomResourceDefinitionCondition condition;
    condition.type = "Terminating";
    condition.status = holds ? "True" : "False";
    condition.reason = reason;
    condition.message = message;
    return condition;
}

bool is_held(const CustomResourceDefinition& definition) {
    const api::Texts& finalizers = definition.metadata.finalizers;
    return definition.metadata.deletionTimestamp.is_set() &&
           std::find(finalizers.begin(), finalizers.end(), api::kCustomResourceCleanup) != finalizers.end();
}

}  // namespace

CustomResourceFinalizer::CustomResourceFinalizer(sim::Simulation& simulation,
                                                 client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "crd-finalizer-controller"),
      definitions_(informers.of<CustomResourceDefinition>()) {
    const auto consider = [this](const api::Object& object, std::int64_t revision) {
        if (is_held(static_cast<const CustomResourceDefinition&>(object)))
            enqueue(api::ObjectKey::of(object.metadata), revision);
    };
    for (const auto& [key, object] : definitions_.objects()) consider(*object, definitions_.revision());
    definitions_.on_change([consider](const client::Change& change) {
        if (change.type != client::ChangeType::Deleted) consider(*change.object, change.revision);
    });
}

// upstream: deleteInstances
Result<std::size_t> CustomResourceFinalizer::delete_instances(const CustomResourceDefinition& definition) {
    client::ApiServer& server = client_.server();
    const std::vector<const api::Kind*> kinds = server.custom_kinds();
    const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const api::Kind* kind) {
        return kind->resource() == definition.metadata.name.str();
    });
    if (found == kinds.end()) return std::size_t{0};
    client_.because("its definition is being deleted");
    for (const api::Ref<api::Object>& object : server.list({*found, {}}).items) {
        const Result<void> removed = server.remove(**found, api::ObjectKey::of(object->metadata),
                                                   {.uid = object->metadata.uid}, client_.cause());
        if (!removed.ok() && removed.error().reason != base::Reason::NotFound) return removed.error();
    }
    return server.list({*found, {}}).items.size();
}

// upstream: sync
Result<Requeue> CustomResourceFinalizer::reconcile(const api::ObjectKey& key) {
    const Result<api::Ref<CustomResourceDefinition>> live = client_.get<CustomResourceDefinition>(key);
    if (!live.ok() || !is_held(**live)) return Requeue::none();
    CustomResourceDefinition next = **live;
    const api::Time now(simulation_.now());
    if (api::set_condition(
            next, terminating(true, "InstanceDeletionInProgress", "CustomResource deletion is in progress"),
            now)) {
        client_.because("it is being deleted");
        next = *TRY(client_.update_status(std::move(next)));
    }
    if (api::is_condition_true(next, "Established") && TRY(delete_instances(next)) > 0)
        return Requeue::in(kPoll);
    api::set_condition(next, terminating(false, "InstanceDeletionCompleted", "removed all instances"), now);
    std::erase(next.metadata.finalizers.edit(), api::kCustomResourceCleanup);
    client_.because("no object of it is left");
    TRY(client_.update_status(std::move(next)));
    return Requeue::none();
}

}  // namespace kubetab::controllers
