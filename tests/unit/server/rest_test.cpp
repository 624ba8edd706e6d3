// The API server over REST: what a client may count on.

#include <catch2/catch_test_macros.hpp>

#include "engine/base/json.h"
#include "engine/server/authorization/bootstrap.h"
#include "engine/server/rest/rest.h"

using namespace kubetab;
using base::Json;

namespace {

struct World {
    sim::Simulation simulation{7, sim::Instant{1'767'600'000LL * 1'000'000'000}};
    server::Server server{simulation};
    server::Rest rest{server, nullptr};

    World() {
        server::create_bootstrap_policy(server);
        post("/api/v1/namespaces",
             {{"apiVersion", "v1"}, {"kind", "Namespace"}, {"metadata", {{"name", "default"}}}});
        post("/api/v1/namespaces/default/serviceaccounts",
             {{"apiVersion", "v1"}, {"kind", "ServiceAccount"}, {"metadata", {{"name", "default"}}}});
    }
    Json ask(const std::string& method, const std::string& path, const std::string& body = {},
             const std::string& type = "application/json",
             std::vector<std::pair<std::string, std::string>> query = {}) {
        api::Request request;
        request.method = method;
        request.path = path;
        request.body = body;
        request.content_type = type;
        request.query = std::move(query);
        const api::Response response = rest.send(request);
        last_code = response.code;
        last_warnings = response.warnings;
        base::Result<Json> parsed = base::parse_json(response.body);
        return parsed.ok() ? *parsed : Json(response.body);
    }
    Json post(const std::string& path, const Json& body) { return ask("POST", path, body.dump()); }
    Json get(const std::string& path) { return ask("GET", path); }

    int last_code = 0;
    std::vector<std::string> last_warnings{};
};

const std::string kMaps = "/api/v1/namespaces/default/configmaps";
const std::string kPods = "/api/v1/namespaces/default/pods";

Json config_map(const std::string& name) {
    return {
        {"apiVersion", "v1"}, {"kind", "ConfigMap"}, {"metadata", {{"name", name}}}, {"data", {{"x", "1"}}}};
}

Json pod(const std::string& name) {
    return {{"apiVersion", "v1"},
            {"kind", "Pod"},
            {"metadata", {{"name", name}, {"labels", {{"app", name}}}}},
            {"spec", {{"containers", {{{"name", "c"}, {"image", "nginx:1.25"}}}}}}};
}

}  // namespace

TEST_CASE("A created object comes back with system fields") {
    World world;
    const Json made = world.post(kMaps, config_map("a"));
    CHECK(world.last_code == 201);
    CHECK_FALSE(base::text_at(made, {"metadata", "uid"}).empty());
    CHECK(base::text_at(made, {"metadata", "namespace"}) == "default");
    CHECK(world.get(kMaps + "/a") == made);
}

TEST_CASE("A second object of the same name is refused") {
    World world;
    world.post(kMaps, config_map("a"));
    const Json refused = world.post(kMaps, config_map("a"));
    CHECK(world.last_code == 409);
    CHECK(base::text_at(refused, {"message"}) == "configmaps \"a\" already exists");
    CHECK(base::text_at(refused, {"reason"}) == "AlreadyExists");
}

TEST_CASE("A missing object is named") {
    World world;
    const Json refused = world.get(kMaps + "/zz");
    CHECK(world.last_code == 404);
    CHECK(base::text_at(refused, {"message"}) == "configmaps \"zz\" not found");
}

TEST_CASE("Nothing is created in a namespace that does not exist") {
    World world;
    const Json refused = world.post("/api/v1/namespaces/nope/configmaps", config_map("a"));
    CHECK(world.last_code == 404);
    CHECK(base::text_at(refused, {"message"}) == "namespaces \"nope\" not found");
}

TEST_CASE("A pod gets defaults, an account, its token and tolerations") {
    World world;
    const Json made = world.post(kPods, pod("p"));
    REQUIRE(world.last_code == 201);
    const Json& spec = made["spec"];
    CHECK(spec["restartPolicy"] == "Always");
    CHECK(spec["serviceAccountName"] == "default");
    CHECK(spec["priority"] == 0);
    CHECK(spec["tolerations"].size() == 2);
    CHECK(spec["containers"][0]["volumeMounts"].size() == 1);
    CHECK(spec["volumes"].size() == 1);
    CHECK(made["status"]["phase"] == "Pending");
    CHECK(made["status"]["qosClass"] == "BestEffort");
}

