// kuard: the demonstration server of the book: probes that can be made to fail, memory to fill, keys to make,
// queues.
//
// upstream: github.com/kubernetes-up-and-running/kuard
#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "engine/base/json.h"
#include "engine/runtime/calendar.h"
#include "engine/runtime/container.h"
#include "engine/runtime/programs/kuard_keygen.h"
#include "engine/runtime/programs/kuard_memq.h"
#include "engine/runtime/programs/programs.h"

namespace kubetab::runtime {
namespace {

using base::Json;

constexpr std::int64_t kBaseMemory = 12 * 1024 * 1024;
constexpr std::size_t kProbeHistory = 20;

// One of /healthy and /ready. upstream: pkg/debugprobe
struct DebugProbe {
    struct Call {
        std::int64_t id = 0;
        sim::Instant when{};
        std::int32_t code = 200;
    };
    std::string path{};
    std::int64_t fail_next = 0;  // > 0: that many calls; < 0: all
    std::int64_t calls = 0;
    std::deque<Call> history{};

    HttpResponse check(sim::Instant now) {
        HttpResponse response = HttpResponse::text(200, "ok");
        if (fail_next > 0) {
            --fail_next;
            response = HttpResponse::text(500, fmt::format("fail, {} left", fail_next));
        } else if (fail_next < 0) {
            response = HttpResponse::text(500, "fail, permanent");
        }
        history.push_front({++calls, now, response.status});
        if (history.size() > kProbeHistory) history.pop_back();
        return response;
    }
    HttpResponse api(const HttpRequest& request, sim::Instant now) {
        if (request.method == "PUT") {
            const base::Result<Json> body = base::parse_json(request.body);
            const Json* wanted = body.ok() ? base::find(*body, "failNext") : nullptr;
            if (wanted == nullptr || !wanted->is_number_integer())
                return HttpResponse::text(400, "bad JSON\n");
            fail_next = wanted->get<std::int64_t>();
        }
        Json calls_json = Json::array();
        for (const Call& call : history) {
            calls_json.push_back(
                {{"id", call.id},
                 {"when", format_nanoseconds(call.when)},
                 {"code", call.code},
                 {"relWhen", fmt::format("{} seconds ago", (now - call.when).whole_seconds())}});
        }
        return HttpResponse::json(
            200, Json{{"probePath", path}, {"failNext", fail_next}, {"history", calls_json}}.dump());
    }
};

struct Settings {
    std::int32_t port = 8080;
    std::int32_t tls_port = 8443;
    std::string tls_directory = "/tls";
    bool debug = false;
    std::int64_t liveness_fail_next = 0;
    std::int64_t readiness_fail_next = 0;
    KeygenSettings keygen{};
};

class Kuard final : public Program {
public:
    Kuard(const sim::Invocation& invocation, Settings settings)
        : Program(invocation), settings_(std::move(settings)), words_(invocation.words) {
        live_.path = "/healthy";
        live_.fail_next = settings_.liveness_fail_next;
        ready_.path = "/ready";
        ready_.fail_next = settings_.readiness_fail_next;
    }

    bool listens_on(std::int32_t port) const override {
        return port == settings_.port || (has_certificate_ && port == settings_.tls_port);
    }
    std::optional<HttpResponse> serve(const HttpRequest& request) override {
        print(Stream::Error, fmt::format("{} {} {} {}\n", slash_time(now()), request.remote, request.method,
                                         request.target));
        return route(request);
    }
    Usage usage(sim::Instant) const override {
        return {keygen_.working() ? 1000 : 1, kBaseMemory + allocated_};
    }

protected:
    sim::Poll step(sim::Io& io) override {
        if (!started_) {
            started_ = true;
            sim::FileSystem& files = container().files();
            has_certificate_ = files.stat(settings_.tls_directory + "/kuard.crt").ok() &&
                               files.stat(settings_.tls_directory + "/kuard.key").ok();
            io.err(greeting());
            if (settings_.keygen.enable) keygen_.start(settings_.keygen, now());
        }
        const std::string lines = keygen_.step(now());
        if (!lines.empty()) io.err(lines);
        if (const std::optional<std::int32_t> code = keygen_.exit_code()) return sim::Poll::done(*code);
        if (const std::optional<sim::Instant> next = keygen_.next()) return sim::Poll::until(*next);
        return sim::Poll{sim::Poll::State::Waiting, 0, {}, false, false, false};
    }
    std::optional<int> on_signal(sim::Io&, Signal) override { return 2; }  // A Go program without a handler.

private:
    const std::string& version() const { return container().config().image->version; }

