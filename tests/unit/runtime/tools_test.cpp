#include "engine/runtime/tools/tools.h"

#include <catch2/catch_test_macros.hpp>

#include "engine/runtime/executables.h"
#include "engine/runtime/http_wire.h"
#include "engine/shell/memory_files.h"

using namespace kubetab;
using runtime::Dial;
using runtime::DnsAnswer;
using runtime::DnsRecord;
using runtime::HttpResponse;
using runtime::RecordType;

namespace {

constexpr sim::Instant kStart{1'767'600'000LL * 1'000'000'000};
constexpr std::string_view kWebName = "web.default.svc.cluster.local";

std::string plain(std::string_view name) {
    return std::string(name.ends_with('.') ? name.substr(0, name.size() - 1) : name);
}

// One service "web" at 10.96.1.2, whose port 80 answers; other ports and addresses fail in their own ways.
class FakeNetwork final : public runtime::Network {
public:
    DnsAnswer ask(const runtime::Container*, std::string_view, std::string_view name,
                  RecordType type) override {
        DnsAnswer answer;
        answer.server = "10.96.0.10";
        if (silent) return {DnsAnswer::Code::Silent, {}, "", sim::seconds(10)};
        const std::string asked = plain(name);
        if (asked == "2.1.96.10.in-addr.arpa" && type == RecordType::PTR) {
            answer.records = {{asked + ".", type, std::string(kWebName) + ".", 30}};
        } else if (asked == "_http._tcp." + std::string(kWebName) && type == RecordType::SRV) {
            answer.records = {{asked + ".", type, "0 100 80 " + std::string(kWebName) + ".", 30}};
        } else if (asked == kWebName || asked == "web" || asked == "lost" || asked == "away") {
            const std::string address = asked == "lost"   ? "10.9.9.9"
                                        : asked == "away" ? "10.8.8.8"
                                                          : "10.96.1.2";
            if (type == RecordType::A) answer.records = {{asked + ".", type, address, 30}};
            answer.code = type == RecordType::A ? DnsAnswer::Code::Found : DnsAnswer::Code::NoData;
            return answer;
        }
        answer.code = answer.records.empty() ? DnsAnswer::Code::NoSuchName : DnsAnswer::Code::Found;
        return answer;
    }
    Dial dial(const runtime::Container*, std::string_view address, std::int32_t port) override {
        if (address == "10.9.9.9") return Dial::TimedOut;
        if (address == "10.8.8.8") return Dial::NoRoute;
        return port == 80 || port == 6379 ? Dial::Connected : Dial::Refused;
    }
    runtime::HttpOutcome call(const runtime::Container* from, std::string_view address,
                              runtime::HttpRequest request) override {
        ++calls;
        last = request;
        const Dial result = dial(from, address, request.port);
        if (result == Dial::TimedOut) return {result, std::nullopt, sim::seconds(127)};
        if (result != Dial::Connected || request.port == 6379) return {result, std::nullopt, {}};
        HttpResponse response = HttpResponse::html(200, "<p>hello</p>\n");
        if (request.path() == "/nope") response = HttpResponse::html(404, "gone\n");
        if (request.path() == "/busy") response = HttpResponse::html(calls < 3 ? 503 : 200, "at last\n");
        if (request.path() == "/old" || request.path() == "/round") {
            response = HttpResponse::html(302, "");
            response.headers.emplace_back("Location", request.path() == "/old" ? "/new" : "/round");
        }
        return {result, response, sim::milliseconds(2)};
    }
    bool answers_ping(const runtime::Container*, std::string_view address) override {
        return address == "10.244.1.5";
    }

    bool silent = false;
    int calls = 0;
    runtime::HttpRequest last{};
};

class TestIo final : public sim::Io {
public:
    void out(std::string_view text) override { output += text; }
    void err(std::string_view text) override { errors += text; }
    std::optional<std::string> read() override { return ""; }
    bool is_terminal() const override { return terminal; }
    int columns() const override { return 80; }
    sim::Instant now() const override { return time; }

