#include "engine/rest/front.h"

#include <charconv>
#include <utility>

#include "engine/rest/discovery.h"
#include "engine/rest/exec_session.h"
#include "engine/rest/forward_session.h"
#include "engine/rest/local_only.h"
#include "engine/rest/openapi.h"
#include "engine/rest/partial.h"
#include "engine/rest/request.h"
#include "engine/server/rest/request_info.h"
#include "engine/server/rest/rest.h"

namespace kubetab::rest {

using base::Reason;

namespace {

constexpr std::string_view kWatchPrefix = "/watch/";

Answer refused_with(const base::Status& status) {
    Answer answer;
    answer.response = refusal(status);
    return answer;
}

bool lists(const Headers& headers, std::string_view name, std::string_view wanted) {
    for (const std::string& text : all_headers(headers, name)) {
        std::string_view rest = text;
        while (!rest.empty()) {
            const std::size_t comma = rest.find(',');
            if (equal_ignoring_case(trimmed(rest.substr(0, comma)), wanted)) return true;
            rest = comma == std::string_view::npos ? "" : rest.substr(comma + 1);
        }
    }
    return false;
}

bool asks_for_session(const HttpRequest& http, std::string_view protocol) {
    return http.method == "GET" && lists(http.headers, "Connection", "upgrade") &&
           lists(http.headers, "Upgrade", "websocket") &&
           lists(http.headers, "Sec-WebSocket-Protocol", protocol);
}

// A connection holds no more than that for a reader that has stopped reading.
constexpr std::size_t kTakenAtOnce = std::size_t{256} * 1024;

// One event a line.
class WatchBody : public BodyStream {
public:
    WatchBody(std::unique_ptr<api::WatchStream> stream, Wanted::View view)
        : stream_(std::move(stream)), view_(view) {}

    std::string take() override {
        std::string text;
        for (const std::string& event : stream_->take(kTakenAtOnce)) {
            text += view_ == Wanted::View::Partial ? partial_event(event) : event;
            text += '\n';
        }
        return text;
    }
    bool ended() const override { return stream_->ended(); }

private:
    std::unique_ptr<api::WatchStream> stream_;
    Wanted::View view_;
};

class LogBody : public BodyStream {
public:
    explicit LogBody(std::unique_ptr<api::LogStream> stream) : stream_(std::move(stream)) {}

