// Small web servers that answer with a fixed text: httpd, hello-app, http-echo, the Node.js samples,
// echoserver.
#include <fmt/format.h>

#include "engine/runtime/calendar.h"
#include "engine/runtime/container.h"
#include "engine/runtime/programs/programs.h"

namespace kubetab::runtime {
namespace {

std::string client_of(const HttpRequest& request) {
    return request.remote.substr(0, request.remote.rfind(':'));
}

// Listens on one port from the start on.
class WebServer : public Program {
public:
    WebServer(const sim::Invocation& invocation, std::int32_t port, int exit_code)
        : Program(invocation), port_(port), exit_code_(exit_code) {}
    bool listens_on(std::int32_t port) const override { return port == port_; }

protected:
    virtual std::string greeting() const { return {}; }
    sim::Poll step(sim::Io& io) override {
        if (!started_) io.err(greeting());
        started_ = true;
        return sim::Poll{sim::Poll::State::Waiting, 0, {}, false, false, false};
    }
    std::optional<int> on_signal(sim::Io&, Signal) override { return exit_code_; }
    std::int32_t port() const { return port_; }

private:
    std::int32_t port_;
    int exit_code_;
    bool started_ = false;
};

class Httpd final : public WebServer {
public:
    explicit Httpd(const sim::Invocation& invocation) : WebServer(invocation, 80, 0) {}
    std::optional<HttpResponse> serve(const HttpRequest& request) override {
        std::string path = sim::resolve("/", request.path());
        if (path == "/") path = "/index.html";
        const base::Result<std::string> text = container().files().read("/usr/local/apache2/htdocs" + path);
        HttpResponse response =
            text.ok() ? HttpResponse::html(200, *text)
                      : HttpResponse::html(404,
                                           "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n"
                                           "<html><head>\n<title>404 Not Found</title>\n</head>"
                                           "<body>\n<h1>Not Found</h1>\n</body></html>\n");
        response.headers.emplace_back("Server", "Apache/" + container().config().image->version + " (Unix)");
        print(Stream::Output,
              fmt::format("{} - - [{}] \"{} {} HTTP/1.1\" {} {}\n", client_of(request), access_time(now()),
                          request.method, request.target, response.status, response.body.size()));
        return response;
    }
    Usage usage(sim::Instant) const override { return {1, 6 * 1024 * 1024}; }

protected:
    std::string greeting() const override {
        const std::string address = container().config().address;
        const std::string time = apache_time(now());
        return fmt::format(
            "AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using "
            "{0}. Set the "
            "'ServerName' directive globally to suppress this message\n"
            "[{1}] [mpm_event:notice] [pid 1:tid 1] AH00489: Apache/{2} (Unix) configured -- resuming normal "
            "operations\n"
            "[{1}] [core:notice] [pid 1:tid 1] AH00094: Command line: 'httpd -D FOREGROUND'\n",
            address, time, container().config().image->version);
    }
};

class HelloApp final : public WebServer {
public:
    explicit HelloApp(const sim::Invocation& invocation)
        : WebServer(invocation, std::atoi(variable(invocation, "PORT", "8080").c_str()), 2) {}
    std::optional<HttpResponse> serve(const HttpRequest& request) override {
        print(Stream::Error, slash_time(now()) + " Serving request: " + std::string(request.path()) + "\n");
        return HttpResponse::text(200, "Hello, world!\nVersion: " + container().config().image->version +
                                           "\nHostname: " + container().config().hostname + "\n");
    }

protected:
    std::string greeting() const override {
        return fmt::format("{} Server listening on port {}\n", slash_time(now()), port());
    }
};

class HttpEcho final : public WebServer {
public:
    HttpEcho(const sim::Invocation& invocation, std::int32_t port, std::string text)
        : WebServer(invocation, port, 2), text_(std::move(text)) {}
    std::optional<HttpResponse> serve(const HttpRequest& request) override {
        if (request.path() == "/health") return HttpResponse::json(200, "{\"status\":\"ok\"}\n");
        print(Stream::Output, fmt::format("{} {} {} \"{} {} HTTP/1.1\" 200 {} \"{}\" 25.1µs\n",
                                          slash_time(now()), request.host, request.remote, request.method,
                                          request.target, text_.size() + 1, request.agent));
        return HttpResponse::text(200, text_ + "\n");
    }

protected:
    std::string greeting() const override {
        return fmt::format("{} [INFO] server is listening on :{}\n", slash_time(now()), port());
    }

private:
    std::string text_;
};

class NodeServer final : public WebServer {
public:
    explicit NodeServer(const sim::Invocation& invocation)
        : WebServer(invocation, 8080, 143), bootcamp_(variable(invocation, "APP") == "kubernetes-bootcamp") {}
    // Node.js as the first process has no handler for SIGTERM.
    bool handles_terminate() const override { return false; }
    std::optional<HttpResponse> serve(const HttpRequest& request) override {
        if (!bootcamp_) return HttpResponse::text(200, "Hello Kubernetes!");
        const std::string& version = container().config().image->version;
        print(Stream::Output,
              fmt::format("Running On: {} | Total Requests: {} | App Uptime: 0.1 seconds | Log Time: {}\n",
                          container().config().hostname, ++requests_, dash_time(now())));
        (void)request;
        return HttpResponse::text(
            200, "Hello Kubernetes bootcamp! | Running on: " + container().config().hostname +
                     " | v=" + version.substr(1) + "\n");
    }
    Usage usage(sim::Instant) const override { return {1, 30 * 1024 * 1024}; }

protected:
    std::string greeting() const override {
        return bootcamp_ ? "Kubernetes Bootcamp App Started At: " + format_nanoseconds(now()) +
                               " | Running On:  " + container().config().hostname + "\n"
                         : std::string();
    }

private:
    bool bootcamp_;
    std::int64_t requests_ = 0;
};

class EchoServer final : public WebServer {
public:
    explicit EchoServer(const sim::Invocation& invocation) : WebServer(invocation, 8080, 0) {}
    std::optional<HttpResponse> serve(const HttpRequest& request) override {
        std::string text = fmt::format(
            "\n\nHostname: {}\n\nPod Information:\n\t-no pod information available-\n\nServer values:\n"
            "\tserver_version=nginx: 1.13.3 - lua: 10008\n\nRequest "
            "Information:\n\tclient_address={}\n\tmethod={}\n"
            "\treal path={}\n\tquery=\n\trequest_version=1.1\n\trequest_scheme=http\n\nRequest Headers:\n",
            container().config().hostname, client_of(request), request.method, request.target);
        for (const auto& [name, value] : request.headers) text += "\t" + name + "=" + value + "\n";
        text +=
            "\nRequest Body:\n\t" + (request.body.empty() ? "-no body in request-" : request.body) + "\n\n";
        return HttpResponse::text(200, text);
    }
};

// The sample of horizontal pod autoscaling: every request costs CPU time.
class PhpApache final : public WebServer {
public:
    explicit PhpApache(const sim::Invocation& invocation) : WebServer(invocation, 80, 0) {}
    std::optional<HttpResponse> serve(const HttpRequest& request) override {
        const std::int64_t second = now().unix_seconds();
        if (second - window_start_ >= 15) {
            last_window_ = second - window_start_ < 30 ? window_ : 0;
            window_ = 0;
            window_start_ = second;
        }
        ++window_;
        (void)request;
        return HttpResponse::html(200, "OK!");
    }
    Usage usage(sim::Instant at) const override {
        const std::int64_t age = at.unix_seconds() - window_start_;
        const std::int64_t requests = age >= 30 ? 0 : std::max(window_, age < 15 ? last_window_ : 0);
        return {1 + requests * kMilliSecondsPerRequest / 15, 12 * 1024 * 1024};
    }

private:
    static constexpr std::int64_t kMilliSecondsPerRequest = 130;
    std::int64_t window_start_ = 0;
    std::int64_t window_ = 0;
    std::int64_t last_window_ = 0;
};

}  // namespace

std::unique_ptr<sim::Process> start_httpd(const sim::Invocation& invocation) {
    return std::make_unique<Httpd>(invocation);
}
std::unique_ptr<sim::Process> start_php_apache(const sim::Invocation& invocation) {
    return std::make_unique<PhpApache>(invocation);
}
std::unique_ptr<sim::Process> start_hello_app(const sim::Invocation& invocation) {
    return std::make_unique<HelloApp>(invocation);
}
std::unique_ptr<sim::Process> start_http_echo(const sim::Invocation& invocation) {
    std::string text = flag_value(invocation, "text");
    if (text.empty()) text = variable(invocation, "ECHO_TEXT");
    if (text.empty()) return print_and_end(invocation, Stream::Error, "Missing -text option!\n", 127);
    std::string listen = flag_value(invocation, "listen");
    if (listen.empty()) listen = ":5678";
    const std::int32_t port = std::atoi(listen.substr(listen.rfind(':') + 1).c_str());
    return std::make_unique<HttpEcho>(invocation, port, std::move(text));
}
std::unique_ptr<sim::Process> start_node(const sim::Invocation& invocation) {
    return std::make_unique<NodeServer>(invocation);
}
std::unique_ptr<sim::Process> start_echoserver(const sim::Invocation& invocation) {
    return std::make_unique<EchoServer>(invocation);
}

}  // namespace kubetab::runtime
