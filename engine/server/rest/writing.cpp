// Rest: create, update, patch, delete.

#include "engine/api/batch.h"
#include "engine/api/codec.h"
#include "engine/api/defaults.h"
#include "engine/api/patch/json_patch.h"
#include "engine/api/patch/merge_patch.h"
#include "engine/api/patch/strategic_merge.h"
#include "engine/api/warnings.h"
#include "engine/server/authorization/escalation.h"
#include "engine/server/rest/body.h"
#include "engine/server/rest/rest.h"
#include "engine/server/rest/selection.h"
#include "engine/server/rest/signing_requests.h"
#include "engine/server/rest/versions.h"

namespace kubetab::server {

using api::Object;
using api::ObjectKey;
using api::Ref;
using api::Request;
using api::Response;
using base::Json;
using base::Reason;
using base::Result;
using base::Status;

namespace {

constexpr std::string_view kApplyPatch = "application/apply-patch+yaml";
constexpr std::string_view kStrategicPatch = "application/strategic-merge-patch+json";
// upstream: negotiation.NewUnsupportedMediaTypeError, for a custom resource
constexpr std::string_view kNoStrategicPatch =
    "the body of the request was in an unknown format - accepted media types include: "
    "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml";
constexpr std::string_view kRejected = "the server rejected our request due to an error in our request";

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text.append(text.empty() ? "" : ", ").append(part);
    return text;
}

Result<api::DeleteOptions> delete_options(const Request& request, const RequestInfo& info, DryRun& dry_run) {
    api::DeleteOptions options;
    if (!request.body.empty())
        options = TRY(read_delete_options(TRY(base::parse_json(request.body)), dry_run));
    const bool unsaid = options.propagation == api::Propagation::Default;
    if (unsaid && api::former_orphans_dependents(*info.served))
        options.propagation = api::Propagation::Orphan;
    return options;
}

// upstream: pkg/registry/batch/job/storage/storage.go [deleteOptionWarnings]
void warn_of_orphans(const RequestInfo& info, const api::DeleteOptions& options, Response& response) {
    if (info.kind != &api::kind_of<api::Job>() || options.propagation != api::Propagation::Default) return;
    response.warnings.emplace_back(
        "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to "
        "remove them or set propagationPolicy=Orphan to suppress this warning");
}

Response refused_with(const Status& status, std::vector<std::string> warnings) {
    Response response = refuse(status);
    response.warnings = std::move(warnings);
    return response;
}

// upstream: the strategies whose AllowCreateOnUpdate says so
bool creates_on_update(const api::Kind& kind) {
    return kind.group == api::kRbacGroup || &kind == &api::kind_of<api::Service>() ||
           &kind == &api::kind_of<api::Endpoints>() || &kind == &api::kind_of<api::Event>() ||
           &kind == &api::kind_of<api::Lease>();
}

}  // namespace

Result<std::shared_ptr<Object>> Rest::decode(const Request& request, const RequestInfo& info,
                                             const Json& document, std::vector<std::string>& warnings) {
    api::StrictIssues issues;
    const Result<std::shared_ptr<Object>> object = decode_served(*info.served, document, issues);
    if (!object.ok()) return cannot_be_handled(*info.served, object.error().message);
    const std::string validation = parameter(request, "fieldValidation");
    if (!issues.empty() && validation == "Strict") {
        return cannot_be_handled(*info.served, "strict decoding error: " + joined(issues));
    }
    if (validation != "Ignore") warnings.insert(warnings.end(), issues.begin(), issues.end());
    return *object;
}

Result<std::shared_ptr<Object>> Rest::read_body(const Request& request, const RequestInfo& info,
                                                std::vector<std::string>& warnings) {
    const Json document = TRY(read_object_document(*info.served, request.body));
    std::shared_ptr<Object> object = TRY(decode(request, info, document, warnings));
    TRY(match_namespace(request, info, *object));
    return object;
}