// shows: server.stale-write, server.no-op-keeps-version
TEST_CASE("A stale update is refused and a patch that changes nothing is not stored") {
    World world;
    Json made = world.post(kMaps, config_map("a"));
    made["data"]["x"] = "2";
    world.ask("PUT", kMaps + "/a", made.dump());
    CHECK(world.last_code == 200);
    world.ask("PUT", kMaps + "/a", made.dump());
    CHECK(world.last_code == 409);
    const std::int64_t revision = world.server.store().revision();
    world.ask("PATCH", kMaps + "/a", R"({"data":{"x":"2"}})", "application/merge-patch+json");
    CHECK(world.last_code == 200);
    CHECK(world.server.store().revision() == revision);
}

TEST_CASE("A dry run stores nothing") {
    World world;
    world.ask("POST", kMaps, config_map("b").dump(), "application/json", {{"dryRun", "All"}});
    CHECK(world.last_code == 201);
    world.get(kMaps + "/b");
    CHECK(world.last_code == 404);
}

TEST_CASE("Strict validation names the unknown field") {
    World world;
    Json map = config_map("s");
    map["dta"] = Json::object();
    const Json refused =
        world.ask("POST", kMaps, map.dump(), "application/json", {{"fieldValidation", "Strict"}});
    CHECK(world.last_code == 400);
    CHECK(base::text_at(refused, {"message"}) ==
          "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: strict decoding error: unknown "
          "field \"dta\"");
}

TEST_CASE("A limited list goes on where it stopped") {
    World world;
    for (const char* name : {"a", "b", "c"}) world.post(kMaps, config_map(name));
    const Json first = world.ask("GET", kMaps, "", "", {{"limit", "2"}});
    CHECK(first["items"].size() == 2);
    const Json rest = world.ask(
        "GET", kMaps, "", "", {{"limit", "2"}, {"continue", base::text_at(first, {"metadata", "continue"})}});
    REQUIRE(rest["items"].size() == 1);
    CHECK(rest["items"][0]["metadata"]["name"] == "c");
}

TEST_CASE("A watch tells every change once, in order, as it concerns the selector") {
    World world;
    api::Request request;
    request.path = kPods;
    request.query = {{"labelSelector", "app=p"}, {"watch", "true"}};
    api::Response refusal;
    const std::unique_ptr<api::WatchStream> stream = world.rest.watch(request, refusal);
    REQUIRE(stream != nullptr);
    world.post(kPods, pod("p"));
    world.post(kPods, pod("q"));
    world.ask("PATCH", kPods + "/p", R"({"metadata":{"labels":{"app":"other"}}})",
              "application/merge-patch+json");
    world.simulation.run_until(world.simulation.now() + sim::seconds(1));
    const std::vector<std::string> events = stream->take();
    REQUIRE(events.size() == 2);
    CHECK(events[0].find("\"ADDED\"") != std::string::npos);
    CHECK(events[1].find("\"DELETED\"") != std::string::npos);
}

TEST_CASE("A watch of a namespace is told all of its own and nothing of another") {
    World world;
    world.post("/api/v1/namespaces",
               {{"apiVersion", "v1"}, {"kind", "Namespace"}, {"metadata", {{"name", "other"}}}});
    const std::string others = "/api/v1/namespaces/other/configmaps";
    const auto watch = [&world](const std::string& path) {
        api::Request request;
        request.path = path;
        request.query = {{"watch", "true"}};
        api::Response refusal;
        return world.rest.watch(request, refusal);
    };
    const std::unique_ptr<api::WatchStream> here = watch(kMaps);
    const std::unique_ptr<api::WatchStream> there = watch(others);
    const std::unique_ptr<api::WatchStream> everywhere = watch("/api/v1/configmaps");
    watch(others).reset();  // one that has ended takes nothing from the other
    world.post(kMaps, config_map("a"));
    world.post(others, config_map("b"));
    world.post(kMaps, config_map("c"));
    world.simulation.run_until(world.simulation.now() + sim::seconds(1));
    const std::vector<std::string> events = here->take();
    REQUIRE(events.size() == 2);
    CHECK(Json::parse(events[0])["object"]["metadata"]["name"] == "a");
    CHECK(Json::parse(events[1])["object"]["metadata"]["name"] == "c");
    CHECK(there->take().size() == 1);
    CHECK(everywhere->take().size() == 3);
}

