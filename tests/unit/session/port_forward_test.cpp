// kubectl port-forward: what listens on the learner's machine, and who answers there.

#include <catch2/catch_test_macros.hpp>

#include "engine/runtime/http_wire.h"
#include "engine/session/script_session.h"

namespace kubetab::session {
namespace {

struct World {
    World() {
        session.merge_errors_into_output(true);
        session.run("kubectl run web --image=nginx:1.25; kubectl wait --for=condition=Ready pod/web");
        (void)session.take_output();
    }
    std::string run(std::string_view text) {
        session.run(text);
        return session.take_output();
    }
    std::unique_ptr<sim::ByteStream> dial(std::int32_t port) {
        return session.workstation().local_ports().connect(port);
    }

    ScriptSession session{{.seed = 3, .nodes = 1}};
};

runtime::HttpRequest get(std::string target) {
    runtime::HttpRequest request;
    request.target = std::move(target);
    request.host = "localhost:8080";
    return request;
}

}  // namespace

TEST_CASE("a forwarded port leads to the program in the pod until the job is ended") {
    World world;
    CHECK_FALSE(world.dial(8080));
    CHECK(world.run("kubectl port-forward pod/web 8080:80 &") ==
          "Forwarding from 127.0.0.1:8080 -> 80\nForwarding from [::1]:8080 -> 80\n");
    const std::unique_ptr<sim::ByteStream> connection = world.dial(8080);
    REQUIRE(connection);
    for (const std::int32_t status : {200, 404}) {
        const auto response = runtime::http_over(*connection, get(status == 200 ? "/" : "/nope"));
        REQUIRE(response);
        CHECK(response->status == status);
        CHECK(response->headers == runtime::HttpHeaders{{"Server", "nginx/1.25.5"}});
    }
    CHECK(world.run("true") == "Handling connection for 8080\n");
    CHECK(world.run("kubectl logs web | grep ' - - ' | cut -d' ' -f1,6-9") ==
          "127.0.0.1 \"GET / HTTP/1.1\" 200\n127.0.0.1 \"GET /nope HTTP/1.1\" 404\n");
    connection->write("HELO there\r\n");
    CHECK(connection->read().starts_with("HTTP/1.1 400 Bad Request\r\n"));
    CHECK(connection->ended());
    world.run("kill %1");
    CHECK_FALSE(world.dial(8080));
}

TEST_CASE("a connection where nobody listens is closed, and kubectl ends with the reason") {
    World world;
    world.run("kubectl port-forward pod/web 8080:81 &");
    const std::unique_ptr<sim::ByteStream> connection = world.dial(8080);
    REQUIRE(connection);
    CHECK_FALSE(runtime::http_over(*connection, get("/")));
    const std::string said = world.run("wait %1; echo $?");
    CHECK(said.starts_with("Handling connection for 8080\nE0"));
    CHECK(said.find(
              " portforward.go:424] \"Unhandled Error\" err=\"an error occurred forwarding 8080 -> 81: error "
              "forwarding port 81 to pod ") != std::string::npos);
    CHECK(said.find(
              "IPv4: dial tcp4 127.0.0.1:81: connect: connection refused IPv6 dial tcp6 [::1]:81: connect: "
              "connection refused \"\nerror: lost connection to pod\n1\n") != std::string::npos);
    CHECK_FALSE(world.dial(8080));
}

TEST_CASE("that the pod has gone shows with the next connection") {
    World world;
    world.run("kubectl port-forward pod/web 8080:80 &");
    const std::unique_ptr<sim::ByteStream> before = world.dial(8080);
    world.run("kubectl delete pod web; sleep 1");
    CHECK(before->ended());
    CHECK(world.run("jobs").find("Running") != std::string::npos);
    CHECK_FALSE(runtime::http_over(*world.dial(8080), get("/")));
    const std::string said = world.run("wait %1");
    CHECK(said.find("uid : failed to find sandbox \\\"") != std::string::npos);
    CHECK(said.ends_with("\\\" in store: not found\"\nerror: lost connection to pod\n"));
}

TEST_CASE("with the node's kubelet go the connections that led through it") {
    World world;
    world.run("kubectl port-forward pod/web 8080:80 &");
    REQUIRE(world.session.cluster().crash_kubelet("node-1").ok());
    REQUIRE(world.session.cluster().start_node("node-1").ok());
    CHECK(world.run("wait %1") == "error: lost connection to pod\n");
}

}  // namespace kubetab::session
