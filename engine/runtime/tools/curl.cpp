// curl 8.11. upstream: curl src/tool_operate.c, lib/connect.c
//
// differs: https is refused, because no program of a simulated cluster speaks TLS; so is what needs a proxy.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "engine/base/base64.h"
#include "engine/runtime/http_wire.h"
#include "engine/runtime/tools/curl_report.h"
#include "engine/runtime/tools/tools.h"

namespace kubetab::runtime {
namespace {

using Option = shell::Arguments::Option;

constexpr std::string_view kVersion = "8.11.1";
constexpr std::string_view kTryHelp = "curl: try 'curl --help' or 'curl --manual' for more information\n";
constexpr std::string_view kCurlHelp =
    "Usage: curl [options...] <url>\n"
    " -d, --data <data>           HTTP POST data\n"
    " -f, --fail                  Fail fast with no output on HTTP errors\n"
    " -h, --help <subject>        Get help for commands\n"
    " -i, --include               Include response headers in output\n"
    " -o, --output <file>         Write to file instead of stdout\n"
    " -O, --remote-name           Write output to file named as remote file\n"
    " -s, --silent                Silent mode\n"
    " -u, --user <user:password>  Server user and password\n"
    " -A, --user-agent <name>     Send User-Agent <name> to server\n"
    " -v, --verbose               Make the operation more talkative\n"
    " -V, --version               Show version number and quit\n";
constexpr int kMostRedirects = 50;

// -d and --data-binary go into one body in their order, so both are options with letters of their own.
const std::vector<Option>& curl_options() {
    // clang-format off
    static const std::vector<Option> options = {
        {'s', "silent", false}, {'S', "show-error", false}, {'f', "fail", false}, {'v', "verbose", false},
        {'i', "include", false}, {'I', "head", false}, {'o', "output", true}, {'O', "remote-name", false},
        {'X', "request", true}, {'d', "data", true}, {'\0', "data-binary", true}, {'\0', "data-raw", true},
        {'\0', "data-ascii", true}, {'\0', "json", true}, {'G', "get", false}, {'H', "header", true},
        {'A', "user-agent", true}, {'u', "user", true}, {'L', "location", false}, {'k', "insecure", false},
        {'m', "max-time", true}, {'\0', "connect-timeout", true}, {'w', "write-out", true},
        {'\0', "retry", true}, {'\0', "retry-delay", true}, {'\0', "retry-connrefused", false},
        {'\0', "retry-all-errors", false}, {'x', "proxy", true}, {'h', "help", false}, {'V', "version", false},
        {'\0', "url", true}, {'4', "ipv4", false}, {'N', "no-buffer", false}, {'#', "progress-bar", false},
        {'\0', "http1.1", false}, {'\0', "no-progress-meter", false}, {'\0', "fail-with-body", false},
    };
    // clang-format on
    return options;
}

// The words of curl for what Arguments says.
std::string problem_text(std::string_view problem) {
    const std::size_t first = problem.find('\'');
    const std::size_t last = problem.rfind('\'');
    const std::string option(problem.substr(first + 1, last - first - 1));
    const bool lacks = problem.ends_with("requires a value");
    return "option " + option + (lacks ? ": requires parameter" : ": is unknown");
}

class Curl final : public NetworkTool {
public:
    Curl(const sim::Invocation& invocation, const Place& place)
        : NetworkTool(invocation, place), arguments_(invocation.words, curl_options()) {}

protected:
    std::optional<int> step(sim::Io& io) override {
        switch (phase_) {
            case Phase::Begin: return begin(io);
            case Phase::Resolve: return resolve();
            case Phase::Connect: return connect(io);
            case Phase::Receive: return receive(io);
            case Phase::Retry: break;
        }
        return begin_transfer(io);
    }

private:
    enum class Phase { Begin, Resolve, Connect, Receive, Retry } phase_ = Phase::Begin;

    bool has(std::string_view option) const { return arguments_.has(option); }
    void verbose(sim::Io& io, const std::string& line) const {
        if (has("v")) io.err("* " + line + "\n");
    }

