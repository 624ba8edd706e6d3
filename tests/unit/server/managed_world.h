// A server whose objects are written by several managers.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <map>
#include <string>

#include "engine/base/json.h"
#include "engine/server/authorization/bootstrap.h"
#include "engine/server/rest/rest.h"

namespace kubetab::test {

using base::Json;

struct ManagedWorld {
    sim::Simulation simulation{7, sim::Instant{1'767'600'000LL * 1'000'000'000}};
    server::Server server{simulation};
    server::Rest rest{server, nullptr};
    int code = 0;

    ManagedWorld() {
        server::create_bootstrap_policy(server);
        make("namespaces", R"({"metadata":{"name":"default"}})");
        make("namespaces/default/serviceaccounts", R"({"metadata":{"name":"default"}})");
    }

    Json ask(const std::string& method, const std::string& path, const std::string& body,
             const std::string& type, std::vector<std::pair<std::string, std::string>> query) {
        api::Request request;
        request.method = method;
        request.path = path;
        request.body = body;
        request.content_type = type;
        request.query = std::move(query);
        const api::Response response = rest.send(request);
        code = response.code;
        return base::parse_json(response.body).value();
    }
    Json make(const std::string& path, const std::string& body) {
        return ask("POST", "/api/v1/" + path, body, "application/json", {});
    }
    Json get(const std::string& path) { return ask("GET", path, "", "", {}); }
    Json apply(const std::string& path, const std::string& manager, const Json& body, bool force = false) {
        return ask("PATCH", path, body.dump(), "application/apply-patch+yaml",
                   {{"fieldManager", manager}, {"force", force ? "true" : "false"}});
    }
    Json merge(const std::string& path, const std::string& manager, const Json& body) {
        return ask("PATCH", path, body.dump(), "application/merge-patch+json", {{"fieldManager", manager}});
    }
};

// "m1 Apply" or "kubectl Update scale", and the fields as compact JSON.
inline std::map<std::string, std::string> owners_of(const Json& object) {
    std::map<std::string, std::string> owners;
    const Json* entries = base::find(object, {"metadata", "managedFields"});
    if (entries == nullptr) return owners;
    for (const Json& entry : *entries) {
        std::string name = base::text_at(entry, {"manager"}) + " " + base::text_at(entry, {"operation"});
        const std::string subresource = base::text_at(entry, {"subresource"});
        if (!subresource.empty()) name += " " + subresource;
        owners[name] = entry["fieldsV1"].dump();
    }
    return owners;
}

}  // namespace kubetab::test
