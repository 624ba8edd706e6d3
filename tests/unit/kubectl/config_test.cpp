// kubectl config and the commands that tell about client and server.

#include <catch2/catch_test_macros.hpp>

#include "tests/unit/kubectl/world.h"

using namespace kubetab;

TEST_CASE("The context's namespace is where commands look") {
    KubectlWorld world;
    CHECK(world.out("kubectl create cm here -n kube-system") == "configmap/here created\n");
    CHECK(world.err("kubectl get cm") == "No resources found in default namespace.\n");
    CHECK(world.out("kubectl config set-context --current --namespace=kube-system") ==
          "Context \"kubernetes-admin@kubernetes\" modified.\n");
    CHECK(world.out("kubectl get cm -o name") == "configmap/here\n");
    CHECK(world.err("kubectl get cm -n default") == "No resources found in default namespace.\n");
    CHECK(world.out("grep namespace .kube/config") == "    namespace: kube-system\n");
    CHECK(world.out("kubectl config get-contexts") ==
          "CURRENT   NAME                          CLUSTER      AUTHINFO           NAMESPACE\n"
          "*         kubernetes-admin@kubernetes   kubernetes   kubernetes-admin   kube-system\n");
    CHECK(world.out("kubectl config set-context --current --namespace=") ==
          "Context \"kubernetes-admin@kubernetes\" modified.\n");
    CHECK(world.err("kubectl get cm") == "No resources found in default namespace.\n");
}

TEST_CASE("Contexts are made, chosen, renamed and deleted") {
    KubectlWorld world;
    CHECK(world.out("kubectl config current-context") == "kubernetes-admin@kubernetes\n");
    CHECK(world.out("kubectl config set-context sys --cluster=kubernetes --user=kubernetes-admin "
                    "--namespace=kube-system") == "Context \"sys\" created.\n");
    CHECK(world.out("kubectl create cm here -n kube-system; kubectl get cm -o name --context=sys") ==
          "configmap/here created\nconfigmap/here\n");
    CHECK(world.out("kubectl config use-context sys") == "Switched to context \"sys\".\n");
    CHECK(world.out("kubectl get cm -o name") == "configmap/here\n");
    CHECK(world.out("kubectl config rename-context sys system") ==
          "Context \"sys\" renamed to \"system\".\n");
    CHECK(world.out("kubectl config get-contexts -o name") == "kubernetes-admin@kubernetes\nsystem\n");
    CHECK(world.err("kubectl config delete-context system") ==
          "warning: this removed your active context, use \"kubectl config use-context\" to select a "
          "different one\n");
    CHECK(world.err("kubectl get cm") ==
          "Error in configuration: context was not found for specified context: system\n");
    CHECK(world.err("kubectl config use-context nope") ==
          "error: no context exists with the name: \"nope\"\n");
    CHECK(world.err("kubectl get cm --context nope") == "error: context \"nope\" does not exist\n");
}

TEST_CASE("A context that leads nowhere says so") {
    KubectlWorld world;
    CHECK(world.out("kubectl config set-context my --namespace=mystuff") == "Context \"my\" created.\n");
    const auto result = world.run("kubectl get pods --context=my");
    CHECK(result.errors ==
          "The connection to the server localhost:8080 was refused - did you specify the right host or "
          "port?\n");
    CHECK(result.code == 1);
    CHECK(world.run("kubectl config set-context my --cluster=kubernetes --user=bob").code == 0);
    CHECK(world.err("kubectl get pods --context=my") ==
          "error: You must be logged in to the server (Unauthorized)\n");
    CHECK(world.out("kubectl config set-cluster kubernetes --server=https://10.0.0.9:6443") ==
          "Cluster \"kubernetes\" set.\n");
    CHECK(
        world.err("kubectl version") ==
        "The connection to the server 10.0.0.9:6443 was refused - did you specify the right host or port?\n");
    CHECK(world.out("kubectl version --client") == "Client Version: v1.32.5\nKustomize Version: v5.5.0\n");
    CHECK(world.run("rm .kube/config").code == 0);
    CHECK(world.run("kubectl get pods").code == 1);
    CHECK(world.err("kubectl config current-context") == "error: current-context is not set\n");
}

