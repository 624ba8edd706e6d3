// Custom resources over REST: definitions, objects, versions, subresources and who owns which field.

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "engine/api/custom/custom_kinds.h"
#include "engine/api/custom_resource_definition.h"
#include "engine/base/json.h"
#include "engine/base/yaml.h"
#include "engine/server/authorization/bootstrap.h"
#include "engine/server/rest/rest.h"

using namespace kubetab;
using base::Json;

namespace {

const std::string kDefinitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const std::string kSites = "/apis/example.com/v1/namespaces/default/sites";

constexpr std::string_view kDefinition = R"(
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: sites.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: sites, kind: Site}
  versions:
  - name: v1
    served: true
    storage: true
    subresources:
      status: {}
      scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}
    schema: &schema
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            properties:
              host: {type: string}
              replicas: {type: integer, default: 1}
              pages:
                type: array
                x-kubernetes-list-type: map
                x-kubernetes-list-map-keys: [path]
                items: {type: object, required: [path], properties: {path: {type: string}, text: {type: string}}}
              options: {type: object, x-kubernetes-preserve-unknown-fields: true}
          status: {type: object, x-kubernetes-preserve-unknown-fields: true}
  - name: v1beta1
    served: true
    storage: false
    deprecated: true
    schema: *schema
)";

struct World {
    sim::Simulation simulation{7, sim::Instant{1'767'600'000LL * 1'000'000'000}};
    server::Server server{simulation};
    server::Rest rest{server, nullptr};

    World() {
        server::create_bootstrap_policy(server);
        ask("POST", "/api/v1/namespaces",
            R"({"apiVersion":"v1","kind":"Namespace","metadata":{"name":"default"}})");
        ask("POST", kDefinitions, base::parse_yaml(kDefinition)->dump());
        establish();
    }
    Json ask(const std::string& method, const std::string& path, const std::string& body = {},
             const std::string& type = "application/json", const std::string& manager = "test") {
        api::Request request;
        request.method = method;
        request.path = path;
        request.body = body;
        request.content_type = type;
        request.query = {{"fieldManager", manager}};
        const api::Response response = rest.send(request);
        code = response.code;
        warnings = response.warnings;
        base::Result<Json> parsed = base::parse_json(response.body);
        return parsed.ok() ? *parsed : Json(response.body);
    }
    Json apply(const std::string& spec, const std::string& manager) {
        return ask(
            "PATCH", kSites + "/home",
            R"({"apiVersion":"example.com/v1","kind":"Site","metadata":{"name":"home"},"spec":)" + spec + "}",
            "application/apply-patch+yaml", manager);
    }
    // What the naming controller does.
    void establish() {
        const api::Kind& kind = api::kind_of<api::CustomResourceDefinition>();
        const auto stored =
            api::cast<api::CustomResourceDefinition>(*server.get(kind, {"", "sites.example.com"}));
        auto next = std::make_shared<api::CustomResourceDefinition>(*stored);
        next->status.acceptedNames = next->spec.names;
        for (const char* type : {"NamesAccepted", "Established"}) {
            api::CustomResourceDefinitionCondition condition;
            condition.type = type;
            condition.status = "True";
            api::set_condition(*next, condition, server.now());
        }
        REQUIRE(server.update_status(kind, next, {.actor = "test"}).ok());
    }

    int code = 0;
    std::vector<std::string> warnings{};
};

}  // namespace

TEST_CASE("Appliers share lists of type map and what no schema describes") {
    World world;
    world.apply(R"({"host":"a","pages":[{"path":"/a","text":"one"}],"options":{"deep":{"x":1}}})", "first");
    CHECK(world.code == 201);
    const Json both =
        world.apply(R"({"pages":[{"path":"/b","text":"two"}],"options":{"deep":{"y":[2]}}})", "second");
    CHECK(world.code == 200);
    CHECK(both["spec"] == *base::parse_json(R"({"host":"a","replicas":1,"options":{"deep":{"x":1,"y":[2]}},
        "pages":[{"path":"/a","text":"one"},{"path":"/b","text":"two"}]})"));
    const Json refused = world.apply(R"({"host":"b"})", "second");
    CHECK(refused["message"] == "Apply failed with 1 conflict: conflict with \"first\": .spec.host");
    const Json unknown = world.apply(R"({"hots":"x"})", "first");
    CHECK(unknown["message"] ==
          "failed to create typed patch object (/home; example.com/v1, Kind=Site): .spec.hots: field not "
          "declared in schema");
    const Json fewer = world.apply(R"({"host":"a"})", "first");
    CHECK(fewer["spec"]["pages"] == *base::parse_json(R"([{"path":"/b","text":"two"}])"));
    CHECK(fewer["spec"]["options"] == *base::parse_json(R"({"deep":{"y":[2]}})"));
}

