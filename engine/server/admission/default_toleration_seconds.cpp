// DefaultTolerationSeconds: pods tolerate a node that is not ready or unreachable for five minutes.
// upstream: plugin/pkg/admission/defaulttolerationseconds/admission.go

#include "engine/server/admission.h"

namespace kubetab::server {
namespace {

constexpr std::int64_t kDefaultSeconds = 300;

bool tolerates(const api::PodSpec& spec, std::string_view key) {
    for (const api::Toleration& toleration : spec.tolerations) {
        const bool key_matches = toleration.key == key || toleration.key.empty();
        const bool effect_matches = toleration.effect == "NoExecute" || toleration.effect.empty();
        if (key_matches && effect_matches) return true;
    }
    return false;
}

api::List<api::Toleration> make_defaults() {
    api::List<api::Toleration> defaults;
    for (const std::string_view key : {"node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"}) {
        api::Toleration& toleration = defaults.emplace_back();
        toleration.key = key;
        toleration.operator_ = "Exists";
        toleration.effect = "NoExecute";
        toleration.tolerationSeconds = kDefaultSeconds;
    }
    return defaults;
}

}  // namespace

base::Result<void> admit_default_toleration_seconds(const AdmissionRequest& request) {
    static const api::List<api::Toleration> defaults = make_defaults();
    if (&request.kind != &api::kind_of<api::Pod>()) return {};
    auto& pod = static_cast<api::Pod&>(request.object);
    if (pod.spec->tolerations.empty()) {
        pod.spec.edit().tolerations = defaults;  // Shared by all pods.
        return {};
    }
    for (const api::Toleration& toleration : defaults) {
        if (!tolerates(*pod.spec, toleration.key)) pod.spec.edit().tolerations.push_back(toleration);
    }
    return {};
}

}  // namespace kubetab::server
