#include "engine/rest/request.h"

#include "engine/base/json.h"
#include "engine/base/large_json.h"
#include "engine/base/yaml.h"
#include "engine/rest/partial.h"
#include "engine/rest/protobuf.h"
#include "engine/rest/protobuf_writer.h"
#include "engine/server/rest/rest.h"

namespace kubetab::rest {

using base::Json;
using base::Reason;
using base::Result;

namespace {

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kYaml = "application/yaml";
constexpr std::string_view kProtobuf = "application/vnd.kubernetes.protobuf";

bool has_body(const HttpRequest& http) {
    return http.method == "POST" || http.method == "PUT" || http.method == "DELETE";
}

Result<std::string> body_as_json(const HttpRequest& http, const std::string& type) {
    if (type.empty() || type == kJson || http.body.empty()) return http.body;
    if (type == kProtobuf) return protobuf_to_json(http.body);
    if (type == kYaml) {
        const Result<Json> document = base::parse_yaml(http.body);
        if (document.ok()) return document->dump(-1, ' ', false, Json::error_handler_t::replace);
        return base::failure(Reason::BadRequest, document.error().message);
    }
    return base::failure(Reason::UnsupportedMediaType,
                         "the body of the request was in an unknown format - accepted media types include: "
                         "application/json, application/yaml, application/vnd.kubernetes.protobuf");
}

// "kubectl" of "kubectl/v1.32.4 (linux/amd64) kubernetes/abc". upstream: managedFields' prefixFromUserAgent
std::string program_of(const std::string& user_agent) {
    const std::string name = user_agent.substr(0, user_agent.find('/'));
    return name.empty() ? "unknown" : name;
}

constexpr std::string_view kExtraPrefix = "Impersonate-Extra-";

// Who is impersonated. upstream: apiserver/pkg/endpoints/filters/impersonation.go
Result<void> read_impersonation(const Headers& headers, api::Request& request) {
    request.user = header(headers, "Impersonate-User");
    request.groups = all_headers(headers, "Impersonate-Group");
    request.uid = header(headers, "Impersonate-Uid");
    for (const auto& [name, value] : headers) {
        if (name.size() <= kExtraPrefix.size()) continue;
        if (!equal_ignoring_case(name.substr(0, kExtraPrefix.size()), kExtraPrefix)) continue;
        std::string key = name.substr(kExtraPrefix.size());
        for (char& c : key) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        request.extra.emplace_back(std::move(key), value);
    }
    const bool nobody = request.user.empty();
    if (nobody && !request.groups.empty()) {
        return base::failure(Reason::BadRequest, "requested [{Group  " + request.groups.front() +
                                                     "  }] without impersonating a user");
    }
    if (nobody && (!request.uid.empty() || !request.extra.empty()))
        return base::failure(Reason::BadRequest, "requested a uid or extra without impersonating a user");
    return {};
}

// The bearer token. Without credentials a plain request is the administrator's, because kubectl sends none
// over plain HTTP; other credentials than a token belong to nobody.
Result<void> read_credentials(const Headers& headers, api::Request& request) {
    static constexpr std::string_view kBearer = "bearer ";
    const std::string text = header(headers, "Authorization");
    if (text.empty()) return {};
    if (equal_ignoring_case(std::string_view(text).substr(0, kBearer.size()), kBearer))
        request.token = trimmed(std::string_view(text).substr(kBearer.size()));
    if (request.token.empty()) return base::failure(Reason::Unauthorized, "Unauthorized");
    return {};
}

std::string as_yaml(const std::string& json) {
    const Result<Json> document = base::parse_large_json(json, json.size());
    return document.ok() ? base::to_yaml(*document) : json;
}

}  // namespace

Result<api::Request> read_request(const HttpRequest& http, Target target, const Wanted& wanted) {
    api::Request request;
    request.method = http.method;
    request.path = std::move(target.path);
    request.query = std::move(target.query);
    request.as_table = wanted.view == Wanted::View::Table;
    request.aggregated = wanted.view == Wanted::View::Discovery;
    request.known = header(http.headers, "If-None-Match");
    request.user_agent = program_of(header(http.headers, "User-Agent"));
    TRY(read_credentials(http.headers, request));
    TRY(read_impersonation(http.headers, request));
    const std::string type = media_type(header(http.headers, "Content-Type"));
    if (server::is_proxied(request.path)) {
        request.body = http.body;
        request.content_type = header(http.headers, "Content-Type");
    } else if (has_body(http)) {
        request.body = TRY(body_as_json(http, type));
    } else {
        request.body = http.body;
        request.content_type = type;
    }
    return request;
}

std::string warning_header(std::string_view text) {
    std::string result = "299 - \"";
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) continue;  // would end the header
        if (c == '"' || c == '\\') result += '\\';
        result += c;
    }
    return result + "\"";
}

namespace {

// How long a refusal asks to wait; 0 when it does not say.
std::int64_t retry_after(const api::Response& response) {
    if (response.code < 400 || response.content_type != kJson) return 0;
    const base::Result<Json> status = base::parse_json(response.body);
    return status.ok() ? base::int_at(*status, {"details", "retryAfterSeconds"}) : 0;
}

}  // namespace

HttpResponse write_response(const api::Response& response, const Wanted& wanted) {
    HttpResponse http;
    http.code = response.code;
    http.headers.emplace_back("Cache-Control", "no-cache, private");
    const bool json = response.content_type == kJson;
    if (json && wanted.form == Wanted::Form::Yaml) {
        http.headers.emplace_back("Content-Type", std::string(kYaml));
        http.body = as_yaml(response.body);
    } else {
        http.body =
            json && wanted.view == Wanted::View::Partial ? partial_object(response.body) : response.body;
        std::optional<std::string> protobuf;
        if (json && wanted.form == Wanted::Form::Protobuf) protobuf = json_to_protobuf(http.body);
        http.headers.emplace_back("Content-Type", protobuf ? std::string(kProtobuf) : response.content_type);
        if (protobuf) http.body = std::move(*protobuf);
    }
    if (const std::int64_t seconds = retry_after(response); seconds > 0)
        http.headers.emplace_back("Retry-After", std::to_string(seconds));
    if (!response.etag.empty()) http.headers.emplace_back("ETag", response.etag);
    if (response.not_to_be_sniffed) http.headers.emplace_back("X-Content-Type-Options", "nosniff");
    for (const std::string& warning : response.warnings)
        http.headers.emplace_back("Warning", warning_header(warning));
    return http;
}

HttpResponse write_text(const api::Response& response) {
    HttpResponse http = write_response(response, {});
    for (auto& [name, value] : http.headers) {
        if (name == "Content-Type") value = "text/plain; charset=utf-8";
    }
    http.headers.emplace_back("X-Content-Type-Options", "nosniff");
    return http;
}

HttpResponse refusal(const base::Status& status) {
    return write_response(server::refuse(status), {});
}

}  // namespace kubetab::rest
