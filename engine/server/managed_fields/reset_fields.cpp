#include "engine/server/managed_fields/reset_fields.h"

namespace kubetab::server {
namespace {

FieldPath path_of(std::string_view dotted) {
    FieldPath path;
    while (!dotted.empty()) {
        const std::size_t dot = dotted.find('.');
        path.push_back(field_element(dotted.substr(0, dot)));
        dotted = dot == std::string_view::npos ? "" : dotted.substr(dot + 1);
    }
    return path;
}

// Beyond what holds for every kind.
struct Extra {
    std::string_view kind{};
    Endpoint endpoint = Endpoint::Main;
    std::string_view path{};
};

constexpr Extra kExtras[] = {
    {"CertificateSigningRequest", Endpoint::Main, "spec"},
    {"CertificateSigningRequest", Endpoint::Status, "status.conditions"},
    {"Deployment", Endpoint::Status, "metadata.labels"},
    {"Pod", Endpoint::Status, "metadata.deletionTimestamp"},
    {"Pod", Endpoint::Status, "metadata.ownerReferences"},
    {"PriorityLevelConfiguration", Endpoint::Status, "metadata"},
    {"ValidatingAdmissionPolicy", Endpoint::Status, "metadata"},
};

}  // namespace

FieldSet reset_fields(const api::Kind& kind, Endpoint endpoint) {
    FieldSet set;
    if (!kind.has_subresource("status")) return set;
    set.insert(path_of(endpoint == Endpoint::Status ? "spec" : "status"));
    for (const Extra& extra : kExtras) {
        if (extra.kind == kind.kind && extra.endpoint == endpoint) set.insert(path_of(extra.path));
    }
    return set;
}

const FieldSet& unowned_fields() {
    static const FieldSet set = [] {
        FieldSet result;
        for (const std::string_view path :
             {"apiVersion", "kind", "metadata", "metadata.name", "metadata.namespace",
              "metadata.creationTimestamp", "metadata.selfLink", "metadata.uid", "metadata.generation",
              "metadata.managedFields", "metadata.resourceVersion"}) {
            result.insert(path_of(path));
        }
        return result;
    }();
    return set;
}

}  // namespace kubetab::server
