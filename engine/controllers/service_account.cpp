#include "engine/controllers/service_account.h"

#include "engine/api/kinds.h"

namespace kubetab::controllers {

ServiceAccountController::ServiceAccountController(sim::Simulation& simulation,
                                                   client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "service-account-controller"),
      namespaces_(informers.of<api::Namespace>()),
      accounts_(informers.of<api::ServiceAccount>()) {
    for (const auto& [key, object] : namespaces_.objects()) enqueue(key, namespaces_.revision());
    namespaces_.on_change([this](const client::Change& change) {
        enqueue({"", change.object->metadata.name}, change.revision);
    });
    accounts_.on_change([this](const client::Change& change) {
        if (change.type == client::ChangeType::Deleted)
            enqueue({"", change.object->metadata.namespace_}, change.revision);
    });
}

// upstream: syncNamespace
base::Result<client::Requeue> ServiceAccountController::reconcile(const api::ObjectKey& key) {
    const api::Ref<api::Namespace> space = namespaces_.find(key);
    if (!space || space->status.phase != "Active") return client::Requeue::none();
    if (accounts_.find({key.name, "default"})) return client::Requeue::none();
    api::ServiceAccount account;
    account.metadata.name = "default";
    account.metadata.namespace_ = key.name;
    client_.because("every namespace has a default account");
    const base::Result<api::Ref<api::ServiceAccount>> created = client_.create(std::move(account));
    if (!created.ok() && created.error().reason != base::Reason::AlreadyExists) return created.error();
    return client::Requeue::none();
}

}  // namespace kubetab::controllers
