// kubectl logs, exec and attach, against kubelets that only answer.

#include <catch2/catch_test_macros.hpp>
#include <memory>

#include "tests/unit/kubectl/world.h"

using namespace kubetab;

namespace {

class Lines final : public api::LogStream {
public:
    std::string take() override { return left_-- > 0 ? "line\n" : ""; }
    bool ended() const override { return left_ <= 0; }

private:
    int left_ = 2;
};

// Prints its words, then its input, and ends with its code.
class Remote final : public sim::Process {
public:
    Remote(std::vector<std::string> words, int code) : words_(std::move(words)), code_(code) {}
    sim::Poll poll(sim::Io& io) override {
        for (const std::string& word : words_) io.out("[" + word + "]");
        words_.clear();
        while (const std::optional<std::string> text = io.read()) {
            if (text->empty()) return sim::Poll::done(code_);
            io.out(*text);
        }
        return sim::Poll::input();
    }

private:
    std::vector<std::string> words_;
    int code_;
};

class Kubelets final : public server::KubeletAccess {
public:
    base::Result<std::string> read_log(const api::Pod& pod, const server::LogOptions& options) override {
        if (options.container == "stuck") {
            return base::failure(base::Reason::BadRequest, "container \"stuck\" in pod \"" +
                                                               pod.metadata.name +
                                                               "\" is waiting to start: ContainerCreating");
        }
        return pod.metadata.name + "/" + options.container + " tail=" + std::to_string(options.tail_lines) +
               (options.previous ? " previous" : "") + "\n";
    }
    base::Result<std::unique_ptr<api::LogStream>> follow_log(const api::Pod&,
                                                             const server::LogOptions&) override {
        return std::unique_ptr<api::LogStream>(std::make_unique<Lines>());
    }
    base::Result<std::unique_ptr<sim::Process>> connect(const api::Pod&,
                                                        const server::ConnectOptions& options) override {
        if (options.container == "stuck") {
            return base::failure(base::Reason::InternalError,
                                 "unable to upgrade connection: container not found (\"stuck\")");
        }
        std::vector<std::string> words = options.command;
        words.insert(words.begin(), options.container);
        return std::unique_ptr<sim::Process>(
            std::make_unique<Remote>(std::move(words), options.attach ? 0 : 3));
    }
};

constexpr const char* kPods =
    "apiVersion: v1\nkind: Pod\nmetadata: {name: one, labels: {app: web}}\n"
    "spec: {nodeName: here, containers: [{name: c, image: nginx}]}\n---\n"
    "apiVersion: v1\nkind: Pod\nmetadata: {name: two, labels: {app: web}}\n"
    "spec: {nodeName: here, containers: [{name: a, image: nginx}, {name: stuck, image: nginx}], "
    "initContainers: [{name: i, image: nginx}]}\n";

struct ContainerWorld {
    ContainerWorld() {
        world.file("pods.yaml", kPods);
        REQUIRE(world.run("kubectl apply -f pods.yaml").code == 0);
    }
    Kubelets kubelets{};
    KubectlWorld world{&kubelets};
};

}  // namespace

TEST_CASE("Logs are those of the container that is meant") {
    ContainerWorld fixture;
    KubectlWorld& world = fixture.world;
    CHECK(world.out("kubectl logs one") == "one/c tail=-1\n");
    CHECK(world.out("kubectl logs pod/one -p --tail=3") == "one/c tail=3 previous\n");
    CHECK(world.run("kubectl logs two").errors == "Defaulted container \"a\" out of: a, stuck, i (init)\n");
    CHECK(world.out("kubectl logs two i") == "two/i tail=-1\n");
    CHECK(world.err("kubectl logs two -c zz") == "error: container zz is not valid for pod two\n");
    CHECK(world.err("kubectl logs two -c stuck") ==
          "Error from server (BadRequest): container \"stuck\" in pod \"two\" is waiting to start: "
          "ContainerCreating\n");
    CHECK(world.out("kubectl logs two --all-containers --ignore-errors --prefix") ==
          "[pod/two/i] two/i tail=-1\n[pod/two/a] two/a tail=-1\n"
          "error: container \"stuck\" in pod \"two\" is waiting to start: ContainerCreating\n");
    CHECK(world.out("kubectl logs -l app=web") == "one/c tail=10\ntwo/a tail=10\n");
    CHECK(world.err("kubectl logs -l app=none") == "No resources found in default namespace.\n");
    CHECK(world.out("kubectl logs -f one") == "line\nline\n");
    CHECK(world.out("kubectl logs -f -l app=web --prefix | sort | uniq -c | wc -l") == "2\n");
}

TEST_CASE("Logs of a pod without a node are empty") {
    ContainerWorld fixture;
    KubectlWorld& world = fixture.world;
    REQUIRE(world.run("kubectl run early --image=nginx").code == 0);
    for (const char* command : {"kubectl logs early", "kubectl logs -f early"}) {
        const KubectlWorld::Outcome nothing = world.run(command);
        CHECK(nothing.output.empty());
        CHECK(nothing.errors.empty());
        CHECK(nothing.code == 0);
    }
}

