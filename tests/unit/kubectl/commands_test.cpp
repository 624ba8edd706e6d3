// kubectl against an API server: what it prints, word for word.

#include <catch2/catch_test_macros.hpp>

#include "tests/unit/kubectl/world.h"

using namespace kubetab;

namespace {

constexpr const char* kConfigMap =
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  color: blue\n---\n"
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\ndata:\n  color: red\n";

}  // namespace

TEST_CASE("Applying creates, leaves alone and changes") {
    KubectlWorld world;
    world.file("cm.yaml", kConfigMap);
    CHECK(world.out("kubectl apply -f cm.yaml") == "configmap/a created\nconfigmap/b created\n");
    CHECK(world.out("kubectl apply -f cm.yaml") == "configmap/a unchanged\nconfigmap/b unchanged\n");
    CHECK(world.out("sed s/red/green/ cm.yaml | kubectl apply -f -") ==
          "configmap/a unchanged\nconfigmap/b configured\n");
    CHECK(world.out("kubectl get cm b -o jsonpath='{.data.color}'") == "green");
    CHECK(world.out("kubectl apply view-last-applied cm b") ==
          "apiVersion: v1\ndata:\n  color: green\nkind: ConfigMap\nmetadata:\n  annotations: {}\n  name: b\n"
          "  namespace: default\n");
    CHECK(world.out("kubectl diff -f cm.yaml | tail -n 4") ==
          "+  color: red\n kind: ConfigMap\n metadata:\n   annotations:\n");
}

TEST_CASE("Getting prints tables and says when there is nothing") {
    KubectlWorld world;
    CHECK(world.err("kubectl get cm") == "No resources found in default namespace.\n");
    CHECK(world.err("kubectl get nodes") == "No resources found\n");
    world.file("cm.yaml", kConfigMap);
    CHECK(world.run("kubectl create -f cm.yaml").code == 0);
    CHECK(world.out("kubectl get cm") == "NAME   DATA   AGE\na      1      0s\nb      1      0s\n");
    CHECK(world.out("kubectl get cm a -o name") == "configmap/a\n");
    CHECK(world.out("kubectl get cm --no-headers --show-labels") ==
          "a     1     0s    <none>\nb     1     0s    <none>\n");
    CHECK(world.out(
              "kubectl get cm -A --sort-by=.data.color -o custom-columns=N:.metadata.name,C:.data.color") ==
          "N     C\na     blue\nb     red\n");
    CHECK(world.out("kubectl get cm,sa") ==
          "NAME          DATA   AGE\nconfigmap/a   1      0s\nconfigmap/b   1      0s\n\n"
          "NAME                     SECRETS   AGE\nserviceaccount/default   0         0s\n");
}

TEST_CASE("Mistakes are refused in kubectl's words") {
    KubectlWorld world;
    const std::vector<std::pair<std::string, std::string>> table = {
        {"kubectl get foo", "error: the server doesn't have a resource type \"foo\"\n"},
        {"kubectl get pod nope", "Error from server (NotFound): pods \"nope\" not found\n"},
        {"kubectl get pods nope nope2",
         "Error from server (NotFound): pods \"nope\" not found\nError from server (NotFound): pods "
         "\"nope2\" not found\n"},
        {"kubectl get pods nope -l a=b", "error: name cannot be provided when a selector is specified\n"},
        {"kubectl get pods -A nope", "error: a resource cannot be retrieved by name across all namespaces\n"},
        {"kubectl get pods --bogus-flag",
         "error: unknown flag: --bogus-flag\nSee 'kubectl get --help' for usage.\n"},
        {"kubectl get pod x -o jsonpath='{.bad'", "error: error parsing jsonpath {.bad, unclosed action\n"},
        {"kubectl create ns",
         "error: exactly one NAME is required, got 0\nSee 'kubectl create namespace -h' for help and "
         "examples\n"},
        {"kubectl create ns default",
         "Error from server (AlreadyExists): namespaces \"default\" already exists\n"},
        {"kubectl create deployment x", "error: required flag(s) \"image\" not set\n"},
        {"kubectl apply", "error: must specify one of -f and -k\n"},
        {"kubectl apply -f nosuch.yaml", "error: the path \"nosuch.yaml\" does not exist\n"},
        {"kubectl delete foo bar", "error: the server doesn't have a resource type \"foo\"\n"},
        {"kubectl delete pod nope", "Error from server (NotFound): pods \"nope\" not found\n"},
        {"kubectl scale deploy nope --replicas=1",
         "error: no objects passed to scale deployments.apps \"nope\" not found\n"},
        {"kubectl label pod x foo", "error: at least one label update is required\n"},
        {"kubectl label pod x a=b=c", "error: invalid label spec: a=b=c\n"},
        {"kubectl delete deploy x --cascade=bogus",
         "error: invalid cascade value (bogus). Must be \"background\", \"foreground\", or \"orphan\"\n"},
        {"kubectl get deployments.extensions",
         "error: the server doesn't have a resource type \"deployments\"\n"},
        {"kubectl bogus", "error: unknown command \"bogus\" for \"kubectl\"\n\nDid you mean this?\n\tlogs\n"},
    };
    for (const auto& [line, message] : table) {
        INFO(line);
        const auto result = world.run(line);
        CHECK(result.errors == message);
        CHECK(result.code == 1);
    }
}

