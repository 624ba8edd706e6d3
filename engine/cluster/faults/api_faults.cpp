// Faults between the API server and those who use it.
#include "engine/cluster/cluster.h"
#include "engine/cluster/faults/fault_board.h"
#include "engine/cluster/faults/settle.h"

namespace kubetab::cluster {
namespace {

base::Result<void> disturb_doors(FaultUse& use) {
    settle_doors(use.cluster);
    return {};
}
void calm_doors(FaultUse& use) {
    settle_doors(use.cluster);
}

// Clients learn at once that they have to list again; components are behind until they have.
base::Result<void> compact(FaultUse& use) {
    use.cluster.front_door().end_watches();
    settle_doors(use.cluster);
    return {};
}

const FaultParameter kOneInThree{"one-in", "3", "every how many-th"};

}  // namespace

void add_api_faults(std::vector<Fault>& faults) {
    faults.push_back({.name = "api-restart",
                      .help = "the API server is down; watches end, connections are refused",
                      .begin = disturb_doors,
                      .end = calm_doors,
                      .lasts = "20s"});
    faults.push_back({.name = "slow-api",
                      .help = "controllers, scheduler and kubelets hear late of what has changed",
                      .begin = disturb_doors,
                      .end = calm_doors,
                      .parameters = {{"by", "2s", "how late"}}});
    faults.push_back({.name = "etcd-timeout",
                      .help = "writes of components fail with a time-out and are not done",
                      .begin = disturb_doors,
                      .end = calm_doors,
                      .parameters = {{"one-in", "4", "every how many-th"}}});
    faults.push_back({.name = "write-conflicts",
                      .help = "updates of controllers find that the object has been modified",
                      .begin = disturb_doors,
                      .end = calm_doors,
                      .parameters = {kOneInThree}});
    faults.push_back({.name = "etcd-compaction",
                      .help = "history is compacted under running watches: 410 Gone, and all list again",
                      .begin = compact,
                      .end = calm_doors,
                      .lasts = "5s"});
    faults.push_back(
        {.name = "lost-wakeups",
         .help = "controllers miss changes, and learn of them when this ends and they list again",
         .begin = disturb_doors,
         .end = calm_doors,
         .parameters = {kOneInThree}});
    faults.push_back({.name = "double-wakeups",
                      .help = "components are told of changes twice",
                      .begin = disturb_doors,
                      .end = calm_doors,
                      .parameters = {kOneInThree}});
}

}  // namespace kubetab::cluster
