// Front: what each HTTP request means to the API server, and its answer as HTTP.
//
// Maps method, path, query and headers to an api::Request and the api::Response back. A watch and a followed
// log are streams that go on after the head of the answer; whoever holds the Answer polls its body.
// Everything that is refused before the API server sees it is refused in its words. upstream:
// staging/src/k8s.io/apiserver/pkg/endpoints/handlers, pkg/server/filters
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "engine/api/transport.h"
#include "engine/rest/http.h"
#include "engine/rest/media_types.h"
#include "engine/rest/socket_session.h"
#include "engine/rest/target.h"

namespace kubetab::rest {

// The body of an answer that goes on.
class BodyStream {
public:
    virtual ~BodyStream() = default;
    // What has come since the last call, or the first part of it; the rest comes next.
    virtual std::string take() = 0;
    // True when nothing will come any more; take() may still hold something.
    virtual bool ended() const = 0;
};

struct Answer {
    HttpResponse response{};                       // whole, or the head when there is a stream
    std::unique_ptr<BodyStream> stream{};          // null: the response is all
    sim::Duration waits{};                         // see api::Response
    std::int64_t stream_seconds = kStreamSeconds;  // real time after which the stream ends
    std::unique_ptr<SocketSession> session{};      // instead: the connection becomes a WebSocket for it

    static constexpr std::int64_t kStreamSeconds = 45 * 60;
};

class Front {
public:
    // The transport outlives it. `port` is where this machine's clients reach it, with that scheme.
    Front(api::Transport& transport, std::uint16_t port, const char* scheme = "http")
        : transport_(transport), port_(port), scheme_(scheme) {}

    Answer answer(const HttpRequest& http);
    sim::Instant now() const { return transport_.now(); }
    // For a body that is over the limit and was not read.
    static Answer too_large();
    // A bad request, with why.
    static Answer refused(const std::string& why);

    static constexpr std::size_t kBodyLimit = std::size_t{3} * 1024 * 1024;

private:
    Answer answer(const HttpRequest& http, Target target, const Wanted& wanted);
    std::optional<HttpResponse> kept_out(const api::Request& request);
    Answer watch(const api::Request& request, const Wanted& wanted);
    Answer follow_log(const api::Request& request);
    Answer connect(const HttpRequest& http, const api::Request& request);
    Answer forward(const HttpRequest& http, const api::Request& request);

    api::Transport& transport_;
    std::uint16_t port_;
    std::string_view scheme_;
};

}  // namespace kubetab::rest
