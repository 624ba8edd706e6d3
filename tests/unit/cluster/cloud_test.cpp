// The cloud's own books: who answers at which address, and since when.

#include <catch2/catch_test_macros.hpp>

#include "engine/api/kinds.h"
#include "engine/cluster/cluster.h"

namespace kubetab::cluster {

TEST_CASE("a load balancer answers for its service at the address that the service shows, until it is lost") {
    ClusterSpec spec;
    spec.nodes = 2;
    spec.system_pods = false;
    spec.cloud.present = true;
    Cluster cluster(spec);
    REQUIRE(cluster
                .apply_given("apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: default}\n"
                             "spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}\n")
                .ok());
    cluster.simulation().run_until(cluster.now() + sim::seconds(20));
    CHECK(cluster.cloud()->find("203.0.113.1") == nullptr);
    cluster.simulation().run_until(cluster.now() + sim::seconds(60));
    const auto service =
        api::cast<api::Service>(cluster.store().get(api::kind_of<api::Service>(), {"default", "web"}));
    REQUIRE(service);
    REQUIRE(service->status.loadBalancer.ingress.size() == 1);
    const std::string address = service->status.loadBalancer.ingress.front().ip;
    const Cloud::LoadBalancer* balancer = cluster.cloud()->find(address);
    REQUIRE(balancer != nullptr);
    CHECK(balancer->service == api::ObjectKey{"default", "web"});
    CHECK(balancer->hosts == Cloud::Hosts{"node-1", "node-2"});
    CHECK(cluster.cloud()->lose_load_balancer(balancer->service));
    CHECK(cluster.cloud()->find(address) == nullptr);
    CHECK_FALSE(cluster.cloud()->lose_load_balancer({"default", "web"}));
}

}  // namespace kubetab::cluster
