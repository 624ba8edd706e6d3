// nginx: serves files, logs each request. Reads listen, root and `return` of its configuration when first
// asked.
#include <fmt/format.h>

#include <vector>

#include "engine/runtime/calendar.h"
#include "engine/runtime/container.h"
#include "engine/runtime/programs/programs.h"

namespace kubetab::runtime {
namespace {

struct Location {
    std::string path{};
    std::string root{};
    std::int32_t code = 0;  // of `return`; 0: files are served
    std::string text{};
};

struct Server {
    std::vector<std::int32_t> ports{};
    std::string root = "/usr/share/nginx/html";
    std::vector<Location> locations{};
};

// The words of a configuration; quotes are taken off, ; { } stand alone.
std::vector<std::string> tokens(std::string_view text) {
    std::vector<std::string> result;
    std::string word;
    const auto end_word = [&] {
        if (!word.empty()) result.push_back(std::exchange(word, {}));
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '#') {
            while (i < text.size() && text[i] != '\n') ++i;
            end_word();
        } else if (c == '"' || c == '\'') {
            const std::size_t close = text.find(c, i + 1);
            word += text.substr(i + 1, close == std::string_view::npos ? close : close - i - 1);
            if (close == std::string_view::npos) break;
            i = close;
        } else if (c == ';' || c == '{' || c == '}') {
            end_word();
            result.emplace_back(1, c);
        } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            end_word();
        } else {
            word += c;
        }
    }
    end_word();
    return result;
}

std::int32_t number_at_end(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon != std::string_view::npos) text.remove_prefix(colon + 1);
    std::int32_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9' || value > 65'535) return 0;
        value = value * 10 + (c - '0');
    }
    return value;
}

void read_configuration(std::string_view text, Server& server) {
    const std::vector<std::string> words = tokens(text);
    Location* location = nullptr;
    const auto word = [&words](std::size_t i) { return i < words.size() ? words[i] : std::string(); };
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "listen") {
            const std::int32_t port = number_at_end(word(i + 1));
            if (port != 0) server.ports.push_back(port);
        } else if (words[i] == "location") {
            const bool has_mark = word(i + 2) != "{";
            server.locations.push_back({word(has_mark ? i + 2 : i + 1), "", 0, ""});
            location = &server.locations.back();
        } else if (words[i] == "root") {
            (location != nullptr ? location->root : server.root) = word(i + 1);
        } else if (words[i] == "return" && location != nullptr) {
            location->code = number_at_end(word(i + 1));
            if (word(i + 2) != ";") location->text = word(i + 2);
        } else if (words[i] == "proxy_pass" && location != nullptr) {
            location->code = 502;
        } else if (words[i] == "}") {
            location = nullptr;
        }
    }
}

std::string start_lines(const Image& image, sim::Instant at) {
    const std::string time = slash_time(at);
    const std::string script = "/docker-entrypoint.sh: ";
    std::string text = script +
                       "/docker-entrypoint.d/ is not empty, will attempt to perform configuration\n" +
                       script + "Looking for shell scripts in /docker-entrypoint.d/\n" + script +
                       "Configuration complete; ready for start up\n";
    text += fmt::format("{} [notice] 1#1: using the \"epoll\" event method\n", time);
    text += fmt::format("{} [notice] 1#1: nginx/{}\n", time, image.version);
    text += fmt::format("{} [notice] 1#1: OS: Linux 6.1.0-28-amd64\n", time);
    text += fmt::format("{} [notice] 1#1: start worker processes\n", time);
    text += fmt::format("{} [notice] 1#1: start worker process 29\n", time);
    return text;
}

class Nginx final : public Program {
public:
    explicit Nginx(const sim::Invocation& invocation)
        : Program(invocation), default_port_(number_at_end(variable(invocation, "NGINX_PORT", "80"))) {}

    bool listens_on(std::int32_t port) const override {
        const std::vector<std::int32_t>& ports = server().ports;
        return std::find(ports.begin(), ports.end(), port) != ports.end();
    }

