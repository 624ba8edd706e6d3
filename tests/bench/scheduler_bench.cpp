// How many pods per second the scheduler gives a node, by cluster size and by what the pods ask for.
//
// The API server is the tests' in-memory one; its share of the time is included.
#include <cstdio>
#include <ctime>
#include <functional>
#include <string>
#include <string_view>

#include "tests/unit/scheduler/world.h"

namespace {

using namespace kubetab;
using namespace kubetab::scheduler;

// Of this process's processor time, so that a busy machine measures the same.
double seconds_now() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

struct Setup {
    const char* name = "";
    int nodes = 0;
    int pods = 0;
    std::function<api::Pod(int)> make{};
};

void measure(const Setup& setup) {
    World world;
    for (int i = 0; i < setup.nodes; ++i) {
        api::Node node = with_zone(make_node("node-" + std::to_string(i), 32000, 64 * kGi),
                                   "zone-" + std::to_string(i % 3));
        world.server.put(node);
    }
    api::ReplicaSet replica_set;
    replica_set.metadata.name = "web";
    replica_set.metadata.namespace_ = "default";
    replica_set.metadata.uid = "uid-rs";
    replica_set.spec.selector.edit().matchLabels["app"] = "web";
    world.server.put(replica_set);
    world.start();
    world.scheduler->set_running(false);
    for (int i = 0; i < setup.pods; ++i) world.server.put(setup.make(i));
    world.server.run(sim::seconds(1));
    world.scheduler->set_running(true);
    const double start = seconds_now();
    world.server.run(sim::seconds(1));
    const double seconds = seconds_now() - start;
    std::size_t bound = 0;
    for (const auto& write : world.server.writes()) bound += write.verb == "bind";
    std::printf("scheduler/%s/%d-nodes %.0f pods/s\n", setup.name, setup.nodes,
                static_cast<double>(bound) / seconds);
    if (bound != static_cast<std::size_t>(setup.pods)) {
        std::printf("scheduler/%s/%d-nodes/unbound %zu pods\n", setup.name, setup.nodes,
                    static_cast<std::size_t>(setup.pods) - bound);
    }
}

api::Pod plain(int i) {
    return make_pod("web-" + std::to_string(i), 100, kGi / 8);
}

api::Pod owned(int i) {
    api::Pod pod = with_label(plain(i), "app", "web");
    api::OwnerReference owner;
    owner.kind = "ReplicaSet";
    owner.name = "web";
    owner.uid = "uid-rs";
    owner.controller = true;
    pod.metadata.ownerReferences.push_back(owner);
    return pod;
}

api::Pod lonely(int i) {
    const std::string app = "app-" + std::to_string(i % 100);
    return with_anti_affinity(with_label(plain(i), "app", app), affinity_to("app", app));
}

api::Pod sociable(int i) {
    const std::string app = "app-" + std::to_string(i % 100);
    return with_affinity(with_label(plain(i), "app", app),
                         affinity_to("app", app, "topology.kubernetes.io/zone"));
}

api::Pod spread(int i) {
    api::Pod pod = with_label(plain(i), "app", "web");
    api::TopologySpreadConstraint constraint;
    constraint.maxSkew = 1;
    constraint.topologyKey = "topology.kubernetes.io/zone";
    constraint.whenUnsatisfiable = "DoNotSchedule";
    constraint.labelSelector.edit().matchLabels["app"] = "web";
    pod.spec.edit().shared.edit().topologySpreadConstraints.push_back(constraint);
    return pod;
}

}  // namespace

// Argument: the name of one set-up; all without.
int main(int argc, char** argv) {
    const std::string_view only = argc > 1 ? argv[1] : "";
    for (const int nodes : {1000, 5000}) {
        const Setup setups[] = {
            {.name = "plain", .nodes = nodes, .pods = 10000, .make = plain},
            {.name = "replica-set", .nodes = nodes, .pods = 10000, .make = owned},
            {.name = "anti-affinity", .nodes = nodes, .pods = 10000, .make = lonely},
            {.name = "affinity", .nodes = nodes, .pods = 10000, .make = sociable},
            {.name = "hard-spread", .nodes = nodes, .pods = 10000, .make = spread},
        };
        for (const Setup& setup : setups) {
            if (only.empty() || only == setup.name) measure(setup);
        }
    }
    return 0;
}
