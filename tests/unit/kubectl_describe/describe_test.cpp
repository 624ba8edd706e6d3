#include <catch2/catch_test_macros.hpp>

#include "tests/unit/kubectl_describe/fixture.h"

namespace kubetab::kubectl::describe {
namespace {

std::string described(const Json& object, CannedLookup& lookup, std::string_view group, bool events = true) {
    return describe(Subject{object, lookup, kNow, events}, group, base::text_at(object, {"kind"}));
}

TEST_CASE("A running pod is described section by section") {
    CannedLookup lookup;
    lookup.lists["/api/v1/namespaces/default/events"] = {
        json_of(R"({"type":"Normal","reason":"Pulled","count":3,"firstTimestamp":"2026-01-01T00:00:00Z",
                    "lastTimestamp":"2026-01-01T00:09:50Z","source":{"component":"kubelet"},
                    "message":"Pulled it "})"),
        json_of(R"({"type":"Normal","reason":"Scheduled","eventTime":"2026-01-01T00:09:00.000000Z",
                    "reportingComponent":"default-scheduler",
                    "message":"Successfully assigned default/web to node-1"})"),
    };
    const Json pod = json_of(R"({
      "kind":"Pod","metadata":{"name":"web","namespace":"default","labels":{"app":"web","tier":"front"},
        "ownerReferences":[{"kind":"ReplicaSet","name":"web-1","controller":true}]},
      "spec":{"nodeName":"node-1","priority":0,"serviceAccountName":"default",
        "containers":[{"name":"c","image":"nginx","ports":[{"containerPort":80}],
          "resources":{"limits":{"cpu":"500m"}},"command":["sh","-c"],
          "readinessProbe":{"httpGet":{"path":"/ok","port":80},"timeoutSeconds":1,"periodSeconds":10,
            "successThreshold":1,"failureThreshold":3},
          "env":[{"name":"POD","valueFrom":{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.name"}}},
                 {"name":"CPU","valueFrom":{"resourceFieldRef":{"resource":"limits.cpu","divisor":"0"}}}],
          "volumeMounts":[{"name":"data","mountPath":"/data","readOnly":true}]}],
        "volumes":[{"name":"data","emptyDir":{}}],
        "tolerations":[{"key":"a","operator":"Exists","effect":"NoExecute","tolerationSeconds":300}]},
      "status":{"phase":"Running","hostIP":"10.0.0.1","podIP":"10.244.0.2","podIPs":[{"ip":"10.244.0.2"}],
        "startTime":"2026-01-01T00:00:00Z","qosClass":"Burstable",
        "conditions":[{"type":"Ready","status":"True"}],
        "containerStatuses":[{"name":"c","ready":true,"restartCount":0,"containerID":"containerd://1","imageID":"i",
          "state":{"running":{"startedAt":"2026-01-01T00:00:01Z"}}}]}})");
    CHECK(described(pod, lookup, "") == R"(Name:             web
Namespace:        default
Priority:         0
Service Account:  default
Node:             node-1/10.0.0.1
Start Time:       Thu, 01 Jan 2026 00:00:00 +0000
Labels:           app=web
                  tier=front
Annotations:      <none>
Status:           Running
IP:               10.244.0.2
IPs:
  IP:           10.244.0.2
Controlled By:  ReplicaSet/web-1
Containers:
  c:
    Container ID:  containerd://1
    Image:         nginx
    Image ID:      i
    Port:          80/TCP
    Host Port:     0/TCP
    Command:
      sh
      -c
    State:          Running
      Started:      Thu, 01 Jan 2026 00:00:01 +0000
    Ready:          True
    Restart Count:  0
    Limits:
      cpu:      500m
    Readiness:  http-get http://:80/ok delay=0s timeout=1s period=10s #success=1 #failure=3
    Environment:
      POD:  web (v1:metadata.name)
      CPU:  1 (limits.cpu)
    Mounts:
      /data from data (ro)
Conditions:
  Type    Status
  Ready   True 
Volumes:
  data:
    Type:        EmptyDir (a temporary directory that shares a pod's lifetime)
    Medium:      
    SizeLimit:   <unset>
QoS Class:       Burstable
Node-Selectors:  <none>
Tolerations:     a:NoExecute op=Exists for 300s
Events:
  Type    Reason     Age                From               Message
  ----    ------     ----               ----               -------
  Normal  Scheduled  60s                default-scheduler  Successfully assigned default/web to node-1
  Normal  Pulled     10s (x3 over 10m)  kubelet            Pulled it
)");
}

TEST_CASE("A pod that is not scheduled yet has no node and no addresses") {
    CannedLookup lookup;
    const Json pod = json_of(R"({"kind":"Pod","metadata":{"name":"p","namespace":"default"},
        "spec":{"containers":[{"name":"c","image":"nginx"}]},"status":{"phase":"Pending"}})");
    const std::string text = described(pod, lookup, "");
    CHECK(text.find("Node:         <none>\n") != std::string::npos);
    CHECK(text.find("IPs:          <none>\n") != std::string::npos);
    CHECK(text.find("Container ID") == std::string::npos);
    CHECK(text.find("Events:           <none>\n") != std::string::npos);
    CHECK(described(pod, lookup, "", false).find("Events") == std::string::npos);
}

TEST_CASE("A deployment tells its old and new replica sets apart by template") {
    CannedLookup lookup;
    const auto replica_set = [](std::string_view name, std::string_view image, int replicas,
                                std::string_view time) {
        Json set = json_of(R"({"metadata":{"ownerReferences":[{"uid":"d","controller":true}]},
            "spec":{"template":{"metadata":{"labels":{"app":"web","pod-template-hash":"x"}},
                                "spec":{"containers":[{"name":"c"}]}}},"status":{}})");
        set["metadata"]["name"] = name;
        set["metadata"]["creationTimestamp"] = time;
        set["spec"]["replicas"] = replicas;
        set["status"]["replicas"] = replicas;
        set["spec"]["template"]["spec"]["containers"][0]["image"] = image;
        return set;
    };
    lookup.lists["/apis/apps/v1/namespaces/default/replicasets"] = {
        replica_set("web-b", "nginx:3", 1, "2026-01-01T00:00:03Z"),
        replica_set("web-z", "nginx:1", 0, "2026-01-01T00:00:01Z"),
        replica_set("web-c", "nginx:2", 3, "2026-01-01T00:00:02Z"),
    };
    const Json deployment = json_of(R"({"kind":"Deployment",
        "metadata":{"name":"web","namespace":"default","uid":"d","creationTimestamp":"2026-01-01T00:00:00Z"},
        "spec":{"replicas":3,"selector":{"matchLabels":{"app":"web"}},
          "strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":"25%","maxUnavailable":1}},
          "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"c","image":"nginx:3"}]}}},
        "status":{"replicas":4,"updatedReplicas":1,"availableReplicas":3,"unavailableReplicas":1,
          "conditions":[{"type":"Progressing","status":"True","reason":"ReplicaSetUpdated"}]}})");
    CHECK(described(deployment, lookup, "apps", false) == R"(Name:                   web
Namespace:              default
CreationTimestamp:      Thu, 01 Jan 2026 00:00:00 +0000
Labels:                 <none>
Annotations:            <none>
Selector:               app=web
Replicas:               3 desired | 1 updated | 4 total | 3 available | 1 unavailable
StrategyType:           RollingUpdate
MinReadySeconds:        0
RollingUpdateStrategy:  1 max unavailable, 25% max surge
Pod Template:
  Labels:  app=web
  Containers:
   c:
    Image:         nginx:3
    Port:          <none>
    Host Port:     <none>
    Environment:   <none>
    Mounts:        <none>
  Volumes:         <none>
  Node-Selectors:  <none>
  Tolerations:     <none>
Conditions:
  Type           Status  Reason
  ----           ------  ------
  Progressing    True    ReplicaSetUpdated
OldReplicaSets:  web-z (0/0 replicas created), web-c (3/3 replicas created)
NewReplicaSet:   web-b (1/1 replicas created)
)");
}