    std::string output{};
    std::string errors{};
    bool terminal = true;
    sim::Instant time = kStart;
};

// Answers each request with its target.
class EchoStream final : public sim::ByteStream {
public:
    void write(std::string_view bytes) override { reader_.feed(bytes); }
    std::string read() override {
        const std::optional<runtime::HttpRequest> request = reader_.next_request();
        if (!request) return "";
        return runtime::http_bytes(HttpResponse::text(200, "you asked " + request->target + "\n"), "GET",
                                   false);
    }
    bool ended() const override { return true; }
    void finish() override {}

private:
    runtime::HttpReader reader_{runtime::HttpReader::Of::Requests};
};

struct Machine {
    Machine() {
        REQUIRE(files.make_directories("/tmp").ok());
        REQUIRE(files
                    .put("/etc/resolv.conf",
                         "search default.svc.cluster.local svc.cluster.local cluster.local\n"
                         "nameserver 10.96.0.10\noptions ndots:5\n")
                    .ok());
    }
    int run(runtime::StartTool start, const std::vector<std::string>& words, int interrupt_after = -1) {
        io.output.clear();
        io.errors.clear();
        begun = io.time;
        sim::Invocation invocation;
        invocation.words = words;
        invocation.now = io.time;
        invocation.files = &files;
        invocation.directory = "/tmp";
        const std::unique_ptr<sim::Process> process = start(invocation, place);
        for (int polls = 0; polls < 1000; ++polls) {
            if (polls == interrupt_after) process->interrupt();
            const sim::Poll poll = process->poll(io);
            if (poll.state == sim::Poll::State::Done) return poll.exit_code;
            REQUIRE(poll.wake);
            io.time = *poll.wake;
        }
        FAIL("the tool does not end");
        return -1;
    }
    int curl(std::vector<std::string> words) {
        words.insert(words.begin(), "curl");
        return run(runtime::start_curl, words);
    }
    int wget(std::vector<std::string> words) {
        words.insert(words.begin(), "wget");
        return run(runtime::start_wget, words);
    }
    std::int64_t seconds() const { return (io.time - begun).whole_seconds(); }
    std::string file(const std::string& path) const { return files.read(path).value(); }

    FakeNetwork network{};
    runtime::Place place{&network, nullptr, nullptr, false, {}, {}};
    shell::MemoryFiles files{[] { return kStart; }};
    TestIo io{};
    sim::Instant begun = kStart;
};

}  // namespace

TEST_CASE("wget saves a page and says so") {
    Machine machine;
    CHECK(machine.wget({"web"}) == 0);
    CHECK(machine.io.output.empty());
    CHECK(machine.io.errors ==
          "Connecting to web (10.96.1.2:80)\nsaving to 'index.html'\n"
          "\rindex.html           100% |********************************|    13  0:00:00 ETA\n"
          "'index.html' saved\n");
    CHECK(machine.file("/tmp/index.html") == "<p>hello</p>\n");
    CHECK(machine.network.last.agent == "Wget");
    CHECK(machine.wget({"http://web/"}) == 1);
    CHECK(machine.io.errors.ends_with("wget: can't open 'index.html': File exists\n"));
}

TEST_CASE("wget writes to the output, and is quiet when told") {
    Machine machine;
    CHECK(machine.wget({"-O-", "web"}) == 0);
    CHECK(machine.io.output == "<p>hello</p>\n");
    CHECK(machine.io.errors.starts_with("Connecting to web (10.96.1.2:80)\nwriting to stdout\n\r-  "));
    CHECK(machine.io.errors.ends_with("written to stdout\n"));
    CHECK(machine.wget({"-qO-", "--header", "X-A: b", "--post-data", "a=1", "web/x"}) == 0);
    CHECK(machine.io.errors.empty());
    CHECK(machine.network.last.method == "POST");
    CHECK(machine.network.last.body == "a=1");
    CHECK(machine.network.last.header("x-a") == "b");
    CHECK(machine.wget({"-S", "--spider", "web"}) == 0);
    CHECK(machine.network.last.method == "HEAD");
    CHECK(machine.io.errors.find("  HTTP/1.1 200 OK\n") != std::string::npos);
    CHECK(machine.io.errors.ends_with("remote file exists\n"));
}

