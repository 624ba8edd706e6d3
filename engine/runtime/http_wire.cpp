#include "engine/runtime/http_wire.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "engine/base/words.h"

namespace kubetab::runtime {
namespace {

using base::words::lower;
using base::words::trim;

constexpr std::string_view kEnd = "\r\n";

bool is_token(std::string_view text) {
    constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || kOthers.find(c) != std::string_view::npos;
    });
}

std::optional<std::size_t> number_in(std::string_view text, int base) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// "GET", "/", "HTTP/1.1"; of a response "HTTP/1.1", "404", "Not Found".
std::array<std::string_view, 3> three_words(std::string_view line) {
    const std::size_t first = std::min(line.find(' '), line.size());
    const std::size_t second = std::min(line.find(' ', first + 1), line.size());
    return {line.substr(0, first), line.substr(std::min(first + 1, line.size()), second - first - 1),
            line.substr(std::min(second + 1, line.size()))};
}

bool is_version(std::string_view text) {
    return text == "HTTP/1.1" || text == "HTTP/1.0";
}

bool has_body(std::int32_t status) {
    return status >= 200 && status != 204 && status != 304;
}

bool is_about_framing(std::string_view name) {
    return name == "content-length" || name == "transfer-encoding" || name == "connection";
}

void add_header(std::string& text, std::string_view name, std::string_view value) {
    text.append(name).append(": ").append(value).append(kEnd);
}

}  // namespace

void HttpReader::feed(std::string_view bytes) {
    if (problem_ == 0) unread_ += bytes;
}

void HttpReader::finish() {
    finished_ = true;
}

bool HttpReader::refuse(std::int32_t status) {
    problem_ = status;
    keeps_alive_ = false;
    unread_.clear();
    read_ = 0;
    return false;
}

void HttpReader::begin_message() {
    state_ = State::Head;
    head_size_ = 0;
    first_.clear();
    headers_.clear();
    body_.clear();
    unread_.erase(0, read_);
    read_ = 0;
}

std::string_view HttpReader::header(std::string_view name) const {
    for (const auto& [key, value] : headers_) {
        if (lower(key) == name) return value;
    }
    return {};
}

// A line without its end; nothing when it is not whole yet.
std::optional<std::string_view> HttpReader::take_line() {
    const std::size_t end = unread_.find('\n', read_);
    const std::size_t size = (end == std::string::npos ? unread_.size() : end + 1) - read_;
    if (head_size_ + size > kHeadLimit) refuse(of_ == Of::Requests ? 431 : 502);
    if (problem_ != 0 || end == std::string::npos) return std::nullopt;
    head_size_ += size;
    std::string_view line = std::string_view(unread_).substr(read_, size - 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    read_ += size;
    return line;
}

bool HttpReader::advance(std::string_view method) {
    while (problem_ == 0 && state_ != State::Whole) {
        if (!step(method)) break;
    }
    return state_ == State::Whole;
}

// False when nothing more can be done with what has come.
bool HttpReader::step(std::string_view method) {
    switch (state_) {
        case State::Head: return take_head(method);
        case State::Sized: return take_body(left_, State::Whole);
        case State::ChunkSize: return take_chunk_size();
        case State::Chunk: return take_body(left_, State::ChunkEnd);
        case State::ChunkEnd: {
            const std::optional<std::string_view> line = take_line();
            if (line && !line->empty()) return refuse(400);
            head_size_ = 0;
            state_ = line ? State::ChunkSize : state_;
            return line.has_value();
        }
        case State::Trailers: {
            const std::optional<std::string_view> line = take_line();
            if (line && line->empty()) state_ = State::Whole;
            return line.has_value();
        }
        case State::UntilEnd: {
            const bool more = take_body(unread_.size() - read_, State::UntilEnd);
            if (finished_ && problem_ == 0) state_ = State::Whole;
            return more && finished_;
        }
        case State::Whole: return false;
    }
    return false;
}

bool HttpReader::take_head(std::string_view method) {
    const std::optional<std::string_view> line = take_line();
    if (!line) return false;
    if (first_.empty()) {
        first_ = *line;  // Empty lines before a request are passed over.
        const auto [one, two, three] = three_words(first_);
        const bool request = is_token(one) && !two.empty() && is_version(three);
        const bool response = is_version(one) && number_in(two, 10).value_or(0) >= 100;
        return first_.empty() || (of_ == Of::Requests ? request : response) || refuse(400);
    }
    if (line->empty()) begin_body(method);
    else read_header(*line);
    return problem_ == 0;
}

void HttpReader::read_header(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
        refuse(400);
        return;
    }
    headers_.emplace_back(line.substr(0, colon), trim(line.substr(colon + 1)));
}

