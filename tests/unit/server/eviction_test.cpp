// Evictions over REST: when a disruption budget lets a pod go, and what it answers when not.

#include <catch2/catch_test_macros.hpp>

#include "engine/base/json.h"
#include "engine/server/authorization/bootstrap.h"
#include "engine/server/rest/rest.h"

using namespace kubetab;
using base::Json;

namespace {

const std::string kSpace = "/api/v1/namespaces/default";
const std::string kBudgets = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";

struct World {
    sim::Simulation simulation{7, sim::Instant{1'767'600'000LL * 1'000'000'000}};
    server::Server server{simulation};
    server::Rest rest{server, nullptr};
    int code = 0;

    World() {
        server::create_bootstrap_policy(server);
        ask("POST", "/api/v1/namespaces", object("v1", "Namespace", "default"));
        ask("POST", kSpace + "/serviceaccounts", object("v1", "ServiceAccount", "default"));
    }
    static Json object(const std::string& version, const std::string& kind, const std::string& name) {
        return {{"apiVersion", version}, {"kind", kind}, {"metadata", {{"name", name}}}};
    }
    Json ask(const std::string& method, const std::string& path, const Json& body = {}) {
        api::Request request;
        request.method = method;
        request.path = path;
        if (!body.is_null()) request.body = body.dump();
        const api::Response response = rest.send(request);
        code = response.code;
        const base::Result<Json> parsed = base::parse_json(response.body);
        return parsed.ok() ? *parsed : Json(response.body);
    }
    void run_pod(const std::string& name, const std::string& ready) {
        Json pod = object("v1", "Pod", name);
        pod["metadata"]["labels"]["app"] = "web";
        pod["spec"] = {{"nodeName", "node-1"}, {"containers", {{{"name", "c"}, {"image", "nginx"}}}}};
        pod = ask("POST", kSpace + "/pods", pod);
        pod["status"]["phase"] = "Running";
        pod["status"]["conditions"] = {{{"type", "Ready"}, {"status", ready}}};
        ask("PUT", kSpace + "/pods/" + name + "/status", pod);
        REQUIRE(code == 200);
    }
    // A budget of which the controller has found that so many may go.
    void budget(const std::string& name, int allowed, int healthy, int desired, const Json& spec = {}) {
        Json budget = object("policy/v1", "PodDisruptionBudget", name);
        budget["spec"] = {{"minAvailable", desired}, {"selector", {{"matchLabels", {{"app", "web"}}}}}};
        if (!spec.is_null()) budget["spec"].update(spec);
        budget = ask("POST", kBudgets, budget);
        REQUIRE(code == 201);
        budget["status"] = {{"disruptionsAllowed", allowed},
                            {"currentHealthy", healthy},
                            {"desiredHealthy", desired},
                            {"expectedPods", healthy},
                            {"observedGeneration", 1}};
        ask("PUT", kBudgets + "/" + name + "/status", budget);
        REQUIRE(code == 200);
    }
    Json evict(const std::string& name, const Json& options = {}) {
        Json eviction = object("policy/v1", "Eviction", name);
        if (!options.is_null()) eviction["deleteOptions"] = options;
        return ask("POST", kSpace + "/pods/" + name + "/eviction", eviction);
    }
    Json pod(const std::string& name) { return ask("GET", kSpace + "/pods/" + name); }
    bool stays(const std::string& name) {
        return base::find(pod(name), {"metadata", "deletionTimestamp"}) == nullptr;
    }
    Json status_of(const std::string& name) { return ask("GET", kBudgets + "/" + name)["status"]; }
};

const std::string kRefusal = "Cannot evict pod as it would violate the pod's disruption budget.";

}  // namespace

