// TaintNodesByCondition: a new node takes no pods before its controller has seen that it is ready.
// upstream: plugin/pkg/admission/nodetaint/admission.go

#include <algorithm>

#include "engine/api/core/node.h"
#include "engine/server/admission.h"

namespace kubetab::server {
namespace {

constexpr std::string_view kNotReady = "node.kubernetes.io/not-ready";

}  // namespace

base::Result<void> taint_new_nodes(const AdmissionRequest& request) {
    if (request.operation != Operation::Create || &request.kind != &api::kind_of<api::Node>()) return {};
    std::vector<api::Taint>& taints = static_cast<api::Node&>(request.object).spec.taints;
    const bool tainted = std::any_of(taints.begin(), taints.end(), [](const api::Taint& taint) {
        return taint.key == kNotReady && taint.effect == "NoSchedule";
    });
    if (tainted) return {};
    api::Taint& taint = taints.emplace_back();
    taint.key = kNotReady;
    taint.effect = "NoSchedule";
    return {};
}

}  // namespace kubetab::server
