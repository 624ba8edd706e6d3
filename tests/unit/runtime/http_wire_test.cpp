// HTTP/1.1 as bytes.

#include "engine/runtime/http_wire.h"

#include <catch2/catch_test_macros.hpp>

using namespace kubetab;
using runtime::HttpReader;
using runtime::HttpRequest;
using runtime::HttpResponse;

namespace {

HttpReader requests() {
    return HttpReader(HttpReader::Of::Requests);
}

std::int32_t problem_with(const std::string& bytes) {
    HttpReader reader = requests();
    reader.feed(bytes);
    CHECK_FALSE(reader.next_request());
    return reader.problem();
}

std::optional<HttpResponse> response_in(const std::string& bytes, std::string_view method = "GET") {
    HttpReader reader(HttpReader::Of::Responses);
    reader.feed(bytes);
    return reader.next_response(method);
}

// Answers each request with its method and path, and hangs up when the path says so.
class Server final : public sim::ByteStream {
public:
    void write(std::string_view bytes) override {
        reader_.feed(bytes);
        while (const std::optional<HttpRequest> request = reader_.next_request()) {
            closed_ = request->target == "/bye";
            if (closed_) return;
            const HttpResponse response =
                HttpResponse::text(200, request->method + request->target + request->body);
            out_ += runtime::http_bytes(response, request->method, true);
        }
    }
    std::string read() override { return std::exchange(out_, {}); }
    bool ended() const override { return closed_ && out_.empty(); }
    void finish() override { closed_ = true; }

private:
    HttpReader reader_{HttpReader::Of::Requests};
    std::string out_{};
    bool closed_ = false;
};

}  // namespace

TEST_CASE("Requests are read one after the other, in whatever pieces they come") {
    const std::string bytes =
        "GET /a?b=c HTTP/1.1\r\nHost: web:8080\r\nUser-Agent: curl/8\r\nX-One: 1\r\n\r\n"
        "POST /p HTTP/1.1\r\nhost: web\r\ncontent-length: 5\r\n\r\nhello"
        "PUT /q HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: "
        "1\r\n\r\n"
        "\r\nGET http://web/x HTTP/1.0\nConnection: close\n\n";
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, bytes.size()}) {
        HttpReader reader = requests();
        std::vector<HttpRequest> all;
        std::vector<bool> kept;
        for (std::size_t at = 0; at < bytes.size(); at += piece) {
            reader.feed(std::string_view(bytes).substr(at, piece));
            while (const auto request = reader.next_request()) {
                all.push_back(*request);
                kept.push_back(reader.keeps_alive());
            }
        }
        REQUIRE(all.size() == 4);
        CHECK(all[0].target == "/a?b=c");
        CHECK(all[0].host == "web:8080");
        CHECK(all[0].agent == "curl/8");
        CHECK(all[0].headers == runtime::HttpHeaders{{"X-One", "1"}});
        CHECK(all[1].body == "hello");
        CHECK(all[2].body == "abc0123456789");
        CHECK(all[3].target == "/x");
        CHECK(kept == std::vector<bool>{true, true, true, false});
        CHECK(reader.problem() == 0);
    }
}

TEST_CASE("What is no request is refused, and what is too large") {
    CHECK(problem_with("SSH-2.0-OpenSSH_9.2\r\n\r\n") == 400);
    CHECK(problem_with("GET /\r\n\r\n") == 400);
    CHECK(problem_with("GET / HTTP/2.0\r\n") == 400);
    CHECK(problem_with("GET / HTTP/1.1\r\nno colon\r\n") == 400);
    CHECK(problem_with("GET / HTTP/1.1\r\nName : x\r\n") == 400);
    CHECK(problem_with("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n") == 400);
    CHECK(problem_with("POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n") == 413);
    CHECK(problem_with("POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n") == 501);
    CHECK(problem_with("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n") == 400);
    CHECK(problem_with("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n") == 400);
    CHECK(problem_with("GET / HTTP/1.1\r\nX: " + std::string(HttpReader::kHeadLimit, 'x')) == 431);
    CHECK(problem_with("GET / HTTP/1.1\r\nHost: a\r\n") == 0);
}

TEST_CASE("Responses end by their length, their chunks, their kind or the connection") {
    const auto sized =
        response_in("HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nno");
    REQUIRE(sized);
    CHECK(sized->status == 404);
    CHECK(sized->content_type == "text/html");
    CHECK(sized->body == "no");
    CHECK(response_in("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "HEAD")->body.empty());
    CHECK(response_in("HTTP/1.1 204 No Content\r\n\r\n")->status == 204);
    CHECK(response_in("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")
              ->status == 201);
    HttpReader reader(HttpReader::Of::Responses);
    reader.feed("HTTP/1.0 200 OK\r\n\r\nas long ");
    CHECK_FALSE(reader.next_response());
    reader.feed("as it goes");
    CHECK_FALSE(reader.next_response());
    reader.finish();
    CHECK(reader.next_response()->body == "as long as it goes");
    CHECK_FALSE(reader.keeps_alive());
}

TEST_CASE("What is written is read again as it was") {
    HttpRequest request;
    request.method = "POST";
    request.target = "/queue?x=1";
    request.host = "localhost:8080";
    request.agent = "curl/7.88.1";
    request.headers = {{"Content-Type", "application/json"}};
    request.body = "{}";
    HttpReader reader = requests();
    reader.feed(runtime::http_bytes(request));
    const auto read = reader.next_request();
    REQUIRE(read);
    CHECK(read->headers == request.headers);
    CHECK(read->body == "{}");
    const HttpResponse response{200, "text/html", {{"Server", "nginx/1.25.5"}}, "<p>"};
    CHECK(
        runtime::http_bytes(response, "GET", true) ==
        "HTTP/1.1 200 OK\r\nServer: nginx/1.25.5\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\n<p>");
    CHECK(runtime::http_bytes(response, "HEAD", false)
              .ends_with("Content-Length: 3\r\nConnection: close\r\n\r\n"));
}

TEST_CASE("An exchange over a connection is one call") {
    Server server;
    HttpRequest request;
    request.target = "/one";
    CHECK(runtime::http_over(server, request)->body == "GET/one");
    request.method = "PUT";
    request.body = "+";
    CHECK(runtime::http_over(server, request)->body == "PUT/one+");
    request.target = "/bye";
    CHECK_FALSE(runtime::http_over(server, request));
}
