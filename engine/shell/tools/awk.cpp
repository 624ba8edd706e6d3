#include <utility>

#include "engine/shell/tools/awk_run.h"
#include "engine/shell/tools/escapes.h"
#include "engine/shell/tools/tool.h"
#include "engine/shell/tools/tools.h"

namespace kubetab::shell {

namespace {

class Awk : public LineFilter {
public:
    Awk(const sim::Invocation& invocation, std::vector<std::string> files, std::vector<AwkRule> rules,
        AwkMachine machine)
        : LineFilter(invocation, std::move(files)), rules_(std::move(rules)), machine_(std::move(machine)) {}

protected:
    bool wants_input() const override {
        for (const AwkRule& rule : rules_) {
            if (rule.when != AwkRule::When::Begin) return !exited_;
        }
        return false;
    }

    bool line(sim::Io& io, std::string_view text) override {
        if (!begin(io)) return false;
        if (text.ends_with('\n')) text.remove_suffix(1);
        machine_.count_line();
        machine_.set("FILENAME", AwkValue::of_text(file() == "-" ? "" : file()));
        machine_.set_line(std::string(text));
        for (AwkRule& rule : rules_) {
            if (rule.when != AwkRule::When::Line || !applies(rule)) continue;
            if (!rule.action) {
                machine_.print_line();
                continue;
            }
            const AwkMachine::Flow flow = machine_.run(*rule.action);
            if (flow == AwkMachine::Flow::Exit) exited_ = true;
            if (flow == AwkMachine::Flow::Next || flow == AwkMachine::Flow::Exit) break;
        }
        io.out(machine_.take_output());
        return !exited_ && machine_.problem().empty();
    }

    int end(sim::Io& io, bool failed) override {
        begin(io);
        for (const AwkRule& rule : rules_) {
            if (rule.when == AwkRule::When::End && machine_.problem().empty()) machine_.run(*rule.action);
        }
        io.out(machine_.take_output());
        if (!machine_.problem().empty()) {
            io.err("awk: " + machine_.problem() + "\n");
            return 2;
        }
        return failed ? 2 : machine_.exit_code();
    }

private:
    bool begin(sim::Io& io) {
        if (std::exchange(begun_, true)) return !exited_;
        for (const AwkRule& rule : rules_) {
            if (rule.when == AwkRule::When::Begin && !exited_)
                exited_ = machine_.run(*rule.action) == AwkMachine::Flow::Exit;
        }
        io.out(machine_.take_output());
        return !exited_;
    }

    bool applies(AwkRule& rule) {
        if (!rule.pattern) return true;
        if (!rule.last) return machine_.matches(*rule.pattern);
        if (!rule.inside && !machine_.matches(*rule.pattern)) return false;
        rule.inside = !machine_.matches(*rule.last);
        return true;
    }

    std::vector<AwkRule> rules_;
    AwkMachine machine_;
    bool begun_ = false;
    bool exited_ = false;
};

std::unique_ptr<sim::Process> start_awk(const sim::Invocation& invocation) {
    const Arguments arguments(
        invocation.words, {{'F', "field-separator", true}, {'v', "assign", true}, {'f', "file", true}}, true);
    if (!arguments.problem().empty()) return refuse(invocation, arguments.problem());
    std::vector<std::string> files = arguments.operands();
    std::string text;
    if (arguments.has("f")) {
        const auto program =
            invocation.files->read(sim::resolve(invocation.directory, *arguments.value("f")));
        if (!program.ok()) return refuse(invocation, *arguments.value("f") + ": " + program.error().message);
        text = *program;
    } else if (files.empty()) {
        return refuse(invocation, "usage: awk [-F SEPARATOR] [-v NAME=VALUE] PROGRAM [FILE]...");
    } else {
        text = files.front();
        files.erase(files.begin());
    }
    base::Result<std::vector<AwkRule>> rules = parse_awk(text);
    if (!rules.ok()) return refuse(invocation, rules.error().message);
    AwkMachine machine;
    bool stopped = false;
    if (arguments.has("F")) {
        std::string separator = unescape(*arguments.value("F"), EscapeStyle::Printf, stopped);
        if (separator == "t") separator = "\t";
        machine.set("FS", AwkValue::of_text(separator));
    }
    for (const std::string& assignment : arguments.all_values("v")) {
        const std::size_t equals = assignment.find('=');
        if (equals == std::string::npos) return refuse(invocation, "-v needs NAME=VALUE");
        machine.set(assignment.substr(0, equals), AwkValue::of_input(unescape(assignment.substr(equals + 1),
                                                                              EscapeStyle::Printf, stopped)));
    }
    return std::make_unique<Awk>(invocation, std::move(files), std::move(*rules), std::move(machine));
}

}  // namespace

void add_awk_tool(CommandTable& table) {
    table.add(make_tool("awk", "work on the fields of lines", start_awk));
}

}  // namespace kubetab::shell
