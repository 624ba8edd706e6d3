#include <catch2/catch_test_macros.hpp>

#include "engine/runtime/container_runtime.h"

using namespace kubetab;
using runtime::Container;
using runtime::ContainerConfig;
using runtime::ContainerState;

namespace {

constexpr sim::Instant kStart{1'767'600'000LL * 1'000'000'000};

class Machine final : public runtime::ContainerRuntime::Listener {
public:
    void container_exited(Container& container) override { exited.push_back(container.number()); }

    Container& make(const std::string& image, std::vector<std::string> command = {}) {
        ContainerConfig config;
        config.name = "c";
        config.hostname = "pod";
        config.address = "10.0.0.5";
        config.image = *platform.registry.resolve(*runtime::parse_image_reference(image));
        config.command = config.image->entrypoint;
        const std::vector<std::string>& rest = command.empty() ? config.image->command : command;
        config.command.insert(config.command.end(), rest.begin(), rest.end());
        if (!command.empty() && config.image->entrypoint.empty()) config.command = command;
        config.environment = std::make_shared<const runtime::Environment>(config.image->environment);
        return containers.create(std::move(config));
    }
    Container& start(const std::string& image, std::vector<std::string> command = {}) {
        Container& container = make(image, std::move(command));
        REQUIRE(containers.start(container).ok());
        return container;
    }
    void run(sim::Duration duration) { simulation.run_until(simulation.now() + duration); }
    std::string log(const Container& container) const { return container.log()->text({}); }
    std::optional<runtime::HttpResponse> get(Container& container, const std::string& target,
                                             std::int32_t port, const std::string& method = "GET",
                                             const std::string& body = {}) {
        runtime::HttpRequest request;
        request.method = method;
        request.target = target;
        request.port = port;
        request.body = body;
        request.host = "web";
        request.remote = "10.0.0.1:40000";
        return container.serve(request);
    }

    sim::Simulation simulation{7, kStart};
    runtime::Platform platform{};
    runtime::ContainerRuntime containers{simulation, platform, "test", *this};
    std::vector<std::int64_t> exited{};
};

}  // namespace

TEST_CASE("nginx serves its page, logs the request and ends well") {
    Machine machine;
    Container& web = machine.start("nginx:1.25");
    CHECK(web.listens_on(80));
    CHECK_FALSE(web.listens_on(81));
    const auto page = machine.get(web, "/", 80);
    REQUIRE(page);
    CHECK(page->status == 200);
    CHECK(page->body.find("Welcome to nginx!") != std::string::npos);
    CHECK(page->headers.front().second == "nginx/1.25.5");
    CHECK(machine.get(web, "/nope", 80)->status == 404);
    CHECK(machine.log(web).find("\"GET / HTTP/1.1\" 200") != std::string::npos);
    CHECK(machine.log(web).starts_with("/docker-entrypoint.sh: "));
    machine.containers.terminate(web);
    machine.run(sim::seconds(1));
    CHECK(web.state() == ContainerState::Exited);
    CHECK(web.exit_code() == 0);
    CHECK(web.reason() == "Completed");
    CHECK(machine.exited == std::vector<std::int64_t>{web.number()});
}

TEST_CASE("nginx follows its configuration") {
    Machine machine;
    Container& web = machine.make("nginx:1.25");
    REQUIRE(web.files()
                .write("/etc/nginx/conf.d/default.conf",
                       "server {\n  listen 8080;\n  location /hello { return 200 'hi there'; }\n}\n")
                .ok());
    REQUIRE(machine.containers.start(web).ok());
    CHECK_FALSE(web.listens_on(80));
    CHECK(web.listens_on(8080));
    CHECK(machine.get(web, "/hello", 8080)->body == "hi there");
}

TEST_CASE("kuard fails its probes as often as it is told") {
    Machine machine;
    Container& kuard = machine.start("gcr.io/kuar-demo/kuard-amd64:1");
    CHECK(machine.get(kuard, "/healthy", 8080)->body == "ok");
    REQUIRE(machine.get(kuard, "/healthy/api", 8080, "PUT", "{\"failNext\":2}")->status == 200);
    CHECK(machine.get(kuard, "/healthy", 8080)->body == "fail, 1 left");
    CHECK(machine.get(kuard, "/healthy", 8080)->status == 500);
    CHECK(machine.get(kuard, "/healthy", 8080)->status == 200);
    CHECK(machine.get(kuard, "/ready", 8080)->status == 200);
    CHECK(machine.log(kuard).find("Starting kuard version: v0.8.1-1") != std::string::npos);
    CHECK(machine.log(kuard).find("10.0.0.1:40000 GET /ready") != std::string::npos);
    CHECK(machine.get(kuard, "/healthy/api", 8080, "PUT", "nonsense")->status == 400);
    machine.containers.terminate(kuard);
    machine.run(sim::seconds(1));
    CHECK(kuard.exit_code() == 2);
}

TEST_CASE("kuard ends when it has made its keys") {
    Machine machine;
    Container& kuard =
        machine.start("gcr.io/kuar-demo/kuard-amd64:1",
                      {"--keygen-enable", "--keygen-exit-on-complete", "--keygen-num-to-gen=3"});
    machine.run(sim::seconds(1));
    CHECK(kuard.running());
    CHECK(kuard.usage().cpu_milli == 1000);
    machine.run(sim::minutes(1));
    CHECK(kuard.state() == ContainerState::Exited);
    CHECK(kuard.exit_code() == 0);
    CHECK(machine.log(kuard).find("(ID 0 3/3) Item done: SHA256:") != std::string::npos);
    CHECK(machine.log(kuard).find("(ID 0) Workload exiting") != std::string::npos);
}

