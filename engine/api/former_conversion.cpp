#include "engine/api/former_conversion.h"

#include <string>
#include <utility>

namespace kubetab::api {

using base::Json;

namespace {

void move_member(Json& object, const char* from, const char* to) {
    if (!object.is_object() || !object.contains(from)) return;
    Json value = std::move(object[from]);
    object.erase(from);
    object[to] = std::move(value);
}

// Calls `change` with the backend of each path.
void for_each_backend(Json& spec, void (*change)(Json& backend)) {
    if (!spec.is_object() || !spec.contains("rules")) return;
    for (Json& rule : spec["rules"]) {
        if (base::find(rule, {"http", "paths"}) == nullptr) continue;
        for (Json& path : rule["http"]["paths"]) change(path["backend"]);
    }
}

void backend_to_former(Json& backend) {
    const Json* service = base::find(backend, {"service"});
    if (service == nullptr) return;
    const std::string port_name = base::text_at(*service, {"port", "name"});
    const Json port = port_name.empty() ? Json(base::int_at(*service, {"port", "number"})) : Json(port_name);
    backend["serviceName"] = base::text_at(*service, {"name"});
    backend["servicePort"] = port;
    backend.erase("service");
}

void backend_from_former(Json& backend) {
    if (!backend.is_object()) return;
    const Json* name = base::find(backend, {"serviceName"});
    const Json* port = base::find(backend, {"servicePort"});
    const bool named = name != nullptr && *name != "";
    const bool given = port != nullptr && *port != 0 && *port != "";
    if (named || given) {
        Json service = {{"name", named ? *name : Json("")}};
        if (given) service["port"][port->is_string() ? "name" : "number"] = *port;
        backend["service"] = std::move(service);
    }
    backend.erase("serviceName");
    backend.erase("servicePort");
}

// The selector of a budget that the other version has no plain way to say.
constexpr const char* kMatchesAll = "DoesNotExist";
constexpr const char* kMatchesNone = "Exists";

Json selector_of(const char* what) {
    return {{"matchExpressions",
             Json::array({{{"key", "pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match"},
                           {"operator", what}}})}};
}

}  // namespace

Json ingress_to_former(Json today) {
    if (!today.contains("spec")) return today;
    Json& spec = today["spec"];
    move_member(spec, "defaultBackend", "backend");
    if (spec.is_object() && spec.contains("backend")) backend_to_former(spec["backend"]);
    for_each_backend(spec, backend_to_former);
    return today;
}

Json ingress_from_former(Json former) {
    if (!former.contains("spec")) return former;
    Json& spec = former["spec"];
    move_member(spec, "backend", "defaultBackend");
    if (spec.is_object() && spec.contains("defaultBackend")) backend_from_former(spec["defaultBackend"]);
    for_each_backend(spec, backend_from_former);
    return former;
}

Json budget_to_former(Json today) {
    const Json* selector = base::find(today, {"spec", "selector"});
    if (selector == nullptr) return today;
    if (*selector == Json::object()) today["spec"]["selector"] = selector_of(kMatchesAll);
    else if (*selector == selector_of(kMatchesNone)) today["spec"]["selector"] = Json::object();
    return today;
}

Json budget_from_former(Json former) {
    const Json* selector = base::find(former, {"spec", "selector"});
    if (selector == nullptr) return former;
    if (*selector == Json::object()) former["spec"]["selector"] = selector_of(kMatchesNone);
    else if (*selector == selector_of(kMatchesAll)) former["spec"]["selector"] = Json::object();
    return former;
}

}  // namespace kubetab::api