TEST_CASE("A node adds up what its pods ask for") {
    CannedLookup lookup;
    lookup.lists["/api/v1/pods"] = {json_of(R"({"metadata":{"name":"p","namespace":"default",
        "creationTimestamp":"2026-01-01T00:00:00Z"},"spec":{
        "initContainers":[{"resources":{"requests":{"cpu":"2"}}}],
        "containers":[{"resources":{"requests":{"cpu":"250m","memory":"64Mi"},"limits":{"memory":"128Mi"}}},
                      {"resources":{"requests":{"cpu":"250m","memory":"64Mi"}}}]}})")};
    const Json node =
        json_of(R"({"kind":"Node","metadata":{"name":"n","labels":{"node-role.kubernetes.io/worker":""}},
        "spec":{"taints":[{"key":"k","value":"v","effect":"NoSchedule"}]},
        "status":{"allocatable":{"cpu":"4","memory":"1Gi","pods":"110"}}})");
    const std::string text = described(node, lookup, "");
    CHECK(text.find("Roles:              worker\n") != std::string::npos);
    CHECK(text.find("Taints:             k=v:NoSchedule\n") != std::string::npos);
    CAPTURE(text);
    CHECK(text.find("  default                     p       2 (50%)       0 (0%)      128Mi (12%)      128Mi "
                    "(12%)    10m\n") != std::string::npos);
    CHECK(text.find("  cpu                2 (50%)      0 (0%)\n") != std::string::npos);
    CHECK(text.find("  memory             128Mi (12%)  128Mi (12%)\n") != std::string::npos);
}