Response Rest::post(const Request& request, const RequestInfo& info) {
    std::vector<std::string> warnings;
    Result<std::shared_ptr<Object>> object = read_body(request, info, warnings);
    if (!object.ok()) return refuse(object.error());
    return create_at(request, info, std::move(*object), std::move(warnings));
}

Response Rest::create_at(const Request& request, const RequestInfo& info, std::shared_ptr<Object> object,
                         std::vector<std::string> warnings) {
    const Result<void> fair =
        check_escalation(rbac_, info.user, attributes_of(request, info), *info.kind, *object, nullptr);
    if (!fair.ok()) return refused_with(fair.error(), std::move(warnings));
    sign_with_requester(info, *object);
    const Writer writer = writer_of(request, info, server_.now());
    Warnings said{std::move(warnings), {}};
    const Result<Ref<Object>> created = server_.create_with(
        *info.kind, std::move(object), cause_of(request),
        {.dry_run = dry_run_of(request), .writer = &writer, .user = &info.user, .warnings = &said.admission});
    return written(request, info, nullptr, created, std::move(said));
}

// An update of `stored`, with what is to be warned of.
Response Rest::write_over(const Request& request, const RequestInfo& info, const Object& stored,
                          std::shared_ptr<Object> object, std::vector<std::string> warnings) {
    const Result<void> fair =
        check_escalation(rbac_, info.user, attributes_of(request, info), *info.kind, *object, &stored);
    if (!fair.ok()) return refused_with(fair.error(), std::move(warnings));
    keep_decisions_apart(info, *object, stored, api::Time(server_.now()));
    const Writer writer = writer_of(request, info, server_.now());
    Warnings said{std::move(warnings), {}};
    const Result<Ref<Object>> updated = server_.update_with(*info.kind, std::move(object), cause_of(request),
                                                            {.endpoint = endpoint_of(info),
                                                             .dry_run = dry_run_of(request),
                                                             .writer = &writer,
                                                             .user = &info.user,
                                                             .warnings = &said.admission});
    return written(request, info, &stored, updated, std::move(said));
}

// What became of a create (nothing was before) or an update.
Response Rest::written(const Request& request, const RequestInfo& info, const Object* before,
                       const Result<Ref<Object>>& after, Warnings warnings) {
    std::vector<std::string> all = std::move(warnings.first);
    const auto add = [&all](const std::vector<std::string>& more) {
        all.insert(all.end(), more.begin(), more.end());
    };
    if (after.ok()) add(api::warnings_for(*info.kind, **after, before));
    add(warnings.admission);
    if (!after.ok()) return refused_with(after.error(), std::move(all));
    Response response = one(request, info, **after, before == nullptr ? 201 : 200);
    response.warnings = std::move(all);
    return response;
}

Response Rest::put(const Request& request, const RequestInfo& info) {
    std::vector<std::string> warnings;
    Result<std::shared_ptr<Object>> object = read_body(request, info, warnings);
    if (!object.ok()) return refuse(object.error());
    if (const Result<void> matched = match_name(info, **object); !matched.ok())
        return refuse(matched.error());
    const Result<Ref<Object>> stored = server_.get(*info.kind, {info.namespace_, info.name});
    if (!stored.ok() && creates_on_update(*info.kind)) {
        Attributes attributes = attributes_of(request, info);
        attributes.verb = "create";
        const Decision decision = rbac_.authorize(info.user, attributes);
        if (!decision.allowed) return refuse(not_authorized(info.user, attributes, decision.reason));
        return create_at(request, info, std::move(*object), std::move(warnings));
    }
    if (!stored.ok()) return refuse(stored.error());
    return write_over(request, info, **stored, std::move(*object), std::move(warnings));
}

