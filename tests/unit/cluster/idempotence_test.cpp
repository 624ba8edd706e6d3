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

// Something for every controller to look at.
constexpr const char* kSomethingOfEverything = R"(
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: standard, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: rancher.io/local-path
volumeBindingMode: WaitForFirstConsumer
---
apiVersion: v1
kind: Namespace
metadata: {name: team}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: quota, namespace: team}
spec: {hard: {pods: "20", configmaps: "10"}}
---
apiVersion: v1
kind: ReplicationController
metadata: {name: old, namespace: team}
spec:
  replicas: 2
  selector: {app: old}
  template:
    metadata: {labels: {app: old}}
    spec: {containers: [{name: c, image: "nginx:1.25"}]}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: everywhere, namespace: team}
spec:
  selector: {matchLabels: {app: everywhere}}
  template:
    metadata: {labels: {app: everywhere}}
    spec: {containers: [{name: c, image: "nginx:1.25"}]}
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: team}
spec: {clusterIP: None, selector: {app: db}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: team}
spec:
  replicas: 2
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      containers: [{name: c, image: "nginx:1.25", volumeMounts: [{name: data, mountPath: /data}]}]
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: db, namespace: team}
spec: {minAvailable: 1, selector: {matchLabels: {app: db}}}
---
apiVersion: batch/v1
kind: Job
metadata: {name: succeeds, namespace: team}
spec:
  completions: 2
  template:
    spec:
      restartPolicy: Never
      containers: [{name: c, image: busybox, command: [sh, -c, "exit 0"]}]
---
apiVersion: batch/v1
kind: Job
metadata: {name: fails, namespace: team}
spec:
  backoffLimit: 1
  template:
    spec:
      restartPolicy: Never
      containers: [{name: c, image: busybox, command: [sh, -c, "exit 3"]}]
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: yearly, namespace: team}
spec:
  schedule: "0 0 1 7 *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{name: c, image: busybox, command: [sh, -c, "exit 0"]}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: old, namespace: team}
spec:
  scaleTargetRef: {apiVersion: v1, kind: ReplicationController, name: old}
  minReplicas: 2
  maxReplicas: 4
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: shelf}
spec:
  capacity: {storage: 1Gi}
  accessModes: [ReadWriteOnce]
  storageClassName: shelves
  hostPath: {path: /shelf}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: shelf, namespace: team}
spec: {accessModes: [ReadWriteOnce], storageClassName: shelves, resources: {requests: {storage: 1Gi}}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: sum}
aggregationRule: {clusterRoleSelectors: [{matchLabels: {sum: "true"}}]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: part, labels: {sum: "true"}}
rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: boxes.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: boxes, singular: box, kind: Box}
  versions:
  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}
)";

void check(const std::optional<cluster::Finding>& finding) {
    if (finding) FAIL_CHECK(finding->invariant << ": " << finding->violation);
}

}  // namespace

TEST_CASE("Every controller that looks again at a cluster at rest writes nothing", "[cluster]") {
    cluster::Cluster cluster({.nodes = 2});
    cluster::Inspector inspector(cluster);
    REQUIRE(cluster.apply_given(kSomethingOfEverything).ok());
    cluster.simulation().run_until(cluster.now() + sim::minutes(20));
    check(inspector.inspect_settled());
    // Each has been told of every object there is.
    check(inspector.inspect_idempotence());
    check(inspector.inspect_idempotence());
}

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
