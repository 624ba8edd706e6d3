// Rest: server-side apply.
// upstream: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/patch.go [applyPatcher]

#include "engine/base/yaml.h"
#include "engine/server/authorization/escalation.h"
#include "engine/server/managed_fields/field_manager.h"
#include "engine/server/managed_fields/history.h"
#include "engine/server/rest/rest.h"
#include "engine/server/rest/versions.h"

namespace kubetab::server {

using api::Object;
using api::Ref;
using api::Request;
using api::Response;
using base::Json;
using base::Reason;
using base::Result;

namespace {

// Keys that a mapping has twice are told as upstream's strict reader tells them.
std::string duplicates_text(const std::vector<base::YamlDuplicate>& duplicates) {
    std::string text = "yaml: unmarshal errors:";
    for (const base::YamlDuplicate& twice : duplicates) {
        text += "\n  line " + std::to_string(twice.line) + ": key \"" + twice.key + "\" already set in map";
    }
    return text;
}

struct Body {
    Json document{};
    std::vector<base::YamlDuplicate> duplicates{};
};

Result<Body> read(const Request& request) {
    Body body;
    Result<Json> document = base::parse_yaml(request.body, &body.duplicates);
    if (!document.ok()) {
        return base::failure(Reason::BadRequest, "error decoding YAML: " + document.error().message);
    }
    body.document = std::move(*document);
    return body;
}

}  // namespace

// Making an object takes the right to create it, too; roles may not give away more than their writer has.
Result<void> Rest::may_apply(const Request& request, const RequestInfo& info, const Object& object,
                             const Object* stored) const {
    Attributes attributes = attributes_of(request, info);
    if (stored == nullptr) {
        attributes.verb = "create";
        const Decision decision = rbac_.authorize(info.user, attributes);
        if (!decision.allowed) return not_authorized(info.user, attributes, decision.reason);
    }
    return check_escalation(rbac_, info.user, attributes, *info.kind, object, stored);
}

Response Rest::apply(const Request& request, const RequestInfo& info) {
    Result<Body> body = read(request);
    if (!body.ok()) return refuse(body.error());
    upgrade_configuration(*info.served, (*body).document);
    const Result<Ref<Object>> stored = server_.get(*info.kind, {info.namespace_, info.name});
    const bool exists = stored.ok();
    // What is not there is made, but not through a subresource.
    if (!exists && !info.subresource.empty()) return refuse(stored.error());
    const Ref<Object> live = exists ? *stored : Ref<Object>(info.kind->make());
    const ManagedFields before = exists ? server_.history().managers_of(*info.kind, *live) : ManagedFields();
    const Writer writer = writer_of(request, info, server_.now());
    Result<AppliedDocument> applied =
        apply_document(*info.kind, *live, before, body->document,
                       {endpoint_of(info), writer, flag_parameter(request, "force")});
    if (!applied.ok()) return refuse(applied.error());
    api::set_former_defaults(*info.served, *applied->object);

    const std::string validation = parameter(request, "fieldValidation");
    std::vector<std::string> warnings;
    if (!body->duplicates.empty() && validation != "Ignore") {
        const std::string text = duplicates_text(body->duplicates);
        if (validation == "Strict")
            return refuse(base::failure(Reason::BadRequest, "error strict decoding YAML: " + text));
        warnings.push_back(text);
    }
    if (const Result<void> good = match_namespace(request, info, *applied->object); !good.ok())
        return refuse(good.error());
    if (const Result<void> good = match_name(info, *applied->object); !good.ok()) return refuse(good.error());
    const Object* before_it = exists ? live.get() : nullptr;
    if (const Result<void> may = may_apply(request, info, *applied->object, before_it); !may.ok())
        return refuse(may.error());
    Warnings said{std::move(warnings), {}};
    const WriteOptions options{.endpoint = endpoint_of(info),
                               .dry_run = dry_run_of(request),
                               .writer = &writer,
                               .managers = &applied->managers,
                               .user = &info.user,
                               .warnings = &said.admission};
    const api::Cause cause = cause_of(request);
    const Result<Ref<Object>> after =
        exists ? server_.update_with(*info.kind, std::move(applied->object), cause, options)
               : server_.create_with(*info.kind, std::move(applied->object), cause, options);
    return written(request, info, before_it, after, std::move(said));
}

}  // namespace kubetab::server
