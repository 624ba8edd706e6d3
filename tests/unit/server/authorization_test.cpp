#include <algorithm>

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
        CHECK(post("/api/v1/namespaces", {{"metadata", {{"name", "default"}}}}).code == 201);
        CHECK(post("/api/v1/namespaces/default/serviceaccounts", {{"metadata", {{"name", "bot"}}}}).code ==
              201);
    }
    api::Response send(const std::string& method, const std::string& path, const Json& body = {}) {
        api::Request request = asker;
        request.method = method;
        request.path = path;
        if (!body.is_null()) request.body = body.dump();
        return rest.send(request);
    }
    api::Response post(const std::string& path, const Json& body) { return send("POST", path, body); }
    Json document(const api::Response& response) {
        const base::Result<Json> parsed = base::parse_json(response.body);
        REQUIRE(parsed.ok());
        return *parsed;
    }

    api::Request asker{};  // who asks
};

constexpr const char* kRoles = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles";

}  // namespace

TEST_CASE("A refusal is a Status with what was asked for") {
    World world;
    world.asker.user = "alice";
    const api::Response response = world.send("GET", "/api/v1/secrets");
    CHECK(response.code == 403);
    CHECK(world.document(response) ==
          Json{{"kind", "Status"},
               {"apiVersion", "v1"},
               {"metadata", Json::object()},
               {"status", "Failure"},
               {"message",
                "secrets is forbidden: User \"alice\" cannot list resource \"secrets\" in API group \"\" at "
                "the cluster scope"},
               {"reason", "Forbidden"},
               {"details", {{"kind", "secrets"}}},
               {"code", 403}});
}

TEST_CASE("A token that is not valid is nobody's, on every path") {
    World world;
    world.asker.token = "wrong";
    for (const char* path : {"/api/v1/pods", "/healthz", "/nope"}) {
        const api::Response response = world.send("GET", path);
        CHECK(response.code == 401);
        CHECK(world.document(response) == Json{{"kind", "Status"},
                                               {"apiVersion", "v1"},
                                               {"metadata", Json::object()},
                                               {"status", "Failure"},
                                               {"message", "Unauthorized"},
                                               {"reason", "Unauthorized"},
                                               {"code", 401}});
    }
}

TEST_CASE("A token that was altered is not valid") {
    World world;
    const Json made = world.document(
        world.post("/api/v1/namespaces/default/serviceaccounts/bot/token", {{"spec", Json::object()}}));
    const std::string token = base::text_at(made, {"status", "token"});
    world.asker.token = token;
    CHECK(world.send("GET", "/api").code == 200);
    CHECK(world.send("GET", "/api/v1/pods").code == 403);
    for (const std::size_t at : {token.find('.') + 5, token.size() - 3}) {
        world.asker.token = token;
        world.asker.token[at] = token[at] == 'A' ? 'B' : 'A';
        CHECK(world.send("GET", "/api").code == 401);
    }
}

TEST_CASE("A PUT makes a role that is not there, for who may create it") {
    World world;
    const Json rule = {{"apiGroups", {""}}, {"resources", {"pods"}}, {"verbs", {"get"}}};
    const Json role = {{"metadata", {{"name", "r"}}}, {"rules", Json::array({rule})}};
    const std::string path = std::string(kRoles) + "/r";
    CHECK(world.send("PUT", path, role).code == 201);
    CHECK(world.send("PUT", path, role).code == 200);
    const Json updates = {
        {"apiGroups", {"rbac.authorization.k8s.io"}}, {"resources", {"roles"}}, {"verbs", {"update"}}};
    CHECK(world.post(kRoles, {{"metadata", {{"name", "u"}}}, {"rules", Json::array({updates})}}).code == 201);
    const Json binding = {{"metadata", {{"name", "u"}}},
                          {"roleRef", {{"kind", "Role"}, {"name", "u"}}},
                          {"subjects", Json::array({{{"kind", "User"}, {"name", "alice"}}})}};
    CHECK(world.post("/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings", binding).code ==
          201);
    world.asker.user = "alice";
    const Json refused = world.document(world.send(
        "PUT", std::string(kRoles) + "/new", {{"metadata", {{"name", "new"}}}, {"rules", Json::array()}}));
    CHECK(base::text_at(refused, {"message"}) ==
          "roles.rbac.authorization.k8s.io \"new\" is forbidden: User \"alice\" cannot create resource "
          "\"roles\" in API group \"rbac.authorization.k8s.io\" in the namespace \"default\"");
}

TEST_CASE("A list that is narrowed to one name needs the right to that one only") {
    World world;
    const Json rule = {
        {"apiGroups", {""}}, {"resources", {"configmaps"}}, {"resourceNames", {"mine"}}, {"verbs", {"list"}}};
    CHECK(world.post(kRoles, {{"metadata", {{"name", "r"}}}, {"rules", Json::array({rule})}}).code == 201);
    const Json binding = {{"metadata", {{"name", "r"}}},
                          {"roleRef", {{"kind", "Role"}, {"name", "r"}}},
                          {"subjects", Json::array({{{"kind", "User"}, {"name", "alice"}}})}};
    CHECK(world.post("/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings", binding).code ==
          201);
    world.asker.user = "alice";
    CHECK(world.send("GET", "/api/v1/namespaces/default/configmaps").code == 403);
    world.asker.query = {{"fieldSelector", "metadata.name=mine"}};
    CHECK(world.send("GET", "/api/v1/namespaces/default/configmaps").code == 200);
}

TEST_CASE("A new cluster's roles are there in upstream's order, and gather nothing yet") {
    World world;
    std::vector<std::pair<std::int64_t, std::string>> order;
    for (const auto& [key, object] : world.server.store().all(api::kind_of<api::ClusterRole>()))
        order.emplace_back(std::stoll(object->metadata.resourceVersion.str()), key.name.str());
    std::sort(order.begin(), order.end());
    REQUIRE(order.size() == 65);
    CHECK(order[0].second == "cluster-admin");
    CHECK(order[5].second == "admin");
    CHECK(order.back().second == "system:controller:legacy-service-account-token-cleaner");
    CHECK(world.server.store().all(api::kind_of<api::ClusterRoleBinding>()).size() == 47);
    CHECK(world.server.store().all(api::kind_of<api::Role>()).size() == 7);
    CHECK(world.server.store().all(api::kind_of<api::RoleBinding>()).size() == 7);
}
