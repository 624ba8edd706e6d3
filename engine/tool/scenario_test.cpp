// kubetab scenario: runs transcripts and compares what they print.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "engine/session/script_session.h"
#include "engine/tool/scenario.h"
#include "engine/tool/scenario_names.h"
#include "engine/tool/tool.h"

namespace kubetab::tool {
namespace {

namespace files = std::filesystem;

using Lines = std::vector<std::string>;
using Kind = ScenarioStep::Kind;

constexpr sim::Duration kLongestCommand = sim::hours(2);

struct Report {
    int line = 0;
    std::string what{};
    Lines details{};
};

// The differing lines with one line around them: "-" was expected, "+" was printed.
Lines difference(const Lines& expected, const Lines& actual) {
    const std::size_t rows = expected.size();
    const std::size_t columns = actual.size();
    std::vector<Lines::size_type> common((rows + 1) * (columns + 1), 0);
    const auto at = [&](std::size_t i, std::size_t j) -> Lines::size_type& {
        return common[i * (columns + 1) + j];
    };
    for (std::size_t i = rows; i-- > 0;) {
        for (std::size_t j = columns; j-- > 0;) {
            at(i, j) = expected[i] == actual[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
        }
    }
    Lines all;
    for (std::size_t i = 0, j = 0; i < rows || j < columns;) {
        if (i < rows && j < columns && expected[i] == actual[j]) {
            all.push_back("  " + expected[i++]);
            ++j;
        } else if (i < rows && (j == columns || at(i + 1, j) >= at(i, j + 1))) {
            all.push_back("- " + expected[i++]);
        } else {
            all.push_back("+ " + actual[j++]);
        }
    }
    Lines result;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool near = (i > 0 && all[i - 1][0] != ' ') || (i + 1 < all.size() && all[i + 1][0] != ' ');
        if (all[i][0] != ' ' || near) result.push_back(all[i]);
    }
    return result;
}

class Run {
public:
    Run(Scenario& scenario, files::path folder)
        : scenario_(scenario), folder_(std::move(folder)), session_(scenario.cluster) {
        session_.merge_errors_into_output(true);
        // Ctrl+C ends the command, not the shell that reads the transcript.
        session_.run("trap : INT");
    }

    // Runs everything; what was printed takes the place of what was expected.
    std::vector<Report> run() {
        for (ScenarioStep& step : scenario_.steps) {
            switch (step.kind) {
                case Kind::Comment: break;
                case Kind::File: put(step, step.text, step.content); break;
                case Kind::Apply: apply(step); break;
                case Kind::Run: session_.advance(step.duration); break;
                case Kind::Settle:
                    if (!session_.settle(step.duration)) report(step, "it did not settle", {});
                    break;
                case Kind::Command: command(step); break;
            }
        }
        return std::move(reports_);
    }

private:
    void report(const ScenarioStep& step, std::string what, Lines details) {
        reports_.push_back({step.line, std::move(what), std::move(details)});
    }

    void put(const ScenarioStep& step, const std::string& name, std::string_view content) {
        const auto done =
            session_.workstation().files().put(std::string(session::kHome) + "/" + name, content);
        if (!done) report(step, done.error().message, {});
    }

    // A file of the transcript, or one that lies beside it.
    void apply(const ScenarioStep& step) {
        const files::path beside = folder_ / step.text;
        if (std::ifstream file(beside, std::ios::binary); file) {
            put(step, step.text, std::string(std::istreambuf_iterator<char>(file), {}));
        }
        const int code = session_.run("kubectl apply -f '" + step.text + "'", kLongestCommand);
        const Lines printed = output_lines(session_.take_output());
        if (code != 0) report(step, "apply " + step.text + " failed", printed);
    }

    void command(ScenarioStep& step) {
        names_.learn(session_.cluster().store());
        const sim::Duration limit = step.duration.ns > 0 ? step.duration : kLongestCommand;
        const int code = session_.run(names_.reveal(step.text), limit);
        names_.learn(session_.cluster().store());
        Lines actual = output_lines(names_.hide(session_.take_output()));
        if (session_.cut_off()) {
            actual.emplace_back("^C");
        } else if (code != 0) {
            actual.push_back("[exit " + std::to_string(code) + "]");
        }
        if (actual == step.expected) return;
        report(step, "$ " + step.text.substr(0, step.text.find('\n')), difference(step.expected, actual));
        step.expected = std::move(actual);
    }

    Scenario& scenario_;
    files::path folder_;
    session::ScriptSession session_;
    ScenarioNames names_{};
    std::vector<Report> reports_{};
};

void print(const std::string& path, const std::vector<Report>& reports) {
    for (const Report& report : reports) {
        std::printf("%s:%d: %s\n", path.c_str(), report.line, report.what.c_str());
        for (const std::string& line : report.details) std::printf("    %s\n", line.c_str());
    }
}

enum class Mode { Compare, Update };

bool run_file(const std::string& path, Mode mode) {
    const std::optional<std::string> text = read_input(path);
    if (!text) return false;
    base::Result<Scenario> scenario = parse_scenario(*text);
    if (!scenario.ok()) {
        std::printf("%s: FAIL: %s\n", path.c_str(), scenario.error().message.c_str());
        return false;
    }
    // Named before it runs, so that a crash says where.
    std::printf("%s: ", path.c_str());
    std::fflush(stdout);
    const std::vector<Report> reports = Run(*scenario, files::path(path).parent_path()).run();
    std::puts(reports.empty() ? "ok" : (mode == Mode::Update ? "changed" : "FAIL"));
    print(path, reports);
    if (reports.empty()) return true;
    if (mode == Mode::Compare) return false;
    std::ofstream(path, std::ios::binary) << write_scenario(*scenario);
    return true;
}

// Scenarios below a folder, ordered; or the file itself.
Lines scenarios_at(const std::string& path) {
    if (!files::is_directory(path)) return {path};
    Lines found;
    for (const auto& entry : files::recursive_directory_iterator(path)) {
        if (entry.path().extension() == ".scenario") found.push_back(entry.path().generic_string());
    }
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace

int test_scenarios(const std::vector<std::string>& words) {
    Mode mode = Mode::Compare;
    Lines paths;
    for (const std::string& word : words) {
        if (word == "--update") {
            mode = Mode::Update;
        } else if (word.starts_with("-")) {
            std::fputs("kubetab: scenario [--update] [PATH…]\n", stderr);
            return 2;
        } else {
            paths.push_back(word);
        }
    }
    if (paths.empty()) paths.emplace_back("tests/scenarios");
    int passed = 0;
    int failed = 0;
    for (const std::string& path : paths) {
        for (const std::string& file : scenarios_at(path)) ++(run_file(file, mode) ? passed : failed);
    }
    std::printf("%d passed, %d failed\n", passed, failed);
    return failed == 0 && passed > 0 ? 0 : 1;
}

}  // namespace kubetab::tool