    std::string greeting() const {
        const std::string time = slash_time(now()) + " ";
        const std::string stars = std::string(70, '*');
        const Json config = {{"address", fmt::format(":{}", settings_.port)},
                             {"debug", settings_.debug},
                             {"debug-sitedata-dir", "./sitedata"},
                             {"keygen", keygen_json(settings_.keygen, true)},
                             {"liveness", {{"fail-next", settings_.liveness_fail_next}}},
                             {"readiness", {{"fail-next", settings_.readiness_fail_next}}},
                             {"tls-address", fmt::format(":{}", settings_.tls_port)},
                             {"tls-dir", settings_.tls_directory}};
        std::string text = time + "Starting kuard version: " + version() + "\n" + time + stars + "\n" + time +
                           "* WARNING: This server may expose sensitive\n" + time +
                           "* and secret information. Be careful.\n" + time + stars + "\n" + time +
                           "Config: \n" + config.dump(2) + "\n";
        text += has_certificate_ ? time + fmt::format("Serving HTTPS on :{}\n", settings_.tls_port)
                                 : time + "Could not find certificates to serve TLS\n";
        return text + time + fmt::format("Serving on HTTP on :{}\n", settings_.port);
    }

    static Json keygen_json(const KeygenSettings& keygen, bool as_flags) {
        if (as_flags) {
            return {{"enable", keygen.enable},
                    {"exit-code", keygen.exit_code},
                    {"exit-on-complete", keygen.exit_on_complete},
                    {"memq-queue", keygen.memq_queue},
                    {"memq-server", keygen.memq_server},
                    {"num-to-gen", keygen.num_to_gen},
                    {"time-to-run", keygen.time_to_run}};
        }
        return {{"enable", keygen.enable},
                {"exitCode", keygen.exit_code},
                {"exitOnComplete", keygen.exit_on_complete},
                {"memQQueue", keygen.memq_queue},
                {"memQServer", keygen.memq_server},
                {"numToGen", keygen.num_to_gen},
                {"timeToRun", keygen.time_to_run}};
    }

    HttpResponse route(const HttpRequest& request) {
        std::string_view path = request.path();
        for (const std::string_view prefix : {"/a", "/b", "/c"}) {
            if (version().starts_with("v0.10") && path.starts_with(prefix) && path.size() > 2 &&
                path[2] == '/') {
                path.remove_prefix(2);
                break;
            }
        }
        if (path == "/healthy") return live_.check(now());
        if (path == "/ready") return ready_.check(now());
        if (path == "/healthy/api") return live_.api(request, now());
        if (path == "/ready/api") return ready_.api(request, now());
        if (path == "/env/api") return environment();
        if (path == "/mem/api") return HttpResponse::json(200, memory_json());
        if (path.starts_with("/mem/api/")) return memory(request, path.substr(9));
        if (path == "/keygen") return keygen(request);
        if (path.starts_with("/memq/server")) return queues_.serve(request, path.substr(12), now());
        if (path == "/fs" || path.starts_with("/fs/")) return browse(std::string(path.substr(3)));
        if (path == "/metrics") return metrics();
        if (path == "/dns/api")
            return HttpResponse::text(400, "Unknown DNS type: the network is not simulated here\n");
        if (path == "/" || path.starts_with("/-/")) return page(request);
        return HttpResponse::text(404, "404 page not found\n");
    }

