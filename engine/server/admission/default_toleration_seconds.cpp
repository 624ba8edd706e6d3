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

}  // namespace

base::Result<void> admit_default_toleration_seconds(const AdmissionRequest& request) {
    if (&request.kind != &api::kind_of<api::Pod>()) return {};
    auto& pod = static_cast<api::Pod&>(request.object);
    for (const std::string_view key : {"node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"}) {
        if (tolerates(*pod.spec, key)) continue;
        api::Toleration toleration;
        toleration.key = key;
        toleration.operator_ = "Exists";
        toleration.effect = "NoExecute";
        toleration.tolerationSeconds = kDefaultSeconds;
        pod.spec.edit().tolerations.push_back(toleration);
    }
    return {};
}

}  // namespace kubetab::server
