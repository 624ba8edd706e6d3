// Rest: scale, binding, log, connections.

#include <algorithm>
#include <charconv>

#include "engine/api/codec.h"
#include "engine/api/custom/custom_resource.h"
#include "engine/api/patch/json_patch.h"
#include "engine/api/patch/merge_patch.h"
#include "engine/api/reviews.h"
#include "engine/api/scale.h"
#include "engine/api/validation/reviews.h"
#include "engine/server/rest/created.h"
#include "engine/server/rest/rest.h"

namespace kubetab::server {

using api::Object;
using api::ObjectKey;
using api::Ref;
using api::Request;
using api::Response;
using base::Json;
using base::Reason;
using base::Result;

namespace {

// upstream: pkg/apis/extensions/v1beta1/conversion.go
// [Convert_autoscaling_ScaleStatus_To_v1beta1_ScaleStatus]
void make_former(Json& scale, const api::Kind& served, const Object& object) {
    scale["apiVersion"] = served.api_version();
    Json& status = scale["status"];
    if (status["selector"] != "") status["targetSelector"] = status["selector"];
    status.erase("selector");
    const Json document = api::to_json(served.stored(), object);
    const Json* labels = base::find(document, {"spec", "selector", "matchLabels"});
    if (labels != nullptr) status["selector"] = *labels;
}

Json scale_document(const RequestInfo& info, const Object& object) {
    const api::Scale scalable = api::scale_of(*info.kind, object);
    const api::ObjectMeta& metadata = object.metadata;
    Json spec = Json::object();
    if (scalable.desired != 0) spec["replicas"] = scalable.desired;
    Json scale = {{"apiVersion", "autoscaling/v1"},
                  {"kind", "Scale"},
                  {"metadata",
                   {{"name", metadata.name},
                    {"namespace", metadata.namespace_},
                    {"uid", metadata.uid},
                    {"resourceVersion", metadata.resourceVersion},
                    {"creationTimestamp", api::format_time(metadata.creationTimestamp.seconds)}}},
                  {"spec", spec},
                  {"status", {{"replicas", scalable.actual}, {"selector", scalable.selector}}}};
    if (api::is_former(*info.served)) make_former(scale, *info.served, object);
    return scale;
}

Result<Json> wanted_scale(const Request& request, const Json& present) {
    const Json body = TRY(base::parse_json(request.body));
    if (request.method == "PUT") return body;
    if (request.content_type == "application/json-patch+json") return api::apply_json_patch(present, body);
    return api::apply_merge_patch(present, body);
}

Result<std::int64_t> number(const Request& request, std::string_view name, std::int64_t otherwise) {
    const std::string text = parameter(request, name);
    if (text.empty()) return otherwise;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) {
        return base::failure(Reason::BadRequest,
                             "strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
    }
    return value;
}

}  // namespace

// upstream: pkg/registry/apps/deployment/storage/storage.go ScaleREST
Response Rest::scale(const Request& request, const RequestInfo& info) {
    const Result<Ref<Object>> stored = server_.get(*info.kind, {info.namespace_, info.name});
    if (!stored.ok()) return refuse(stored.error());
    if (const std::string why = api::no_scale(*info.kind, **stored); !why.empty() && request.method == "GET")
        return refuse(base::failure(Reason::InternalError, why));
    const Json present = scale_document(info, **stored);
    if (request.method == "GET") return json_response(present);
    if (request.method != "PUT" && request.method != "PATCH") return no_resource(request);
    if (request.content_type == "application/apply-patch+yaml") {
        return refuse(base::failure(Reason::UnsupportedMediaType,
                                    "kubetab's API server does not apply to scale: apply spec.replicas of " +
                                        std::string(info.kind->plural) + " instead"));
    }
    const Result<Json> wanted = wanted_scale(request, present);
    if (!wanted.ok()) return refuse(wanted.error());
    const std::int64_t replicas = base::int_at(*wanted, {"spec", "replicas"});
    if (replicas < 0 || replicas > 2147483647) {
        base::Status status = base::failure(
            Reason::Invalid, "Scale.autoscaling \"" + info.name +
                                 "\" is invalid: spec.replicas: Invalid value: " + std::to_string(replicas) +
                                 ": must be greater than or equal to 0");
        status.kind = "Scale";
        status.group = "autoscaling";
        status.name = info.name;
        status.causes.push_back(
            {"FieldValueInvalid",
             "Invalid value: " + std::to_string(replicas) + ": must be greater than or equal to 0",
             "spec.replicas"});
        return refuse(status);
    }
    std::shared_ptr<Object> object = info.kind->copy(**stored);
    object->metadata.resourceVersion = base::text_at(*wanted, {"metadata", "resourceVersion"});
    api::set_scale(*info.kind, *object, static_cast<std::int32_t>(replicas));
    // upstream: managedfields/scalehandler.go, whose entries tell no time
    const Writer writer = writer_of(request, info, api::Time());
    const Result<Ref<Object>> updated =
        server_.update_with(*info.kind, std::move(object), cause_of(request),
                            {.dry_run = dry_run_of(request), .writer = &writer, .user = &info.user});
    return updated.ok() ? json_response(scale_document(info, **updated)) : refuse(updated.error());
}

// Both as a subresource of the pod and as a resource that names it.
// upstream: pkg/registry/core/pod/storage/storage.go BindingREST, LegacyBindingREST
Response Rest::bind(const Request& request, const RequestInfo& info) {
    RequestInfo body = info;
    body.kind = &api::kind_of<api::Binding>();
    body.served = body.kind;
    std::vector<std::string> warnings;
    const Result<std::shared_ptr<Object>> object = read_body(request, body, warnings);
    if (!object.ok()) return refuse(object.error());
    const auto& binding = static_cast<const api::Binding&>(**object);
    const std::string name = binding.metadata.name;
    if (!info.name.empty() && info.name != name) {
        return refuse(base::failure(Reason::BadRequest, "name in URL does not match name in Binding object"));
    }
    if (const std::vector<api::FieldError> errors = api::validate_review(*body.kind, binding);
        !errors.empty())
        return refuse(api::invalid(*body.kind, name, errors));
    if (dry_run_of(request) == DryRun::Yes) return created_response();
    const Result<void> bound =
        server_.bind({info.namespace_, name}, std::string(binding.target.name), cause_of(request));
    if (!bound.ok()) return refuse(bound.error());
    return created_response();
}

Result<LogOptions> log_options(const Request& request) {
    LogOptions options;
    options.container = parameter(request, "container");
    options.previous = flag_parameter(request, "previous");
    options.timestamps = flag_parameter(request, "timestamps");
    options.tail_lines = TRY(number(request, "tailLines", -1));
    options.since_seconds = TRY(number(request, "sinceSeconds", 0));
    options.limit_bytes = TRY(number(request, "limitBytes", 0));
    if (const std::string since = parameter(request, "sinceTime"); !since.empty()) {
        const std::optional<std::int64_t> parsed = api::parse_time_microseconds(since);
        if (!parsed) return base::failure(Reason::BadRequest, "parsing time \"" + since + "\": cannot parse");
        options.since_time = *parsed / 1'000'000;
    }
    return options;
}

namespace {

class EmptyLog : public api::LogStream {
public:
    std::string take() override { return ""; }
    bool ended() const override { return true; }
};

bool has_container(const api::Pod& pod, const std::string& name) {
    const auto named = [&](const auto& container) { return container.name == name; };
    const api::PodSpec& spec = *pod.spec;
    return std::any_of(spec.containers.begin(), spec.containers.end(), named) ||
           std::any_of(spec.initContainers.begin(), spec.initContainers.end(), named);
}

// A pod that no node has yet has an empty log. upstream: pkg/registry/core/pod/strategy.go LogLocation
Result<bool> has_log(const api::Pod& pod, const LogOptions& options) {
    if (!pod.spec->nodeName.empty()) return true;
    if (options.container.empty() || has_container(pod, options.container)) return false;
    return base::failure(Reason::BadRequest,
                         "container " + options.container + " is not valid for pod " + pod.metadata.name);
}

}  // namespace

Result<std::string> Rest::log_text(const Request& request, const RequestInfo& info) {
    const Ref<Object> stored = TRY(server_.get(*info.kind, {info.namespace_, info.name}));
    const LogOptions options = TRY(log_options(request));
    const auto& pod = static_cast<const api::Pod&>(*stored);
    if (!TRY(has_log(pod, options))) return std::string();
    if (kubelets_ == nullptr)
        return base::failure(Reason::ServiceUnavailable, "no kubelet to read logs from");
    return kubelets_->read_log(pod, options);
}

Response Rest::log(const Request& request, const RequestInfo& info) {
    const Result<std::string> text = log_text(request, info);
    if (!text.ok()) return refuse(text.error());
    Response response;
    response.content_type = "text/plain";
    response.body = *text;
    return response;
}

Result<std::unique_ptr<api::LogStream>> Rest::log_stream(const Request& request, const RequestInfo& info) {
    const Ref<Object> stored = TRY(server_.get(*info.kind, {info.namespace_, info.name}));
    const LogOptions options = TRY(log_options(request));
    const auto& pod = static_cast<const api::Pod&>(*stored);
    if (!TRY(has_log(pod, options))) return std::unique_ptr<api::LogStream>(std::make_unique<EmptyLog>());
    if (kubelets_ == nullptr)
        return base::failure(Reason::ServiceUnavailable, "no kubelet to read logs from");
    return kubelets_->follow_log(pod, options);
}

std::unique_ptr<api::LogStream> Rest::follow_log(const Request& request, Response& refusal) {
    RequestInfo info = parse_path(request.path, server_);
    if (const Result<void> let = let_in(request, info); !let.ok()) {
        refusal = refuse(let.error());
        return nullptr;
    }
    const bool pod_log = info.kind == &api::kind_of<api::Pod>() && info.subresource == "log";
    if (!pod_log) {
        refusal = no_resource(request);
        return nullptr;
    }
    Result<std::unique_ptr<api::LogStream>> stream = log_stream(request, info);
    if (stream.ok()) return std::move(stream).value();
    refusal = refuse(stream.error());
    return nullptr;
}

// upstream: pkg/registry/core/pod/strategy.go ExecLocation, AttachLocation
Result<std::unique_ptr<sim::Process>> Rest::connected(const Request& request, const RequestInfo& info) {
    const Ref<Object> stored = TRY(server_.get(*info.kind, {info.namespace_, info.name}));
    if (kubelets_ == nullptr) return base::failure(Reason::ServiceUnavailable, "no kubelet to run commands");
    ConnectOptions options;
    options.container = parameter(request, "container");
    options.attach = info.subresource == "attach";
    options.input = flag_parameter(request, "stdin");
    options.terminal = flag_parameter(request, "tty");
    for (const auto& [key, value] : request.query) {
        if (key == "command") options.command.push_back(value);
    }
    if (!options.attach && options.command.empty()) {
        return base::failure(Reason::BadRequest, "you must specify at least 1 command for the container");
    }
    return kubelets_->connect(static_cast<const api::Pod&>(*stored), options);
}

std::unique_ptr<sim::Process> Rest::connect(const Request& request, Response& refusal) {
    RequestInfo info = parse_path(request.path, server_);
    if (const Result<void> let = let_connect(request, info); !let.ok()) {
        refusal = refuse(let.error());
        return nullptr;
    }
    const bool known = info.subresource == "attach" || info.subresource == "exec";
    if (info.kind != &api::kind_of<api::Pod>() || !known) {
        refusal = no_resource(request);
        return nullptr;
    }
    Result<std::unique_ptr<sim::Process>> process = connected(request, info);
    if (process.ok()) return std::move(process).value();
    refusal = refuse(process.error());
    return nullptr;
}

// upstream: pkg/registry/core/pod/strategy.go PortForwardLocation
Result<std::unique_ptr<api::PortForward>> Rest::way_to_ports(const RequestInfo& info) {
    const Ref<Object> stored = TRY(server_.get(*info.kind, {info.namespace_, info.name}));
    if (kubelets_ == nullptr) return base::failure(Reason::ServiceUnavailable, "no kubelet to forward ports");
    return kubelets_->forward(static_cast<const api::Pod&>(*stored));
}

std::unique_ptr<api::PortForward> Rest::forward(const Request& request, Response& refusal) {
    RequestInfo info = parse_path(request.path, server_);
    if (const Result<void> let = let_connect(request, info); !let.ok()) {
        refusal = refuse(let.error());
        return nullptr;
    }
    if (info.kind != &api::kind_of<api::Pod>() || info.subresource != "portforward") {
        refusal = no_resource(request);
        return nullptr;
    }
    Result<std::unique_ptr<api::PortForward>> way = way_to_ports(info);
    if (way.ok()) return std::move(way).value();
    refusal = refuse(way.error());
    return nullptr;
}

}  // namespace kubetab::server
