// What HTTP requests mean to the API server, and what its answers are in HTTP.

#include "engine/rest/front.h"

#include <catch2/catch_test_macros.hpp>

#include "engine/base/json.h"

using namespace kubetab;
using base::Json;
using rest::Answer;
using rest::header;
using rest::HttpRequest;

namespace {

constexpr std::uint16_t kPort = 8001;

struct Events : api::WatchStream {
    std::vector<std::string> take(std::size_t) override { return std::exchange(waiting, {}); }
    bool ended() const override { return waiting.empty(); }
    std::vector<std::string> waiting{R"({"type":"ADDED"})", R"({"type":"DELETED"})"};
};

struct Lines : api::LogStream {
    std::string take() override { return std::exchange(waiting, {}); }
    bool ended() const override { return waiting.empty(); }
    std::string waiting = "one\ntwo\n";
};

struct Done : sim::Process {
    sim::Poll poll(sim::Io&) override { return sim::Poll::done(0); }
};

struct NoPorts : api::PortForward {
    std::unique_ptr<sim::ByteStream> dial(std::int32_t, std::string&) override { return nullptr; }
    bool lost() const override { return false; }
};

// Keeps the last request and gives a prepared response.
struct FakeApi : api::Transport {
    sim::Instant now() const override { return {}; }
    api::Response send(const api::Request& request) override {
        last = request;
        return response;
    }
    std::unique_ptr<api::WatchStream> watch(const api::Request& request, api::Response& refusal) override {
        last = request;
        refusal = response;
        return response.code == 200 ? std::make_unique<Events>() : nullptr;
    }
    std::unique_ptr<api::LogStream> follow_log(const api::Request& request, api::Response&) override {
        last = request;
        return std::make_unique<Lines>();
    }
    std::unique_ptr<sim::Process> connect(const api::Request& request, api::Response& refusal) override {
        last = request;
        refusal = response;
        return response.code == 200 ? std::make_unique<Done>() : nullptr;
    }
    std::unique_ptr<api::PortForward> forward(const api::Request& request, api::Response& refusal) override {
        last = request;
        refusal = response;
        return response.code == 200 ? std::make_unique<NoPorts>() : nullptr;
    }

    api::Request last{};
    api::Response response{.body = "{}"};
};

struct World {
    FakeApi api{};
    rest::Front front{api, kPort};

    static HttpRequest request(const std::string& method, const std::string& target) {
        return {.method = method, .target = target, .headers = {{"Host", "127.0.0.1:8001"}}};
    }
    Answer get(const std::string& target, const std::string& accept = "application/json") {
        HttpRequest http = request("GET", target);
        http.headers.emplace_back("Accept", accept);
        return front.answer(http);
    }
    Answer write(const std::string& method, const std::string& type, const std::string& body) {
        HttpRequest http = request(method, "/api/v1/namespaces/default/configmaps");
        http.headers.emplace_back("content-type", type);
        http.body = body;
        return front.answer(http);
    }
};

std::string message_of(const Answer& answer) {
    const base::Result<Json> status = base::parse_json(answer.response.body);
    return status.ok() ? base::text_at(*status, {"message"}) : std::string();
}

}  // namespace

TEST_CASE("Path and query reach the API server decoded, and a name may occur several times") {
    World world;
    world.get("/api/v1/pods%2Dx?labelSelector=app%3Dweb%2Ctier+in+(a)&command=ls&command=-l&watch");
    CHECK(world.api.last.path == "/api/v1/pods-x");
    const std::vector<std::pair<std::string, std::string>> query{
        {"labelSelector", "app=web,tier in (a)"}, {"command", "ls"}, {"command", "-l"}, {"watch", ""}};
    CHECK(world.api.last.query == query);
}

