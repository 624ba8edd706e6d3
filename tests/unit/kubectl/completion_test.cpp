// What Tab offers on a kubectl command line.

#include <catch2/catch_test_macros.hpp>
#include <sstream>

#include "tests/unit/kubectl/world.h"

using namespace kubetab;

namespace {

using Words = std::vector<std::string>;

// Not even a file's name fits.
const Words kNothing = {""};

struct CompletionWorld : KubectlWorld {
    CompletionWorld() {
        file("pod.yaml",
             "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  initContainers:\n  - name: setup\n "
             "   image: a\n"
             "  containers:\n  - name: main\n    image: a\n  - name: side\n    image: a\n");
        run("kubectl create -f pod.yaml; kubectl create deployment shop --image=a; kubectl create cm here -n "
            "kube-system");
    }

    // The candidates for the last word; a space at the end begins a new one.
    Words complete(const std::string& text) {
        sim::Invocation invocation;
        std::istringstream stream(text);
        for (std::string word; stream >> word;) invocation.words.push_back(word);
        if (text.back() == ' ') invocation.words.emplace_back();
        invocation.files = &files;
        invocation.environment = {{"HOME", "/home/learner"}};
        invocation.directory = "/home/learner";
        return table.find("kubectl")->complete(invocation);
    }
};

}  // namespace

TEST_CASE("Commands and their sub-commands are completed") {
    CompletionWorld world;
    CHECK(world.complete("kubectl des") == Words{"describe"});
    CHECK(world.complete("kubectl rollout re") == Words{"restart", "resume"});
    CHECK(world.complete("kubectl -n kube-system des") == Words{"describe"});
    CHECK(world.complete("kubectl create dep") == Words{"deployment"});
    CHECK(world.complete("kubectl config use") == Words{"use-context"});
}

TEST_CASE("Types and names are completed") {
    CompletionWorld world;
    CHECK(world.complete("kubectl get pod") == Words{"poddisruptionbudgets", "pods", "podtemplates"});
    CHECK(world.complete("kubectl get pods") == Words{"pods"});
    CHECK(world.complete("kubectl get pods,sec") == Words{"pods,secrets"});
    CHECK(world.complete("kubectl get po ") == Words{"web"});
    CHECK(world.complete("kubectl get po web ") == kNothing);
    CHECK(world.complete("kubectl describe deploy/s") == Words{"deploy/shop"});
    CHECK(world.complete("kubectl get cm ") == kNothing);
    CHECK(world.complete("kubectl get cm -n kube-system ") == Words{"here"});
    CHECK(world.complete("kubectl --namespace=kube-system get cm h") == Words{"here"});
    CHECK(world.complete("kubectl rollout status ") == Words{"daemonsets", "deployments", "statefulsets"});
    CHECK(world.complete("kubectl scale dep") == Words{"deployments"});
    CHECK(world.complete("kubectl scale deployment ") == Words{"shop"});
    CHECK(world.run("kubectl config set-context --current --namespace=kube-system").code == 0);
    CHECK(world.complete("kubectl get cm ") == Words{"here"});
}

TEST_CASE("Flags and their values are completed") {
    CompletionWorld world;
    CHECK(world.complete("kubectl get --show-l") == Words{"--show-labels"});
    CHECK(world.complete("kubectl get pods --all-n") == Words{"--all-namespaces"});
    CHECK(world.complete("kubectl get pods -n ") == Words{"default", "kube-system"});
    CHECK(world.complete("kubectl get pods --namespace=k") == Words{"--namespace=kube-system"});
    CHECK(world.complete("kubectl get pods -o ya") == Words{"yaml"});
    CHECK(world.complete("kubectl version -o ") == Words{"json", "yaml"});
    CHECK(world.complete("kubectl apply --dry-run=s") == Words{"--dry-run=server"});
    CHECK(world.complete("kubectl config use-context k") == Words{"kubernetes-admin@kubernetes"});
    CHECK(world.complete("kubectl get pods --context ") == Words{"kubernetes-admin@kubernetes"});
    CHECK(world.complete("kubectl apply -f ").empty());
}

TEST_CASE("Fields are completed for explain") {
    CompletionWorld world;
    CHECK(world.complete("kubectl explain dep") == Words{"deployments"});
    CHECK(world.complete("kubectl explain pods.spec.hostN") == Words{"pods.spec.hostNetwork"});
    CHECK(world.complete("kubectl explain pods.spec.containers.liv") ==
          Words{"pods.spec.containers.livenessProbe"});
    CHECK(world.complete("kubectl explain pods.nope.x") == kNothing);
}
