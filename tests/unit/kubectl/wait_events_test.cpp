// kubectl wait and events.

#include <catch2/catch_test_macros.hpp>

#include "tests/unit/kubectl/world.h"

using namespace kubetab;

namespace {

constexpr const char* kReady =
    "kubectl patch pod one --subresource=status -p "
    "'{\"status\":{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}'";

struct PodWorld {
    PodWorld() { REQUIRE(world.run("kubectl run one --image=nginx").code == 0); }
    KubectlWorld world{};
};

}  // namespace

TEST_CASE("Wait ends when the condition is met") {
    PodWorld fixture;
    KubectlWorld& world = fixture.world;
    const std::string later = "(sleep 3; " + std::string(kReady) + " > /dev/null) & ";
    CHECK(world.out(later + "kubectl wait --for=condition=Ready pod/one --timeout=10s") ==
          "pod/one condition met\n");
    CHECK(world.out("kubectl wait --for=condition=ready=TRUE pod one") == "pod/one condition met\n");
    CHECK(world.out("kubectl wait --for=jsonpath='{.status.phase}'=Running pod/one") ==
          "pod/one condition met\n");
    CHECK(world.out("kubectl wait --for=jsonpath='{.status.phase}' pod -l run=one") ==
          "pod/one condition met\n");
    CHECK(world.out("kubectl wait --for=condition=Ready pod --all -o name") == "pod/one\n");
}

TEST_CASE("Wait knows objects that go and come") {
    PodWorld fixture;
    KubectlWorld& world = fixture.world;
    CHECK(world.out("(sleep 2; kubectl delete pod one --force > /dev/null 2>&1) & kubectl wait --for=delete "
                    "pod/one") == "pod/one condition met\n");
    const KubectlWorld::Outcome gone = world.run("kubectl wait --for=delete pod/nope --timeout=1s");
    CHECK(gone.output + gone.errors == "");
    CHECK(gone.code == 0);
    CHECK(world.out("(sleep 2; kubectl create cm new > /dev/null) & kubectl wait --for=create cm/new") ==
          "configmap/new condition met\n");
}

TEST_CASE("Wait refuses and gives up in kubectl's words") {
    PodWorld fixture;
    KubectlWorld& world = fixture.world;
    const std::vector<std::pair<std::string, std::string>> table = {
        {"kubectl wait pod/one", "error: unrecognized condition: \"\"\n"},
        {"kubectl wait --for=condition=Ready pod/nope --timeout=1s",
         "Error from server (NotFound): pods \"nope\" not found\n"},
        {"kubectl wait --for=condition=Ready pod/one --timeout=1s",
         "error: timed out waiting for the condition on pods/one\n"},
        {"kubectl wait --for=condition=Ready pod/one --timeout=0",
         "error: timed out waiting for the condition on pods/one\n"},
        {"kubectl wait --for=condition=Ready pod -l nope=1 --timeout=1s",
         "error: no matching resources found\n"},
        {"kubectl wait --for=jsonpath='{.status.phase}'= pod/one",
         "error: jsonpath wait has to have a value after equal sign, like "
         "--for=jsonpath='{.status.readyReplicas}'=3\n"},
        {"kubectl wait --for=jsonpath='{.metadata.labels}'=a pod/one",
         "error: jsonpath leads to a nested object or list which is not supported\n"},
    };
    for (const auto& [command, text] : table) {
        INFO(command);
        CHECK(world.err(command) == text);
        CHECK(world.run(command).code == 1);
    }
}

TEST_CASE("Events are listed oldest first") {
    PodWorld fixture;
    KubectlWorld& world = fixture.world;
    CHECK(world.err("kubectl events") == "No events found in default namespace.\n");
    CHECK(world.err("kubectl events -A") == "No events found.\n");
    const std::string event =
        "apiVersion: v1\nkind: Event\nmetadata: {name: %n, namespace: default}\ntype: %t\nreason: R%n\n"
        "message: \"what happened \"\ninvolvedObject: {apiVersion: v1, kind: Pod, name: %n, namespace: "
        "default}\n"
        "firstTimestamp: \"%s\"\nlastTimestamp: \"%s\"\ncount: %c\n---\n";
    const auto make = [&](const std::string& name, const std::string& type, const std::string& at,
                          const char* count) {
        std::string text = event;
        for (const auto& [mark, value] : std::vector<std::pair<std::string, std::string>>{
                 {"%n", name}, {"%t", type}, {"%s", at}, {"%c", count}}) {
            for (std::size_t i; (i = text.find(mark)) != std::string::npos;)
                text.replace(i, mark.size(), value);
        }
        return text;
    };
    // The world begins on 2026-01-05 at 08:00.
    world.file("events.yaml", make("late", "Normal", "2026-01-05T07:59:50Z", "1") +
                                  make("early", "Warning", "2026-01-05T07:59:00Z", "3"));
    REQUIRE(world.run("kubectl create -f events.yaml").code == 0);
    CHECK(world.out("kubectl events") ==
          "LAST SEEN           TYPE      REASON   OBJECT      MESSAGE\n"
          "60s (x3 over 60s)   Warning   Rearly   Pod/early   what happened\n"
          "10s                 Normal    Rlate    Pod/late    what happened\n");
    CHECK(world.out("kubectl events --types=normal --no-headers") ==
          "10s   Normal   Rlate   Pod/late   what happened\n");
    CHECK(world.out("kubectl events --for pod/early --no-headers | wc -l") == "1\n");
    CHECK(world.err("kubectl events --for early") == "error: --for must be in resource/name form\n");
    CHECK(world.err("kubectl events --types=Odd") == "error: valid --types are Normal or Warning\n");
}
