// Printing container logs: of several containers one after the other, or followed side by side.
//
// upstream: kubectl/pkg/cmd/logs/logs.go sequentialConsumeRequest, parallelConsumeRequest
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/kubectl/command.h"
#include "engine/kubectl/rest.h"

namespace kubetab::kubectl {

// One container's log.
struct LogTarget {
    std::string path{};  // of the pod's log
    std::string pod{};
    std::string container{};
};

struct LogPrinting {
    QueryParameters query{};  // what every request carries besides the container
    bool follow = false;
    bool prefix = false;         // "[pod/web/nginx] " before each line
    bool ignore_errors = false;  // a container whose log cannot be had does not end the command
};

class LogPrinter : public sim::Process {
public:
    LogPrinter(Context& context, std::vector<LogTarget> targets, LogPrinting printing);
    sim::Poll poll(sim::Io& io) override;
    void interrupt() override { interrupted_ = true; }

private:
    struct Followed {
        LogTarget target{};
        std::unique_ptr<client::LogStream> stream{};
    };

    base::Result<void> start();
    base::Result<void> print_one(const LogTarget& target);
    base::Result<void> follow_one(const LogTarget& target);
    void print(const LogTarget& target, const std::string& text);
    client::Request request(const LogTarget& target) const;

    Context& context_;
    std::vector<LogTarget> targets_;
    LogPrinting printing_;
    std::vector<Followed> followed_{};
    bool started_ = false;
    bool interrupted_ = false;
};

}  // namespace kubetab::kubectl
