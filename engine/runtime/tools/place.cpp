#include "engine/runtime/tools/place.h"

#include <algorithm>

#include "engine/runtime/container.h"
#include "engine/runtime/container_files.h"
#include "engine/runtime/http_wire.h"

namespace kubetab::runtime {
namespace {

constexpr std::string_view kBadPort =
    "URL rejected: Port number was not a decimal number between 0 and 65535";

std::vector<std::string> words_of(std::string_view line) {
    std::vector<std::string> words(1);
    for (const char c : line) {
        if (c != ' ' && c != '\t') {
            words.back() += c;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

std::string lowered(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

}  // namespace

Place place_of(const sim::Invocation& invocation) {
    const Container* container = ContainerFiles::container_of(invocation.files);
    if (container == nullptr) return {};
    const std::string& image = container->config().image->repository;
    const bool musl = container->config().image->tools == Tools::Busybox && !image.ends_with("/busybox");
    return {container->network(), container, nullptr, musl, name_servers(invocation), hosts_of(invocation)};
}

HostAddress Place::resolve(std::string_view name) const {
    if (is_address(name)) return {std::string(name), DnsAnswer::Code::Found, {}};
    if (ports != nullptr && name == "localhost") return {"127.0.0.1", DnsAnswer::Code::Found, {}};
    for (const auto& [host, address] : hosts) {
        if (host == name) return {address, DnsAnswer::Code::Found, {}};
    }
    if (network == nullptr) return {"", DnsAnswer::Code::Silent, {}};
    HostAddress found;
    for (const std::string& candidate : servers.candidates(name)) {
        const DnsAnswer answer = network->ask(from, servers.server, candidate, RecordType::A);
        found.code = answer.code;
        found.waited = found.waited + answer.waited;
        for (const DnsRecord& record : answer.records) {
            if (record.type == RecordType::A && found.address.empty()) found.address = record.value;
        }
        if (!found.address.empty() || answer.code == DnsAnswer::Code::Silent) break;
    }
    return found;
}

Hosts hosts_of(const sim::Invocation& invocation) {
    Hosts hosts;
    const base::Result<std::string> text = invocation.files->read("/etc/hosts");
    if (!text.ok()) return hosts;
    std::string_view rest = text.value();
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::vector<std::string> words = words_of(rest.substr(0, end).substr(0, rest.find('#')));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        for (std::size_t i = 1; i < words.size(); ++i) {
            if (is_address(words[0])) hosts.emplace_back(words[i], words[0]);
        }
    }
    return hosts;
}

HttpOutcome Place::call(std::string_view address, HttpRequest request) const {
    if (is_own(address)) {
        const std::unique_ptr<sim::ByteStream> stream = ports->connect(request.port);
        if (stream == nullptr) return {Dial::Refused, std::nullopt, {}};
        return {Dial::Connected, http_over(*stream, request), {}};
    }
    if (network == nullptr) return {Dial::NoRoute, std::nullopt, {}};
    return network->call(from, address, std::move(request));
}

Dial Place::dial(std::string_view address, std::int32_t port) const {
    if (is_own(address)) return ports->listens(port) ? Dial::Connected : Dial::Refused;
    return network == nullptr ? Dial::NoRoute : network->dial(from, address, port);
}

std::string_view Place::error_text(Dial dial) const {
    if (dial == Dial::NoRoute && network == nullptr)
        return musl ? "Network unreachable" : "Network is unreachable";
    switch (dial) {
        case Dial::Connected: return "";
        case Dial::Refused: return "Connection refused";
        case Dial::NoRoute: return musl ? "Host is unreachable" : "No route to host";
        case Dial::TimedOut: return musl ? "Operation timed out" : "Connection timed out";
    }
    return "";
}

NameServers name_servers(const sim::Invocation& invocation) {
    NameServers servers;
    const base::Result<std::string> text = invocation.files->read("/etc/resolv.conf");
    if (!text.ok()) return servers;
    std::string_view rest = text.value();
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::vector<std::string> words = words_of(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (words.size() < 2) continue;
        if (words[0] == "nameserver" && servers.server.empty()) servers.server = words[1];
        if (words[0] == "search") servers.search.assign(words.begin() + 1, words.end());
        if (words[0] != "options") continue;
        for (const std::string& word : words) {
            if (word.starts_with("ndots:"))
                servers.ndots = shell::whole_number(std::string_view(word).substr(6)).value_or(1);
        }
    }
    return servers;
}

std::vector<std::string> NameServers::candidates(std::string_view name) const {
    if (name.ends_with('.')) return {without_dot(name)};
    std::vector<std::string> names;
    for (const std::string& domain : search) names.push_back(std::string(name) + "." + domain);
    const bool last = std::count(name.begin(), name.end(), '.') < ndots;
    names.insert(last ? names.end() : names.begin(), std::string(name));
    return names;
}

Url parse_url(std::string_view text) {
    Url url;
    if (const std::size_t at = text.find("://"); at != std::string_view::npos) {
        url.scheme = lowered(text.substr(0, at));
        text.remove_prefix(at + 3);
    }
    if (text.find(' ') != std::string_view::npos) {
        url.problem = "URL rejected: Malformed input to a URL function";
        return url;
    }
    text = text.substr(0, text.find('#'));
    const std::size_t path = std::min(text.find_first_of("/?"), text.size());
    std::string_view host = text.substr(0, path);
    if (path < text.size()) url.target = (text[path] == '?' ? "/" : "") + std::string(text.substr(path));
    if (const std::size_t at = host.rfind('@'); at != std::string_view::npos) {
        url.user = host.substr(0, at);
        host.remove_prefix(at + 1);
    }
    url.port = url.scheme == "https" ? 443 : 80;
    if (const std::size_t colon = host.rfind(':'); colon != std::string_view::npos && !host.ends_with(']')) {
        const std::optional<std::int64_t> port = shell::whole_number(host.substr(colon + 1));
        if (colon + 1 < host.size() && (!port || *port > 65535)) url.problem = kBadPort;
        url.says_port = port.has_value();
        if (port && url.problem.empty()) url.port = static_cast<std::int32_t>(*port);
        host = host.substr(0, colon);
    }
    url.host = host;
    if (host.empty() && url.problem.empty()) url.problem = "URL rejected: No host part in the URL";
    return url;
}

std::string Url::file_name() const {
    const std::string path = target.substr(0, target.find('?'));
    return path.substr(path.rfind('/') + 1);
}

std::string Url::joined(std::string_view location) const {
    if (location.find("://") != std::string_view::npos) return std::string(location);
    const std::string start = scheme + "://" + authority();
    if (location.starts_with('/')) return start + std::string(location);
    const std::string path = target.substr(0, target.find('?'));
    return start + path.substr(0, path.rfind('/') + 1) + std::string(location);
}

bool is_address(std::string_view text) {
    std::int64_t parts = 0;
    while (true) {
        const std::size_t dot = text.find('.');
        const std::string_view part = text.substr(0, dot);
        const std::optional<std::int64_t> number = shell::whole_number(part);
        if (!number || part.size() > 3 || *number > 255) return false;
        ++parts;
        if (dot == std::string_view::npos) return parts == 4;
        text.remove_prefix(dot + 1);
    }
}

std::string reverse_name(std::string_view address) {
    std::string result;
    while (true) {
        const std::size_t dot = address.rfind('.');
        result += std::string(address.substr(dot == std::string_view::npos ? 0 : dot + 1)) + ".";
        if (dot == std::string_view::npos) return result + "in-addr.arpa";
        address = address.substr(0, dot);
    }
}

std::string without_dot(std::string_view name) {
    if (name.ends_with('.')) name.remove_suffix(1);
    return std::string(name);
}

std::string head_of(const HttpResponse& response, std::string_view method) {
    const std::string bytes = http_bytes(response, method, true);
    return bytes.substr(0, bytes.find("\r\n\r\n") + 4);
}

std::string_view header_of(const HttpResponse& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (lowered(key) == name) return value;
    }
    return {};
}

std::optional<sim::Duration> seconds_of(std::string_view text) {
    const std::size_t dot = text.find('.');
    const std::optional<std::int64_t> whole = shell::whole_number(dot == 0 ? "0" : text.substr(0, dot));
    if (!whole || *whole > 1'000'000) return std::nullopt;
    if (dot == std::string_view::npos) return sim::seconds(*whole);
    const std::string decimals = (std::string(text.substr(dot + 1)) + "000").substr(0, 3);
    const std::optional<std::int64_t> milliseconds = shell::whole_number(decimals);
    if (!milliseconds) return std::nullopt;
    return sim::seconds(*whole) + sim::milliseconds(*milliseconds);
}

sim::Poll NetworkTool::poll(sim::Io& io) {
    if (interrupted_) return sim::Poll::done(on_interrupt(io));
    while (io.now() >= next_) {
        const std::optional<int> code = step(io);
        if (code) return sim::Poll::done(*code);
        if (pause_.ns > 0) next_ = io.now() + pause_;
        pause_ = {};
    }
    return sim::Poll::until(next_);
}

int NetworkTool::fail(sim::Io& io, std::string_view message, int code) const {
    io.err(invocation_.words[0] + ": " + std::string(message) + "\n");
    return code;
}

std::string NetworkTool::write_file(std::string_view path, std::string_view text) const {
    if (path == "/dev/null") return {};
    const base::Result<void> written =
        invocation_.files->write(sim::resolve(invocation_.directory, path), text);
    return written.ok() ? std::string() : written.error().message;
}

}  // namespace kubetab::runtime
