// upstream: pkg/registry/core/namespace/strategy.go

#include "engine/server/strategy.h"

namespace kubetab::server {
namespace {

constexpr std::string_view kNameLabel = "kubernetes.io/metadata.name";

base::Result<void> prepare_for_create(Server&, api::Object& object) {
    auto& space = static_cast<api::Namespace&>(object);
    space.status.phase = "Active";
    if (space.spec.finalizers.empty()) space.spec.finalizers = {"kubernetes"};
    space.metadata.labels[kNameLabel] = space.metadata.name;
    return {};
}

base::Result<void> prepare_for_update(Server&, api::Object& object, const api::Object& stored,
                                      Endpoint endpoint) {
    auto& space = static_cast<api::Namespace&>(object);
    const auto& before = static_cast<const api::Namespace&>(stored);
    if (endpoint != Endpoint::Finalize) space.spec.finalizers = before.spec.finalizers;
    if (endpoint == Endpoint::Finalize) space.status = before.status;
    space.metadata.labels[kNameLabel] = space.metadata.name;
    return {};
}

}  // namespace

const Strategy kNamespaceStrategy{&prepare_for_create, &prepare_for_update, nullptr, nullptr};

}  // namespace kubetab::server