// The stored object with the patch applied. upstream: endpoints/handlers/patch.go
Result<Json> Rest::patched(const Request& request, const RequestInfo& info, const Object& stored) {
    const Json original = served_json(*info.served, stored);
    const Json patch = TRY(read_patch_document(request.body));
    if (request.content_type == "application/json-patch+json") {
        Result<Json> result = api::apply_json_patch(original, patch);
        if (result.ok() || result.error().reason != Reason::Invalid) return result;
        return base::failure(Reason::Invalid, std::string(kRejected));
    }
    if (request.content_type == "application/merge-patch+json")
        return api::apply_merge_patch(original, patch);
    if (request.content_type == kStrategicPatch) {
        return api::apply_strategic_merge(original, patch, *info.served->type);
    }
    return base::failure(Reason::UnsupportedMediaType, "415: Unsupported Media Type");
}

Response Rest::patch(const Request& request, const RequestInfo& info) {
    if (request.content_type == kApplyPatch) return apply(request, info);
    if (info.kind->custom != nullptr && request.content_type == kStrategicPatch) {
        return refuse_by_code(base::failure(Reason::UnsupportedMediaType, std::string(kNoStrategicPatch)));
    }
    const Result<Ref<Object>> stored = server_.get(*info.kind, {info.namespace_, info.name});
    if (!stored.ok()) return refuse(stored.error());
    const Result<Json> document = patched(request, info, **stored);
    if (!document.ok()) {
        const bool by_code =
            document.error().reason == Reason::UnsupportedMediaType || document.error().message == kRejected;
        return by_code ? refuse_by_code(document.error()) : refuse(document.error());
    }
    std::vector<std::string> warnings;
    Result<std::shared_ptr<Object>> object = decode(request, info, *document, warnings);
    if (!object.ok()) return refuse(undecodable_patch(request, *document, object.error()));
    if (const Result<void> matched = match_name(info, **object); !matched.ok())
        return refuse(matched.error());
    return write_over(request, info, **stored, std::move(*object), std::move(warnings));
}

Response Rest::remove(const Request& request, const RequestInfo& info) {
    DryRun dry_run = dry_run_of(request);
    const Result<api::DeleteOptions> options = delete_options(request, info, dry_run);
    if (!options.ok()) return refuse(options.error());
    const Result<Removal> removed =
        server_.remove_with(*info.kind, {info.namespace_, info.name}, *options, cause_of(request),
                            {.dry_run = dry_run, .user = &info.user});
    if (!removed.ok()) return refuse(removed.error());
    const api::ObjectMeta& metadata = removed->object->metadata;
    const bool object_body = !removed->gone || info.kind == &api::kind_of<api::Pod>() ||
                             info.kind == &api::kind_of<api::ServiceAccount>();
    Json details = {{"name", metadata.name}, {"kind", info.kind->plural}, {"uid", metadata.uid}};
    if (!info.served->group.empty()) details["group"] = info.served->group;
    Response response = object_body ? one(request, info, *removed->object, 200)
                                    : json_response({{"apiVersion", "v1"},
                                                     {"kind", "Status"},
                                                     {"metadata", Json::object()},
                                                     {"status", "Success"},
                                                     {"details", details}});
    warn_of_orphans(info, *options, response);
    return response;
}

Response Rest::remove_collection(const Request& request, const RequestInfo& info) {
    DryRun dry_run = dry_run_of(request);
    const Result<api::DeleteOptions> options = delete_options(request, info, dry_run);
    if (!options.ok()) return refuse(options.error());
    const Result<Selection> selection = Selection::of(request, *info.kind, info.namespace_);
    if (!selection.ok()) return refuse(selection.error());
    Response response = list(request, info);
    warn_of_orphans(info, *options, response);
    std::vector<ObjectKey> keys;
    for (const auto& [key, object] : server_.store().all(*info.kind)) {
        const bool here = info.namespace_.empty() || key.namespace_ == info.namespace_;
        if (here && selection->matches(*object)) keys.push_back(key);
    }
    for (const ObjectKey& key : keys) {
        const Result<Removal> removed = server_.remove_with(*info.kind, key, *options, cause_of(request),
                                                            {.dry_run = dry_run, .user = &info.user});
        if (!removed.ok() && removed.error().reason != Reason::NotFound) return refuse(removed.error());
    }
    return response;
}

}  // namespace kubetab::server