TEST_CASE("Logs of a workload are those of one of its pods") {
    ContainerWorld fixture;
    KubectlWorld& world = fixture.world;
    REQUIRE(world.run("kubectl expose pod one --port=80 --selector=app=web --name=svc").code == 0);
    const KubectlWorld::Outcome chosen = world.run("kubectl logs svc/svc");
    CHECK(chosen.output == "one/c tail=-1\n");
    CHECK(chosen.errors == "Found 2 pods, using pod/one\n");
    CHECK(world.out("kubectl logs svc/svc --all-pods") ==
          "[pod/one/c] one/c tail=-1\n[pod/two/a] two/a tail=-1\n");
    REQUIRE(world.run("kubectl create deployment none --image=nginx").code == 0);
    CHECK(world.err("kubectl logs deploy/none") == "error: timed out waiting for the condition\n");
}

TEST_CASE("Logs refuses what cannot be") {
    ContainerWorld fixture;
    KubectlWorld& world = fixture.world;
    const std::vector<std::pair<std::string, std::string>> table = {
        {"kubectl logs nope",
         "error: error from server (NotFound): pods \"nope\" not found in namespace \"default\"\n"},
        {"kubectl logs",
         "error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\n"
         "POD or TYPE/NAME is a required argument for the logs command\nSee 'kubectl logs -h' for help and "
         "examples\n"},
        {"kubectl logs one -l app=web",
         "error: only a selector (-l) or a POD name is allowed\nSee 'kubectl logs -h' for help and "
         "examples\n"},
        {"kubectl logs one c -c c", "error: only one of -c or an inline [CONTAINER] arg is allowed\n"},
        {"kubectl logs one -c c --all-containers",
         "error: --all-containers=true should not be specified with container name c\n"},
        {"kubectl logs one --since=1m --since-time=2026-01-01T00:00:00Z",
         "error: at most one of `sinceTime` or `sinceSeconds` may be specified\n"},
        {"kubectl logs one --tail=-2", "error: --tail must be greater than or equal to -1\n"},
        {"kubectl logs -f -l app=web --max-log-requests=1",
         "Defaulted container \"a\" out of: a, stuck, i (init)\n"
         "error: you are attempting to follow 2 log streams, but maximum allowed concurrency is 1, use "
         "--max-log-requests to increase the limit\n"},
    };
    for (const auto& [command, text] : table) {
        INFO(command);
        CHECK(world.err(command) == text);
        CHECK(world.run(command).code == 1);
    }
}

TEST_CASE("Exec runs a command and ends with its code") {
    ContainerWorld fixture;
    KubectlWorld& world = fixture.world;
    const KubectlWorld::Outcome ran = world.run("kubectl exec one -- echo 'a b'");
    CHECK(ran.output == "[c][echo][a b]");
    CHECK(ran.errors == "command terminated with exit code 3\n");
    CHECK(ran.code == 3);
    CHECK(world.out("echo typed | kubectl exec -i one -- cat") == "[c][cat]typed\n");
    CHECK(world.out("echo typed | kubectl exec one -- cat") == "[c][cat]");
    CHECK(world.run("echo typed | kubectl exec -it one -- cat").errors ==
          "Unable to use a TTY - input is not a terminal or the right kind of file\n"
          "command terminated with exit code 3\n");
    CHECK(world.run("kubectl attach one").errors ==
          "If you don't see a command prompt, try pressing enter.\n");
}

TEST_CASE("Exec refuses what cannot be") {
    ContainerWorld fixture;
    KubectlWorld& world = fixture.world;
    const std::vector<std::pair<std::string, std::string>> table = {
        {"kubectl exec nope -- ls", "Error from server (NotFound): pods \"nope\" not found\n"},
        {"kubectl exec deploy/nope -- ls",
         "Error from server (NotFound): deployments.apps \"nope\" not found\n"},
        {"kubectl exec one", "error: you must specify at least one command for the container\n"},
        {"kubectl exec -- ls", "error: pod, type/name or --filename must be specified\n"},
        {"kubectl exec one ls",
         "error: exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\n"
         "See 'kubectl exec -h' for help and examples\n"},
        {"kubectl exec two -c stuck -- ls",
         "error: unable to upgrade connection: container not found (\"stuck\")\n"},
        {"kubectl attach nope", "Error from server (NotFound): pods \"nope\" not found\n"},
    };
    for (const auto& [command, text] : table) {
        INFO(command);
        CHECK(world.err(command) == text);
        CHECK(world.run(command).code == 1);
    }
}

TEST_CASE("Commands that are not supported say what to do instead") {
    ContainerWorld fixture;
    KubectlWorld& world = fixture.world;
    CHECK(world.err("kubectl top pods") == "error: Metrics API not available\n");
    CHECK(world.err("kubectl port-forward nope 8080:80") ==
          "Error from server (NotFound): pods \"nope\" not found\n");
    CHECK(world.err("kubectl cp nope:/a /tmp/b") ==
          "Error from server (NotFound): pods \"nope\" not found\n");
    for (const char* const command : {"proxy", "cp one:/a /tmp/b", "debug one --image=busybox --copy-to=two",
                                      "kustomize .", "plugin list"}) {
        const KubectlWorld::Outcome refused = world.run(std::string("kubectl ") + command);
        INFO(command);
        CHECK(refused.code == 1);
        CHECK(refused.errors.find(" is not supported here: ") != std::string::npos);
    }
}
