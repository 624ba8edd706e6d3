// kubectl run and expose: the objects they make, and what they refuse.

#include <catch2/catch_test_macros.hpp>

#include "tests/unit/kubectl/world.h"

using namespace kubetab;

namespace {

constexpr const char* kPod =
    "apiVersion: v1\nkind: Pod\nmetadata:\n  creationTimestamp: null\n  labels:\n    run: nginx\n  name: "
    "nginx\n"
    "spec:\n  containers:\n  - image: nginx:1.25\n    name: nginx\n    resources: {}\n  dnsPolicy: "
    "ClusterFirst\n"
    "  restartPolicy: Always\nstatus: {}\n";

constexpr const char* kService =
    "apiVersion: v1\nkind: Service\nmetadata:\n  creationTimestamp: null\n  labels:\n    app: web\n  name: "
    "w2\n"
    "spec:\n  ports:\n  - port: 80\n    protocol: TCP\n    targetPort: 8080\n  selector:\n    app: web\n"
    "status:\n  loadBalancer: {}\n";

}  // namespace

TEST_CASE("Run makes a pod") {
    KubectlWorld world;
    CHECK(world.out("kubectl run nginx --image=nginx:1.25 --dry-run=client -o yaml") == kPod);
    CHECK(world.out("kubectl run nginx --image=nginx:1.25 --port=80 --labels=app=nginx,tier=web --env=A=1") ==
          "pod/nginx created\n");
    CHECK(world.out("kubectl get pod nginx -o jsonpath='{.spec.containers[0].env} {.metadata.labels}'") ==
          "[{\"name\":\"A\",\"value\":\"1\"}] {\"app\":\"nginx\",\"tier\":\"web\"}");
    CHECK(world.err("kubectl run nginx --image=nginx:1.25") ==
          "Error from server (AlreadyExists): pods \"nginx\" already exists\n");
    CHECK(world.out("kubectl run once --image=busybox --restart=Never --command -- sleep 5") ==
          "pod/once created\n");
    CHECK(
        world.out("kubectl get pod once -o jsonpath='{.spec.restartPolicy} {.spec.containers[0].command}'") ==
        "Never [\"sleep\",\"5\"]");
    CHECK(world.out("kubectl run args --image=busybox -- echo hi") == "pod/args created\n");
    CHECK(world.out("kubectl get pod args -o jsonpath='{.spec.containers[0].args}'") == "[\"echo\",\"hi\"]");
}

TEST_CASE("Run with --expose makes a service too") {
    KubectlWorld world;
    CHECK(world.out("kubectl run web --image=nginx --port=80 --expose") ==
          "service/web created\npod/web created\n");
    CHECK(world.out("kubectl get svc web -o jsonpath='{.spec.selector} {.spec.ports[0].targetPort}'") ==
          "{\"run\":\"web\"} 80");
    CHECK(world.err("kubectl run web2 --image=nginx --expose") ==
          "error: --port must be set when exposing a service\nSee 'kubectl run -h' for help and examples\n");
}

TEST_CASE("Run refuses what cannot be") {
    KubectlWorld world;
    const std::vector<std::pair<std::string, std::string>> table = {
        {"kubectl run x", "error: required flag(s) \"image\" not set\n"},
        {"kubectl run x --image=", "error: --image is required\n"},
        {"kubectl run x --image='bad image'",
         "error: Invalid image name \"bad image\": invalid reference format\n"},
        {"kubectl run --image=nginx",
         "error: NAME is required for run\nSee 'kubectl run -h' for help and examples\n"},
        {"kubectl run x --image=nginx --restart=Sometimes",
         "error: invalid restart policy: Sometimes\nSee 'kubectl run -h' for help and examples\n"},
        {"kubectl run x --image=nginx --rm",
         "error: --rm should only be used for attached containers\nSee 'kubectl run -h' for help and "
         "examples\n"},
        {"kubectl run x --image=nginx -t",
         "error: -i/--stdin is required for containers with -t/--tty=true\n"
         "See 'kubectl run -h' for help and examples\n"},
        {"kubectl run x --image=nginx --env=A", "error: invalid env: A\n"},
        {"kubectl run x --image=nginx -l a", "error: unexpected label spec: a\n"},
        {"kubectl run x --image=nginx --overrides='{}' --override-type=magic",
         "error: invalid override type: magic: must be one of json, merge, strategic\n"},
    };
    for (const auto& [command, text] : table) {
        INFO(command);
        CHECK(world.err(command) == text);
        CHECK(world.run(command).code == 1);
    }
}

TEST_CASE("Overrides change the generated pod") {
    KubectlWorld world;
    const std::string overrides = "--overrides='{\"spec\":{\"nodeName\":\"node-1\"}}'";
    for (const char* const type : {"", " --override-type=strategic"}) {
        CHECK(world.out("kubectl run x --image=nginx --dry-run=client -o jsonpath='{.spec.nodeName}' " +
                        overrides + type) == "node-1");
    }
}

TEST_CASE("Expose makes a service of what it is given") {
    KubectlWorld world;
    REQUIRE(world.run("kubectl create deployment web --image=nginx --port=80").code == 0);
    CHECK(world.out(
              "kubectl expose deploy web --name=w2 --port=80 --target-port=8080 --dry-run=client -o yaml") ==
          kService);
    CHECK(world.out("kubectl expose deploy web") == "service/web exposed\n");
    CHECK(world.err("kubectl expose deploy web --port=80") ==
          "Error from server (AlreadyExists): services \"web\" already exists\n");
    CHECK(world.out("kubectl expose svc web --name=again --type=NodePort --port=8000") ==
          "service/again exposed\n");
    CHECK(world.out("kubectl expose deploy web --name=two --type=LoadBalancer --port=80,443") ==
          "service/two exposed\n");
    CHECK(world.out("kubectl get svc two -o jsonpath='{.spec.ports[*].name}'") == "port-1 port-2");
    CHECK(world.out("kubectl expose deploy web --name=head --cluster-ip=None") == "service/head exposed\n");
}

TEST_CASE("Expose refuses what cannot be") {
    KubectlWorld world;
    REQUIRE(world.run("kubectl create deployment web --image=nginx; kubectl create cm c").code == 0);
    CHECK(world.err("kubectl expose deploy nope --port=80") ==
          "Error from server (NotFound): deployments.apps \"nope\" not found\n");
    CHECK(world.err("kubectl expose deploy web") ==
          "error: couldn't find port via --port flag or introspection\n");
    CHECK(world.err("kubectl expose cm c --port=80") == "error: cannot expose a ConfigMap\n");
    CHECK(world.err("kubectl expose deploy web --port=http") ==
          "error: strconv.Atoi: parsing \"http\": invalid syntax\n");
    CHECK(world.err("kubectl expose deploy web --port=80 --session-affinity=Maybe") ==
          "error: unknown session affinity: Maybe\n");
}