    std::string take() override { return stream_->take(); }
    bool ended() const override { return stream_->ended(); }

private:
    std::unique_ptr<api::LogStream> stream_;
};

// The old way to ask for a watch: /api/v1/watch/pods.
void read_watch_prefix(api::Request& request) {
    const std::size_t at = request.path.find(kWatchPrefix);
    const std::string_view before = std::string_view(request.path).substr(0, at);
    const bool core = before == "/api/v1";
    const bool group = before.starts_with("/apis/") && before.ends_with("/v1");
    if (at == std::string::npos || !(core || group) || request.method != "GET") return;
    request.path.erase(at, kWatchPrefix.size() - 1);
    request.query.emplace_back("watch", "true");
}

}  // namespace

Answer Front::refused(const std::string& why) {
    return refused_with(base::failure(Reason::BadRequest, why));
}

Answer Front::too_large() {
    return refused_with(base::failure(Reason::RequestEntityTooLarge,
                                      "Request entity too large: limit is " + std::to_string(kBodyLimit)));
}

Answer Front::answer(const HttpRequest& http) {
    if (!is_local(http.headers, scheme_, port_)) {
        return refused_with(
            base::failure(Reason::Forbidden,
                          "this server answers only programs of this machine: ask for 127.0.0.1 "
                          "or localhost, and from no page of another site"));
    }
    if (http.method == "HEAD") {
        Answer answer;
        answer.response.code = 405;
        return answer;
    }
    if (http.body.size() > kBodyLimit) return too_large();
    std::optional<Target> target = read_target(http.target);
    if (!target) return refused("the path or the query is malformed");
    if (std::optional<HttpResponse> found = open_api_v2(target->path, header(http.headers, "Accept"))) {
        const base::Result<api::Request> request = read_request(http, *target, {});
        if (!request.ok()) return refused_with(request.error());
        Answer answer;
        if (std::optional<HttpResponse> no = kept_out(*request)) found = std::move(no);
        answer.response = std::move(*found);
        return answer;
    }
    const std::optional<Wanted> wanted = negotiate(header(http.headers, "Accept"));
    if (!wanted) {
        Answer answer;
        answer.response = write_response(
            server::refuse_by_code(base::failure(
                Reason::NotAcceptable,
                "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, "
                "application/vnd.kubernetes.protobuf")),
            {});
        return answer;
    }
    return answer(http, std::move(*target), *wanted);
}

Answer Front::answer(const HttpRequest& http, Target target, const Wanted& wanted) {
    base::Result<api::Request> request = read_request(http, std::move(target), wanted);
    if (!request.ok()) return refused_with(request.error());
    if (server::is_proxied(request->path)) {
        Answer answer;
        answer.response = write_response(transport_.send(*request), {});
        return answer;
    }
    read_watch_prefix(*request);
    if (request->method == "GET" && server::flag_parameter(*request, "watch")) return watch(*request, wanted);
    if (request->method == "GET" && request->path.ends_with("/log") &&
        server::flag_parameter(*request, "follow"))
        return follow_log(*request);
    if (request->path.ends_with("/exec") || request->path.ends_with("/attach"))
        return connect(http, *request);
    if (request->path.ends_with("/portforward")) return forward(http, *request);
    Answer answer;
    if (std::optional<HttpResponse> found = discover(transport_, *request)) {
        if (std::optional<HttpResponse> no = kept_out(*request)) found = std::move(no);
        answer.response = std::move(*found);
        return answer;
    }
    const api::Response response = transport_.send(*request);
    const bool text = response.content_type == "text/plain" && !request->path.ends_with("/log");
    answer.response = text ? write_text(response) : write_response(response, wanted);
    answer.waits = response.waits;
    return answer;
}

// What is answered here asks who may see it there.
std::optional<HttpResponse> Front::kept_out(const api::Request& request) {
    if (request.token.empty() && scheme_ == "http" && request.user.empty()) return std::nullopt;
    api::Request asked = request;
    asked.method = "GET";
    const api::Response response = transport_.send(asked);
    const bool refused = response.code == 401 || response.code == 403;
    return refused ? std::optional(write_response(response, {})) : std::nullopt;
}

Answer Front::watch(const api::Request& request, const Wanted& wanted) {
    Answer answer;
    api::Response head;
    std::unique_ptr<api::WatchStream> stream = transport_.watch(request, head);
    if (stream) answer.stream = std::make_unique<WatchBody>(std::move(stream), wanted.view);
    // Events are JSON, whatever single objects are asked for in.
    answer.response = write_response(head, {});
    const std::string seconds = server::parameter(request, "timeoutSeconds");
    std::int64_t wished = 0;
    std::from_chars(seconds.data(), seconds.data() + seconds.size(), wished);
    if (wished > 0 && wished < Answer::kStreamSeconds) answer.stream_seconds = wished;
    return answer;
}

Answer Front::follow_log(const api::Request& request) {
    Answer answer;
    api::Response head;
    std::unique_ptr<api::LogStream> stream = transport_.follow_log(request, head);
    if (stream) {
        head.content_type = "text/plain";
        answer.stream = std::make_unique<LogBody>(std::move(stream));
    }
    answer.response = write_response(head, {});
    return answer;
}

// kubectl asks with SPDY, too, when it was refused: it prints what is said then.
Answer Front::connect(const HttpRequest& http, const api::Request& request) {
    api::Response head;
    std::unique_ptr<sim::Process> process = transport_.connect(request, head);
    Answer answer;
    if (!process) {
        answer.response = write_response(head, {});
        return answer;
    }
    if (!asks_for_session(http, kExecProtocol)) {
        return refused(
            "kubetab serve runs commands in containers over WebSocket only "
            "(v5.channel.k8s.io), as kubectl 1.31 and later do");
    }
    const ExecSession::Options options{.input = server::flag_parameter(request, "stdin"),
                                       .terminal = server::flag_parameter(request, "tty"),
                                       .now = [this] { return transport_.now(); }};
    answer.session = std::make_unique<ExecSession>(std::move(process), options);
    return answer;
}

Answer Front::forward(const HttpRequest& http, const api::Request& request) {
    api::Response head;
    std::unique_ptr<api::PortForward> way = transport_.forward(request, head);
    Answer answer;
    if (!way) {
        answer.response = write_response(head, {});
        return answer;
    }
    if (!asks_for_session(http, kForwardProtocol)) {
        return refused(
            "kubetab serve forwards ports over WebSocket only (SPDY/3.1+portforward.k8s.io), as kubectl 1.31 "
            "and "
            "later do");
    }
    answer.session = std::make_unique<ForwardSession>(std::move(way));
    return answer;
}

}  // namespace kubetab::rest
