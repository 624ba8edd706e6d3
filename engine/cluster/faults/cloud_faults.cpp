// Faults of the cloud that the cluster runs in.
#include "engine/cluster/cluster.h"
#include "engine/cluster/faults/fault_board.h"

namespace kubetab::cluster {
namespace {

base::Status no_cloud() {
    return base::failure(base::Reason::BadRequest, "this cluster does not run in a cloud");
}

base::Result<void> silence_cloud(FaultUse& use) {
    if (use.cluster.cloud() == nullptr) return no_cloud();
    use.cluster.cloud()->set_answering(false);
    return {};
}
void hear_cloud(FaultUse& use) {
    use.cluster.cloud()->set_answering(true);
}

// As when somebody deletes it in the cloud's console: Kubernetes is not told, and makes another one when it
// looks at the service next.
base::Result<void> lose_balancer(FaultUse& use) {
    if (use.cluster.cloud() == nullptr) return no_cloud();
    if (use.cluster.cloud()->lose_load_balancer(use.key())) return {};
    return base::failure(base::Reason::BadRequest, "service \"" + use.key().name + "\" has no load balancer");
}

}  // namespace

void add_cloud_faults(std::vector<Fault>& faults) {
    faults.push_back({.name = "cloud-down",
                      .help = "the cloud answers no request: no load balancer or machine comes or goes",
                      .begin = silence_cloud,
                      .end = hear_cloud});
    faults.push_back({.name = "load-balancer-lost",
                      .acts_on = ActsOn::Service,
                      .help = "the cloud loses it; the service shows its address, and nobody answers there",
                      .begin = lose_balancer});
}

}  // namespace kubetab::cluster