    HttpResponse environment() const {
        Json variables = Json::object();
        for (const auto& [name, value] : container().environment()) variables[name] = value;
        return HttpResponse::json(200, Json{{"commandLine", words_}, {"env", variables}}.dump());
    }
    std::string memory_json() const {
        return Json{{"memStats",
                     {{"Alloc", kBaseMemory / 4 + allocated_},
                      {"HeapAlloc", kBaseMemory / 4 + allocated_},
                      {"HeapSys", kBaseMemory + allocated_},
                      {"Sys", kBaseMemory + allocated_}}}}
            .dump();
    }
    HttpResponse memory(const HttpRequest& request, std::string_view action) {
        if (request.method != "POST") return HttpResponse::text(405, "Method Not Allowed\n");
        if (action == "clear") {
            allocated_ = 0;
            return HttpResponse::text(200, "");
        }
        if (action != "alloc") return HttpResponse::text(404, "404 page not found\n");
        const std::string_view size = request.query("size");
        if (size.empty()) return HttpResponse::text(400, "size not specified\n");
        const bool is_number = size.size() < 16 && std::all_of(size.begin(), size.end(),
                                                               [](char c) { return c >= '0' && c <= '9'; });
        if (!is_number) return HttpResponse::text(400, "bad size param\n");
        allocated_ += std::atoll(std::string(size).c_str());
        check_memory();
        return HttpResponse::text(200, "");
    }
    HttpResponse keygen(const HttpRequest& request) {
        if (request.method == "PUT") {
            const base::Result<Json> body = base::parse_json(request.body);
            if (!body.ok()) return HttpResponse::text(400, "bad JSON\n");
            const Json* enable = base::find(*body, "enable");
            const Json* exits = base::find(*body, "exitOnComplete");
            KeygenSettings wanted;
            wanted.enable = enable != nullptr && enable->is_boolean() && enable->get<bool>();
            wanted.exit_on_complete = exits != nullptr && exits->is_boolean() && exits->get<bool>();
            wanted.num_to_gen = base::int_at(*body, {"numToGen"});
            wanted.time_to_run = base::int_at(*body, {"timeToRun"});
            wanted.exit_code = static_cast<std::int32_t>(base::int_at(*body, {"exitCode"}));
            wanted.memq_server = base::text_at(*body, {"memQServer"});
            wanted.memq_queue = base::text_at(*body, {"memQQueue"});
            keygen_.start(wanted, now());
            wake();
        }
        Json lines = Json::array();
        for (const Keygen::Line& line : keygen_.history())
            lines.push_back({{"id", line.id}, {"data", line.text}});
        return HttpResponse::json(
            200, Json{{"config", keygen_json(keygen_.settings(), false)}, {"history", lines}}.dump());
    }
    HttpResponse browse(const std::string& below) const {
        const std::string path = sim::resolve("/", below);
        const base::Result<std::vector<sim::FileInfo>> entries = container().files().list(path);
        if (entries.ok()) {
            std::string text = "<pre>\n";
            for (const sim::FileInfo& entry : *entries) {
                const std::string shown = entry.name + (entry.directory ? "/" : "");
                text += fmt::format("<a href=\"{0}\">{0}</a>\n", shown);
            }
            return HttpResponse::html(200, text + "</pre>\n");
        }
        const base::Result<std::string> text = container().files().read(path);
        return text.ok() ? HttpResponse::text(200, *text) : HttpResponse::text(404, "404 page not found\n");
    }
    HttpResponse metrics() const {
        return HttpResponse::text(
            200, fmt::format("# HELP process_resident_memory_bytes Resident memory size in bytes.\n"
                             "# TYPE process_resident_memory_bytes gauge\n"
                             "process_resident_memory_bytes {}\n",
                             kBaseMemory + allocated_));
    }
    HttpResponse page(const HttpRequest& request) {
        if (!page_seen_) print(Stream::Error, slash_time(now()) + " Loading template for index.html\n");
        page_seen_ = true;
        std::uint32_t hash = 2166136261U;  // FNV-1a, upstream's colour of a version
        for (const char c : version()) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
        const Json context = {
            {"urlBase", ""},
            {"hostname", container().config().hostname},
            {"addrs", {container().config().address}},
            {"version", version()},
            {"versionColor", fmt::format("hsl({},100%,50%)", hash % 360)},
            {"requestDump", request.method + " " + request.target + " HTTP/1.1\r\nHost: " + request.host},
            {"requestProto", "HTTP/1.1"},
            {"requestAddr", request.remote}};
        return HttpResponse::html(
            200,
            "<!doctype html>\n\n<html lang=\"en\">\n<head>\n  <title>KUAR Demo</title>\n</head>\n<body>\n"
            "<script>\nvar pageContext = " +
                context.dump() + "\n</script>\n<div id=\"root\"></div>\n</body>\n</html>\n");
    }

