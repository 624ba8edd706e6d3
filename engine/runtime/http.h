// One HTTP exchange, as a program in a container sees it: complete at once, without a connection.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kubetab::runtime {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
    std::string method = "GET";
    std::string target = "/";  // path and query, as in the request line
    std::string host{};        // Host header
    HttpHeaders headers{};
    std::string body{};
    std::string remote{};  // "10.244.1.1:41234"
    std::int32_t port = 80;
    std::string agent{};  // User-Agent

    std::string_view path() const { return std::string_view(target).substr(0, target.find('?')); }
    // The value of a query parameter, as it stands; "" when absent.
    std::string_view query(std::string_view name) const;
    std::string_view header(std::string_view name) const;
};

struct HttpResponse {
    std::int32_t status = 200;
    std::string content_type = "text/plain; charset=utf-8";
    HttpHeaders headers{};
    std::string body{};

    static HttpResponse text(std::int32_t status, std::string body) {
        return {status, "text/plain; charset=utf-8", {}, std::move(body)};
    }
    static HttpResponse html(std::int32_t status, std::string body) {
        return {status, "text/html", {}, std::move(body)};
    }
    static HttpResponse json(std::int32_t status, std::string body) {
        return {status, "application/json", {}, std::move(body)};
    }
};

// "Not Found" for 404.
std::string_view http_reason(std::int32_t status);

}  // namespace kubetab::runtime
