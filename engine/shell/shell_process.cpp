#include "engine/shell/shell_process.h"

#include <utility>

#include "engine/shell/interpreter.h"
#include "engine/shell/make_interpreter.h"

namespace kubetab::shell {

std::unique_ptr<Interpreter> make_interpreter(const ShellOptions& options, std::shared_ptr<OuterIo> outer,
                                              Interaction interaction) {
    auto surroundings = std::make_shared<Surroundings>();
    surroundings->commands = options.commands;
    surroundings->files = options.files;
    surroundings->dialect = options.dialect;
    surroundings->interactive = interaction == Interaction::Interactive;
    surroundings->first_process = options.first_process;
    surroundings->depth = options.depth;
    surroundings->outer = outer;
    surroundings->last_process_id = options.first_process ? 1 : 1000 + 100 * options.depth;
    add_builtin_commands(surroundings->builtins);

    State state;
    for (const auto& [name, value] : options.environment) state.variables[name] = {value, true, false};
    state.variables["PWD"] = {options.directory, true, false};
    state.variables["SHLVL"] = {std::to_string(options.depth + 1), true, false};
    state.positional = options.arguments;
    state.name = options.name;
    state.directory = options.directory;
    state.process_id = surroundings->last_process_id;
    state.errexit = options.errexit;
    state.xtrace = options.xtrace;
    state.nounset = options.nounset;

    Descriptors descriptors;
    descriptors[0] = make_outer_stream(outer, OuterRole::Input);
    descriptors[1] = make_outer_stream(outer, OuterRole::Output);
    descriptors[2] = make_outer_stream(outer, OuterRole::Errors);
    return std::make_unique<Interpreter>(std::move(surroundings), std::move(state), std::move(descriptors),
                                         0);
}

ShellProcess::ShellProcess(ShellOptions options, Source source, std::string text)
    : options_(std::move(options)),
      source_(source),
      text_(std::move(text)),
      outer_(std::make_shared<OuterIo>()) {}

ShellProcess::~ShellProcess() = default;

void ShellProcess::interrupt() {
    if (interpreter_ && running_) {
        interpreter_->interrupt();
    } else {
        interrupted_ = true;
    }
}

bool ShellProcess::survives_interrupt() const {
    return true;
}

void ShellProcess::terminate() {
    if (interpreter_) interpreter_->terminate();
    if (interactive_ && !running_) return;  // An interactive shell ignores it.
    terminated_ = true;
}

sim::Poll ShellProcess::poll(sim::Io& io) {
    outer_->begin_poll(io);
    const sim::Poll result = poll_inside(io);
    outer_->end_poll();
    return result;
}

sim::Poll ShellProcess::poll_inside(sim::Io& io) {
    if (terminated_ && !running_ && !options_.first_process) return sim::Poll::done(143);
    if (!started_) {
        started_ = true;
        if (options_.depth >= kMaxDepth) {
            io.err(options_.name + ": shells are nested too deeply\n");
            return sim::Poll::done(1);
        }
        interactive_ = source_ == Source::Input && io.input_is_terminal();
        interpreter_ =
            make_interpreter(options_, outer_, interactive_ ? Interaction::Interactive : Interaction::Script);
        if (source_ == Source::Text) {
            interpreter_->start(std::exchange(text_, {}));
            running_ = true;
        }
    }
    while (true) {
        if (running_) {
            const sim::Poll waiting = interpreter_->poll(io.now());
            if (waiting.state == sim::Poll::State::Waiting) return waiting;
            running_ = false;
            // Ctrl+C ends a script, and only the command of an interactive shell.
            const bool over = source_ == Source::Text || interpreter_->exited();
            if (over && interpreter_->start_exit_trap()) {
                running_ = true;
                text_.clear();
                source_ = Source::Text;
                continue;
            }
            if (over) return sim::Poll::done(interpreter_->state().last_status);
        }
        sim::Poll waiting = sim::Poll::input();
        if (!read_input(io, waiting)) return waiting;
    }
}

// Begins the next command that standard input gives. False when there is none yet, or when it has ended.
bool ShellProcess::read_input(sim::Io& io, sim::Poll& waiting) {
    if (interrupted_) {
        interrupted_ = false;
        text_.clear();
        prompt_ = Prompt::None;
        if (interactive_) io.out("\n");
    }
    while (!start_from_input(io)) {
        if (input_ended_) {
            waiting = sim::Poll::done(interpreter_->state().last_status);
            if (!interpreter_->start_exit_trap()) return false;
            source_ = Source::Text;
            running_ = true;
            return true;
        }
        if (interactive_ && prompt_ == Prompt::None) {
            const std::string& directory = interpreter_->state().directory;
            io.out(text_.empty() ? directory + " # " : "> ");
            prompt_ = Prompt::First;
        }
        const std::optional<std::string> more = io.read();
        if (!more) return false;
        prompt_ = Prompt::None;
        if (more->empty()) input_ended_ = true;
        text_.append(*more);
    }
    return true;
}

// Takes one complete command off what has been read.
bool ShellProcess::start_from_input(sim::Io&) {
    if (text_.empty() || (!input_ended_ && !text_.ends_with('\n'))) return false;
    ParserOptions options;
    options.dialect = options_.dialect;
    options.end = input_ended_ ? TextEnd::Final : TextEnd::MayContinue;
    Parser parser(text_, options);
    NodePtr node;
    switch (parser.next(node)) {
        case Parser::Outcome::End: text_.clear(); return false;
        case Parser::Outcome::Incomplete: return false;
        case Parser::Outcome::Command: {
            const std::string command = text_.substr(0, parser.consumed());
            text_.erase(0, parser.consumed());
            interpreter_->start(command);  // Parsed again, with the aliases of this moment.
            break;
        }
        case Parser::Outcome::Error: interpreter_->start(std::exchange(text_, {})); break;
    }
    running_ = true;
    return true;
}

namespace {

class Refusal : public sim::Process {
public:
    Refusal(std::string message, int code) : message_(std::move(message)), code_(code) {}
    sim::Poll poll(sim::Io& io) override {
        io.err(message_ + "\n");
        return sim::Poll::done(code_);
    }

private:
    std::string message_;
    int code_;
};

class ShellCommand : public sim::Command {
public:
    ShellCommand(std::string name, const CommandTable& table, Dialect dialect)
        : name_(std::move(name)), table_(table), dialect_(dialect) {}
    std::string_view name() const override { return name_; }
    std::string_view summary() const override { return "run a shell, a script, or with -c a command line"; }
    std::unique_ptr<sim::Process> start(const sim::Invocation& invocation) override {
        ShellOptions options;
        options.commands = &table_;
        options.dialect = dialect_;
        options.name = name_;
        return start_shell(invocation, std::move(options));
    }

private:
    std::string name_;
    const CommandTable& table_;
    Dialect dialect_;
};

// The options of a shell, as far as -c.
std::string take_options(const std::vector<std::string>& words, std::size_t& at, ShellOptions& options,
                         bool& text) {
    for (; at < words.size() && words[at].size() > 1 && words[at][0] == '-'; ++at) {
        if (words[at] == "--") {
            ++at;
            break;
        }
        for (const char c : words[at].substr(1)) {
            switch (c) {
                case 'c': text = true; break;
                case 'e': options.errexit = true; break;
                case 'x': options.xtrace = true; break;
                case 'u': options.nounset = true; break;
                case 'l':         // There is no profile to read,
                case 'i': break;  // and a shell on a terminal is interactive anyway.
                default: return options.name + ": -" + std::string(1, c) + ": this option is not supported";
            }
        }
    }
    return {};
}

}  // namespace

std::unique_ptr<sim::Process> start_shell(const sim::Invocation& invocation, ShellOptions options) {
    const std::vector<std::string>& words = invocation.words;
    options.files = invocation.files;
    options.environment = invocation.environment;
    options.directory = invocation.directory;
    const auto level = options.environment.find("SHLVL");
    if (level != options.environment.end() && level->second.size() <= 2) {
        for (const char c : level->second) {
            if (c >= '0' && c <= '9') options.depth = options.depth * 10 + (c - '0');
        }
    }
    bool text = false;
    std::size_t at = 1;
    const std::string refusal = take_options(words, at, options, text);
    if (!refusal.empty()) return std::make_unique<Refusal>(refusal, 2);
    const auto rest = [&](std::size_t from) {
        if (from >= words.size()) return std::vector<std::string>();
        return std::vector<std::string>(words.begin() + static_cast<std::ptrdiff_t>(from), words.end());
    };
    if (text) {
        if (at >= words.size())
            return std::make_unique<Refusal>(options.name + ": -c: option requires an argument", 2);
        const std::string script = words[at];
        if (at + 1 < words.size()) options.name = words[at + 1];
        options.arguments = rest(at + 2);
        return std::make_unique<ShellProcess>(std::move(options), ShellProcess::Source::Text, script);
    }
    if (at >= words.size()) {
        return std::make_unique<ShellProcess>(std::move(options), ShellProcess::Source::Input);
    }
    const base::Result<std::string> script = options.files->read(sim::resolve(options.directory, words[at]));
    if (!script.ok()) {
        return std::make_unique<Refusal>(options.name + ": " + words[at] + ": " + script.error().message,
                                         127);
    }
    options.name = words[at];
    options.arguments = rest(at + 1);
    return std::make_unique<ShellProcess>(std::move(options), ShellProcess::Source::Text, *script);
}

std::unique_ptr<sim::Command> make_shell_command(std::string name, const CommandTable& table,
                                                 Dialect dialect) {
    return std::make_unique<ShellCommand>(std::move(name), table, dialect);
}

}  // namespace kubetab::shell