TEST_CASE("A service shows three ready endpoints of each port") {
    CannedLookup lookup;
    lookup.lists["/apis/discovery.k8s.io/v1/namespaces/default/endpointslices"] = {json_of(R"({
        "ports":[{"name":"","port":80}],"endpoints":[
          {"addresses":["10.244.0.1"],"conditions":{"ready":true}},{"addresses":["10.244.0.2"]},
          {"addresses":["10.244.0.3"],"conditions":{"ready":false}},{"addresses":["10.244.0.4"]},
          {"addresses":["10.244.0.5"]}]})")};
    const Json service = json_of(R"({"kind":"Service","metadata":{"name":"s","namespace":"default"},
        "spec":{"type":"ClusterIP","clusterIP":"10.96.0.9","clusterIPs":["10.96.0.9"],"selector":{"a":"b"},
                "ports":[{"port":80,"targetPort":8080,"protocol":"TCP"}],"sessionAffinity":"None"}})");
    const std::string text = described(service, lookup, "");
    CHECK(text.find("Port:              <unset>  80/TCP\n") != std::string::npos);
    CHECK(text.find("Endpoints:         10.244.0.1:80,10.244.0.2:80,10.244.0.4:80 + 1 more...\n") !=
          std::string::npos);
}

TEST_CASE("A long or multi-line annotation is written below its key") {
    CannedLookup lookup;
    Json map = json_of(R"({"kind":"ConfigMap","metadata":{"name":"c","namespace":"default",
        "annotations":{"note":"two\nlines","kubectl.kubernetes.io/last-applied-configuration":"{}"}},
        "data":{"k":"v"}})");
    CHECK(described(map, lookup, "") == R"(Name:         c
Namespace:    default
Labels:       <none>
Annotations:  note:
                two
                lines

Data
====
k:
----
v


BinaryData
====

Events:  <none>
)");
}

TEST_CASE("An unknown kind is described field by field") {
    CannedLookup lookup;
    const Json widget = json_of(R"({"apiVersion":"example.com/v1","kind":"Widget",
        "metadata":{"name":"w","namespace":"default","uid":"u","managedFields":[]},
        "spec":{"shortNames":["wd"],"size":3,"openAPIV3Schema":{}}})");
    CHECK(described(widget, lookup, "example.com") == R"(Name:         w
Namespace:    default
Labels:       <none>
Annotations:  <none>
API Version:  example.com/v1
Kind:         Widget
Metadata:
  UID:  u
Spec:
  openAPIV3Schema:
  Short Names:
    wd
  Size:  3
Events:  <none>
)");
}

}  // namespace
}  // namespace kubetab::kubectl::describe
