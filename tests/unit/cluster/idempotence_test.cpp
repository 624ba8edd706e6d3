// In a cluster at rest nobody writes, however often the controllers look at it.

#include <catch2/catch_test_macros.hpp>

#include "engine/cluster/checkers/inspector.h"

using namespace kubetab;

namespace {

constexpr const char* kManifest = R"(
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: default}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: c
        image: nginx:1.25
        readinessProbe: {httpGet: {path: /, port: 80}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: default}
spec:
  type: NodePort
  selector: {app: web}
  ports: [{port: 80}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: broken, namespace: default}
spec:
  replicas: 2
  progressDeadlineSeconds: 60
  selector: {matchLabels: {app: broken}}
  template:
    metadata: {labels: {app: broken}}
    spec:
      containers: [{name: c, image: "nginx:no-such-tag"}]
)";

void check(const std::optional<cluster::Finding>& finding) {
    if (finding) FAIL_CHECK(finding->invariant << ": " << finding->violation);
}

}  // namespace

TEST_CASE("controllers that look again at a cluster at rest write nothing") {
    cluster::Cluster cluster({.nodes = 2});
    cluster::Inspector inspector(cluster);
    REQUIRE(cluster.apply_given(kManifest).ok());
    const auto pass = [&](sim::Duration duration) {
        cluster.simulation().run_until(cluster.now() + duration);
        check(inspector.inspect());
    };
    pass(sim::minutes(20));
    check(inspector.inspect_settled());
    check(inspector.inspect_idempotence());
    check(inspector.inspect_idempotence());

    REQUIRE(cluster.stop_node("node-1").ok());
    pass(sim::minutes(10));
    REQUIRE(cluster.start_node("node-1").ok());
    pass(sim::minutes(20));
    check(inspector.inspect_settled());
    check(inspector.inspect_idempotence());
}
