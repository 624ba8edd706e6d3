#include <array>
#include <utility>

#include "engine/shell/interpreter.h"

namespace kubetab::shell {

Interpreter::Builtin Interpreter::find_builtin(std::string_view name) {
    struct Entry {
        std::string_view name;
        Builtin builtin;
    };
    // clang-format off
    static constexpr Entry kBuiltins[] = {
        {":",        &Interpreter::builtin_nothing},
        {"true",     &Interpreter::builtin_nothing},
        {"false",    &Interpreter::builtin_nothing},
        {"break",    &Interpreter::builtin_break},
        {"continue", &Interpreter::builtin_break},
        {"return",   &Interpreter::builtin_return},
        {"exit",     &Interpreter::builtin_exit},
        {"logout",   &Interpreter::builtin_exit},
        {"eval",     &Interpreter::builtin_eval},
        {".",        &Interpreter::builtin_source},
        {"source",   &Interpreter::builtin_source},
        {"exec",     &Interpreter::builtin_exec},
        {"command",  &Interpreter::builtin_command},
        {"builtin",  &Interpreter::builtin_nothing},
        {"cd",       &Interpreter::builtin_cd},
        {"pwd",      &Interpreter::builtin_pwd},
        {"set",      &Interpreter::builtin_set},
        {"shift",    &Interpreter::builtin_shift},
        {"unset",    &Interpreter::builtin_unset},
        {"export",   &Interpreter::builtin_export},
        {"readonly", &Interpreter::builtin_readonly},
        {"local",    &Interpreter::builtin_local},
        {"declare",  &Interpreter::builtin_local},
        {"alias",    &Interpreter::builtin_alias},
        {"unalias",  &Interpreter::builtin_unalias},
        {"type",     &Interpreter::builtin_type},
        {"let",      &Interpreter::builtin_let},
        {"read",     &Interpreter::builtin_read},
        {"umask",    &Interpreter::builtin_umask},
        {"trap",     &Interpreter::builtin_trap},
        {"wait",     &Interpreter::builtin_wait},
        {"jobs",     &Interpreter::builtin_jobs},
        {"kill",     &Interpreter::builtin_kill},
        {"fg",       &Interpreter::builtin_fg},
    };
    // clang-format on
    for (const Entry& entry : kBuiltins) {
        if (entry.name == name) return entry.builtin;
    }
    return nullptr;
}

// Ends a builtin with a message.
bool Interpreter::complain(Frame& frame, const std::string& message, int code) {
    print_error(frame.words[0] + ": " + message);
    frame.code = code;
    return true;
}

namespace {

// A status or a count; nothing when it is no number.
std::optional<int> number_in(const std::string& text) {
    const bool negative = text.starts_with('-');
    if (text.size() == (negative ? 1U : 0U) || text.size() > 9) return std::nullopt;
    int value = 0;
    for (const char c : text.substr(negative ? 1 : 0)) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return negative ? -value : value;
}

}  // namespace

bool Interpreter::builtin_nothing(Frame& frame) {
    frame.code = frame.words[0] == "false" ? 1 : 0;
    return true;
}

bool Interpreter::builtin_break(Frame& frame) {
    const int count = frame.words.size() > 1 ? number_in(frame.words[1]).value_or(0) : 1;
    if (count < 1) return complain(frame, frame.words[1] + ": loop count out of range");
    int loops = 0;
    for (auto outer = frames_.rbegin(); outer != frames_.rend() && !(*outer)->call; ++outer) {
        if (!(*outer)->node) continue;
        const NodeKind kind = (*outer)->node->kind;
        if (kind == NodeKind::While || kind == NodeKind::Until || kind == NodeKind::For ||
            kind == NodeKind::ForArith) {
            ++loops;
        }
    }
    if (loops == 0) return complain(frame, "only meaningful in a `for', `while', or `until' loop", 0);
    flow_ = frame.words[0] == "break" ? Flow::Break : Flow::Continue;
    flow_count_ = std::min(count, loops);
    return true;
}

bool Interpreter::builtin_return(Frame& frame) {
    bool inside = false;
    for (const auto& outer : frames_) inside = inside || outer->call;
    if (!inside && surroundings_->dialect == Dialect::Bash) {
        return complain(frame, "can only `return' from a function or sourced script", 2);
    }
    const std::optional<int> status = frame.words.size() > 1 ? number_in(frame.words[1]) : state_.last_status;
    if (!status) return complain(frame, frame.words[1] + ": numeric argument required", 2);
    flow_ = inside ? Flow::Return : Flow::Exit;
    flow_status_ = *status & 255;
    return true;
}

bool Interpreter::builtin_exit(Frame& frame) {
    const std::optional<int> status = frame.words.size() > 1 ? number_in(frame.words[1]) : state_.last_status;
    if (!status) print_error(frame.words[0] + ": " + frame.words[1] + ": numeric argument required");
    if (frame.words.size() > 2 && status) return complain(frame, "too many arguments");
    flow_ = Flow::Exit;
    flow_status_ = status.value_or(2) & 255;
    return true;
}

bool Interpreter::builtin_eval(Frame& frame) {
    if (frame.next == 1) {
        frame.code = state_.last_status;
        return true;
    }
    frame.next = 1;
    std::string text;
    for (std::size_t i = 1; i < frame.words.size(); ++i) text += (i > 1 ? " " : "") + frame.words[i];
    if (frames_.size() >= kMaxFrames) return complain(frame, "nested too deeply");
    push_text(std::move(text), false);
    return false;
}

bool Interpreter::builtin_source(Frame& frame) {
    if (frame.next == 1) {
        frame.code = state_.last_status;
        return true;
    }
    if (frame.words.size() < 2) return complain(frame, "filename argument required", 2);
    const base::Result<std::string> text =
        surroundings_->files->read(sim::resolve(state_.directory, frame.words[1]));
    if (!text.ok()) {
        print_error(frame.words[1] + ": " + text.error().message);
        frame.code = 1;
        return true;
    }
    if (frames_.size() >= kMaxFrames) return complain(frame, "nested too deeply");
    frame.next = 1;
    push_text(*text, true);
    if (frame.words.size() > 2) {
        std::vector<std::string> arguments(frame.words.begin() + 2, frame.words.end());
        frames_.back()->positional = std::exchange(state_.positional, std::move(arguments));
    }
    return false;
}

// Without a command, exec makes its redirections those of the shell.
bool Interpreter::builtin_exec(Frame& frame) {
    frame.saved.clear();
    frame.code = 0;
    return true;
}

std::string Interpreter::describe_command(const std::string& name, bool& found) const {
    found = true;
    const auto alias = state_.aliases.find(name);
    if (alias != state_.aliases.end()) return name + " is aliased to `" + alias->second + "'";
    const auto function = state_.functions.find(name);
    if (function != state_.functions.end()) return name + " is a function\n" + function->second->text;
    if (find_builtin(name) || surroundings_->builtins.find(name)) return name + " is a shell builtin";
    if (surroundings_->commands->find(name)) return name + " is /usr/bin/" + name;
    found = false;
    return {};
}

bool Interpreter::builtin_type(Frame& frame) {
    frame.code = 0;
    for (std::size_t i = 1; i < frame.words.size(); ++i) {
        if (frame.words[i].starts_with('-'))
            return complain(frame, frame.words[i] + ": options are not supported", 2);
        bool found = false;
        const std::string text = describe_command(frame.words[i], found);
        if (found) {
            out(text + "\n");
        } else {
            complain(frame, frame.words[i] + ": not found");
        }
    }
    return true;
}

// command -v NAME and command -V NAME; `command NAME ...` never gets here.
bool Interpreter::builtin_command(Frame& frame) {
    frame.code = 0;
    if (frame.words.size() < 2) return true;
    const std::string option = frame.words[1];
    if (option != "-v" && option != "-V") return complain(frame, option + ": invalid option", 2);
    for (std::size_t i = 2; i < frame.words.size(); ++i) {
        const std::string& name = frame.words[i];
        bool found = false;
        const std::string text = describe_command(name, found);
        if (!found) {
            if (option == "-V") print_error("command: " + name + ": not found");
            frame.code = 1;
        } else if (option == "-V") {
            out(text + "\n");
        } else if (state_.aliases.contains(name)) {
            out("alias " + name + "='" + state_.aliases[name] + "'\n");
        } else {
            const bool file = text.find(" is /") != std::string::npos;
            out((file ? "/usr/bin/" : "") + name + "\n");
        }
    }
    return true;
}

}  // namespace kubetab::shell
