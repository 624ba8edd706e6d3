#include "engine/kubectl/commands/log_printing.h"

#include <utility>

namespace kubetab::kubectl {
namespace {

// A log grows without a write to the API server, so it is looked at again after this time.
constexpr sim::Duration kFollowInterval = sim::milliseconds(200);

}  // namespace

LogPrinter::LogPrinter(Context& context, std::vector<LogTarget> targets, LogPrinting printing)
    : context_(context), targets_(std::move(targets)), printing_(std::move(printing)) {}

sim::Poll LogPrinter::poll(sim::Io& io) {
    if (!started_) {
        started_ = true;
        if (const base::Result<void> printed = start(); !printed) {
            io.err(error_text({printed.error()}));
            return sim::Poll::done(1);
        }
    }
    std::vector<Followed> going;
    for (Followed& followed : followed_) {
        print(followed.target, followed.stream->take());
        if (!followed.stream->ended()) going.push_back(std::move(followed));
    }
    followed_ = std::move(going);
    if (interrupted_) return sim::Poll::done(kInterrupted);
    if (followed_.empty()) return sim::Poll::done(0);
    return sim::Poll::change(io.now() + kFollowInterval);
}

base::Result<void> LogPrinter::start() {
    for (const LogTarget& target : targets_) {
        const base::Result<void> done = printing_.follow ? follow_one(target) : print_one(target);
        if (done) continue;
        if (!printing_.ignore_errors) return done.error();
        context_.out("error: " + done.error().message + "\n");
    }
    return {};
}

base::Result<void> LogPrinter::print_one(const LogTarget& target) {
    print(target, TRY(send_raw(context_, request(target))));
    return {};
}

base::Result<void> LogPrinter::follow_one(const LogTarget& target) {
    client::Response refusal;
    std::unique_ptr<client::LogStream> stream = context_.transport.follow_log(request(target), refusal);
    if (stream == nullptr) return status_of(refusal);
    followed_.push_back({target, std::move(stream)});
    return {};
}

client::Request LogPrinter::request(const LogTarget& target) const {
    QueryParameters query = printing_.query;
    query.emplace_back("container", target.container);
    if (printing_.follow) query.emplace_back("follow", "true");
    return make_request(context_, "GET", target.path, std::move(query));
}

void LogPrinter::print(const LogTarget& target, const std::string& text) {
    if (!printing_.prefix) return context_.out(text);
    const std::string prefix = "[pod/" + target.pod + "/" + target.container + "] ";
    std::size_t start = 0;
    while (start < text.size()) {
        const std::size_t newline = text.find('\n', start);
        const std::size_t end = newline == std::string::npos ? text.size() : newline + 1;
        context_.out(prefix + text.substr(start, end - start));
        start = end;
    }
}

}  // namespace kubetab::kubectl
