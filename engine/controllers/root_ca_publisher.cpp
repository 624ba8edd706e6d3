#include "engine/controllers/root_ca_publisher.h"

#include "engine/api/kinds.h"

namespace kubetab::controllers {
namespace {

constexpr std::string_view kName = "kube-root-ca.crt";
constexpr std::string_view kKey = "ca.crt";
constexpr std::string_view kDescription = "kubernetes.io/description";

}  // namespace

RootCaPublisher::RootCaPublisher(sim::Simulation& simulation, client::InformerFactory& informers,
                                 std::string certificate)
    : Controller(simulation, informers.server(), "root-ca-certificate-publisher-controller"),
      namespaces_(informers.of<api::Namespace>()),
      maps_(informers.of<api::ConfigMap>()),
      certificate_(std::move(certificate)) {
    for (const auto& [key, object] : namespaces_.objects()) enqueue(key, namespaces_.revision());
    namespaces_.on_change([this](const client::Change& change) {
        enqueue({"", change.object->metadata.name}, change.revision);
    });
    maps_.on_change([this](const client::Change& change) {
        if (change.object->metadata.name == kName)
            enqueue({"", change.object->metadata.namespace_}, change.revision);
    });
}

// upstream: syncNamespace
base::Result<client::Requeue> RootCaPublisher::reconcile(const api::ObjectKey& key) {
    const api::Ref<api::Namespace> space = namespaces_.find(key);
    if (!space || space->status.phase != "Active") return client::Requeue::none();
    const api::Ref<api::ConfigMap> stored = maps_.find({key.name, std::string(kName)});
    if (stored && stored->data.value_or(kKey, "") == certificate_) return client::Requeue::none();
    api::ConfigMap map = stored ? *stored : api::ConfigMap{};
    map.metadata.name = kName;
    map.metadata.namespace_ = key.name;
    map.metadata.annotations[kDescription] =
        "The certificate that pods of this namespace check the API server's identity by.";
    map.data[kKey] = certificate_;
    client_.because("pods mount the cluster's certificate");
    const base::Result<api::Ref<api::ConfigMap>> written =
        stored ? client_.update(std::move(map)) : client_.create(std::move(map));
    if (!written.ok() && written.error().reason != base::Reason::AlreadyExists) return written.error();
    return client::Requeue::none();
}

}  // namespace kubetab::controllers
