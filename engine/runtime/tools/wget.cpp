// busybox's wget. upstream: busybox networking/wget.c, libbb/progress.c
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/runtime/http_wire.h"
#include "engine/runtime/tools/tools.h"

namespace kubetab::runtime {
namespace {

constexpr std::string_view kWgetUsage =
    "Usage: wget [-qS] [--spider] [-O FILE] [--header STR] [--post-data STR] [-T SEC] [-U STR] URL...\n";
constexpr sim::Duration kWgetPatience = sim::seconds(900);
constexpr int kMostHops = 5;

class Wget final : public NetworkTool {
public:
    Wget(const sim::Invocation& invocation, const Place& place)
        : NetworkTool(invocation, place),
          arguments_(invocation.words, {{'q', "quiet", false},
                                        {'O', "output-document", true},
                                        {'S', "server-response", false},
                                        {'T', "timeout", true},
                                        {'U', "user-agent", true},
                                        {'c', "continue", false},
                                        {'Y', "proxy", true},
                                        {'\0', "spider", false},
                                        {'\0', "post-data", true},
                                        {'\0', "header", true}}) {}

protected:
    std::optional<int> step(sim::Io& io) override {
        switch (std::exchange(phase_, Phase::Wait)) {
            case Phase::Begin: return begin(io);
            case Phase::Resolve: return resolve(io);
            case Phase::Connect: return connect(io);
            case Phase::Receive: return receive(io);
            case Phase::Wait: break;
        }
        return fail(io, "download timed out");
    }

private:
    enum class Phase { Begin, Resolve, Connect, Receive, Wait } phase_ = Phase::Begin;

    bool quiet() const { return arguments_.has("q"); }
    void say(sim::Io& io, const std::string& text) const {
        if (!quiet()) io.err(text);
    }

    std::optional<int> begin(sim::Io& io) {
        if (!arguments_.problem().empty() || arguments_.operands().empty()) {
            if (!arguments_.problem().empty()) (void)fail(io, arguments_.problem());
            io.err(kWgetUsage);
            return 1;
        }
        if (arguments_.has("c")) return fail(io, "-c is not simulated: downloads begin anew");
        if (arguments_.has("Y") && arguments_.value("Y") != "off")
            return fail(io, "proxies are not simulated");
        if (const std::optional<std::string> text = arguments_.value("T")) {
            const std::optional<std::int64_t> seconds = shell::whole_number(*text);
            if (!seconds || *seconds > 1'000'000) return fail(io, "invalid number '" + *text + "'");
            if (*seconds > 0) patience_ = sim::seconds(*seconds);
        }
        return begin_url(arguments_.operands()[at_]);
    }
    std::optional<int> begin_url(const std::string& text) {
        url_ = parse_url(text);
        phase_ = Phase::Resolve;
        return std::nullopt;
    }

    std::optional<int> resolve(sim::Io& io) {
        if (url_.scheme == "https") return fail(io, "https is not simulated: nothing here speaks TLS");
        if (url_.scheme != "http") return fail(io, "not an http or ftp url: " + url_.text());
        if (!url_.problem.empty()) return fail(io, "bad address '" + url_.authority() + "'");
        address_ = place_.resolve(url_.host);
        wait(address_.waited);
        phase_ = Phase::Connect;
        return std::nullopt;
    }

    std::optional<int> connect(sim::Io& io) {
        if (address_.address.empty()) return fail(io, "bad address '" + url_.authority() + "'");
        say(io, fmt::format("Connecting to {} ({}:{})\n", url_.authority(), address_.address, url_.port));
        HttpRequest request;
        request.target = url_.target;
        request.host = url_.authority();
        request.port = url_.port;
        request.agent = arguments_.value("U").value_or("Wget");
        for (const std::string& header : arguments_.all_values("header")) {
            const std::size_t colon = header.find(':');
            if (colon == std::string::npos) return fail(io, "header without a colon: '" + header + "'");
            const std::size_t start = header.find_first_not_of(' ', colon + 1);
            request.headers.emplace_back(header.substr(0, colon),
                                         start == std::string::npos ? "" : header.substr(start));
        }
        if (const std::optional<std::string> data = arguments_.value("post-data")) {
            request.method = "POST";
            request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
            request.body = *data;
        } else if (arguments_.has("spider")) {
            request.method = "HEAD";
        }
        request.headers.emplace_back("Connection", "close");
        method_ = request.method;
        outcome_ = place_.call(address_.address, std::move(request));
        if (outcome_.waited >= patience_) {
            wait(patience_);
            return std::nullopt;
        }
        wait(outcome_.waited);
        phase_ = Phase::Receive;
        return std::nullopt;
    }

