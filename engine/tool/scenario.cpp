#include "engine/tool/scenario.h"

#include <charconv>
#include <optional>

namespace kubetab::tool {
namespace {

using base::Result;
using Kind = ScenarioStep::Kind;

constexpr std::string_view kIndent = "    ";
constexpr sim::Duration kLongest = sim::hours(1000);

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return lines;
}

std::string_view first_word(std::string_view line) {
    return line.substr(0, line.find(' '));
}

// True for a line that is not output.
bool is_directive(std::string_view line) {
    static constexpr std::string_view kWords[] = {"$", ">", "#", "^C", "run", "apply", "file", "cluster"};
    for (const std::string_view word : kWords) {
        if (first_word(line) == word) return true;
    }
    return line.starts_with("#");
}

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || number < 0)
        return std::nullopt;
    return number;
}

// "250ms", "10s", "5m", "2h", "1m30s"
std::optional<sim::Duration> duration_of(std::string_view text) {
    sim::Duration sum{};
    if (text.empty()) return std::nullopt;
    while (!text.empty()) {
        const std::size_t digits = text.find_first_not_of("0123456789");
        if (digits == std::string_view::npos || digits > 9) return std::nullopt;
        const std::optional<std::int64_t> number = number_of(text.substr(0, digits));
        text = text.substr(digits);
        const std::string_view unit = text.substr(0, text.find_first_of("0123456789"));
        text = text.substr(unit.size());
        if (!number) return std::nullopt;
        if (unit == "ms") {
            sum = sum + sim::milliseconds(*number);
        } else if (unit == "s") {
            sum = sum + sim::seconds(*number);
        } else if (unit == "m") {
            sum = sum + sim::minutes(*number);
        } else if (unit == "h") {
            sum = sum + sim::hours(*number);
        } else {
            return std::nullopt;
        }
        if (sum > kLongest) return std::nullopt;
    }
    return sum;
}

class Parser {
public:
    explicit Parser(std::string_view text) : lines_(lines_of(text)) {}

    Result<Scenario> parse() {
        while (at_ < lines_.size()) TRY(parse_step());
        return std::move(scenario_);
    }

private:
    base::Status wrong(const std::string& what) const {
        return base::failure(base::Reason::BadRequest, "line " + std::to_string(at_ + 1) + ": " + what);
    }
    ScenarioStep& add(Kind kind) {
        ScenarioStep& step = scenario_.steps.emplace_back();
        step.kind = kind;
        step.line = static_cast<int>(at_) + 1;
        step.source.emplace_back(lines_[at_]);
        return step;
    }

    Result<void> parse_step() {
        const std::string_view line = lines_[at_];
        const std::string_view word = first_word(line);
        const std::string_view rest =
            word.size() < line.size() ? line.substr(word.size() + 1) : std::string_view();
        if (line.empty() || line.starts_with("#")) {
            add(Kind::Comment);
            ++at_;
            return {};
        }
        if (word == "cluster") return parse_cluster(rest);
        if (word == "file") return parse_file(rest);
        if (word == "run") return parse_run(rest);
        if (word == "$") return parse_command(rest);
        if (word != "apply") return wrong("must begin with $, run, apply, file, cluster or #");
        if (rest.empty()) return wrong("apply needs a file");
        add(Kind::Apply).text = rest;
        ++at_;
        return {};
    }

    Result<void> parse_cluster(std::string_view rest) {
        for (const ScenarioStep& step : scenario_.steps) {
            if (step.kind != Kind::Comment) return wrong("cluster must come first");
        }
        add(Kind::Comment);
        while (!rest.empty()) {
            const std::string_view option = first_word(rest);
            rest = option.size() < rest.size() ? rest.substr(option.size() + 1) : std::string_view();
            const std::size_t equals = option.find('=');
            const std::string_view name = option.substr(0, equals);
            const std::string_view value = equals == std::string_view::npos ? "" : option.substr(equals + 1);
            const std::optional<std::int64_t> number = number_of(value);
            if (name == "nodes" && number && *number <= 1000) {
                scenario_.cluster.nodes = static_cast<int>(*number);
            } else if (name == "seed" && number) {
                scenario_.cluster.seed = static_cast<std::uint64_t>(*number);
            } else if (name == "system-pods" && (value == "yes" || value == "no")) {
                scenario_.cluster.system_pods = value == "yes";
            } else if (name == "hollow-nodes" && (value == "yes" || value == "no")) {
                scenario_.cluster.hollow_nodes = value == "yes";
            } else if (name == "apis") {
                const Result<api::ServedApis> apis = api::read_apis(value);
                if (!apis.ok()) return wrong("apis: " + apis.error().message);
                scenario_.cluster.apis = *apis;
            } else if (name == "cloud") {
                const Result<api::CloudChoice> cloud = api::read_cloud(value);
                if (!cloud.ok()) return wrong("cloud: " + cloud.error().message);
                scenario_.cluster.cloud = *cloud;
            } else if (name == "admission") {
                scenario_.cluster.admission = TRY(server::AdmissionChoice::parse(value));
            } else {
                return wrong(
                    "cluster takes nodes=N, seed=N, system-pods=no, hollow-nodes=yes, apis=2017, "
                    "cloud=yes or MIN:MAX, and admission=-NAME");
            }
        }
        ++at_;
        return {};
    }