TEST_CASE("A path or a query that cannot be decoded is a bad request") {
    World world;
    for (const char* target :
         {"*", "/api/%", "/api/%4", "/api/%zz", "/api/%00", "/api?a=%f", "/api/%0d%0aX"}) {
        CAPTURE(target);
        CHECK(world.get(target).response.code == 400);
        CHECK(world.api.last.path.empty());
    }
}

TEST_CASE("Only a Host header that names this machine and the port is answered") {
    World world;
    HttpRequest http = World::request("GET", "/version");
    for (const char* host : {"127.0.0.1:8001", "localhost:8001", "LocalHost:8001", "[::1]:8001"}) {
        http.headers = {{"Host", host}};
        CAPTURE(host);
        CHECK(world.front.answer(http).response.code == 200);
    }
    for (const char* host : {"127.0.0.1:8002", "127.0.0.1", "evil.example:8001",
                             "127.0.0.1.evil.example:8001", "localhost:8001:8001", "", "10.0.0.1:8001"}) {
        http.headers = {{"Host", host}};
        CAPTURE(host);
        CHECK(world.front.answer(http).response.code == 403);
    }
    http.headers = {};
    CHECK(world.front.answer(http).response.code == 403);
    http.headers = {{"Host", "127.0.0.1:8001"}, {"Host", "127.0.0.1:8001"}};
    CHECK(world.front.answer(http).response.code == 403);
}

TEST_CASE("A page of another site is refused even with the right Host") {
    World world;
    HttpRequest http = World::request("GET", "/version");
    http.headers.emplace_back("Origin", "http://localhost:8001");
    CHECK(world.front.answer(http).response.code == 200);
    for (const char* origin :
         {"http://evil.example", "https://127.0.0.1:8001", "null", "http://127.0.0.1:9000"}) {
        http.headers.back().second = origin;
        CAPTURE(origin);
        CHECK(world.front.answer(http).response.code == 403);
    }
}

TEST_CASE("A body over three megabytes is refused as the real server does") {
    World world;
    const Answer answer =
        world.write("POST", "application/json", std::string(rest::Front::kBodyLimit + 1, ' '));
    CHECK(answer.response.code == 413);
    CHECK(message_of(answer) == "Request entity too large: limit is 3145728");
}

