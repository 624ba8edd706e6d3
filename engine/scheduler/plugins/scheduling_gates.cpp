// SchedulingGates: a pod with gates is not even tried.
//
// The queue keeps gated pods apart (SchedulingQueue); this plugin only says which change is worth a look.
//
// upstream: pkg/scheduler/framework/plugins/schedulinggates
#include "engine/scheduler/plugins/plugins.h"

namespace kubetab::scheduler {
namespace {

class SchedulingGates : public Plugin {
public:
    std::string_view name() const override { return "SchedulingGates"; }
    bool useful(const ClusterEvent& event, const PodInfo& pod) override {
        return event.kind == ClusterEvent::Kind::PodItselfChanged &&
               pod.spec().shared->schedulingGates.empty();
    }
};

}  // namespace

std::unique_ptr<Plugin> make_scheduling_gates() {
    return std::make_unique<SchedulingGates>();
}

}  // namespace kubetab::scheduler