TEST_CASE("wget says what fails as busybox does") {
    Machine machine;
    CHECK(machine.wget({"-q", "nowhere"}) == 1);
    CHECK(machine.io.errors == "wget: bad address 'nowhere'\n");
    CHECK(machine.wget({"-q", "web:81"}) == 1);
    CHECK(machine.io.errors == "wget: can't connect to remote host (10.96.1.2): Connection refused\n");
    CHECK(machine.wget({"-q", "web/nope"}) == 1);
    CHECK(machine.io.errors == "wget: server returned error: HTTP/1.1 404 Not Found\n");
    CHECK(machine.wget({"-q", "-T", "3", "lost"}) == 1);
    CHECK(machine.io.errors == "wget: download timed out\n");
    CHECK(machine.seconds() == 3);
    CHECK(machine.wget({"-q", "lost"}) == 1);
    CHECK(machine.io.errors == "wget: can't connect to remote host (10.9.9.9): Connection timed out\n");
    CHECK(machine.wget({"-q", "web:6379"}) == 1);
    CHECK(machine.io.errors == "wget: error getting response\n");
    CHECK(machine.wget({"-q", "web/round"}) == 1);
    CHECK(machine.io.errors == "wget: too many redirections\n");
    CHECK(machine.wget({"-c", "web"}) == 1);
    CHECK(machine.io.errors == "wget: -c is not simulated: downloads begin anew\n");
    CHECK(machine.wget({"https://web"}) == 1);
    CHECK(machine.io.errors == "wget: https is not simulated: nothing here speaks TLS\n");
    machine.place.musl = true;
    CHECK(machine.wget({"-q", "away"}) == 1);
    CHECK(machine.io.errors == "wget: can't connect to remote host (10.8.8.8): Host is unreachable\n");
    machine.place = runtime::Place();
    CHECK(machine.wget({"-q", "10.96.1.2"}) == 1);
    CHECK(machine.io.errors == "wget: can't connect to remote host (10.96.1.2): Network is unreachable\n");
}

