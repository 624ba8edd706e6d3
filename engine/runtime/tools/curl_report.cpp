#include "engine/runtime/tools/curl_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace kubetab::runtime {
namespace {

// Five columns. upstream: src/tool_progress.c and lib/progress.c [max5data]
std::string amount(std::int64_t bytes) {
    if (bytes < 100'000) return fmt::format("{:>5}", bytes);
    if (bytes < 10'000 * 1024) return fmt::format("{:>4}k", bytes / 1024);
    return fmt::format("{:>4}M", bytes / (1024 * 1024));
}

std::string row(const Transfer& transfer, bool done) {
    const std::int64_t total = done ? transfer.received + transfer.sent : 0;
    const std::int64_t microseconds = std::max<std::int64_t>(transfer.taken.ns / 1000, 1000);
    const auto speed = [&](std::int64_t bytes) {
        return amount(done ? bytes * 1'000'000 / microseconds : 0);
    };
    const auto percent = [](std::int64_t bytes) { return bytes > 0 ? 100 : 0; };
    const std::int64_t received = done ? transfer.received : 0;
    const std::int64_t sent = done ? transfer.sent : 0;
    const std::int64_t seconds = done ? transfer.taken.whole_seconds() : 0;
    const std::string spent =
        seconds == 0 ? "--:--:--"
                     : fmt::format("{:>2}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    return fmt::format("\r{:>3} {}  {:>3} {}  {:>3} {}  {} {} --:--:-- {} --:--:-- {}", percent(total),
                       amount(total), percent(received), amount(received), percent(sent), amount(sent),
                       speed(received) + " ", speed(sent), spent, speed(total));
}

std::string seconds_text(sim::Duration taken) {
    const std::int64_t microseconds = taken.ns / 1000;
    return fmt::format("{}.{:06}", microseconds / 1'000'000, microseconds % 1'000'000);
}

std::optional<std::string> variable_text(std::string_view name, const Transfer& transfer) {
    if (name == "http_code" || name == "response_code") return fmt::format("{:03}", transfer.status);
    if (name == "size_download") return std::to_string(transfer.received);
    if (name == "size_upload") return std::to_string(transfer.sent);
    if (name == "size_header") return std::to_string(transfer.head_bytes);
    if (name == "time_total") return seconds_text(transfer.taken);
    if (name == "url" || name == "url_effective") return transfer.url;
    if (name == "remote_ip") return transfer.address;
    if (name == "remote_port") return std::to_string(transfer.address.empty() ? 0 : transfer.port);
    if (name == "content_type") return transfer.content_type;
    if (name == "method") return transfer.method;
    if (name == "num_redirects") return std::to_string(transfer.redirects);
    if (name == "redirect_url") return transfer.redirect;
    if (name == "http_version") return transfer.status == 0 ? "0" : "1.1";
    if (name == "scheme") return transfer.status == 0 ? "" : "http";
    if (name == "exitcode") return std::to_string(transfer.exit_code);
    if (name == "errormsg") return transfer.error;
    return std::nullopt;
}

char escaped(char c) {
    return c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : '\0';
}

}  // namespace

std::string progress_meter(const Transfer& transfer) {
    return "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n"
           "                                 Dload  Upload   Total   Spent    Left  Speed\n" +
           row(transfer, false) + row(transfer, true) + "\n";
}

std::string write_out(std::string_view format, const Transfer& transfer, std::string& problems) {
    std::string text;
    for (std::size_t i = 0; i < format.size(); ++i) {
        const char next = i + 1 < format.size() ? format[i + 1] : '\0';
        const std::size_t end = next == '{' ? format.find('}', i) : std::string_view::npos;
        if (format[i] == '\\' && next != '\0') {
            if (escaped(next) == '\0') text += '\\';
            text += escaped(next) == '\0' ? next : escaped(next);
            ++i;
        } else if (format[i] == '%' && next == '%') {
            text += '%';
            ++i;
        } else if (format[i] == '%' && end != std::string_view::npos) {
            const std::string_view name = format.substr(i + 2, end - i - 2);
            const std::optional<std::string> value = variable_text(name, transfer);
            text += value.value_or("");
            if (!value) problems += fmt::format("curl: unknown --write-out variable: '{}'\n", name);
            i = end;
        } else {
            text += format[i];
        }
    }
    return text;
}

}  // namespace kubetab::runtime
