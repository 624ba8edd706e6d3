#include <utility>

#include "engine/shell/tools/civil_time.h"
#include "engine/shell/tools/tool.h"
#include "engine/shell/tools/tools.h"

namespace kubetab::shell {

namespace {

class Sleep : public sim::Process {
public:
    explicit Sleep(sim::Duration duration) : duration_(duration) {}
    sim::Poll poll(sim::Io& io) override {
        if (!end_) end_ = io.now() + duration_;
        return io.now() >= *end_ ? sim::Poll::done(0) : sim::Poll::until(*end_);
    }

private:
    sim::Duration duration_;
    std::optional<sim::Instant> end_{};
};

// 5, 0.5, 2m, 1h, infinity
std::optional<sim::Duration> duration_in(std::string_view text) {
    if (text == "infinity" || text == "inf") return sim::hours(24 * 36'500);
    std::int64_t unit = 1'000'000'000;
    if (!text.empty() && std::string_view("smhd").find(text.back()) != std::string_view::npos) {
        if (text.back() == 'm') unit *= 60;
        if (text.back() == 'h') unit *= 3'600;
        if (text.back() == 'd') unit *= 86'400;
        text.remove_suffix(1);
    }
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view fraction = point == std::string_view::npos ? "" : text.substr(point + 1);
    if (whole.size() > 7 || fraction.size() > 9 || whole.size() + fraction.size() == 0) return std::nullopt;
    const std::optional<std::int64_t> seconds = whole.empty() ? 0 : whole_number(whole);
    const std::optional<std::int64_t> parts = fraction.empty() ? 0 : whole_number(fraction);
    if (!seconds || !parts) return std::nullopt;
    std::int64_t divisor = 1;
    for (std::size_t i = 0; i < fraction.size(); ++i) divisor *= 10;
    return sim::nanoseconds(*seconds * unit + *parts * (unit / divisor));
}

std::unique_ptr<sim::Process> start_sleep(const sim::Invocation& invocation) {
    sim::Duration total{};
    for (std::size_t i = 1; i < invocation.words.size(); ++i) {
        const std::string& word = invocation.words[i];
        const std::optional<sim::Duration> one = duration_in(word);
        if (!one) return refuse(invocation, "invalid time interval '" + word + "'", 1);
        total = total + *one;
    }
    if (invocation.words.size() < 2) return refuse(invocation, "missing operand", 1);
    return std::make_unique<Sleep>(total);
}

int date(const Arguments& arguments, const sim::Invocation&, sim::Io& io) {
    std::string format = "%a %b %e %H:%M:%S UTC %Y";
    if (arguments.has("R")) format = "%a, %d %b %Y %H:%M:%S +0000";
    if (arguments.has("I")) format = "%Y-%m-%d";
    for (const std::string& operand : arguments.operands()) {
        if (!operand.starts_with('+')) {
            io.err("date: the clock cannot be set here\n");
            return 1;
        }
        format = operand.substr(1);
    }
    const std::optional<std::string> text = format_time(io.now(), format);
    if (!text) {
        io.err("date: the format '" + format + "' has a conversion that is not supported\n");
        return 1;
    }
    io.out(*text + "\n");
    return 0;
}

}  // namespace

void add_time_tools(CommandTable& table) {
    table.add(make_tool("sleep", "wait", start_sleep));
    table.add(make_simple_tool("date", "print the time", {{'u', "utc"}, {'R', "rfc-email"}, {'I'}}, date));
}

}  // namespace kubetab::shell
