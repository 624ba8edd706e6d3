#include "engine/server/rest/rest.h"

#include "engine/api/codec.h"
#include "engine/api/reviews.h"
#include "engine/api/served_kinds.h"
#include "engine/server/authorization/authenticator.h"
#include "engine/server/rest/custom_open_api.h"
#include "engine/server/rest/discovery_facts.h"
#include "engine/server/version.h"

namespace kubetab::server {
namespace {

using api::Request;
using api::Response;
using base::Reason;

Response not_allowed() {
    return refuse(base::failure(Reason::MethodNotAllowed,
                                "the server does not allow this method on the requested resource"));
}

std::string_view options_kind(const Request& request) {
    if (request.method == "POST") return "CreateOptions";
    if (request.method == "PUT") return "UpdateOptions";
    return request.method == "PATCH" ? "PatchOptions" : "DeleteOptions";
}

base::Status bad_option(const Request& request, const base::StatusCause& cause) {
    const std::string kind(options_kind(request));
    base::Status status = base::failure(
        Reason::Invalid, kind + ".meta.k8s.io \"\" is invalid: " + cause.field + ": " + cause.message);
    status.group = "meta.k8s.io";
    status.kind = kind;
    status.causes.push_back(cause);
    return status;
}

base::Status unsupported_option(const Request& request, const std::string& field,
                                const std::string& problem) {
    return bad_option(request, {"FieldValueNotSupported", "Unsupported value: " + problem, field});
}

// upstream: ValidatePatchOptions, ValidateFieldManager
base::Result<void> check_field_manager(const Request& request) {
    constexpr std::size_t kLongest = 128;
    const std::string manager = parameter(request, "fieldManager");
    if (request.method == "PATCH") {
        const bool applies = request.content_type == "application/apply-patch+yaml";
        if (!applies && !parameter(request, "force").empty()) {
            return bad_option(request, {"FieldValueForbidden",
                                        "Forbidden: may not be specified for non-apply patch", "force"});
        }
        if (applies && manager.empty()) {
            return bad_option(request, {"FieldValueRequired", "Required value: is required for apply patch",
                                        "fieldManager"});
        }
    }
    if (manager.size() > kLongest) {
        return bad_option(request,
                          {"FieldValueTooLong", "Too long: may not be more than 128 bytes", "fieldManager"});
    }
    return {};
}

// upstream: ValidateCreateOptions and its like, ValidateDryRun, ValidateFieldValidation
base::Result<void> check_options(const Request& request) {
    if (request.method == "GET") return {};
    TRY(check_field_manager(request));
    const std::string dry_run = parameter(request, "dryRun");
    if (!dry_run.empty() && dry_run != "All") {
        return unsupported_option(request, "dryRun",
                                  "[]string{\"" + dry_run + "\"}: supported values: \"All\"");
    }
    const std::string validation = parameter(request, "fieldValidation");
    const bool known = validation.empty() || validation == "Ignore" || validation == "Strict" ||
                       validation == "Warn" || request.method == "DELETE";
    if (known) return {};
    return unsupported_option(
        request, "fieldValidation",
        "\"" + validation + "\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"");
}

// upstream: responsewriters/errors.go Forbidden
Response turned_away(const base::Status& status) {
    Response response = refuse(status);
    response.not_to_be_sniffed = status.code == 403;
    return response;
}

Response no_such_path() {
    Response response;
    response.code = 404;
    response.content_type = "text/plain";
    response.body = "404 page not found\n";
    return response;
}

// What fails is named as the path does, although it is stored in another group. upstream: generic/registry
// store.go [qualifiedResourceFromContext]
void name_former_group(const api::Kind& served, Response& response) {
    const api::Kind& stored = served.stored();
    if (response.code < 400 || served.group == stored.group) return;
    base::Result<base::Json> status = base::parse_json(response.body);
    if (!status.ok() || base::text_at(*status, {"details", "kind"}) != served.plural) return;
    std::string message = base::text_at(*status, {"message"});
    const std::string name = stored.resource();
    if (const std::size_t at = message.find(name); at != std::string::npos)
        message.replace(at, name.size(), served.resource());
    (*status)["message"] = message;
    (*status)["details"]["group"] = served.group;
    response = json_response(*status, response.code);
}

}  // namespace

sim::Instant Rest::now() const {
    return server_.simulation().now();
}

base::Result<void> Rest::let_in(const Request& request, RequestInfo& info) const {
    info.user = TRY(authenticate(rbac_, tokens_, request, caller_));
    const Attributes attributes = attributes_of(request, info);
    const Decision decision = rbac_.authorize(info.user, attributes);
    if (decision.allowed) return {};
    return not_authorized(info.user, attributes, decision.reason);
}

// A client asks with GET first, to speak over a WebSocket, and then with POST: either right will do, and the
// refusal that is seen is the second one.
base::Result<void> Rest::let_connect(const Request& request, RequestInfo& info) const {
    info.user = TRY(authenticate(rbac_, tokens_, request, caller_));
    Attributes attributes = attributes_of(request, info);
    attributes.verb = "get";
    if (rbac_.authorize(info.user, attributes).allowed) return {};
    attributes.verb = "create";
    const Decision decision = rbac_.authorize(info.user, attributes);
    if (decision.allowed) return {};
    return not_authorized(info.user, attributes, decision.reason);
}

// The causes of writes name the user.
Response Rest::answer_as(const std::string& user, Request request, const RequestInfo& info) {
    request.user = user;
    return answer(request, info);
}

// Warns of versions that are going away.
Response Rest::send(const Request& request) {
    RequestInfo info = parse_path(request.path, server_);
    if (const base::Result<void> let = let_in(request, info); !let.ok()) return turned_away(let.error());
    const bool named_already = (request.token.empty() && caller_ == nullptr) || !request.user.empty();
    Response response = named_already ? answer(request, info) : answer_as(info.user.name, request, info);
    if (info.served != nullptr && api::is_former(*info.served)) name_former_group(*info.served, response);
    // As Go's encoder ends what it writes.
    const bool own = info.resource_path && info.subresource != "proxy";
    if (own && response.content_type == "application/json") response.body += '\n';
    const bool deprecated = info.kind != nullptr && info.kind->custom != nullptr;
    if (deprecated && !info.kind->custom->deprecation.empty())
        response.warnings.insert(response.warnings.begin(), info.kind->custom->deprecation);
    return response;
}

Response Rest::system_path(const Request& request) {
    const api::CustomKinds& custom = server_.custom_resources();
    if (request.path == "/version" || request.path == "/version/") return json_response(version_document());
    if (std::unique_ptr<Response> found = health(request)) return std::move(*found);
    const bool lists_groups = request.path == "/api" || request.path == "/apis";
    if (lists_groups && request.aggregated) return discovery_.answer(request, metrics_.state(), server_);
    if (std::unique_ptr<Response> found = discover_plainly(request.path, metrics_.state(), server_, address_))
        return std::move(*found);
    if (std::unique_ptr<Response> found = custom_open_api(request.path, custom)) return std::move(*found);
    return no_such_path();
}

Response Rest::answer(const Request& request, const RequestInfo& info) {
    if (!info.resource_path) return system_path(request);
    if (info.kind == nullptr) return no_resource(request);
    if (api::is_metrics(*info.kind)) return measured(request, info);
    if (api::is_made_when_asked(*info.kind)) return components(request, info);
    const bool named_scope = !info.kind->namespaced && !info.namespace_.empty();
    const bool named_without_namespace =
        info.kind->namespaced && info.namespace_.empty() && !info.name.empty();
    if (named_scope || named_without_namespace) return no_resource(request);
    if (info.subresource == "proxy" && info.kind->has_subresource("proxy")) return pass(request, info);
    if (const base::Result<void> good = check_options(request); !good.ok()) return refuse(good.error());
    if (api::is_review(*info.kind)) {
        const bool asks = request.method == "POST" && info.name.empty();
        if (!asks) return not_allowed();
        return info.kind == &api::kind_of<api::Binding>() ? bind(request, info) : review(request, info);
    }
    if (!info.subresource.empty()) return subresource(request, info);
    if (request.method == "GET") return info.name.empty() ? list(request, info) : get(request, info);
    if (request.method == "POST") return info.name.empty() ? post(request, info) : not_allowed();
    if (request.method == "PUT") return info.name.empty() ? not_allowed() : put(request, info);
    if (request.method == "PATCH") return info.name.empty() ? not_allowed() : patch(request, info);
    if (request.method == "DELETE")
        return info.name.empty() ? remove_collection(request, info) : remove(request, info);
    return not_allowed();
}

Response Rest::subresource(const Request& request, const RequestInfo& info) {
    const std::string& sub = info.subresource;
    if (!info.kind->has_subresource(sub)) return no_resource(request);
    if (sub == "status" || sub == "finalize" || sub == "approval" || sub == "ephemeralcontainers") {
        if (request.method == "GET") return get(request, info);
        if (request.method == "PUT") return put(request, info);
        if (request.method == "PATCH") return patch(request, info);
        return not_allowed();
    }
    if (sub == "scale") return scale(request, info);
    if (sub == "eviction" && request.method == "POST") return evict(request, info);
    if (sub == "binding" && request.method == "POST") return bind(request, info);
    if (sub == "log" && request.method == "GET") return log(request, info);
    if (sub == "token" && request.method == "POST") return token(request, info);
    return not_allowed();
}

}  // namespace kubetab::server
