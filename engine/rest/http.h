// HttpRequest and HttpResponse: one exchange of HTTP as plain values, so that what it means can be tested
// without a network.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kubetab::rest {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
    std::string method = "GET";
    std::string target = "/";  // path and query, still encoded
    Headers headers{};
    std::string body{};
};

struct HttpResponse {
    int code = 200;
    Headers headers{};
    std::string body{};
};

// The first header of that name, in whatever case it is written; "" when there is none.
std::string header(const Headers& headers, std::string_view name);
// All of them, in order.
std::vector<std::string> all_headers(const Headers& headers, std::string_view name);

bool equal_ignoring_case(std::string_view a, std::string_view b);
// Without blanks at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace kubetab::rest