    int usage(sim::Io& io, std::string_view message) const {
        (void)fail(io, message);
        io.err(kTryHelp);
        return 2;
    }

    std::optional<int> begin(sim::Io& io) {
        if (!arguments_.problem().empty()) return usage(io, problem_text(arguments_.problem()));
        if (has("h") || has("V")) {
            io.out(has("h") ? std::string(kCurlHelp)
                            : fmt::format("curl {} (x86_64-pc-linux-gnu)\nProtocols: http\n", kVersion));
            return 0;
        }
        if (has("x")) return fail(io, "option -x: proxies are not simulated", 2);
        urls_ = arguments_.all_values("url");
        urls_.insert(urls_.end(), arguments_.operands().begin(), arguments_.operands().end());
        if (urls_.empty()) return usage(io, "(2) no URL specified");
        for (const auto& [name, limit] :
             {std::pair("m", &longest_), std::pair("connect-timeout", &patience_)}) {
            const std::optional<std::string> text = arguments_.value(name);
            if (!text) continue;
            const std::optional<sim::Duration> duration = seconds_of(*text);
            const std::string dashes = name == std::string_view("m") ? "-" : "--";
            if (!duration)
                return usage(io, "option " + dashes + name + ": expected a proper numerical parameter");
            if (duration->ns > 0) *limit = *duration;
        }
        for (const auto& [name, number] :
             {std::pair("retry", &retries_), std::pair("retry-delay", &delay_)}) {
            const std::optional<std::string> text = arguments_.value(name);
            if (!text) continue;
            const std::optional<std::int64_t> value = shell::whole_number(*text);
            if (!value || *value > 100'000)
                return usage(io, fmt::format("option --{}: expected a proper numerical parameter", name));
            *number = *value;
        }
        if (const std::optional<int> code = read_data(io)) return code;
        retries_left_ = retries_;
        return begin_transfer(io);
    }

    // The body of -d and its relatives, joined with "&".
    std::optional<int> read_data(sim::Io& io) {
        for (const std::string& given : arguments_.given()) {
            const bool strips = given == "d" || given == "data-ascii";
            if (!strips && given != "data-binary" && given != "data-raw" && given != "json") continue;
            const std::string text = arguments_.all_values(given)[data_taken_[given]++];
            if (sends_ && given != "json") body_ += '&';
            sends_ = true;
            if (!text.starts_with('@') || given == "data-raw") {
                body_ += text;
                continue;
            }
            if (text == "@-") return fail(io, "option -" + given + ": @- is not simulated, name a file", 2);
            const std::string path = sim::resolve(invocation_.directory, std::string_view(text).substr(1));
            const base::Result<std::string> read = invocation_.files->read(path);
            if (!read.ok()) {
                (void)fail(io, "Failed to open " + text.substr(1));
                (void)usage(io, "option " + std::string(given.size() == 1 ? "-" : "--") + given +
                                    ": error encountered when reading a file");
                return 26;
            }
            for (const char c : read.value()) {
                if (!strips || (c != '\n' && c != '\r' && c != '\0')) body_ += c;
            }
        }
        return std::nullopt;
    }

    std::optional<int> begin_transfer(sim::Io& io) {
        transfer_ = {};
        began_ = io.now();
        return begin_url(urls_[at_]);
    }
    std::optional<int> begin_url(const std::string& text) {
        url_ = parse_url(text);
        transfer_.url = text.find("://") == std::string::npos ? url_.text() : text;
        phase_ = Phase::Resolve;
        return std::nullopt;
    }

    std::optional<int> resolve() {
        phase_ = Phase::Connect;
        if (!url_.problem.empty() || url_.scheme != "http") return std::nullopt;
        address_ = place_.resolve(url_.host);
        wait(std::min({address_.waited, patience_, longest_}));
        return std::nullopt;
    }

    // Gives up on this URL.
    std::optional<int> give_up(sim::Io& io, int code, const std::string& message) {
        transfer_.exit_code = code;
        transfer_.error = message;
        return end_transfer(io, nullptr);
    }

    std::int64_t milliseconds(sim::Io& io) const { return (io.now() - began_).whole_milliseconds(); }

    std::optional<int> connect(sim::Io& io) {
        if (!url_.problem.empty()) return give_up(io, 3, std::string(url_.problem));
        if (url_.scheme == "https") return give_up(io, 4, "https is not simulated: nothing here speaks TLS");
        if (url_.scheme != "http") return give_up(io, 1, "Protocol \"" + url_.scheme + "\" not supported");
        const sim::Duration limit = std::min(patience_, longest_);
        if (address_.waited > limit) {
            return give_up(io, 28,
                           fmt::format("Resolving timed out after {} milliseconds", milliseconds(io)));
        }
        if (address_.address.empty()) return give_up(io, 6, "Could not resolve host: " + url_.host);
        if (!is_address(url_.host)) {
            verbose(io, fmt::format("Host {}:{} was resolved.", url_.host, url_.port));
            verbose(io, "IPv6: (none)");
            verbose(io, "IPv4: " + address_.address);
        }
        verbose(io, fmt::format("  Trying {}:{}...", address_.address, url_.port));
        outcome_ = place_.call(address_.address, request());
        phase_ = Phase::Receive;
        const sim::Duration left = limit_of_outcome() - (io.now() - began_);
        late_ = outcome_.waited > left;
        wait(late_ ? std::max(left, sim::Duration{}) : outcome_.waited);
        return std::nullopt;
    }
    // Once connected, only --max-time counts.
    sim::Duration limit_of_outcome() const {
        return outcome_.dial == Dial::Connected ? longest_ : std::min(patience_, longest_);
    }

    HttpRequest request() {
        HttpRequest request;
        request.method = has("I") ? "HEAD" : sends_ && !has("G") ? "POST" : "GET";
        request.method = arguments_.value("X").value_or(request.method);
        request.target = url_.target;
        request.host = url_.authority();
        request.port = url_.port;
        request.agent = arguments_.value("A").value_or("curl/" + std::string(kVersion));
        const std::string user = arguments_.value("u").value_or(url_.user);
        if (!user.empty())
            request.headers.emplace_back("Authorization", "Basic " + base::base64_encode(user));
        const bool json = has("json");
        add_default(request, "Accept", json ? "application/json" : "*/*");
        if (sends_ && has("G")) {
            request.target += (url_.target.find('?') == std::string::npos ? "?" : "&") + body_;
        } else if (sends_) {
            add_default(request, "Content-Type",
                        json ? "application/json" : "application/x-www-form-urlencoded");
            request.body = body_;
        }
        for (const std::string& text : arguments_.all_values("H")) take_header(request, text);
        transfer_.method = request.method;
        transfer_.sent = static_cast<std::int64_t>(request.body.size());
        sent_ = request;
        return request;
    }
    // Unless -H says otherwise.
    void add_default(HttpRequest& request, std::string_view name, std::string_view value) const {
        for (const std::string& text : arguments_.all_values("H")) {
            HttpRequest probe;
            probe.headers.emplace_back(text.substr(0, text.find(':')), "1");
            if (!probe.header(name).empty()) return;
        }
        request.headers.emplace_back(name, value);
    }
    static void take_header(HttpRequest& request, const std::string& text) {
        const std::size_t colon = text.find(':');
        const std::size_t start = colon == std::string::npos ? colon : text.find_first_not_of(' ', colon + 1);
        if (start == std::string::npos) return;  // "Accept:" leaves it out.
        HttpRequest probe;
        probe.headers.emplace_back(text.substr(0, colon), text.substr(start));
        if (!probe.header("host").empty()) {
            request.host = text.substr(start);
        } else if (!probe.header("user-agent").empty()) {
            request.agent = text.substr(start);
        } else {
            request.headers.push_back(probe.headers.front());
        }
    }

    std::optional<int> receive(sim::Io& io) {
        const bool connected = outcome_.dial == Dial::Connected;
        if (late_) {
            return give_up(
                io, 28,
                fmt::format("{} timed out after {} milliseconds{}", connected ? "Operation" : "Connection",
                            milliseconds(io), connected ? " with 0 bytes received" : ""));
        }
        if (!connected) {
            verbose(io, fmt::format("connect to {} port {} failed: {}", address_.address, url_.port,
                                    place_.error_text(outcome_.dial)));
            const std::string message =
                fmt::format("Failed to connect to {} port {} after {} ms: Couldn't connect to server",
                            url_.host, url_.port, milliseconds(io));
            verbose(io, message);
            verbose(io, "closing connection");
            return give_up(io, outcome_.dial == Dial::TimedOut ? 28 : 7, message);
        }
        transfer_.address = address_.address;
        transfer_.port = url_.port;
        verbose(io, fmt::format("Connected to {} ({}) port {}", url_.host, address_.address, url_.port));
        verbose(io, "using HTTP/1.x");
        show_lines(io, "> ", head_of_request());
        verbose(io, "Request completely sent off");
        if (!outcome_.response) {
            verbose(io, "Empty reply from server");
            verbose(io, "shutting down connection #0");
            return give_up(io, 52, "Empty reply from server");
        }
        return take_response(io, *outcome_.response);
    }

    std::string head_of_request() const {
        const std::string bytes = http_bytes(sent_);
        return bytes.substr(0, bytes.find("\r\n\r\n") + 4);
    }
    void show_lines(sim::Io& io, std::string_view mark, std::string_view head) const {
        while (has("v") && !head.empty()) {
            const std::size_t end = head.find("\r\n");
            io.err(std::string(mark) + std::string(head.substr(0, end)) + "\n");
            head.remove_prefix(end + 2);
        }
    }

    std::optional<int> take_response(sim::Io& io, const HttpResponse& response) {
        const std::string head = head_of(response, sent_.method);
        show_lines(io, "< ", head);
        transfer_.status = response.status;
        transfer_.content_type = response.content_type;
        transfer_.head_bytes += static_cast<std::int64_t>(head.size());
        if (has("i") || has("I")) output_ += head;
        const std::string_view location = header_of(response, "location");
        if (response.status >= 300 && response.status < 400 && !location.empty()) {
            const std::string next = url_.joined(location);
            if (has("L")) {
                if (++transfer_.redirects > kMostRedirects)
                    return give_up(io, 47, fmt::format("Maximum ({}) redirects followed", kMostRedirects));
                // A browser's habit that curl shares: what was posted is fetched from the new place.
                if (response.status <= 303 && !arguments_.value("X")) sends_ = false;
                verbose(io, "Issue another request to this URL: '" + next + "'");
                return begin_url(next);
            }
            transfer_.redirect = next;
        }
        const std::string error = fmt::format("The requested URL returned error: {}", response.status);
        if (has("f") && response.status >= 400) {
            verbose(io, error);
            return give_up(io, 22, error);
        }
        if (has("fail-with-body") && response.status >= 400) {
            transfer_.exit_code = 22;
            transfer_.error = error;
        }
        return end_transfer(io, &response);
    }

    bool passes() const {
        constexpr std::array kTransient = {408, 429, 500, 502, 503, 504};
        if (has("retry-all-errors") && transfer_.exit_code != 0) return false;
        if (transfer_.exit_code == 28 || (transfer_.exit_code == 7 && has("retry-connrefused"))) return false;
        return std::count(kTransient.begin(), kTransient.end(), transfer_.status) == 0;
    }

    // One URL is through, unless it is tried again.
    std::optional<int> end_transfer(sim::Io& io, const HttpResponse* response) {
        const bool body = response != nullptr && sent_.method != "HEAD";
        transfer_.taken = io.now() - began_;
        if (body) {
            output_ += response->body;
            transfer_.received = static_cast<std::int64_t>(response->body.size());
        }
        const std::optional<std::string> file = file_of(io);
        const bool meter = (file || !io.is_terminal()) && !has("s") && !has("no-progress-meter");
        if (meter && url_.problem.empty()) io.err(progress_meter(transfer_));
        if (retries_left_ > 0 && !passes()) return retry(io);
        if (response != nullptr) verbose(io, fmt::format("Connection #0 to host {} left intact", url_.host));
        if (file && (response != nullptr || !output_.empty())) {
            const std::string problem = write_file(*file, output_);
            if (!problem.empty()) {
                if (!has("s")) io.err("Warning: Failed to open the file " + *file + ": " + problem + "\n");
                transfer_.exit_code = 23;
                transfer_.error =
                    fmt::format("client returned ERROR on write, {} bytes of data lost", output_.size());
            }
        } else {
            io.out(output_);
        }
        output_.clear();
        if (transfer_.exit_code != 0 && (!has("s") || has("S")))
            (void)fail(io, fmt::format("({}) {}", transfer_.exit_code, transfer_.error));
        if (const std::optional<std::string> format = arguments_.value("w")) {
            std::string problems;
            io.out(write_out(*format, transfer_, problems));
            io.err(problems);
        }
        code_ = transfer_.exit_code;
        retries_left_ = retries_;
        tries_ = 0;
        if (++at_ == urls_.size()) return code_;
        phase_ = Phase::Retry;
        return std::nullopt;
    }

    // The file that this URL's body goes to: the n-th -o is for the n-th URL, -O for one that has none.
    std::optional<std::string> file_of(sim::Io& io) const {
        const std::vector<std::string>& names = arguments_.all_values("o");
        if (at_ < names.size()) return names[at_] == "-" ? std::nullopt : std::optional(names[at_]);
        if (!has("O")) return std::nullopt;
        const std::string name = parse_url(urls_[at_]).file_name();
        if (!name.empty()) return name;
        if (!has("s")) io.err("Warning: No remote filename, uses \"curl_response\"\n");
        return "curl_response";
    }

    std::optional<int> retry(sim::Io& io) {
        const std::string_view why = transfer_.exit_code == 28  ? "timeout"
                                     : transfer_.exit_code == 7 ? "connection refused"
                                     : transfer_.exit_code == 0 || transfer_.exit_code == 22
                                         ? "HTTP error"
                                         : "(retrying all errors)";
        const std::int64_t seconds =
            delay_ > 0 ? delay_ : std::min<std::int64_t>(std::int64_t{1} << tries_, 600);
        tries_ = std::min<std::int64_t>(tries_ + 1, 10);
        if (!has("s")) {
            if (transfer_.exit_code != 0)
                (void)fail(io, fmt::format("({}) {}", transfer_.exit_code, transfer_.error));
            io.err(fmt::format("Warning: Problem: {}. Will retry in {} second{}. {} retr{} left.\n", why,
                               seconds, seconds == 1 ? "" : "s", retries_left_,
                               retries_left_ == 1 ? "y" : "ies"));
        }
        --retries_left_;
        output_.clear();
        wait(sim::seconds(seconds));
        phase_ = Phase::Retry;
        return std::nullopt;
    }

    static constexpr sim::Duration kForEver = sim::hours(24 * 365);

    shell::Arguments arguments_;
    std::vector<std::string> urls_{};
    std::size_t at_ = 0;  // of the URLs
    sim::Duration longest_ = kForEver;
    sim::Duration patience_ = sim::seconds(300);
    std::int64_t retries_ = 0;
    std::int64_t retries_left_ = 0;
    std::int64_t tries_ = 0;
    std::int64_t delay_ = 0;
    std::string body_{};
    bool sends_ = false;
    std::map<std::string, std::size_t> data_taken_{};
    sim::Instant began_{};
    Url url_{};
    HostAddress address_{};
    HttpOutcome outcome_{};
    HttpRequest sent_{};
    bool late_ = false;
    Transfer transfer_{};
    std::string output_{};  // of the present URL
    int code_ = 0;
};

}  // namespace

std::unique_ptr<sim::Process> start_curl(const sim::Invocation& invocation, const Place& place) {
    return std::make_unique<Curl>(invocation, place);
}

}  // namespace kubetab::runtime