TEST_CASE("Labels, annotations, patches and scale are set and reported") {
    KubectlWorld world;
    CHECK(world.out("kubectl create deployment web --image=nginx:1.24 --replicas=3") ==
          "deployment.apps/web created\n");
    CHECK(world.out("kubectl label deploy web env=prod") == "deployment.apps/web labeled\n");
    CHECK(world.err("kubectl label deploy web env=dev") ==
          "error: 'env' already has a value (prod), and --overwrite is false\n");
    CHECK(world.out("kubectl label deploy web env=prod") == "deployment.apps/web not labeled\n");
    CHECK(world.out("kubectl label deploy web env-") == "deployment.apps/web unlabeled\n");
    CHECK(world.out("kubectl label deploy web env-") ==
          "label \"env\" not found.\ndeployment.apps/web not labeled\n");
    CHECK(world.out("kubectl annotate deploy web note='hello world'") == "deployment.apps/web annotated\n");
    CHECK(world.err("kubectl annotate deploy web note=again") ==
          "error: --overwrite is false but found the following declared annotation(s): 'note' already has a "
          "value (hello world)\n");
    CHECK(world.out("kubectl scale deploy web --replicas=5") == "deployment.apps/web scaled\n");
    CHECK(world.err("kubectl scale deploy web --current-replicas=2 --replicas=3") ==
          "error: Expected replicas to be 2, was 5\n");
    CHECK(world.out("kubectl patch deploy web -p 'spec: {replicas: 2}'") == "deployment.apps/web patched\n");
    CHECK(world.out("kubectl patch deploy web -p 'spec: {replicas: 2}'") ==
          "deployment.apps/web patched (no change)\n");
    CHECK(world.out("kubectl get deploy web -o jsonpath='{.spec.replicas}'") == "2");
    CHECK(world.out("kubectl delete deploy web") == "deployment.apps \"web\" deleted\n");
}

TEST_CASE("A client dry run prints the object and sends nothing") {
    KubectlWorld world;
    CHECK(world.out("kubectl create ns demo --dry-run=client -o yaml") ==
          "apiVersion: v1\nkind: Namespace\nmetadata:\n  creationTimestamp: null\n  name: demo\nspec: "
          "{}\nstatus: {}\n");
    CHECK(world.out("kubectl create deployment web --image=nginx:1.24 --replicas=3 --port=80 "
                    "--dry-run=client -o yaml") ==
          "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  creationTimestamp: null\n  labels:\n    app: "
          "web\n  name: web\n"
          "spec:\n  replicas: 3\n  selector:\n    matchLabels:\n      app: web\n  strategy: {}\n  "
          "template:\n    metadata:\n"
          "      creationTimestamp: null\n      labels:\n        app: web\n    spec:\n      containers:\n"
          "      - image: nginx:1.24\n        name: nginx\n        ports:\n        - containerPort: 80\n     "
          "   resources: {}\n"
          "status: {}\n");
    CHECK(world.err("kubectl get ns demo") ==
          "Error from server (NotFound): namespaces \"demo\" not found\n");
    CHECK(world.out("kubectl create ns demo --dry-run=server") ==
          "namespace/demo created (server dry run)\n");
}

TEST_CASE("A file with several mistakes applies what it can") {
    KubectlWorld world;
    world.file("m.yaml", std::string(kConfigMap) + "---\napiVersion: v1\nkind: Pood\nmetadata:\n  name: x\n");
    const auto result = world.run("kubectl apply -f m.yaml");
    CHECK(result.output == "configmap/a created\nconfigmap/b created\n");
    CHECK(result.errors ==
          "error: resource mapping not found for name: \"x\" namespace: \"\" from \"m.yaml\": no matches for "
          "kind \"Pood\" in "
          "version \"v1\"\nensure CRDs are installed first\n");
    CHECK(result.code == 1);
    world.file("tab.yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n\tname: x\n");
    CHECK(world.err("kubectl create -f tab.yaml") ==
          "error: error parsing tab.yaml: error converting YAML to JSON: yaml: line 4: found character that "
          "cannot start any "
          "token\n");
}