    std::optional<int> receive(sim::Io& io) {
        if (outcome_.dial != Dial::Connected) {
            return fail(io, fmt::format("can't connect to remote host ({}): {}", address_.address,
                                        place_.error_text(outcome_.dial)));
        }
        if (!outcome_.response) return fail(io, "error getting response");
        const HttpResponse& response = *outcome_.response;
        const std::string head = head_of(response, method_);
        if (arguments_.has("S")) show_head(io, head);
        const std::string_view location = header_of(response, "location");
        if (response.status >= 300 && response.status < 400 && !location.empty()) {
            if (++hops_ > kMostHops) return fail(io, "too many redirections");
            return begin_url(url_.joined(location));
        }
        if (response.status >= 300) {
            return fail(io, "server returned error: " + head.substr(0, head.find('\r')));
        }
        if (arguments_.has("spider")) {
            say(io, "remote file exists\n");
        } else if (!save(io, response.body)) {
            return 1;
        }
        hops_ = 0;
        if (++at_ == arguments_.operands().size()) return 0;
        return begin_url(arguments_.operands()[at_]);
    }

    static void show_head(sim::Io& io, std::string_view head) {
        while (head.size() > 2) {
            const std::size_t end = head.find("\r\n");
            io.err("  " + std::string(head.substr(0, end)) + "\n");
            head.remove_prefix(end + 2);
        }
    }

    bool save(sim::Io& io, const std::string& body) {
        const std::optional<std::string> named = arguments_.value("O");
        std::string name = named.value_or(parse_url(arguments_.operands()[at_]).file_name());
        if (name.empty()) name = "index.html";
        const bool output = name == "-";
        const std::string path = sim::resolve(invocation_.directory, name);
        std::string problem;
        if (!named && invocation_.files->stat(path).ok()) problem = "File exists";
        if (!output && problem.empty()) problem = write_file(path, body);
        if (!problem.empty()) {
            (void)fail(io, "can't open '" + name + "': " + problem);
            return false;
        }
        say(io, output ? "writing to stdout\n" : "saving to '" + name + "'\n");
        if (output) io.out(body);
        show_progress(io, name, static_cast<std::int64_t>(body.size()));
        say(io, output ? "written to stdout\n" : "'" + name + "' saved\n");
        return true;
    }

    void show_progress(sim::Io& io, const std::string& name, std::int64_t bytes) const {
        std::int64_t shown = bytes;
        std::size_t unit = 0;
        for (; shown >= 100'000; ++unit) shown /= 1024;
        const std::size_t width = static_cast<std::size_t>(std::max(io.columns() - 48, 1));
        const std::string file = name.substr(name.rfind('/') + 1);
        say(io, fmt::format("\r{:<20.20} 100% |{}|{:>6}{} 0:00:00 ETA\n", file, std::string(width, '*'),
                            shown, " kMGT"[unit]));
    }

    shell::Arguments arguments_;
    std::size_t at_ = 0;  // of the URLs
    Url url_{};
    HostAddress address_{};
    HttpOutcome outcome_{};
    std::string method_{};
    sim::Duration patience_ = kWgetPatience;
    int hops_ = 0;
};

}  // namespace

std::unique_ptr<sim::Process> start_wget(const sim::Invocation& invocation, const Place& place) {
    return std::make_unique<Wget>(invocation, place);
}

}  // namespace kubetab::runtime