TEST_CASE("The first clause of Accept that is served decides the form of the answer") {
    World world;
    world.get("/api/v1/pods", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");
    CHECK(world.api.last.as_table);
    world.get("/api/v1/pods", "application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json");
    CHECK_FALSE(world.api.last.as_table);
    const Answer typed = world.get("/api/v1/pods", "application/vnd.kubernetes.protobuf,application/json");
    CHECK(typed.response.code == 200);
    CHECK(header(typed.response.headers, "Content-Type") == "application/json");  // no kind that is known
    CHECK(world.get("/api/v1/pods", "application/json, */*").response.code == 200);
    world.api.response.body = R"({"apiVersion":"v1","kind":"Secret"})";
    const Answer binary = world.get("/api/v1/pods", "application/vnd.kubernetes.protobuf,application/json");
    CHECK(header(binary.response.headers, "Content-Type") == "application/vnd.kubernetes.protobuf");
    CHECK(binary.response.body.starts_with(std::string("k8s\0", 4)));
    world.api.response.body = R"({"a":{"b":1}})";
    const Answer yaml = world.get("/api/v1/pods", "application/yaml");
    CHECK(header(yaml.response.headers, "Content-Type") == "application/yaml");
    CHECK(yaml.response.body == "a:\n  b: 1\n");
}

TEST_CASE("Metadata alone is given of objects, lists and events to those who ask for it") {
    World world;
    const std::string partial = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io";
    world.api.response.body = R"({"kind":"Pod","metadata":{"name":"a"},"spec":{}})";
    const Json object = Json::parse(
        R"({"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":"a"}})");
    CHECK(Json::parse(world.get("/api/v1/namespaces/default/pods/a", partial).response.body) == object);
    world.api.response.body = R"({"kind":"PodList","metadata":{},"items":[{"metadata":{"name":"a"}}]})";
    const Json list = Json::parse(world.get("/api/v1/pods", partial).response.body);
    CHECK(list["kind"] == "PartialObjectMetadataList");
    CHECK(list["items"] == Json::array({object}));
    world.api.response.body = R"({"kind":"Status","code":404})";
    CHECK(Json::parse(world.get("/api/v1/pods", partial).response.body)["kind"] == "Status");
    const Answer watch = world.get("/api/v1/pods?watch=true", partial);
    CHECK(watch.stream->take().find(R"({"type":"ADDED"})") == 0);
}

TEST_CASE("A form that is not served is not acceptable") {
    World world;
    for (const char* accept :
         {"text/csv", "application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io"}) {
        const Answer answer = world.get("/api/v1/pods", accept);
        CHECK(answer.response.code == 406);
        CHECK(message_of(answer) ==
              "406: Not Acceptable\n\nAvailable representations: application/json, "
              "application/yaml, application/vnd.kubernetes.protobuf");
    }
}

TEST_CASE("Bodies are JSON, YAML or protobuf; anything else is an unsupported media type") {
    World world;
    world.write("POST", "application/json", R"({"a":1})");
    CHECK(world.api.last.body == R"({"a":1})");
    world.write("PUT", "application/yaml", "a: 1\n");
    CHECK(world.api.last.body == R"({"a":1})");
    CHECK(world.write("POST", "application/yaml", "a: [").response.code == 400);
    const Answer answer = world.write("POST", "text/plain", "x");
    CHECK(answer.response.code == 415);
    CHECK(
        message_of(answer) ==
        "the body of the request was in an unknown format - accepted media types include: application/json, "
        "application/yaml, application/vnd.kubernetes.protobuf");
    CHECK(world.write("POST", "application/vnd.kubernetes.protobuf", "{}").response.code == 400);
}

TEST_CASE("A patch goes on as it came, with its type") {
    World world;
    world.write("PATCH", "application/merge-patch+json; charset=utf-8", R"({"a":null})");
    CHECK(world.api.last.content_type == "application/merge-patch+json");
    CHECK(world.api.last.body == R"({"a":null})");
}

TEST_CASE("Who writes is named by the program, and may be impersonated") {
    World world;
    HttpRequest http = World::request("DELETE", "/api/v1/nodes/a");
    http.headers.emplace_back("User-Agent", "kubectl/v1.32.4 (linux/amd64) kubernetes/abc");
    http.headers.emplace_back("Impersonate-Group", "a");
    http.headers.emplace_back("Impersonate-Group", "b");
    CHECK(world.front.answer(http).response.code == 400);
    http.headers.emplace_back("Impersonate-User", "carol");
    CHECK(world.front.answer(http).response.code == 200);
    CHECK(world.api.last.user_agent == "kubectl");
    CHECK(world.api.last.user == "carol");
    CHECK(world.api.last.groups == std::vector<std::string>{"a", "b"});
}

TEST_CASE("A warning becomes a header that no text can break out of") {
    World world;
    world.api.response.warnings = {"unknown field \"dta\"", "a\\b\r\nX: y"};
    const auto warnings = rest::all_headers(world.get("/api/v1/pods").response.headers, "Warning");
    CHECK(warnings == std::vector<std::string>{R"(299 - "unknown field \"dta\"")", R"(299 - "a\\bX: y")"});
}

TEST_CASE("A watch is a stream with an event a line, and ends after timeoutSeconds") {
    World world;
    Answer answer = world.get("/api/v1/pods?watch=true&timeoutSeconds=7");
    REQUIRE(answer.stream);
    CHECK(answer.response.code == 200);
    CHECK(header(answer.response.headers, "Content-Type") == "application/json");
    CHECK(answer.stream_seconds == 7);
    CHECK_FALSE(answer.stream->ended());
    CHECK(answer.stream->take() == "{\"type\":\"ADDED\"}\n{\"type\":\"DELETED\"}\n");
    CHECK(answer.stream->ended());
    CHECK(world.get("/api/v1/pods?watch=1&timeoutSeconds=x").stream_seconds == Answer::kStreamSeconds);
    CHECK(world.get("/api/v1/pods?watch=1&timeoutSeconds=99999999").stream_seconds == Answer::kStreamSeconds);
}

TEST_CASE("The older path of a watch means the same") {
    World world;
    CHECK(world.get("/api/v1/watch/namespaces/default/pods").stream);
    CHECK(world.api.last.path == "/api/v1/namespaces/default/pods");
    CHECK_FALSE(world.get("/api/v1/namespaces/watch/pods").stream);
    CHECK(world.api.last.path == "/api/v1/namespaces/watch/pods");
}

TEST_CASE("A watch that is refused is a whole answer") {
    World world;
    world.api.response = {.code = 410, .body = "{}"};
    const Answer answer = world.get("/api/v1/pods?watch=true");
    CHECK_FALSE(answer.stream);
    CHECK(answer.response.code == 410);
}

TEST_CASE("A followed log is a stream of plain text") {
    World world;
    Answer answer = world.get("/api/v1/namespaces/default/pods/web/log?follow=true");
    REQUIRE(answer.stream);
    CHECK(header(answer.response.headers, "Content-Type") == "text/plain");
    CHECK(answer.stream->take() == "one\ntwo\n");
}

TEST_CASE("What is neither object nor log says its character set") {
    World world;
    world.api.response = {.code = 404, .content_type = "text/plain", .body = "404 page not found\n"};
    const Answer answer = world.get("/nope");
    CHECK(header(answer.response.headers, "Content-Type") == "text/plain; charset=utf-8");
    CHECK(header(answer.response.headers, "X-Content-Type-Options") == "nosniff");
    const Answer log = world.get("/api/v1/namespaces/default/pods/web/log");
    CHECK(header(log.response.headers, "Content-Type") == "text/plain");
}

TEST_CASE("A command in a container takes over the connection when its protocol is asked for") {
    World world;
    HttpRequest http = World::request("GET", "/api/v1/namespaces/default/pods/web/exec?command=ls&tty=true");
    CHECK(world.front.answer(http).response.code == 400);
    http.headers.emplace_back("Connection", "keep-alive, Upgrade");
    http.headers.emplace_back("Upgrade", "websocket");
    http.headers.emplace_back("Sec-WebSocket-Protocol", "v4.channel.k8s.io");
    CHECK_FALSE(world.front.answer(http).session);
    http.headers.back().second = "v5.channel.k8s.io";
    CHECK(world.front.answer(http).session);
    world.api.response = {.code = 404, .body = "{}"};
    const Answer missing = world.front.answer(http);
    CHECK_FALSE(missing.session);
    CHECK(missing.response.code == 404);
}

TEST_CASE("Ports are forwarded over a WebSocket that carries SPDY, and in no other way") {
    World world;
    HttpRequest http = World::request("GET", "/api/v1/namespaces/default/pods/web/portforward");
    http.headers.emplace_back("Connection", "Upgrade");
    http.headers.emplace_back("Upgrade", "websocket");
    http.headers.emplace_back("Sec-WebSocket-Protocol", "SPDY/3.1+portforward.k8s.io");
    const Answer forwarded = world.front.answer(http);
    REQUIRE(forwarded.session);
    CHECK(forwarded.session->protocol() == "SPDY/3.1+portforward.k8s.io");
    http.method = "POST";
    http.headers[2].second = "SPDY/3.1";
    const Answer refused = world.front.answer(http);
    CHECK_FALSE(refused.session);
    CHECK(message_of(refused).starts_with("kubetab serve forwards ports over WebSocket only"));
    world.api.response = {.code = 404, .body = "{}"};
    CHECK(world.front.answer(http).response.code == 404);
}
