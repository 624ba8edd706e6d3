// Transport: how a client speaks to the API server, in the terms of Kubernetes REST.
//
// kubectl and tests use it; controllers use the typed client beside it. The cluster connects it to the server
// in process; a request is answered at once, at the present virtual instant. Watches, log streams and
// connections are polled: the caller asks again after the simulation has moved on.
//
// upstream: staging/src/k8s.io/apiserver/pkg/endpoints (paths, verbs, parameters, headers)
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/sim/byte_stream.h"
#include "engine/sim/process.h"
#include "engine/sim/time.h"

namespace kubetab::api {

struct Request {
    std::string method = "GET";                                // GET POST PUT PATCH DELETE
    std::string path{};                                        // "/api/v1/namespaces/default/pods/web"
    std::vector<std::pair<std::string, std::string>> query{};  // decoded, e.g. {"labelSelector", "app=web"}
    std::string content_type = "application/json";             // selects the patch type for PATCH
    bool as_table = false;                                     // Accept: application/json;as=Table
    bool aggregated = false;  // Accept: application/json;…;as=APIGroupDiscoveryList
    std::string body{};       // JSON text, or empty
    std::string user{};       // who is impersonated; "" is nobody
    std::vector<std::string> groups{};
    std::string user_agent = "kubectl";  // names the field manager and the cause of a write
    std::string uid{};                   // of who is impersonated, and what else is said of them
    std::vector<std::pair<std::string, std::string>> extra{};
    std::string token{};  // the bearer token of who asks; "" is the administrator's certificate
    std::string
        known{};  // If-None-Match: the ETag of the answer that the client has kept; "" when it has none
};

struct Response {
    int code = 200;
    std::string content_type = "application/json";
    std::string body{};                   // JSON text (an object, a list, a Table or a Status), or plain text
    std::vector<std::string> warnings{};  // Warning headers, in order
    bool not_to_be_sniffed = false;       // X-Content-Type-Options: nosniff
    std::string etag{};  // names this answer for Request::known, which a 304 without a body answers; or ""
    // The server says this only after so long, and not if what is missing comes meanwhile: who can wait asks
    // again.
    sim::Duration waits{};
};

// A running watch. Ordered, complete from its resourceVersion on, each change once.
class WatchStream {
public:
    virtual ~WatchStream() = default;
    // The watch events that have arrived since the last call, one JSON text each:
    // {"type":"ADDED","object":{…}}. Empty when nothing arrived yet.
    // At most about so many bytes of them, and at least one; the rest waits for the next call.
    virtual std::vector<std::string> take(std::size_t most = SIZE_MAX) = 0;
    // True when the server has ended the stream; take() may still hold events.
    virtual bool ended() const = 0;
};

// A running log stream (`follow=true`).
class LogStream {
public:
    virtual ~LogStream() = default;
    // What was written since the last call.
    virtual std::string take() = 0;
    // True when the container has ended and everything was taken.
    virtual bool ended() const = 0;
};

// The way to the ports of one pod (`portforward`), until whoever asked for it lets go.
class PortForward {
public:
    virtual ~PortForward() = default;
    // A new connection to a port of the pod. On failure null, and `why` says what hinders it.
    virtual std::unique_ptr<sim::ByteStream> dial(std::int32_t port, std::string& why) = 0;
    // True when the way to the pod's node is broken. That the pod has ended shows at the next dial().
    virtual bool lost() const = 0;
};

class Transport {
public:
    virtual ~Transport() = default;
    // The present virtual instant.
    virtual sim::Instant now() const = 0;
    // Answers at once. An API failure is a Response with a Status body, never an exception.
    virtual Response send(const Request& request) = 0;
    // Opens a watch (the request carries watch=true). On failure returns null and fills `refusal`.
    virtual std::unique_ptr<WatchStream> watch(const Request& request, Response& refusal) = 0;
    // Opens a log stream of one container. On failure returns null and fills `refusal`.
    virtual std::unique_ptr<LogStream> follow_log(const Request& request, Response& refusal) = 0;
    // Runs a command in a container (`exec`), or joins its first process (`attach`); the query names
    // container, command words and streams. The caller polls the process, which ends when the container does.
    // On failure returns null and fills `refusal`.
    virtual std::unique_ptr<sim::Process> connect(const Request& request, Response& refusal) = 0;
    // Opens the way to a pod's ports (`portforward`). On failure returns null and fills `refusal`.
    virtual std::unique_ptr<PortForward> forward(const Request& request, Response& refusal) = 0;
};

}  // namespace kubetab::api