TEST_CASE("Versions share their objects, and the deprecated one says so") {
    World world;
    world.apply(R"({"host":"a"})", "first");
    CHECK(world.warnings.empty());
    const Json other = world.ask("GET", "/apis/example.com/v1beta1/namespaces/default/sites/home");
    CHECK(other["apiVersion"] == "example.com/v1beta1");
    CHECK(other["spec"]["host"] == "a");
    REQUIRE(world.warnings.size() == 1);
    CHECK(world.warnings.front() == "example.com/v1beta1 Site is deprecated; use example.com/v1 Site");
    const Json list = world.ask("GET", kSites);
    CHECK(list["kind"] == "SiteList");
    CHECK(list["items"][0]["kind"] == "Site");
}

// shows: crd.create-drops-status
TEST_CASE("Status and spec of a custom resource are written apart, and scale writes the spec") {
    World world;
    const Json made = world.ask(
        "POST", kSites,
        R"({"apiVersion":"example.com/v1","kind":"Site","metadata":{"name":"home"},"spec":{},"status":{"a":1}})");
    CHECK_FALSE(made.contains("status"));
    CHECK(made["metadata"]["generation"] == 1);
    const Json status =
        world.ask("PATCH", kSites + "/home/status", R"({"spec":{"host":"b"},"status":{"replicas":3}})",
                  "application/merge-patch+json");
    CHECK(status["status"]["replicas"] == 3);
    CHECK_FALSE(status["spec"].contains("host"));
    CHECK(status["metadata"]["generation"] == 1);
    const Json scaled = world.ask("PATCH", kSites + "/home/scale", R"({"spec":{"replicas":4}})",
                                  "application/merge-patch+json");
    CHECK(scaled["spec"]["replicas"] == 4);
    CHECK(scaled["status"]["replicas"] == 3);
    const Json after = world.ask("GET", kSites + "/home");
    CHECK(after["spec"]["replicas"] == 4);
    CHECK(after["metadata"]["generation"] == 2);
}

// shows: crd.defaults
TEST_CASE("A new schema prunes and completes what was stored before, when it is read") {
    World world;
    world.apply(R"({"host":"a"})", "first");
    Json definition = world.ask("GET", kDefinitions + "/sites.example.com");
    Json& properties = definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"];
    properties["spec"]["properties"].erase("host");
    properties["spec"]["properties"]["color"] = {{"type", "string"}, {"default", "red"}};
    world.ask("PUT", kDefinitions + "/sites.example.com", definition.dump());
    REQUIRE(world.code == 200);
    const Json site = world.ask("GET", kSites + "/home");
    CHECK(site["spec"] == *base::parse_json(R"({"color":"red","replicas":1})"));
}

// shows: server.strategic-on-custom
TEST_CASE("A strategic patch of a custom resource is refused, and so are new objects of one that goes") {
    World world;
    world.apply(R"({"host":"a"})", "first");
    const Json patch = world.ask("PATCH", kSites + "/home", "{}", "application/strategic-merge-patch+json");
    CHECK(world.code == 415);
    CHECK(patch["message"] ==
          "the body of the request was in an unknown format - accepted media types include: "
          "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml");
    const Json going = world.ask("DELETE", kDefinitions + "/sites.example.com");
    CHECK(going["metadata"]["finalizers"][0] == "customresourcecleanup.apiextensions.k8s.io");
    const Json late = world.ask(
        "POST", kSites, R"({"apiVersion":"example.com/v1","kind":"Site","metadata":{"name":"late"}})");
    CHECK(world.code == 405);
    CHECK(late["message"] == "create is not supported on resources of kind \"sites.example.com\"");
}

TEST_CASE("Versions are preferred as clients sort them") {
    CHECK(api::is_preferred_version("v2", "v1"));
    CHECK(api::is_preferred_version("v1", "v2beta1"));
    CHECK(api::is_preferred_version("v2beta1", "v1beta2"));
    CHECK(api::is_preferred_version("v1beta2", "v1beta1"));
    CHECK(api::is_preferred_version("v1beta1", "v3alpha1"));
    CHECK(api::is_preferred_version("v1alpha1", "other"));
    CHECK_FALSE(api::is_preferred_version("v1", "v1"));
}