    std::optional<HttpResponse> serve(const HttpRequest& request) override {
        HttpResponse response = answer(request);
        response.headers.emplace_back("Server", "nginx/" + container().config().image->version);
        const std::string client = request.remote.substr(0, request.remote.rfind(':'));
        print(Stream::Output, fmt::format("{} - - [{}] \"{} {} HTTP/1.1\" {} {} \"-\" \"{}\" \"-\"\n", client,
                                          access_time(now()), request.method, request.target, response.status,
                                          response.body.size(), request.agent.empty() ? "-" : request.agent));
        return response;
    }
    Usage usage(sim::Instant) const override { return {1, 4 * 1024 * 1024}; }

protected:
    sim::Poll step(sim::Io&) override {
        if (!started_) container().set_prelude(start_lines);
        started_ = true;
        return sim::Poll{sim::Poll::State::Waiting, 0, {}, false, false, false};
    }
    std::optional<int> on_signal(sim::Io& io, Signal) override {
        io.err(slash_time(now()) + " [notice] 1#1: signal 3 (SIGQUIT) received, shutting down\n");
        io.err(slash_time(now()) + " [notice] 1#1: exit\n");
        return 0;
    }

private:
    const Server& server() const {
        if (server_) return *server_;
        server_ = std::make_unique<Server>();
        sim::FileSystem& files = container().files();
        const base::Result<std::string> main = files.read("/etc/nginx/nginx.conf");
        if (main.ok()) read_configuration(*main, *server_);
        const base::Result<std::vector<sim::FileInfo>> others = files.list("/etc/nginx/conf.d");
        if (others.ok()) {
            for (const sim::FileInfo& file : *others) {
                if (!file.name.ends_with(".conf")) continue;
                const base::Result<std::string> text = files.read("/etc/nginx/conf.d/" + file.name);
                if (text.ok()) read_configuration(*text, *server_);
            }
        }
        if (default_port_ != 80)
            std::replace(server_->ports.begin(), server_->ports.end(), 80, default_port_);
        return *server_;
    }

    HttpResponse answer(const HttpRequest& request) const {
        const std::string path = sim::resolve("/", request.path());
        const Location* location = nullptr;
        for (const Location& candidate : server().locations) {
            if (!path.starts_with(candidate.path)) continue;
            if (location == nullptr || candidate.path.size() > location->path.size()) location = &candidate;
        }
        if (location != nullptr && location->code != 0) {
            return HttpResponse::html(location->code,
                                      location->text.empty() ? error_page(location->code) : location->text);
        }
        if (request.method != "GET" && request.method != "HEAD")
            return HttpResponse::html(405, error_page(405));
        const std::string& root =
            location != nullptr && !location->root.empty() ? location->root : server().root;
        return file(root, path, request);
    }

    HttpResponse file(const std::string& root, const std::string& path, const HttpRequest& request) const {
        std::string full = sim::resolve("/", root + path);
        sim::FileSystem& files = container().files();
        base::Result<sim::FileInfo> info = files.stat(full);
        const bool directory = info.ok() && info->directory;
        if (directory) full += "/index.html";
        const base::Result<std::string> text = files.read(full);
        if (text.ok()) return HttpResponse::html(200, *text);
        const bool forbidden = directory && path != "/" ? true : directory;
        print(Stream::Error,
              fmt::format(
                  "{} [error] 29#29: *1 {}, client: {}, server: localhost, request: \"{} {} HTTP/1.1\", "
                  "host: \"{}\"\n",
                  slash_time(now()),
                  forbidden ? "directory index of \"" + root + path + "\" is forbidden"
                            : "open() \"" + full + "\" failed (2: No such file or directory)",
                  request.remote.substr(0, request.remote.rfind(':')), request.method, request.target,
                  request.host));
        return HttpResponse::html(forbidden ? 403 : 404, error_page(forbidden ? 403 : 404));
    }

    std::string error_page(std::int32_t status) const {
        return fmt::format(
            "<html>\n<head><title>{0} {1}</title></head>\n<body>\n<center><h1>{0} {1}</h1></center>\n"
            "<hr><center>nginx/{2}</center>\n</body>\n</html>\n",
            status, status == 405 ? "Not Allowed" : http_reason(status), container().config().image->version);
    }

    std::int32_t default_port_;
    bool started_ = false;
    mutable std::unique_ptr<Server> server_{};
};

}  // namespace

std::unique_ptr<sim::Process> start_nginx(const sim::Invocation& invocation) {
    bool foreground = false;
    for (std::size_t i = 1; i < invocation.words.size(); ++i) {
        const std::string& word = invocation.words[i];
        if (word == "-v" || word == "-V") {
            return print_and_end(
                invocation, Stream::Error,
                "nginx version: nginx/" + variable(invocation, "NGINX_VERSION", "1.27.3") + "\n", 0);
        }
        if (word == "-t") {
            return print_and_end(invocation, Stream::Error,
                                 "nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\n"
                                 "nginx: configuration file /etc/nginx/nginx.conf test is successful\n",
                                 0);
        }
        if (word == "-s") return print_and_end(invocation, Stream::Error, "", 0);
        if (word.find("daemon off") != std::string::npos) foreground = true;
    }
    // Without `daemon off` it goes into the background and its parent, the container's first process, ends.
    if (!foreground) return print_and_end(invocation, Stream::Error, "", 0);
    return std::make_unique<Nginx>(invocation);
}

}  // namespace kubetab::runtime
