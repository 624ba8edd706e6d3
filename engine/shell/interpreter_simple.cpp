#include <algorithm>
#include <array>
#include <utility>

#include "engine/shell/interpreter.h"
#include "engine/shell/shell_process.h"

namespace kubetab::shell {

namespace {

enum Stage { Words, Redirections, Assignments, Dispatch, BuiltinRuns, CommandRuns, CallReturned };

constexpr std::array<std::string_view, 6> kToolDirectories = {"/bin/",  "/usr/bin/",  "/usr/local/bin/",
                                                              "/sbin/", "/usr/sbin/", "/usr/local/sbin/"};

std::string base_name(std::string_view path) {
    return std::string(path.substr(path.rfind('/') + 1));
}

// A word as `set -x` prints it.
std::string traced(const std::string& word) {
    const bool plain =
        !word.empty() && word.find_first_of(" \t\n'\"\\$`*?[](){}<>|&;#~!") == std::string::npos;
    if (plain) return word;
    std::string quoted = "'";
    for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

}  // namespace

// Goes on with the command substitution that a word needs, until it is done.
Interpreter::Fields Interpreter::settle(Frame& frame, Expander& expander, Expander::Outcome outcome) {
    if (outcome == Expander::Outcome::Done) {
        frame.substitutions.clear();
        return Fields::Ready;
    }
    if (outcome == Expander::Outcome::Failed) {
        frame.substitutions.clear();
        print_error(expander.error());
        expander.ends_script() ? stop(1) : discard(1);
        return Fields::Failed;
    }
    frame.captured = std::make_shared<CaptureStream>();
    Descriptors descriptors = descriptors_;
    descriptors[1] = frame.captured;
    frame.capture = make_child(expander.needed(), std::move(descriptors), frame.tested);
    if (frame.capture && surroundings_->dialect == Dialect::Bash)
        frame.capture->shell->state().errexit = false;
    if (!frame.capture) {
        stop(1);
        return Fields::Failed;
    }
    return Fields::Pending;
}

// Expands a word into frame.fields. Pending: to be called again with the same word after the next poll.
Interpreter::Fields Interpreter::expand(Frame& frame, const Word& word, Expander::Mode mode) {
    while (true) {
        if (frame.capture) {
            if (!poll_child(*frame.capture)) return Fields::Pending;
            state_.last_status = frame.capture->code;
            frame.capture = nullptr;
            frame.substituted = true;
            if (!frame.captured->failure().empty())
                print_error("command substitution: " + frame.captured->failure());
            std::string text = std::move(frame.captured->text);
            while (text.ends_with('\n')) text.pop_back();
            frame.substitutions.push_back(std::move(text));
        }
        frame.fields.clear();
        Expander expander(state_, *surroundings_->files, surroundings_->dialect, frame.substitutions);
        const Fields fields = settle(frame, expander, expander.expand(word, mode, frame.fields));
        if (fields != Fields::Pending) return fields;
    }
}

Interpreter::Fields Interpreter::compute(Frame& frame, const Word& expression, std::int64_t& value) {
    const Fields fields = expand(frame, expression, Expander::Mode::Single);
    if (fields != Fields::Ready) return fields;
    Word text;
    add_literal(text, frame.fields[0], true);
    const std::vector<std::string> none;
    Expander expander(state_, *surroundings_->files, surroundings_->dialect, none);
    if (expander.compute(text, value) == Expander::Outcome::Done) return Fields::Ready;
    print_error(expander.error());
    return Fields::Failed;
}

Interpreter::Fields Interpreter::redirect(Frame& frame) {
    const auto& redirects = frame.node->redirects;
    for (; frame.redirect < redirects.size(); ++frame.redirect) {
        const Redirect& one = redirects[frame.redirect];
        const Fields fields = expand(frame, one.target, Expander::Mode::Single);
        if (fields != Fields::Ready) return fields;
        if (!open_redirect(frame, one, frame.fields[0])) return Fields::Failed;
    }
    return Fields::Ready;
}

void Interpreter::replace_descriptor(Frame& frame, int descriptor, StreamPtr stream) {
    StreamPtr& place = descriptors_[static_cast<std::size_t>(descriptor)];
    frame.saved.push_back({descriptor, std::move(place)});
    place = std::move(stream);
}

bool Interpreter::open_redirect(Frame& frame, const Redirect& redirect, const std::string& target) {
    const bool number = target.size() == 1 && target[0] >= '0' && target[0] <= '9';
    RedirectKind kind = redirect.kind;
    if (kind == RedirectKind::HereText) {
        replace_descriptor(frame, redirect.descriptor, make_text_stream(target));
        return true;
    }
    if (kind == RedirectKind::Duplicate) {
        if (target == "-" || number) {
            StreamPtr stream;
            if (number) stream = descriptors_[static_cast<std::size_t>(target[0] - '0')];
            if (number && !stream) {
                print_error(target + ": Bad file descriptor");
                return false;
            }
            replace_descriptor(frame, redirect.descriptor, std::move(stream));
            return true;
        }
        if (redirect.descriptor != 1) {
            print_error(target + ": ambiguous redirect");
            return false;
        }
        kind = RedirectKind::Both;
    }
    std::string problem;
    StreamPtr stream = open_file(kind, target, problem);
    if (!stream) {
        print_error(problem);
        return false;
    }
    if (kind == RedirectKind::Both || kind == RedirectKind::BothAppend) replace_descriptor(frame, 2, stream);
    replace_descriptor(frame, redirect.descriptor, std::move(stream));
    return true;
}

StreamPtr Interpreter::open_file(RedirectKind kind, const std::string& target, std::string& problem) {
    const bool ash = surroundings_->dialect == Dialect::Ash;
    const bool reading = kind == RedirectKind::In;
    if (target.empty()) {
        problem = ": No such file or directory";
        return nullptr;
    }
    const std::string path = sim::resolve(state_.directory, target);
    if (path == "/dev/null") return make_null_stream();
    if (path == "/dev/stdin" || path == "/proc/self/fd/0") return descriptors_[0];
    if (path == "/dev/stdout" || path == "/proc/1/fd/1" || path == "/proc/self/fd/1") return descriptors_[1];
    if (path == "/dev/stderr" || path == "/proc/1/fd/2" || path == "/proc/self/fd/2") return descriptors_[2];
    sim::FileSystem& files = *surroundings_->files;
    std::string message;
    if (reading) {
        base::Result<std::string> text = files.read(path);
        if (text.ok()) return make_text_stream(std::move(*text));
        message = text.error().message;
    } else {
        const bool append = kind == RedirectKind::Append || kind == RedirectKind::BothAppend;
        const base::Result<void> opened = append ? files.append(path, "") : files.write(path, "");
        if (opened.ok()) return make_file_sink(files, path);
        message = opened.error().message;
    }
    if (ash && message == "No such file or directory")
        message = reading ? "no such file" : "nonexistent directory";
    problem = target + ": " + message;
    if (ash) problem = (reading ? "can't open " : "can't create ") + problem;
    return nullptr;
}

void Interpreter::set_local(Frame& frame, const std::string& name) {
    if (frame.locals.contains(name)) return;
    const auto found = state_.variables.find(name);
    frame.locals[name] =
        found == state_.variables.end() ? std::nullopt : std::optional<Variable>(found->second);
}

void Interpreter::restore_locals(Frame& frame) {
    for (auto& [name, variable] : frame.locals) {
        if (variable) {
            state_.variables[name] = std::move(*variable);
        } else {
            const auto found = state_.variables.find(name);
            if (found != state_.variables.end()) state_.variables.erase(found);
        }
    }
    frame.locals.clear();
}

// Carries out NAME=VALUE: for good, or for the one command that follows.
Interpreter::Fields Interpreter::assign(Frame& frame) {
    const auto& assignments = frame.node->assignments;
    const bool temporary = !frame.words.empty();
    for (; frame.index < assignments.size(); ++frame.index) {
        const Assignment& assignment = assignments[frame.index];
        const Fields fields = expand(frame, assignment.value, Expander::Mode::Single);
        if (fields != Fields::Ready) return fields;
        std::string value = frame.fields[0];
        if (assignment.append) value.insert(0, state_.get(assignment.name).value_or(""));
        if (state_.xtrace && descriptors_[2]) {
            descriptors_[2]->write("+ " + assignment.name + "=" + traced(value) + "\n");
        }
        if (temporary) set_local(frame, assignment.name);
        if (!state_.set(assignment.name, std::move(value))) {
            print_error(assignment.name + ": readonly variable");
            return Fields::Failed;
        }
        if (temporary) state_.variables[assignment.name].exported = true;
    }
    return Fields::Ready;
}

// NAME=VALUE after `export` is one word whatever the value contains.
Expander::Mode Interpreter::mode_of_word(const Frame& frame) const {
    static constexpr std::array<std::string_view, 5> kDeclaring = {"export", "readonly", "local", "declare",
                                                                   "alias"};
    const bool declares = !frame.words.empty() &&
                          std::find(kDeclaring.begin(), kDeclaring.end(), frame.words[0]) != kDeclaring.end();
    if (!declares) return Expander::Mode::Fields;
    const auto& parts = frame.node->words[frame.index].parts;
    const bool literal = !parts.empty() && parts[0].kind == PartKind::Literal && !parts[0].quoted;
    const std::size_t equals = literal ? parts[0].text.find('=') : std::string::npos;
    if (equals == std::string::npos || equals == 0) return Expander::Mode::Fields;
    return Expander::Mode::Single;
}

Interpreter::Step Interpreter::step_simple(Frame& frame) {
    const Node& node = *frame.node;
    Fields fields = Fields::Ready;
    switch (frame.step) {
        case Words:
            for (; frame.index < node.words.size(); ++frame.index) {
                fields = expand(frame, node.words[frame.index], mode_of_word(frame));
                if (fields == Fields::Pending) return Step::Wait;
                if (fields == Fields::Failed) return Step::Again;
                std::move(frame.fields.begin(), frame.fields.end(), std::back_inserter(frame.words));
            }
            frame.index = 0;
            frame.step = Redirections;
            [[fallthrough]];
        case Redirections:
            fields = redirect(frame);
            if (fields == Fields::Pending) return Step::Wait;
            if (fields == Fields::Ready) frame.step = Assignments;
            break;
        case Assignments:
            fields = assign(frame);
            if (fields == Fields::Pending) return Step::Wait;
            if (fields == Fields::Ready) frame.step = Dispatch;
            break;
        case Dispatch: return dispatch(frame);
        case BuiltinRuns: return run_builtin(frame);
        case CommandRuns: return wait_for_command(frame);
        default: finish(state_.last_status); return Step::Again;
    }
    if (fields == Fields::Failed && flow_ == Flow::None) finish(1);
    return Step::Again;
}

void Interpreter::trace(const Frame& frame) {
    if (!state_.xtrace || !descriptors_[2]) return;
    std::string text = "+";
    for (const std::string& word : frame.words) text += " " + traced(word);
    descriptors_[2]->write(text + "\n");
}

Interpreter::Step Interpreter::dispatch(Frame& frame) {
    if (frame.words.empty()) {
        finish(frame.substituted ? state_.last_status : 0);
        return Step::Again;
    }
    trace(frame);
    bool functions = true;
    while (frame.words.size() > 1) {
        const std::string& name = frame.words[0];
        const bool passes_on =
            name == "exec" || ((name == "command" || name == "builtin") && frame.words[1][0] != '-');
        if (!passes_on) break;
        if (name == "exec") frame.replaces_shell = true;
        functions = false;
        frame.words.erase(frame.words.begin());
    }
    if (functions) {
        const auto function = state_.functions.find(frame.words[0]);
        if (function != state_.functions.end()) {
            frame.step = CallReturned;
            call_function(frame, function->second->children[0]);
            return Step::Again;
        }
    }
    if (find_builtin(frame.words[0]) && !(frame.words[0] == "kill" && kills_others(frame))) {
        frame.step = BuiltinRuns;
        return run_builtin(frame);
    }
    return start_command(frame);
}

void Interpreter::call_function(Frame& frame, NodePtr body) {
    std::vector<std::string> arguments(frame.words.begin() + 1, frame.words.end());
    const std::size_t before = frames_.size();
    push(std::move(body), false);
    if (frames_.size() == before) return;
    frames_.back()->call = true;
    frames_.back()->positional = std::exchange(state_.positional, std::move(arguments));
}

// Calls a builtin until it is done. One that has pushed a frame is called again when that is finished.
Interpreter::Step Interpreter::run_builtin(Frame& frame) {
    const std::size_t depth = frames_.size();
    if (!(this->*find_builtin(frame.words[0]))(frame)) {
        return frames_.size() == depth && flow_ == Flow::None ? Step::Wait : Step::Again;
    }
    if (flow_ == Flow::None) {
        const bool ends = frame.replaces_shell;
        const int code = frame.code;
        finish(code);
        if (ends) {
            flow_ = Flow::Exit;
            flow_status_ = code;
        }
    }
    return Step::Again;
}

sim::Invocation Interpreter::invocation_of(const Frame& frame) const {
    sim::Invocation invocation;
    invocation.words = frame.words;
    invocation.now = surroundings_->now;
    invocation.files = surroundings_->files;
    invocation.environment = state_.environment();
    invocation.directory = state_.directory;
    return invocation;
}

Interpreter::Step Interpreter::start_command(Frame& frame) {
    frame.step = CommandRuns;
    auto child = std::make_unique<Child>();
    child->name = frame.words[0];
    child->process = find_process(frame);
    if (!child->process) {
        finish(frame.code);
        return Step::Again;
    }
    child->io = std::make_unique<StreamIo>(descriptors_[0], descriptors_[1], descriptors_[2],
                                           surroundings_->outer, surroundings_->now);
    frame.children.push_back(std::move(child));
    return Step::Again;
}

Interpreter::Step Interpreter::wait_for_command(Frame& frame) {
    if (poll_children(frame) == Step::Wait) return Step::Wait;
    const int code = frame.children[0]->code;
    const bool broken = code == 141 && depth_ > 0 && descriptors_[1] && descriptors_[1]->broken();
    const bool ends = frame.replaces_shell || broken;
    finish(code);
    if (ends && flow_ == Flow::None) {
        flow_ = Flow::Exit;
        flow_status_ = code;
    }
    return Step::Again;
}

std::unique_ptr<sim::Process> Interpreter::find_process(Frame& frame) {
    const std::string& name = frame.words[0];
    const sim::Invocation invocation = invocation_of(frame);
    if (name.find('/') != std::string::npos) return find_by_path(frame, invocation);
    if (sim::Command* command = surroundings_->builtins.find(name)) return command->start(invocation);
    if (sim::Command* command = surroundings_->commands->find(name)) return command->start(invocation);
    return find_on_path(frame, invocation);
}

std::unique_ptr<sim::Process> Interpreter::find_by_path(Frame& frame, const sim::Invocation& invocation) {
    const std::string& name = invocation.words[0];
    const std::string path = sim::resolve(state_.directory, name);
    const base::Result<sim::FileInfo> info = surroundings_->files->stat(path);
    const std::string tool = base_name(path);
    const bool tool_directory =
        std::find(kToolDirectories.begin(), kToolDirectories.end(),
                  path.substr(0, path.size() - tool.size())) != kToolDirectories.end();
    if (tool_directory && (!info.ok() || info->bytes == 0)) {
        sim::Command* command = surroundings_->commands->find(tool);
        if (!command) command = surroundings_->builtins.find(tool);
        sim::Invocation renamed = invocation;
        renamed.words[0] = tool;
        if (command) return command->start(renamed);
    }
    const bool ash = surroundings_->dialect == Dialect::Ash;
    frame.code = info.ok() ? 126 : 127;
    if (!info.ok()) {
        print_error(name + ": " + (ash ? std::string("not found") : info.error().message));
    } else if (info->directory) {
        print_error(name + (ash ? ": Permission denied" : ": Is a directory"));
    } else if ((info->mode & 0111U) == 0) {
        print_error(name + ": Permission denied");
    } else {
        return start_script(frame, invocation, path);
    }
    return nullptr;
}

std::unique_ptr<sim::Process> Interpreter::find_on_path(Frame& frame, const sim::Invocation& invocation) {
    const std::string& name = invocation.words[0];
    const std::string path = state_.get("PATH").value_or("");
    for (std::size_t from = 0; from < path.size() && !name.empty();) {
        const std::size_t colon = std::min(path.find(':', from), path.size());
        const std::string file = sim::resolve(path.substr(from, colon - from), name);
        const base::Result<sim::FileInfo> info = surroundings_->files->stat(file);
        if (info.ok() && !info->directory && (info->mode & 0111U) != 0)
            return start_script(frame, invocation, file);
        from = colon + 1;
    }
    frame.code = 127;
    if (surroundings_->dialect == Dialect::Ash) {
        print_error(name + ": not found");
    } else if (!surroundings_->interactive) {
        print_error(name + ": command not found");
    } else if (descriptors_[2]) {
        descriptors_[2]->write(name + ": command not found\n");
    }
    return nullptr;
}

// Runs an executable file by what its first line names.
std::unique_ptr<sim::Process> Interpreter::start_script(Frame& frame, sim::Invocation invocation,
                                                        const std::string& path) {
    base::Result<std::string> text = surroundings_->files->read(path);
    if (!text.ok()) {
        frame.code = 126;
        print_error(invocation.words[0] + ": " + text.error().message);
        return nullptr;
    }
    std::string interpreter = "sh";
    if (text->starts_with("#!")) {
        std::string line = text->substr(2, text->find('\n') - 2);
        line.erase(0, line.find_first_not_of(' '));
        while (line.ends_with(' ') || line.ends_with('\r')) line.pop_back();
        if (line.starts_with("/usr/bin/env ")) line.erase(0, line.find(' ') + 1);
        interpreter = base_name(line.substr(0, line.find(' ')));
    }
    sim::Command* command = surroundings_->commands->find(interpreter);
    if (!command) {
        frame.code = 126;
        print_error(invocation.words[0] + ": " + interpreter +
                    ": bad interpreter: No such file or directory");
        return nullptr;
    }
    invocation.words.insert(invocation.words.begin(), interpreter);
    invocation.words[1] = path;
    return command->start(invocation);
}

}  // namespace kubetab::shell