// How the body ends. upstream: RFC 9112 section 6.3
void HttpReader::begin_body(std::string_view method) {
    const auto [one, two, three] = three_words(first_);
    const bool request = of_ == Of::Requests;
    const std::string connection = lower(header("connection"));
    keeps_alive_ = (request ? three : one) == "HTTP/1.1" ? connection != "close" : connection == "keep-alive";
    const auto status = request ? 200 : static_cast<std::int32_t>(number_in(two, 10).value_or(0));
    state_ = State::Whole;
    if (!has_body(status) || (!request && method == "HEAD")) return;
    const std::string coding = lower(header("transfer-encoding"));
    const std::string_view length = header("content-length");
    if (!coding.empty()) {
        if (coding != "chunked") refuse(request ? 501 : 502);
        head_size_ = 0;
        state_ = State::ChunkSize;
    } else if (!length.empty()) {
        const std::optional<std::size_t> size = number_in(length, 10);
        if (!size) refuse(400);
        left_ = size.value_or(0);
        state_ = State::Sized;
    } else if (!request) {
        keeps_alive_ = false;
        state_ = State::UntilEnd;
    }
}

bool HttpReader::take_chunk_size() {
    const std::optional<std::string_view> line = take_line();
    if (!line) return false;
    const std::optional<std::size_t> size = number_in(trim(line->substr(0, line->find(';'))), 16);
    if (!size) return refuse(400);
    left_ = *size;
    head_size_ = 0;
    state_ = left_ == 0 ? State::Trailers : State::Chunk;
    return true;
}

bool HttpReader::take_body(std::size_t size, State then) {
    if (size > kBodyLimit || body_.size() + size > kBodyLimit) return refuse(of_ == Of::Requests ? 413 : 502);
    const std::size_t taken = std::min(size, unread_.size() - read_);
    body_.append(unread_, read_, taken);
    unread_.erase(0, read_ + taken);
    read_ = 0;
    left_ = size - taken;
    if (left_ == 0) state_ = then;
    return left_ == 0;
}

std::optional<HttpRequest> HttpReader::next_request() {
    if (!advance({})) return std::nullopt;
    HttpRequest request;
    const auto [method, target, version] = three_words(first_);
    request.method = method;
    request.target = target;
    for (auto& [key, value] : headers_) {
        const std::string name = lower(key);
        if (name == "host") request.host = value;
        else if (name == "user-agent") request.agent = value;
        else if (!is_about_framing(name)) request.headers.emplace_back(std::move(key), std::move(value));
    }
    request.body = std::move(body_);
    // A proxy's form of the target.
    if (request.target.starts_with("http://")) {
        const std::size_t path = request.target.find('/', 7);
        request.target = path == std::string::npos ? "/" : request.target.substr(path);
    }
    begin_message();
    return request;
}

std::optional<HttpResponse> HttpReader::next_response(std::string_view method) {
    if (!advance(method)) return std::nullopt;
    HttpResponse response;
    response.status = static_cast<std::int32_t>(number_in(three_words(first_)[1], 10).value_or(0));
    response.content_type.clear();
    for (auto& [key, value] : headers_) {
        const std::string name = lower(key);
        if (name == "content-type") response.content_type = value;
        else if (!is_about_framing(name)) response.headers.emplace_back(std::move(key), std::move(value));
    }
    response.body = std::move(body_);
    begin_message();
    // What is only on the way is not the answer.
    return response.status < 200 ? next_response(method) : response;
}

std::string http_bytes(const HttpRequest& request) {
    std::string text =
        request.method + " " + (request.target.empty() ? "/" : request.target) + " HTTP/1.1\r\n";
    add_header(text, "Host", request.host);
    if (!request.agent.empty()) add_header(text, "User-Agent", request.agent);
    for (const auto& [name, value] : request.headers) add_header(text, name, value);
    const bool sends = request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
    if (sends || !request.body.empty())
        add_header(text, "Content-Length", std::to_string(request.body.size()));
    return text.append(kEnd).append(request.body);
}

std::string http_bytes(const HttpResponse& response, std::string_view method, bool keeps_alive) {
    std::string text = "HTTP/1.1 " + std::to_string(response.status) + " ";
    text.append(http_reason(response.status)).append(kEnd);
    for (const auto& [name, value] : response.headers) add_header(text, name, value);
    const bool body = has_body(response.status);
    if (!response.content_type.empty() && body) add_header(text, "Content-Type", response.content_type);
    if (body) add_header(text, "Content-Length", std::to_string(response.body.size()));
    if (!keeps_alive) add_header(text, "Connection", "close");
    text += kEnd;
    if (body && method != "HEAD") text += response.body;
    return text;
}

std::optional<HttpResponse> http_over(sim::ByteStream& connection, const HttpRequest& request) {
    connection.write(http_bytes(request));
    HttpReader reader(HttpReader::Of::Responses);
    while (true) {
        const std::string bytes = connection.read();
        reader.feed(bytes);
        if (bytes.empty() && connection.ended()) reader.finish();
        std::optional<HttpResponse> response = reader.next_response(request.method);
        if (response || bytes.empty()) return response;
    }
}

}  // namespace kubetab::runtime
