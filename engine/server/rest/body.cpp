#include "engine/server/rest/body.h"

#include "engine/base/json_syntax.h"

namespace kubetab::server {

using base::failure;
using base::Json;
using base::Reason;
using base::Result;
using base::Status;

namespace {

constexpr std::string_view kStrict = "strict decoding error";

// As Go's %v prints decoded JSON.
std::string go_print(const Json& value) {
    if (value.is_null()) return "<nil>";
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_structured()) return value.dump();
    std::string text = value.is_object() ? "map[" : "[";
    bool first = true;
    for (const auto& [key, item] : value.items()) {
        if (!first) text += " ";
        first = false;
        if (value.is_object()) text += key + ":";
        text += go_print(item);
    }
    return text + "]";
}

// The Go package that holds the internal types of a group.
std::string package_of(const api::Kind& kind) {
    return kind.group.empty() ? "core" : std::string(kind.group.substr(0, kind.group.find('.')));
}

std::string version_of(const std::string& api_version) {
    const std::size_t slash = api_version.find('/');
    return slash == std::string::npos ? api_version : api_version.substr(slash + 1);
}

// A Go kind for what a decoder calls "string", "number 3", "array" ….
std::string go_kind(const std::string& what) {
    if (what == "array") return "slice";
    if (what == "object") return "map";
    return what.compare(0, 6, "number") == 0 ? "int64" : what;
}

// `json: cannot unmarshal <what> into … of type <type>` in the words of the converter that strategic patches
// go through. upstream: apimachinery/pkg/runtime/converter.go [fromUnstructured]
std::string conversion_problem(const std::string& message) {
    static constexpr std::string_view kBegin = "json: cannot unmarshal ";
    static constexpr std::string_view kOfType = " of type ";
    const std::size_t into = message.find(" into Go ");
    const std::size_t at = message.rfind(kOfType);
    const bool known = message.compare(0, kBegin.size(), kBegin) == 0 && into != std::string::npos;
    if (!known || at == std::string::npos) return message;
    const std::string what = go_kind(message.substr(kBegin.size(), into - kBegin.size()));
    const std::string type = message.substr(at + kOfType.size());
    if (type.compare(0, 2, "[]") == 0) return "cannot restore slice from " + what;
    if (type.compare(0, 4, "map[") == 0) return "cannot restore map from " + what;
    if (type.find('.') != std::string::npos) return "cannot restore struct from: " + what;
    return "unrecognized type: " + type;
}

Status invalid_patch(const std::string& value, const std::string& problem) {
    const std::string cause = "Invalid value: " + Json(value).dump() + ": " + problem;
    Status status = failure(Reason::Invalid, " \"\" is invalid: patch: " + cause);
    status.causes.push_back({"FieldValueInvalid", cause, "patch"});
    return status;
}

}  // namespace

Status cannot_be_handled(const api::Kind& kind, const std::string& why) {
    return failure(Reason::BadRequest, std::string(kind.kind) + " in version \"" + std::string(kind.version) +
                                           "\" cannot be handled as a " + std::string(kind.kind) + ": " +
                                           why);
}

Result<Json> read_object_document(const api::Kind& kind, const std::string& body) {
    if (const auto mistake = base::check_json_syntax(body)) {
        return failure(Reason::BadRequest,
                       "the object provided is unrecognized (must be of type " + std::string(kind.kind) +
                           "): couldn't get version/kind; json parse error: " + mistake->message + " (" +
                           (body.empty() ? "<empty>" : body) + ")");
    }
    Json document = TRY(base::parse_json(body));
    const std::string named = base::text_at(document, {"kind"});
    const std::string api_version = base::text_at(document, {"apiVersion"});
    const bool same_kind = named.empty() || named == kind.kind;
    const bool same_version = api_version.empty() || api_version == kind.api_version();
    if (same_kind && same_version) return document;
    const std::string version = version_of(api_version);
    const std::size_t slash = api_version.find('/');
    const std::string group = slash == std::string::npos ? "" : api_version.substr(0, slash);
    const api::Kind* other = api::find_kind(group, version, named);
    const std::string problem = other == nullptr
                                    ? "no kind \"" + named + "\" is registered for version \"" + api_version +
                                          "\" in scheme \"pkg/api/legacyscheme/scheme.go:30\""
                                    : "converting (" + std::string(other->version) + "." +
                                          std::string(other->kind) + ") to (" + package_of(kind) + "." +
                                          std::string(kind.kind) + "): unknown conversion";
    return failure(Reason::BadRequest, named + " in version \"" + version + "\" cannot be handled as a " +
                                           std::string(kind.kind) + ": " + problem);
}

Result<Json> read_patch_document(const std::string& body) {
    if (const auto mistake = base::check_json_syntax(body))
        return failure(Reason::BadRequest, mistake->message);
    return base::parse_json(body);
}

Result<api::DeleteOptions> read_delete_options(const Json& body, DryRun& dry_run) {
    api::DeleteOptions options;
    const Json* grace = base::find(body, "gracePeriodSeconds");
    if (grace != nullptr && grace->is_number_integer())
        options.grace_period_seconds = grace->get<std::int64_t>();
    const std::string policy = base::text_at(body, {"propagationPolicy"});
    if (policy == "Background") options.propagation = api::Propagation::Background;
    if (policy == "Foreground") options.propagation = api::Propagation::Foreground;
    if (policy == "Orphan") options.propagation = api::Propagation::Orphan;
    if (!policy.empty() && options.propagation == api::Propagation::Default) {
        return base::failure(
            Reason::Invalid,
            "DeleteOptions.meta.k8s.io \"\" is invalid: propagationPolicy: Unsupported value: \"" + policy +
                "\": supported values: \"Foreground\", \"Background\", \"Orphan\"");
    }
    options.uid = base::text_at(body, {"preconditions", "uid"});
    options.resource_version = base::text_at(body, {"preconditions", "resourceVersion"});
    const Json* dry = base::find(body, "dryRun");
    if (dry != nullptr && dry->is_array() && !dry->empty()) dry_run = DryRun::Yes;
    return options;
}

Status undecodable_patch(const api::Request& request, const Json& patched, const Status& failure) {
    const std::size_t strict = failure.message.find(kStrict);
    const bool strategic = request.content_type == "application/strategic-merge-patch+json";
    const std::size_t json = failure.message.find("json: ");
    std::string problem = failure.message;
    if (strict != std::string::npos) problem = failure.message.substr(strict);
    else if (json != std::string::npos) problem = failure.message.substr(json);
    if (strategic) problem = conversion_problem(problem);
    if (!strategic) return invalid_patch(patched.dump(), problem);
    const auto patch = base::parse_json(request.body);
    return invalid_patch(patch.ok() ? go_print(*patch) : request.body, problem);
}

}  // namespace kubetab::server