TEST_CASE("kuard keeps messages in queues") {
    Machine machine;
    Container& kuard = machine.start("gcr.io/kuar-demo/kuard-amd64:1");
    const std::string queue = "/memq/server/queues/keygen";
    CHECK(machine.get(kuard, queue, 8080, "PUT")->status == 200);
    CHECK(machine.get(kuard, queue, 8080, "PUT")->status == 400);
    CHECK(machine.get(kuard, queue + "/enqueue", 8080, "POST", "hello")->status == 200);
    CHECK(machine.get(kuard, queue + "/dequeue", 8080, "POST")->body.find("\"body\":\"hello\"") !=
          std::string::npos);
    CHECK(machine.get(kuard, queue + "/dequeue", 8080, "POST")->status == 204);
    CHECK(machine.get(kuard, "/memq/server/stats", 8080)->body.find("\"dequeued\":1") != std::string::npos);
}

TEST_CASE("A later kuard has no entrypoint, so that arguments alone are no command") {
    Machine machine;
    Container& kuard = machine.make("gcr.io/kuar-demo/kuard-amd64:blue", {"--debug"});
    const base::Result<void> started = machine.containers.start(kuard);
    REQUIRE_FALSE(started.ok());
    CHECK(kuard.exit_code() == 128);
    CHECK(kuard.reason() == "StartError");
    CHECK(
        started.error().message.ends_with("exec: \"--debug\": executable file not found in $PATH: unknown"));
}

TEST_CASE("A shell without a terminal ends at once") {
    Machine machine;
    Container& box = machine.start("busybox:1.36");
    machine.run(sim::milliseconds(10));
    CHECK(box.state() == ContainerState::Exited);
    CHECK(box.exit_code() == 0);
}

TEST_CASE("Scripts run over virtual time and print into the log") {
    Machine machine;
    Container& box =
        machine.start("busybox:1.36", {"sh", "-c", "for i in 1 2 3; do echo $i; sleep 10; done; exit 4"});
    machine.run(sim::seconds(15));
    CHECK(machine.log(box) == "1\n2\n");
    machine.run(sim::seconds(20));
    CHECK(machine.log(box) == "1\n2\n3\n");
    CHECK(box.exit_code() == 4);
    CHECK(box.reason() == "Error");
}

TEST_CASE("A server can be started by a script") {
    Machine machine;
    Container& web = machine.start("nginx:1.25", {"sh", "-c",
                                                  "echo hello > /usr/share/nginx/html/index.html && "
                                                  "exec nginx -g 'daemon off;'"});
    machine.run(sim::seconds(1));
    REQUIRE(web.listens_on(80));
    CHECK(machine.get(web, "/", 80)->body == "hello\n");
}

TEST_CASE("What is not in an image cannot be run in it") {
    Machine machine;
    Container& pause = machine.start("registry.k8s.io/pause:3.9");
    const base::Result<std::unique_ptr<sim::Process>> shell = machine.containers.exec(pause, {"sh"});
    REQUIRE_FALSE(shell.ok());
    CHECK(shell.error().message.find("exec: \"sh\": executable file not found in $PATH: unknown") !=
          std::string::npos);
    Container& web = machine.start("nginx:1.25");
    CHECK(machine.containers.exec(web, {"sh"}).ok());
    CHECK_FALSE(machine.containers.exec(web, {"redis-server"}).ok());
}

TEST_CASE("Each container has files of its own above those of its image") {
    Machine machine;
    Container& first = machine.make("nginx:1.25");
    Container& second = machine.make("nginx:1.25");
    const std::string page = "/usr/share/nginx/html/index.html";
    REQUIRE(first.files().write(page, "mine").ok());
    CHECK(*first.files().read(page) == "mine");
    CHECK(*second.files().read(page) != "mine");
    REQUIRE(first.files().remove(page).ok());
    CHECK_FALSE(first.files().stat(page).ok());
    CHECK(second.files().stat(page).ok());
    CHECK_FALSE(first.files().write("/nowhere/file", "x").ok());
    REQUIRE(first.files().make_directory("/nowhere").ok());
    CHECK(first.files().write("/nowhere/file", "x").ok());
    CHECK(first.files().list("/nowhere")->size() == 1);
}

TEST_CASE("A database without a password says what it needs") {
    Machine machine;
    Container& database = machine.start("mysql:8.0");
    machine.run(sim::seconds(1));
    CHECK(database.exit_code() == 1);
    CHECK(machine.log(database).find("You need to specify one of the following") != std::string::npos);
}

TEST_CASE("perl computes pi") {
    Machine machine;
    Container& pi = machine.start("perl:5.34", {"perl", "-Mbignum=bpi", "-wle", "print bpi(30)"});
    machine.run(sim::seconds(10));
    CHECK(pi.exit_code() == 0);
    CHECK(machine.log(pi) == "3.14159265358979323846264338328\n");
}

TEST_CASE("A log keeps its last lines, with numbers that stay") {
    runtime::ContainerLog log;
    for (int i = 0; i < 12'000; ++i)
        log.write(runtime::Stream::Output, "line " + std::to_string(i) + "\n", kStart);
    CHECK(log.next() == 12'000);
    CHECK(log.text({.tail_lines = 1}) == "line 11999\n");
    CHECK(log.text({}, 11'998) == "line 11998\nline 11999\n");
    CHECK(log.text({.limit_bytes = 4}, 11'998) == "line");
    CHECK(log.text({.tail_lines = 1, .timestamps = true}) == "2026-01-05T08:00:00.000000000Z line 11999\n");
    log.write(runtime::Stream::Error, "no newline", kStart);
    CHECK(log.next() == 12'000);
    log.flush(kStart);
    CHECK(log.next() == 12'001);
}