TEST_CASE("A service gets an address and gives it back") {
    World world;
    const std::string services = "/api/v1/namespaces/default/services";
    Json service = {
        {"apiVersion", "v1"},
        {"kind", "Service"},
        {"metadata", {{"name", "web"}}},
        {"spec", {{"clusterIP", "10.96.7.7"}, {"ports", {{{"port", 80}}}}, {"selector", {{"app", "web"}}}}}};
    CHECK(world.post(services, service)["spec"]["clusterIP"] == "10.96.7.7");
    service["metadata"]["name"] = "other";
    world.post(services, service);
    CHECK(world.last_code == 422);
    world.ask("DELETE", services + "/web");
    world.post(services, service);
    CHECK(world.last_code == 201);
}

// shows: server.delete-grace, server.delete-unscheduled
TEST_CASE("An unscheduled pod is deleted at once, a running one after its grace") {
    World world;
    world.post(kPods, pod("p"));
    world.ask("DELETE", kPods + "/p");
    world.get(kPods + "/p");
    CHECK(world.last_code == 404);
    world.post(kPods, pod("q"));
    REQUIRE(world.server.bind({"default", "q"}, "node-1", {.actor = "test"}).ok());
    const Json going = world.ask("DELETE", kPods + "/q");
    CHECK(going["metadata"]["deletionGracePeriodSeconds"] == 30);
    world.get(kPods + "/q");
    CHECK(world.last_code == 200);
}

