// upstream: pkg/registry/core/secret/strategy.go

#include "engine/server/strategy.h"

namespace kubetab::server {
namespace {

base::Result<void> prepare_for_update(Server&, api::Object& object, const api::Object& stored, Endpoint) {
    auto& secret = static_cast<api::Secret&>(object);
    if (secret.type.empty()) secret.type = static_cast<const api::Secret&>(stored).type;
    return {};
}

}  // namespace

const Strategy kSecretStrategy{nullptr, &prepare_for_update, nullptr, nullptr};

}  // namespace kubetab::server