    Settings settings_;
    std::vector<std::string> words_;
    DebugProbe live_{};
    DebugProbe ready_{};
    Keygen keygen_{};
    MemoryQueues queues_{};
    std::int64_t allocated_ = 0;
    bool started_ = false;
    bool has_certificate_ = false;
    bool page_seen_ = false;
};

std::int32_t port_of(const std::string& address) {
    return std::atoi(address.substr(address.rfind(':') + 1).c_str());
}

// One flag; false when kuard has none of that name.
bool read_flag(const std::string& name, const std::string& value, Settings& settings) {
    const bool on = value.empty() || value == "true";
    const std::int64_t number = std::atoll(value.c_str());
    if (name == "address") {
        settings.port = port_of(value);
    } else if (name == "tls-address") {
        settings.tls_port = port_of(value);
    } else if (name == "tls-dir") {
        settings.tls_directory = value;
    } else if (name == "debug") {
        settings.debug = on;
    } else if (name == "liveness-fail-next") {
        settings.liveness_fail_next = number;
    } else if (name == "readiness-fail-next") {
        settings.readiness_fail_next = number;
    } else if (name == "keygen-enable") {
        settings.keygen.enable = on;
    } else if (name == "keygen-num-to-gen") {
        settings.keygen.num_to_gen = number;
    } else if (name == "keygen-time-to-run") {
        settings.keygen.time_to_run = number;
    } else if (name == "keygen-exit-on-complete") {
        settings.keygen.exit_on_complete = on;
    } else if (name == "keygen-exit-code") {
        settings.keygen.exit_code = static_cast<std::int32_t>(number);
    } else if (name == "keygen-memq-server") {
        settings.keygen.memq_server = value;
    } else if (name == "keygen-memq-queue") {
        settings.keygen.memq_queue = value;
    } else {
        return name == "debug-sitedata-dir";
    }
    return true;
}

}  // namespace

std::unique_ptr<sim::Process> start_kuard(const sim::Invocation& invocation) {
    Settings settings;
    const std::vector<std::string>& words = invocation.words;
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (!words[i].starts_with("--")) continue;  // Other arguments are ignored, as upstream does.
        std::string name = words[i].substr(2);
        std::string value;
        const std::size_t equals = name.find('=');
        const bool is_switch =
            name == "keygen-enable" || name == "keygen-exit-on-complete" || name == "debug";
        if (equals != std::string::npos) {
            value = name.substr(equals + 1);
            name.resize(equals);
        } else if (!is_switch && i + 1 < words.size()) {
            value = words[++i];
        }
        if (!read_flag(name, value, settings)) {
            return print_and_end(invocation, Stream::Error,
                                 "unknown flag: --" + name +
                                     "\nUsage of /kuard:\n      --address string   The address to "
                                     "serve on (default \":8080\")\nunknown flag: --" +
                                     name + "\n",
                                 2);
        }
    }
    return std::make_unique<Kuard>(invocation, std::move(settings));
}

}  // namespace kubetab::runtime