TEST_CASE("A body of another kind is refused by name") {
    World world;
    Json body = config_map("s");
    body["kind"] = "Pod";
    const Json other = world.post(kMaps, body);
    CHECK(world.last_code == 400);
    CHECK(base::text_at(other, {"message"}) ==
          "Pod in version \"v1\" cannot be handled as a ConfigMap: converting (v1.Pod) to (core.ConfigMap): "
          "unknown "
          "conversion");
    body["kind"] = "configmap";
    CHECK(base::text_at(world.post(kMaps, body), {"message"}) ==
          "configmap in version \"v1\" cannot be handled as a ConfigMap: no kind \"configmap\" is registered "
          "for version "
          "\"v1\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"");
}

// shows: server.patch-errors
TEST_CASE("A patch that does not apply is refused without its reason") {
    World world;
    world.ask("POST", kMaps, config_map("p").dump());
    const std::string patch = R"([{"op": "remove", "path": "/data/nope"}])";
    const Json refused = world.ask("PATCH", kMaps + "/p", patch, "application/json-patch+json");
    CHECK(world.last_code == 422);
    CHECK(base::text_at(refused, {"message"}) ==
          "the server rejected our request due to an error in our request");
    const Json broken = world.ask("PATCH", kMaps + "/p", "{bad", "application/merge-patch+json");
    CHECK(world.last_code == 400);
    CHECK(base::text_at(broken, {"message"}) ==
          "invalid character 'b' looking for beginning of object key string");
}

TEST_CASE("A strategic patch with a wrong type says what cannot be converted") {
    World world;
    world.ask("POST", kMaps, config_map("t").dump());
    const Json refused =
        world.ask("PATCH", kMaps + "/t", R"({"immutable": "yes"})", "application/strategic-merge-patch+json");
    CHECK(world.last_code == 422);
    CHECK(base::text_at(refused, {"message"}) ==
          " \"\" is invalid: patch: Invalid value: \"map[immutable:yes]\": unrecognized type: bool");
}

TEST_CASE("Doubtful pods are created with a warning") {
    World world;
    Json doubtful = pod("w");
    Json& container = doubtful["spec"]["containers"][0];
    container["env"] = {{{"name", "A"}, {"value", "1"}}, {{"name", "A"}, {"value", "2"}}};
    container["ports"] = {{{"containerPort", 80}}, {{"containerPort", 80}}};
    world.post(kPods, doubtful);
    CHECK(world.last_code == 201);
    CHECK(world.last_warnings ==
          std::vector<std::string>{
              "spec.containers[0].env[1]: hides previous definition of \"A\", which may be dropped when "
              "using apply",
              "spec.containers[0].ports[1]: duplicate port definition with spec.containers[0].ports[0]"});
}

TEST_CASE("A pod that no node has yet has an empty log") {
    World world;
    world.post(kPods, pod("early"));
    CHECK(world.get(kPods + "/early/log") == Json(""));
    CHECK(world.last_code == 200);
    const Json refused = world.ask("GET", kPods + "/early/log", {}, "application/json", {{"container", "x"}});
    CHECK(world.last_code == 400);
    CHECK(base::text_at(refused, {"message"}) == "container x is not valid for pod early");
}

TEST_CASE("Options with unknown values are invalid, and name what would be known") {
    World world;
    const Json dry =
        world.ask("POST", kMaps, config_map("o").dump(), "application/json", {{"dryRun", "Some"}});
    CHECK(world.last_code == 422);
    CHECK(
        base::text_at(dry, {"message"}) ==
        "CreateOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: []string{\"Some\"}: supported "
        "values: \"All\"");
    const Json checks = world.ask("PUT", kMaps + "/o", config_map("o").dump(), "application/json",
                                  {{"fieldValidation", "Foo"}});
    CHECK(world.last_code == 422);
    CHECK(base::text_at(checks, {"details", "kind"}) == "UpdateOptions");
    CHECK(base::text_at(checks["details"]["causes"][0], {"message"}) ==
          "Unsupported value: \"Foo\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"");
    world.ask("GET", kMaps, {}, "application/json", {{"resourceVersion", "abc"}});
    CHECK(world.last_code == 500);
}

TEST_CASE("A list that is streamed ends with a bookmark, and then come the changes") {
    World world;
    world.post(kMaps, config_map("first"));
    api::Request request;
    request.path = kMaps;
    request.query = {{"watch", "true"},
                     {"resourceVersion", "1"},
                     {"sendInitialEvents", "true"},
                     {"allowWatchBookmarks", "true"}};
    api::Response refusal;
    const std::unique_ptr<api::WatchStream> stream = world.rest.watch(request, refusal);
    REQUIRE(stream);
    const std::vector<std::string> present = stream->take();
    REQUIRE(present.size() == 2);
    CHECK(Json::parse(present[0])["object"]["metadata"]["name"] == "first");
    const Json mark = Json::parse(present[1]);
    CHECK(mark["type"] == "BOOKMARK");
    CHECK(mark["object"]["metadata"]["annotations"]["k8s.io/initial-events-end"] == "true");
    world.post(kMaps, config_map("second"));
    world.simulation.run_until(world.simulation.now() + sim::seconds(1));
    CHECK(stream->take().size() == 1);
}

TEST_CASE("A watched table says what its columns are once") {
    World world;
    world.post(kMaps, config_map("a"));
    world.post(kMaps, config_map("b"));
    api::Request request;
    request.path = kMaps;
    request.as_table = true;
    api::Response refusal;
    const std::vector<std::string> rows = world.rest.watch(request, refusal)->take();
    REQUIRE(rows.size() == 2);
    CHECK_FALSE(Json::parse(rows[0])["object"]["columnDefinitions"].empty());
    CHECK(Json::parse(rows[1])["object"]["columnDefinitions"].is_null());
}

TEST_CASE("Discovery tells that pods can be evicted, in the words that drain looks for") {
    World world;
    const Json core = world.get("/api/v1");
    for (const Json& resource : core["resources"]) {
        if (resource["name"] != "pods/eviction") continue;
        CHECK(resource["kind"] == "Eviction");
        CHECK(resource["group"] == "policy");
        CHECK(resource["version"] == "v1");
        return;
    }
    FAIL("there is no pods/eviction");
}
