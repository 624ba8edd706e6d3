// upstream: staging/src/k8s.io/apiextensions-apiserver/pkg/registry/customresourcedefinition/strategy.go

#include "engine/api/custom_resource_definition.h"

#include <algorithm>

#include "engine/server/strategy.h"

namespace kubetab::server {
namespace {

using api::CustomResourceDefinition;

// Notes the version in which objects are stored from now on.
void note_storage_version(CustomResourceDefinition& definition) {
    api::Texts& stored = definition.status.storedVersions;
    for (const api::CustomResourceDefinitionVersion& version : definition.spec.versions) {
        const bool known = std::find(stored.begin(), stored.end(), version.name) != stored.end();
        if (version.storage && !known) stored.push_back(version.name);
    }
}

base::Result<void> prepare_definition(Server&, api::Object& object) {
    note_storage_version(static_cast<CustomResourceDefinition&>(object));
    return {};
}

base::Result<void> prepare_definition_update(Server&, api::Object& object, const api::Object&,
                                             Endpoint endpoint) {
    if (endpoint == Endpoint::Main) note_storage_version(static_cast<CustomResourceDefinition&>(object));
    return {};
}

}  // namespace

const Strategy kDefinitionStrategy{&prepare_definition, &prepare_definition_update, nullptr, nullptr};

}  // namespace kubetab::server
