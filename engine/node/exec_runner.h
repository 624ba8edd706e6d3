// ExecRunner: commands that the kubelet itself runs in containers: exec probes and lifecycle hooks. Their
// output is kept up to a limit; a run that takes too long is given up.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/node/node_context.h"

namespace kubetab::node {

enum class ExecPurpose : std::uint8_t { Probe, PostStart, PreStop };

struct ExecOutcome {
    ExecPurpose purpose = ExecPurpose::Probe;
    std::int64_t target = 0;  // probe or container, by number
    int exit_code = 0;
    bool timed_out = false;
    std::string output{};       // both streams
    std::string errors{};       // the second one alone
    std::string start_error{};  // "" unless the command could not be started
};

class ExecRunner {
public:
    explicit ExecRunner(NodeContext& context);
    ~ExecRunner();

    struct Request {
        ExecPurpose purpose = ExecPurpose::Probe;
        std::int64_t target = 0;
        std::vector<std::string> command{};
        sim::Duration timeout{};
    };
    // The outcome at once, or nullopt: then Timer::Exec comes for the run and proceed() gives it later.
    std::optional<ExecOutcome> run(runtime::Container& container, const Request& request);
    std::optional<ExecOutcome> proceed(std::int64_t run);
    // Gives up everything, as after a power cut.
    void clear();

private:
    class Capture;
    struct Run;
    std::optional<ExecOutcome> poll(std::int64_t number, Run& run);

    NodeContext& context_;
    std::int64_t last_run_ = 0;
    std::map<std::int64_t, std::unique_ptr<Run>> runs_;
};

}  // namespace kubetab::node
