// The documents that tell a real client what there is.

#include "engine/rest/discovery.h"

#include <catch2/catch_test_macros.hpp>

#include "engine/base/json.h"
#include "engine/rest/front.h"
#include "engine/server/authorization/bootstrap.h"
#include "engine/server/rest/rest.h"

using namespace kubetab;
using base::Json;

namespace {

constexpr const char* kAggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

struct World {
    sim::Simulation simulation{7, sim::Instant{1'767'600'000LL * 1'000'000'000}};
    server::Server server{simulation};
    server::Rest transport{server, nullptr};
    rest::Front front{transport, 8001};

    World() { server::create_bootstrap_policy(server); }

    rest::HttpResponse get(const std::string& target, const std::string& accept = "application/json") {
        rest::HttpRequest http{.target = target, .headers = {{"Host", "localhost:8001"}, {"Accept", accept}}};
        return std::move(front.answer(http).response);
    }
    Json document(const std::string& target) {
        const base::Result<Json> document = base::parse_json(get(target).body);
        REQUIRE(document.ok());
        return *document;
    }
};

Json property(const Json& document, const std::string& schema, const std::string& field) {
    return document["components"]["schemas"]["io.k8s.api." + schema]["properties"][field];
}

}  // namespace

TEST_CASE("The aggregated form is given to those who ask for it, with its own content type") {
    World world;
    const rest::HttpResponse response = world.get("/apis", std::string(kAggregated) + ",application/json");
    CHECK(rest::header(response.headers, "Content-Type") == kAggregated);
    CHECK(rest::header(response.headers, "Cache-Control") == "public");
    CHECK(response.body.find("\"APIGroupDiscoveryList\"") != std::string::npos);
}

TEST_CASE("Everybody else gets a list of versions or of groups") {
    World world;
    CHECK(world.document("/api")["versions"] == Json::array({"v1"}));
    const Json list = world.document("/apis");
    CHECK(list["kind"] == "APIGroupList");
    CHECK(list["groups"][1] == Json::parse(R"({"name":"apps",
        "versions":[{"groupVersion":"apps/v1","version":"v1"}],
        "preferredVersion":{"groupVersion":"apps/v1","version":"v1"}})"));
    CHECK(world.document("/apis/apps")["kind"] == "APIGroup");
    CHECK(world.get("/apis/nope").code == 404);
}

TEST_CASE("Every group and version has an OpenAPI document, at the address that the list gives") {
    World world;
    const Json paths = world.document("/openapi/v3")["paths"];
    REQUIRE(paths.contains("apis/apps/v1"));
    const std::string address = paths["apis/apps/v1"]["serverRelativeURL"].get<std::string>();
    CHECK(address.starts_with("/openapi/v3/apis/apps/v1?hash="));
    const Json document = world.document(address);
    const Json& schema = document["components"]["schemas"]["io.k8s.api.apps.v1.Deployment"];
    const Json name = {{"group", "apps"}, {"kind", "Deployment"}, {"version", "v1"}};
    CHECK(schema["x-kubernetes-group-version-kind"] == Json::array({name}));
    const Json& patch = document["paths"]["/apis/apps/v1/namespaces/{namespace}/deployments/{name}"]["patch"];
    CHECK(patch["x-kubernetes-group-version-kind"] == name);
    CHECK(patch["parameters"][0]["name"] == "fieldValidation");
    CHECK(world.get("/openapi/v3/apis/nope/v1").code == 404);
}

TEST_CASE("The older OpenAPI document is given as protobuf, under the name that kubectl can read") {
    World world;
    const std::string asked = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
    const rest::HttpResponse response = world.get("/openapi/v2?timeout=32s", asked);
    CHECK(response.code == 200);
    CHECK(rest::header(response.headers, "Content-Type") ==
          "application/com.github.proto-openapi.spec.v2.v1.0+protobuf");
    CHECK(response.body.size() == 22);
    CHECK(response.body.find("Kubernetes") != std::string::npos);
    CHECK(world.get("/api/v1/pods", asked).code == 406);
}

TEST_CASE("A schema says how lists are merged, which values a field takes, and what it must have") {
    World world;
    const Json document = world.document("/openapi/v3/api/v1");
    const Json containers = property(document, "core.v1.PodSpec", "containers");
    CHECK(containers["x-kubernetes-patch-strategy"] == "merge");
    CHECK(containers["x-kubernetes-patch-merge-key"] == "name");
    CHECK(containers["items"]["$ref"] == "#/components/schemas/io.k8s.api.core.v1.Container");
    CHECK(property(document, "core.v1.PodSpec", "volumes")["x-kubernetes-patch-strategy"] ==
          "merge,retainKeys");
    CHECK_FALSE(property(document, "core.v1.PodSpec", "restartPolicy")["enum"].empty());
    CHECK(document["components"]["schemas"]["io.k8s.api.core.v1.PodSpec"]["required"] ==
          Json::array({"containers"}));
}

TEST_CASE("Every reference in an OpenAPI document leads to a schema") {
    World world;
    const Json root = world.document("/openapi/v3");
    REQUIRE_FALSE(root["paths"].empty());
    for (const auto& [path, entry] : root["paths"].items()) {
        const std::string text = world.get("/openapi/v3/" + path).body;
        const base::Result<Json> document = base::parse_json(text);
        REQUIRE(document.ok());
        static constexpr std::string_view kReference = "\"$ref\":\"#/components/schemas/";
        for (std::size_t at = text.find(kReference); at != std::string::npos;
             at = text.find(kReference, at + 1)) {
            const std::size_t begin = at + kReference.size();
            const std::string name = text.substr(begin, text.find('"', begin) - begin);
            CAPTURE(path, name);
            CHECK((*document)["components"]["schemas"].contains(name));
        }
    }
}
