// Scenario: a transcript of a shell over virtual time, with what it must print. tests/scenarios/README.md
// describes the format.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/status.h"
#include "engine/cluster/cluster_spec.h"
#include "engine/sim/time.h"

namespace kubetab::tool {

struct ScenarioStep {
    enum class Kind { Comment, File, Apply, Run, Settle, Command };
    Kind kind = Kind::Comment;
    int line = 0;                         // in the scenario, from 1
    std::vector<std::string> source{};    // the lines that are not output, as they are written
    std::string text{};                   // shell lines; or the name of a file
    std::string content{};                // of File
    sim::Duration duration{};             // Run: how long; Settle: at most; Command: until Ctrl+C, 0 is never
    std::vector<std::string> expected{};  // what the command prints, without blank lines at the end
    int blank_lines_after = 0;
};

struct Scenario {
    cluster::ClusterSpec cluster{};
    std::vector<ScenarioStep> steps{};
};

// Errors say the line.
base::Result<Scenario> parse_scenario(std::string_view text);
// The lines of what was printed, as `expected` holds them.
std::vector<std::string> output_lines(std::string_view output);
// The text of a scenario; parse_scenario(write_scenario(s)) gives s.
std::string write_scenario(const Scenario& scenario);

}  // namespace kubetab::tool