TEST_CASE("The configuration is shown without its secrets") {
    KubectlWorld world;
    CHECK(world.out("kubectl config view") ==
          "apiVersion: v1\nclusters:\n- cluster:\n    certificate-authority-data: DATA+OMITTED\n"
          "    server: https://172.18.0.2:6443\n  name: kubernetes\ncontexts:\n- context:\n    cluster: "
          "kubernetes\n"
          "    user: kubernetes-admin\n  name: kubernetes-admin@kubernetes\n"
          "current-context: kubernetes-admin@kubernetes\nkind: Config\npreferences: {}\nusers:\n- name: "
          "kubernetes-admin\n"
          "  user:\n    client-certificate-data: DATA+OMITTED\n    client-key-data: DATA+OMITTED\n");
    CHECK(world.out("kubectl config view --raw") == world.out("cat .kube/config"));
    CHECK(world.out("kubectl config view --minify -o jsonpath='{.clusters[0].cluster.server}'") ==
          "https://172.18.0.2:6443");
    CHECK(world.out("kubectl config get-clusters; kubectl config get-users") ==
          "NAME\nkubernetes\nNAME\nkubernetes-admin\n");
    CHECK(world.out("kubectl config set contexts.a.b.namespace c") ==
          "Property \"contexts.a.b.namespace\" set.\n");
    CHECK(world.out("kubectl config get-contexts a.b --no-headers") == "      a.b               c\n");
    CHECK(world.out("kubectl config unset contexts.a.b") == "Property \"contexts.a.b\" unset.\n");
    CHECK(world.err("kubectl config get-contexts a.b") == "error: context a.b not found\n");
}

TEST_CASE("Another kubeconfig file can be named") {
    KubectlWorld world;
    CHECK(
        world.out(
            "cp .kube/config other; kubectl --kubeconfig=other config set-context --current --namespace=x") ==
        "Context \"kubernetes-admin@kubernetes\" modified.\n");
    CHECK(world.err("KUBECONFIG=other kubectl get cm") == "No resources found in x namespace.\n");
    CHECK(world.err("kubectl get cm") == "No resources found in default namespace.\n");
    CHECK(world.err("kubectl get cm --kubeconfig=nope") ==
          "error: stat /home/learner/nope: no such file or directory\n");
}

TEST_CASE("Versions, resources and addresses are told") {
    KubectlWorld world;
    CHECK(world.out("kubectl version") ==
          "Client Version: v1.32.5\nKustomize Version: v5.5.0\nServer Version: v1.32.13\n");
    CHECK(world.out("kubectl version -o json | grep gitVersion") ==
          "    \"gitVersion\": \"v1.32.5\",\n    \"gitVersion\": \"v1.32.13\",\n");
    CHECK(world.err("kubectl version -o wide") == "error: --output must be 'yaml' or 'json'\n");
    CHECK(world.out("kubectl api-resources --api-group=coordination.k8s.io --verbs=list") ==
          "NAME     SHORTNAMES   APIVERSION               NAMESPACED   KIND\n"
          "leases                coordination.k8s.io/v1   true         Lease\n");
    CHECK(world.out("kubectl api-resources --namespaced=false -o name | head -n 2") ==
          "componentstatuses\nnamespaces\n");
    CHECK(world.out("kubectl api-resources --namespaced=false -o name | grep -c deployments") == "0\n");
    CHECK(world.err("kubectl api-resources -o json") == "error: --output json is not available\n");
    CHECK(world.out("kubectl api-versions | head -n 1") == "admissionregistration.k8s.io/v1\n");
    CHECK(world.out("kubectl cluster-info") ==
          "Kubernetes control plane is running at https://172.18.0.2:6443\n\n"
          "To further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n");
    CHECK(world.run("kubectl cluster-info dump").code == 1);
    CHECK(world.run("kubectl completion bash").code == 1);
    CHECK(world.out("kubectl options").find("The following options can be passed to any command:\n") == 0);
}