// shows: eviction.marks
TEST_CASE("an eviction takes from the budget, marks the pod and deletes it with grace") {
    World world;
    world.run_pod("a", "True");
    world.budget("web", 1, 3, 2);
    const Json answer = world.evict("a", {{"gracePeriodSeconds", 5}});
    CHECK(world.code == 201);
    CHECK(answer["status"] == "Success");
    const Json pod = world.pod("a");
    CHECK(pod["metadata"]["deletionGracePeriodSeconds"] == 5);
    const Json& condition = pod["status"]["conditions"].back();
    CHECK(condition["type"] == "DisruptionTarget");
    CHECK(condition["reason"] == "EvictionByEvictionAPI");
    CHECK(condition["message"] == "Eviction API: evicting");
    const Json status = world.status_of("web");
    CHECK(status["disruptionsAllowed"] == 0);
    CHECK(status["disruptedPods"].contains("a"));
    CHECK(status["conditions"][0]["reason"] == "InsufficientPods");
}

// shows: eviction.refused
TEST_CASE("a budget that allows nothing says what it needs and has") {
    World world;
    world.run_pod("a", "True");
    world.budget("web", 0, 2, 2);
    const Json refusal = world.evict("a");
    CHECK(world.code == 429);
    CHECK(refusal["reason"] == "TooManyRequests");
    CHECK(refusal["message"] == kRefusal);
    CHECK(refusal["details"]["causes"][0]["reason"] == "DisruptionBudget");
    CHECK(refusal["details"]["causes"][0]["message"] ==
          "The disruption budget web needs 2 healthy pods and has 2 currently");
    CHECK(!refusal["details"].contains("retryAfterSeconds"));
    CHECK(world.stays("a"));
}

// shows: eviction.stale-budget
TEST_CASE("a budget that the controller has not seen yet asks to come back") {
    World world;
    world.run_pod("a", "True");
    world.budget("web", 1, 3, 2);
    Json budget = world.ask("GET", kBudgets + "/web");
    budget["spec"]["minAvailable"] = 3;
    world.ask("PUT", kBudgets + "/web", budget);
    const Json refusal = world.evict("a");
    CHECK(world.code == 429);
    CHECK(refusal["details"]["retryAfterSeconds"] == 10);
    CHECK(refusal["details"]["causes"][0]["message"] ==
          "The disruption budget web is still being processed by the server.");
}

// shows: eviction.two-budgets
TEST_CASE("a pod of two budgets cannot be evicted") {
    World world;
    world.run_pod("a", "True");
    world.budget("one", 1, 3, 2);
    world.budget("two", 1, 3, 2);
    const Json refusal = world.evict("a");
    CHECK(world.code == 500);
    CHECK(refusal["message"] ==
          "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
    CHECK(world.stays("a"));
}

// shows: eviction.unready
TEST_CASE("a pod that is not ready goes while enough others are healthy, or when its budget always lets it") {
    World world;
    world.run_pod("a", "False");
    world.run_pod("b", "False");
    world.budget("web", 0, 1, 2);
    world.evict("a");
    CHECK(world.code == 429);
    world.ask("DELETE", kBudgets + "/web");
    world.budget("kind", 0, 1, 2, {{"unhealthyPodEvictionPolicy", "AlwaysAllow"}});
    world.evict("a");
    CHECK(world.code == 201);
    world.ask("DELETE", kBudgets + "/kind");
    world.budget("kept", 0, 2, 2);
    world.evict("b");
    CHECK(world.code == 201);
    CHECK(!world.status_of("kept").contains("disruptedPods"));
}

// shows: eviction.ended-pods
TEST_CASE("a pod that has ended or not begun is beyond budgets") {
    World world;
    world.run_pod("a", "True");
    world.budget("web", 0, 2, 2);
    Json pod = world.pod("a");
    pod["status"]["phase"] = "Failed";
    world.ask("PUT", kSpace + "/pods/a/status", pod);
    world.evict("a");
    CHECK(world.code == 201);
}

TEST_CASE("a dry run of an eviction asks the budget and changes nothing") {
    World world;
    world.run_pod("a", "True");
    world.budget("web", 1, 3, 2);
    world.evict("a", {{"dryRun", {"All"}}});
    CHECK(world.code == 201);
    CHECK(world.stays("a"));
    CHECK(world.status_of("web")["disruptionsAllowed"] == 1);
    world.ask("POST", kSpace + "/pods/a/eviction", World::object("policy/v1", "Eviction", "b"));
    CHECK(world.code == 400);
}