    Result<void> parse_file(std::string_view name) {
        if (name.empty() || name.find_first_of(" /") != std::string_view::npos)
            return wrong("file needs a name");
        ScenarioStep& step = add(Kind::File);
        step.text = name;
        for (++at_; at_ < lines_.size(); ++at_) {
            const std::string_view line = lines_[at_];
            const bool inside =
                line.empty() && at_ + 1 < lines_.size() && lines_[at_ + 1].starts_with(kIndent);
            if (!inside && !line.starts_with(kIndent)) break;
            step.source.emplace_back(line);
            step.content += line.empty() ? line : line.substr(kIndent.size());
            step.content += '\n';
        }
        if (step.content.empty()) return wrong("the text of a file follows, indented by four spaces");
        return {};
    }

    Result<void> parse_run(std::string_view rest) {
        constexpr std::string_view kUntil = "until settled, at most ";
        const bool settle = rest.starts_with(kUntil);
        const std::optional<sim::Duration> duration = duration_of(settle ? rest.substr(kUntil.size()) : rest);
        if (!duration) return wrong("write `run 10s` or `run until settled, at most 10s`");
        add(settle ? Kind::Settle : Kind::Run).duration = *duration;
        ++at_;
        return {};
    }

    Result<void> parse_command(std::string_view rest) {
        ScenarioStep& step = add(Kind::Command);
        step.text = rest;
        for (++at_; at_ < lines_.size() && first_word(lines_[at_]) == ">"; ++at_) {
            step.source.emplace_back(lines_[at_]);
            step.text += '\n';
            step.text += lines_[at_].size() > 2 ? lines_[at_].substr(2) : std::string_view();
        }
        constexpr std::string_view kInterrupt = "^C after ";
        if (at_ < lines_.size() && first_word(lines_[at_]) == "^C") {
            const bool after = lines_[at_].starts_with(kInterrupt);
            const std::optional<sim::Duration> duration =
                after ? duration_of(lines_[at_].substr(kInterrupt.size())) : std::nullopt;
            if (!duration || duration->ns == 0) return wrong("write `^C after 10s`");
            step.duration = *duration;
            step.source.emplace_back(lines_[at_++]);
        }
        for (; at_ < lines_.size() && !is_directive(lines_[at_]); ++at_) {
            const std::string_view line = lines_[at_];
            step.expected.emplace_back(line.starts_with("\\") ? line.substr(1) : line);
        }
        while (!step.expected.empty() && step.expected.back().empty()) {
            step.expected.pop_back();
            ++step.blank_lines_after;
        }
        return {};
    }

    std::vector<std::string_view> lines_;
    std::size_t at_ = 0;
    Scenario scenario_{};
};

}  // namespace

Result<Scenario> parse_scenario(std::string_view text) {
    return Parser(text).parse();
}

std::vector<std::string> output_lines(std::string_view output) {
    std::vector<std::string> lines;
    for (const std::string_view line : lines_of(output)) lines.emplace_back(line);
    while (!lines.empty() && lines.back().empty()) lines.pop_back();
    return lines;
}

std::string write_scenario(const Scenario& scenario) {
    std::string text;
    for (const ScenarioStep& step : scenario.steps) {
        for (const std::string& line : step.source) text += line + "\n";
        for (const std::string& line : step.expected) {
            if (is_directive(line) || line.starts_with("\\")) text += '\\';
            text += line + "\n";
        }
        text.append(static_cast<std::size_t>(step.blank_lines_after), '\n');
    }
    return text;
}

}  // namespace kubetab::tool