TEST_CASE("curl prints bodies and heads") {
    Machine machine;
    CHECK(machine.curl({"web"}) == 0);
    CHECK(machine.io.output == "<p>hello</p>\n");
    CHECK(machine.io.errors.empty());
    CHECK(machine.curl({"-sI", "web"}) == 0);
    CHECK(machine.io.output.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(machine.io.output.ends_with("\r\n\r\n"));
    CHECK(machine.curl({"-si", "web"}) == 0);
    CHECK(machine.io.output.ends_with("\r\n\r\n<p>hello</p>\n"));
    CHECK(machine.curl({"-so", "/dev/null", "-w", "%{http_code} %{size_download}\\n", "web/nope"}) == 0);
    CHECK(machine.io.output == "404 5\n");
    CHECK(machine.curl({"-sw", "%{nothing}%%", "web/nope"}) == 0);
    CHECK(machine.io.errors == "curl: unknown --write-out variable: 'nothing'\n");
    CHECK(machine.io.output == "gone\n%");
    CHECK(machine.curl({"-v", "web"}) == 0);
    CHECK(machine.io.errors.starts_with(
        "* Host web:80 was resolved.\n* IPv6: (none)\n* IPv4: 10.96.1.2\n*   Trying 10.96.1.2:80...\n"
        "* Connected to web (10.96.1.2) port 80\n* using HTTP/1.x\n> GET / HTTP/1.1\n> Host: web\n"
        "> User-Agent: curl/8.11.1\n> Accept: */*\n> \n* Request completely sent off\n< HTTP/1.1 200 OK\n"));
    CHECK(machine.io.errors.ends_with("< \n* Connection #0 to host web left intact\n"));
}

TEST_CASE("curl shows a meter when its output is no terminal") {
    Machine machine;
    CHECK(machine.curl({"-O", "web/page.html"}) == 0);
    CHECK(machine.file("/tmp/page.html") == "<p>hello</p>\n");
    CHECK(machine.io.errors ==
          "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n"
          "                                 Dload  Upload   Total   Spent    Left  Speed\n"
          "\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0"
          "\r100    13  100    13    0     0   6500      0 --:--:-- --:--:-- --:--:--  6500\n");
    machine.io.terminal = false;
    CHECK(machine.curl({"-s", "web"}) == 0);
    CHECK(machine.io.errors.empty());
}

TEST_CASE("curl sends what it is told") {
    Machine machine;
    REQUIRE(machine.files.put("/tmp/data", "a=1\nb\n").ok());
    CHECK(machine.curl({"-s", "-d", "@data", "-d", "c=2", "web"}) == 0);
    CHECK(machine.network.last.method == "POST");
    CHECK(machine.network.last.body == "a=1b&c=2");
    CHECK(machine.network.last.header("content-type") == "application/x-www-form-urlencoded");
    CHECK(machine.curl({"-s", "--data-binary", "@data", "-XPUT", "-H", "Content-Type: text/plain", "web"}) ==
          0);
    CHECK(machine.network.last.method == "PUT");
    CHECK(machine.network.last.body == "a=1\nb\n");
    CHECK(machine.network.last.header("content-type") == "text/plain");
    CHECK(machine.curl({"-s", "-u", "me:x", "-A", "me", "-H", "Host: other", "web:80/p?q=1"}) == 0);
    CHECK(machine.network.last.header("authorization") == "Basic bWU6eA==");
    CHECK(machine.network.last.agent == "me");
    CHECK(machine.network.last.host == "other");
    CHECK(machine.network.last.target == "/p?q=1");
    CHECK(machine.curl({"-sL", "web/old"}) == 0);
    CHECK(machine.network.last.target == "/new");
    CHECK(machine.curl({"-d", "@missing", "web"}) == 26);
    CHECK(machine.io.errors.starts_with("curl: Failed to open missing\n"));
}

TEST_CASE("curl fails with its own texts and codes") {
    Machine machine;
    const auto fails = [&machine](std::vector<std::string> words, int code, const std::string& text) {
        CHECK(machine.curl(std::move(words)) == code);
        CHECK(machine.io.errors == text);
    };
    const std::string help = "curl: try 'curl --help' or 'curl --manual' for more information\n";
    fails({"x"}, 6, "curl: (6) Could not resolve host: x\n");
    fails({"-s", "x"}, 6, "");
    fails({"-sS", "x"}, 6, "curl: (6) Could not resolve host: x\n");
    fails({"web:81"}, 7,
          "curl: (7) Failed to connect to web port 81 after 0 ms: Couldn't connect to server\n");
    fails({"-m", "2", "lost"}, 28, "curl: (28) Connection timed out after 2000 milliseconds\n");
    fails({"--connect-timeout", "0.5", "lost"}, 28,
          "curl: (28) Connection timed out after 500 milliseconds\n");
    fails({"lost"}, 28,
          "curl: (28) Failed to connect to lost port 80 after 127000 ms: Couldn't connect to server\n");
    fails({"-f", "web/nope"}, 22, "curl: (22) The requested URL returned error: 404\n");
    CHECK(machine.io.output.empty());
    fails({"web:6379"}, 52, "curl: (52) Empty reply from server\n");
    fails({"http://"}, 3, "curl: (3) URL rejected: No host part in the URL\n");
    fails({"web:x"}, 3, "curl: (3) URL rejected: Port number was not a decimal number between 0 and 65535\n");
    fails({"a b"}, 3, "curl: (3) URL rejected: Malformed input to a URL function\n");
    fails({"foo://web"}, 1, "curl: (1) Protocol \"foo\" not supported\n");
    fails({"https://web"}, 4, "curl: (4) https is not simulated: nothing here speaks TLS\n");
    fails({"-L", "web/round"}, 47, "curl: (47) Maximum (50) redirects followed\n");
    fails({"--nope", "web"}, 2, "curl: option --nope: is unknown\n" + help);
    fails({"web", "-o"}, 2, "curl: option -o: requires parameter\n" + help);
    fails({}, 2, "curl: (2) no URL specified\n" + help);
    fails({"-x", "proxy:1", "web"}, 2, "curl: option -x: proxies are not simulated\n");
    fails({"x", "web"}, 0, "curl: (6) Could not resolve host: x\n");
    CHECK(machine.io.output == "<p>hello</p>\n");
}

TEST_CASE("curl tries again what may pass") {
    Machine machine;
    CHECK(machine.curl({"--retry", "3", "web/busy"}) == 0);
    CHECK(machine.io.output == "at last\n");
    CHECK(machine.io.errors ==
          "Warning: Problem: HTTP error. Will retry in 1 second. 3 retries left.\n"
          "Warning: Problem: HTTP error. Will retry in 2 seconds. 2 retries left.\n");
    CHECK(machine.seconds() == 3);
    machine.network.calls = 0;
    CHECK(machine.curl({"-s", "--retry", "2", "web:81"}) == 7);
    CHECK(machine.network.calls == 1);
    CHECK(machine.curl({"-s", "--retry", "2", "--retry-connrefused", "web:81"}) == 7);
    CHECK(machine.network.calls == 4);
}

TEST_CASE("the learner's curl reaches what listens on the own machine") {
    Machine machine;
    sim::LocalPorts ports;
    REQUIRE(ports.listen(8080, [] { return std::make_unique<EchoStream>(); }));
    machine.place = {nullptr, nullptr, &ports, false, {}, {}};
    CHECK(machine.curl({"localhost:8080/a"}) == 0);
    CHECK(machine.io.output == "you asked /a\n");
    CHECK(machine.curl({"http://127.0.0.1:8080/"}) == 0);
    CHECK(machine.curl({"localhost:8081"}) == 7);
    CHECK(machine.io.errors ==
          "curl: (7) Failed to connect to localhost port 8081 after 0 ms: Couldn't connect to server\n");
    CHECK(machine.curl({"web"}) == 6);
    const std::unique_ptr<sim::Command> command = runtime::make_learners_curl(machine.network, ports);
    sim::Invocation invocation;
    invocation.words = {"curl", "--max"};
    CHECK(command->complete(invocation) == std::vector<std::string>{"--max-time"});
}

TEST_CASE("busybox's nslookup asks for both kinds of addresses, along the search list") {
    Machine machine;
    const auto nslookup = [&machine](const std::string& name) {
        return machine.run(runtime::start_busybox_nslookup, {"nslookup", name});
    };
    const std::string head = "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n";
    CHECK(nslookup(std::string(kWebName)) == 0);
    CHECK(machine.io.output == head + "Name:\tweb.default.svc.cluster.local\nAddress: 10.96.1.2\n\n\n");
    const std::string others =
        "** server can't find web.svc.cluster.local: NXDOMAIN\n\n"
        "** server can't find web.cluster.local: NXDOMAIN\n\n";
    CHECK(nslookup("web") == 1);
    CHECK(machine.io.output ==
          head + "Name:\tweb.default.svc.cluster.local\nAddress: 10.96.1.2\n\n" + others + "\n" + others);
    CHECK(nslookup("10.96.1.2") == 0);
    CHECK(machine.io.output == head + "2.1.96.10.in-addr.arpa\tname = web.default.svc.cluster.local\n\n");
    machine.network.silent = true;
    CHECK(nslookup("web") == 1);
    CHECK(machine.io.output == ";; connection timed out; no servers could be reached\n\n");
    CHECK(machine.seconds() == 10);
    machine.place = runtime::Place();
    CHECK(nslookup("web") == 1);
    CHECK(machine.io.errors == "nslookup: can't connect to the name server: Network is unreachable\n");
}

TEST_CASE("bind's nslookup stops at the first name that exists") {
    Machine machine;
    const std::string head = "Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\n";
    CHECK(machine.run(runtime::start_nslookup, {"nslookup", "web"}) == 0);
    CHECK(machine.io.output == head + "Name:\tweb.default.svc.cluster.local\nAddress: 10.96.1.2\n\n");
    CHECK(machine.run(runtime::start_nslookup, {"nslookup", "nope"}) == 1);
    CHECK(machine.io.output == head + "** server can't find nope: NXDOMAIN\n\n");
    CHECK(machine.run(runtime::start_nslookup,
                      {"nslookup", "-type=srv", "_http._tcp." + std::string(kWebName)}) == 0);
    CHECK(machine.io.output == head +
                                   "_http._tcp.web.default.svc.cluster.local\tservice = 0 100 80 "
                                   "web.default.svc.cluster.local.\n\n");
}

TEST_CASE("dig shows sections") {
    Machine machine;
    CHECK(machine.run(runtime::start_dig, {"dig", std::string(kWebName)}) == 0);
    CHECK(
        machine.io.output.starts_with("\n; <<>> DiG 9.18.27 <<>> web.default.svc.cluster.local\n"
                                      ";; global options: +cmd\n;; Got answer:\n"
                                      ";; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: "));
    CHECK(machine.io.output.find(";; flags: qr aa rd; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1\n") !=
          std::string::npos);
    CHECK(machine.io.output.ends_with(
        ";; QUESTION SECTION:\n;web.default.svc.cluster.local.\tIN\tA\n\n;; ANSWER SECTION:\n"
        "web.default.svc.cluster.local. 30 IN\tA\t10.96.1.2\n\n;; Query time: 0 msec\n"
        ";; SERVER: 10.96.0.10#53(10.96.0.10) (UDP)\n;; WHEN: Mon Jan 05 08:00:00 UTC 2026\n"
        ";; MSG SIZE  rcvd: 103\n\n"));
    CHECK(machine.run(runtime::start_dig, {"dig", "+search", "+short", "web"}) == 0);
    CHECK(machine.io.output == "10.96.1.2\n");
    CHECK(machine.run(runtime::start_dig, {"dig", "+noall", "+answer", "-x", "10.96.1.2"}) == 0);
    CHECK(machine.io.output == "2.1.96.10.in-addr.arpa.\t30\tIN\tPTR\tweb.default.svc.cluster.local.\n");
    CHECK(machine.run(runtime::start_dig, {"dig", "nope.cluster.local"}) == 0);
    CHECK(machine.io.output.find("status: NXDOMAIN") != std::string::npos);
    CHECK(machine.io.output.find("cluster.local.\t\t30\tIN\tSOA\tns.dns.cluster.local. ") !=
          std::string::npos);
    CHECK(machine.run(runtime::start_dig, {"dig", "@8.8.8.8", "web"}) == 10);
    CHECK(machine.io.errors == "dig: only the name server of /etc/resolv.conf can be asked\n");
    machine.network.silent = true;
    CHECK(machine.run(runtime::start_dig, {"dig", "web"}) == 9);
    CHECK(machine.io.output.ends_with(";; no servers could be reached\n"));
}

TEST_CASE("nc says whether a port is open") {
    Machine machine;
    const auto nc = [&machine](std::vector<std::string> words) {
        words.insert(words.begin(), "nc");
        return machine.run(runtime::start_nc, words);
    };
    CHECK(nc({"-zv", "web", "80"}) == 0);
    CHECK(machine.io.errors == "web (10.96.1.2:80) open\n");
    CHECK(nc({"-z", "web", "80"}) == 0);
    CHECK(machine.io.errors.empty());
    CHECK(nc({"-zv", "web", "81"}) == 1);
    CHECK(machine.io.errors == "nc: web (10.96.1.2:81): Connection refused\n");
    CHECK(nc({"-zv", "-w", "2", "lost", "80"}) == 1);
    CHECK(machine.io.errors == "nc: lost (10.9.9.9:80): Connection timed out\n");
    CHECK(machine.seconds() == 2);
    CHECK(nc({"-zv", "nope", "80"}) == 1);
    CHECK(machine.io.errors == "nc: bad address 'nope'\n");
    CHECK(nc({"-l", "-p", "80"}) == 1);
    CHECK(machine.io.errors == "nc: only TCP connections to a port are simulated: nc -zv HOST PORT\n");
}

TEST_CASE("ping counts answers") {
    Machine machine;
    const auto ping = [&machine](std::vector<std::string> words, int interrupt_after = -1) {
        words.insert(words.begin(), "ping");
        return machine.run(runtime::start_ping, words, interrupt_after);
    };
    CHECK(ping({"-c", "2", "10.244.1.5"}) == 0);
    CHECK(machine.io.output ==
          "PING 10.244.1.5 (10.244.1.5): 56 data bytes\n"
          "64 bytes from 10.244.1.5: seq=0 ttl=62 time=0.142 ms\n"
          "64 bytes from 10.244.1.5: seq=1 ttl=62 time=0.085 ms\n\n"
          "--- 10.244.1.5 ping statistics ---\n2 packets transmitted, 2 packets received, 0% packet loss\n"
          "round-trip min/avg/max = 0.085/0.113/0.142 ms\n");
    CHECK(machine.seconds() == 1);
    CHECK(ping({"-c", "1", "-W", "3", "web"}) == 1);
    CHECK(machine.io.output ==
          "PING web (10.96.1.2): 56 data bytes\n\n--- web ping statistics ---\n"
          "1 packets transmitted, 0 packets received, 100% packet loss\n");
    CHECK(machine.seconds() == 3);
    CHECK(ping({"-q", "-w", "2", "10.244.1.5"}) == 0);
    CHECK(machine.io.output.find("2 packets transmitted, 2 packets received") != std::string::npos);
    CHECK(ping({"10.244.1.5"}, 2) == 130);
    CHECK(machine.io.output.find("2 packets transmitted, 2 packets received") != std::string::npos);
    CHECK(ping({"-c", "1", "x"}) == 1);
    CHECK(machine.io.errors == "ping: bad address 'x'\n");
    machine.place = runtime::Place();
    CHECK(ping({"-c", "1", "10.244.1.5"}) == 1);
    CHECK(machine.io.errors == "ping: sendto: Network unreachable\n");
}

TEST_CASE("images have the tools that their real ones have") {
    runtime::Platform platform;
    const auto has = [&platform](const std::string& image, std::string_view tool) {
        const auto found = platform.registry.resolve(*runtime::parse_image_reference(image));
        REQUIRE(found.ok());
        return platform.executables.commands(**found).find(tool) != nullptr;
    };
    CHECK(has("busybox", "wget"));
    CHECK(has("busybox", "nslookup"));
    CHECK_FALSE(has("busybox", "curl"));
    CHECK(has("nginx", "curl"));
    CHECK_FALSE(has("nginx", "wget"));
    CHECK(has("curlimages/curl", "curl"));
    CHECK(has("registry.k8s.io/e2e-test-images/agnhost:2.39", "dig"));
    CHECK_FALSE(has("debian", "ping"));
}
