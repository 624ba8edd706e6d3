#include <algorithm>
#include <utility>

#include "engine/shell/interpreter.h"

namespace kubetab::shell {

namespace {

// A value as `set` and `export -p` print it.
std::string quoted(const std::string& value) {
    std::string text = "'";
    for (const char c : value) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return text + "'";
}

}  // namespace

Interpreter::Frame* Interpreter::function_frame() {
    for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
        if ((*frame)->call && (*frame)->node) return frame->get();
    }
    return nullptr;
}

bool Interpreter::builtin_cd(Frame& frame) {
    std::string target = frame.words.size() > 1 ? frame.words[1] : state_.get("HOME").value_or("");
    if (frame.words.size() > 2) return complain(frame, "too many arguments");
    if (frame.words.size() == 1 && target.empty()) return complain(frame, "HOME not set");
    const bool back = target == "-";
    if (back) target = state_.get("OLDPWD").value_or("");
    if (back && target.empty()) return complain(frame, "OLDPWD not set");
    const std::string path = sim::resolve(state_.directory, target);
    const base::Result<sim::FileInfo> info = surroundings_->files->stat(path);
    std::string problem;
    if (!info.ok()) problem = info.error().message;
    if (info.ok() && !info->directory) problem = "Not a directory";
    if (!problem.empty()) {
        const bool ash = surroundings_->dialect == Dialect::Ash;
        return complain(frame, (ash ? "can't cd to " : "") + target + ": " + problem);
    }
    state_.set("OLDPWD", state_.directory);
    state_.directory = path;
    state_.set("PWD", path);
    if (back) out(path + "\n");
    frame.code = 0;
    return true;
}

bool Interpreter::builtin_pwd(Frame& frame) {
    out(state_.directory + "\n");
    frame.code = 0;
    return true;
}

bool Interpreter::set_option(const std::string& name, bool on) {
    if (name == "e" || name == "errexit") {
        state_.errexit = on;
    } else if (name == "x" || name == "xtrace") {
        state_.xtrace = on;
    } else if (name == "u" || name == "nounset") {
        state_.nounset = on;
    } else if (name == "f" || name == "noglob") {
        state_.noglob = on;
    } else if (name == "pipefail") {
        state_.pipefail = on;
    } else {
        return false;
    }
    return true;
}

bool Interpreter::builtin_set(Frame& frame) {
    frame.code = 0;
    if (frame.words.size() == 1) {
        for (const auto& [name, variable] : state_.variables) out(name + "=" + quoted(variable.value) + "\n");
        return true;
    }
    std::size_t i = 1;
    for (; i < frame.words.size(); ++i) {
        const std::string word = frame.words[i];
        if (word == "--") break;
        if (word.size() < 2 || (word[0] != '-' && word[0] != '+')) break;
        const bool on = word[0] == '-';
        for (std::size_t c = 1; c < word.size(); ++c) {
            std::string name(1, word[c]);
            if (name == "o" && i + 1 < frame.words.size()) name = frame.words[++i];
            if (!set_option(name, on))
                return complain(frame, name + ": this option is not supported by this shell", 2);
        }
    }
    const bool dashes = i < frame.words.size() && frame.words[i] == "--";
    if (dashes || i < frame.words.size()) {
        state_.positional.assign(frame.words.begin() + static_cast<std::ptrdiff_t>(i + (dashes ? 1 : 0)),
                                 frame.words.end());
    }
    return true;
}

bool Interpreter::builtin_shift(Frame& frame) {
    std::size_t count = 1;
    if (frame.words.size() > 1) {
        const std::string& text = frame.words[1];
        if (text.empty() || text.size() > 6 || text.find_first_not_of("0123456789") != std::string::npos) {
            return complain(frame, text + ": numeric argument required");
        }
        count = 0;
        for (const char c : text) count = count * 10 + static_cast<std::size_t>(c - '0');
    }
    frame.code = count > state_.positional.size() ? 1 : 0;
    if (frame.code == 0) {
        state_.positional.erase(state_.positional.begin(),
                                state_.positional.begin() + static_cast<std::ptrdiff_t>(count));
    }
    return true;
}

bool Interpreter::builtin_unset(Frame& frame) {
    frame.code = 0;
    bool functions = false;
    for (std::size_t i = 1; i < frame.words.size(); ++i) {
        const std::string& name = frame.words[i];
        if (name == "-f" || name == "-v") {
            functions = name == "-f";
            continue;
        }
        const auto variable = state_.variables.find(name);
        const auto function = state_.functions.find(name);
        if (!functions && variable != state_.variables.end()) {
            if (variable->second.read_only)
                return complain(frame, name + ": cannot unset: readonly variable");
            state_.variables.erase(variable);
        } else if (function != state_.functions.end()) {
            state_.functions.erase(function);
        }
    }
    return true;
}

// NAME or NAME=VALUE. False, with a message, when it is neither.
bool Interpreter::assign_variable(const std::string& name, const std::string& value, Frame& frame) {
    if (!is_name(name)) {
        complain(frame, "`" + name + "': not a valid identifier");
        return false;
    }
    if (state_.set(name, value)) return true;
    print_error(name + ": readonly variable");
    frame.code = 1;
    return false;
}

bool Interpreter::builtin_export(Frame& frame) {
    frame.code = 0;
    bool on = true;
    std::size_t first = 1;
    if (frame.words.size() > 1 && frame.words[1] == "-n") {
        on = false;
        first = 2;
    }
    if (frame.words.size() == 1 || frame.words[1] == "-p") {
        for (const auto& [name, variable] : state_.variables) {
            if (variable.exported) out("export " + name + "=" + quoted(variable.value) + "\n");
        }
        return true;
    }
    for (std::size_t i = first; i < frame.words.size(); ++i) {
        const std::size_t equals = frame.words[i].find('=');
        const std::string name = frame.words[i].substr(0, equals);
        if (name.starts_with('-')) return complain(frame, name + ": invalid option", 2);
        const std::string value =
            equals == std::string::npos ? state_.get(name).value_or("") : frame.words[i].substr(equals + 1);
        if (!assign_variable(name, value, frame)) continue;
        state_.variables[name].exported = on;
    }
    return true;
}

bool Interpreter::builtin_readonly(Frame& frame) {
    frame.code = 0;
    for (std::size_t i = 1; i < frame.words.size(); ++i) {
        const std::size_t equals = frame.words[i].find('=');
        const std::string name = frame.words[i].substr(0, equals);
        if (name.starts_with('-')) return complain(frame, name + ": invalid option", 2);
        const std::string value =
            equals == std::string::npos ? state_.get(name).value_or("") : frame.words[i].substr(equals + 1);
        if (assign_variable(name, value, frame)) state_.variables[name].read_only = true;
    }
    return true;
}

bool Interpreter::builtin_local(Frame& frame) {
    Frame* function = function_frame();
    const bool local = frame.words[0] == "local";
    if (local && !function) return complain(frame, "can only be used in a function");
    frame.code = 0;
    bool exported = false;
    for (std::size_t i = 1; i < frame.words.size(); ++i) {
        const std::string& word = frame.words[i];
        if (word == "-x" && !local) {
            exported = true;
            continue;
        }
        if (word.starts_with('-'))
            return complain(frame, word + ": this option is not supported by this shell", 2);
        const std::size_t equals = word.find('=');
        const std::string name = word.substr(0, equals);
        if (function && is_name(name)) set_local(*function, name);
        const std::string value = equals == std::string::npos ? "" : word.substr(equals + 1);
        if (assign_variable(name, value, frame) && exported) state_.variables[name].exported = true;
    }
    return true;
}

bool Interpreter::builtin_alias(Frame& frame) {
    frame.code = 0;
    if (frame.words.size() == 1) {
        for (const auto& [name, text] : state_.aliases) out("alias " + name + "=" + quoted(text) + "\n");
    }
    for (std::size_t i = 1; i < frame.words.size(); ++i) {
        const std::size_t equals = frame.words[i].find('=');
        const std::string name = frame.words[i].substr(0, equals);
        if (equals != std::string::npos && !name.empty()) {
            state_.aliases[name] = frame.words[i].substr(equals + 1);
        } else if (state_.aliases.contains(name)) {
            out("alias " + name + "=" + quoted(state_.aliases[name]) + "\n");
        } else {
            complain(frame, name + ": not found");
        }
    }
    return true;
}

bool Interpreter::builtin_unalias(Frame& frame) {
    frame.code = 0;
    for (std::size_t i = 1; i < frame.words.size(); ++i) {
        if (frame.words[i] == "-a") {
            state_.aliases.clear();
        } else if (state_.aliases.erase(frame.words[i]) == 0) {
            complain(frame, frame.words[i] + ": not found");
        }
    }
    return true;
}

bool Interpreter::builtin_let(Frame& frame) {
    std::int64_t value = 0;
    if (frame.words.size() < 2) return complain(frame, "expression expected");
    for (std::size_t i = 1; i < frame.words.size(); ++i) {
        Word expression;
        add_literal(expression, frame.words[i], true);
        const std::vector<std::string> none;
        Expander expander(state_, *surroundings_->files, surroundings_->dialect, none);
        if (expander.compute(expression, value) != Expander::Outcome::Done)
            return complain(frame, expander.error());
    }
    frame.code = value == 0 ? 1 : 0;
    return true;
}

bool Interpreter::builtin_umask(Frame& frame) {
    if (frame.words.size() > 1) return complain(frame, "changing the mask is not supported by this shell", 2);
    out("0022\n");
    frame.code = 0;
    return true;
}

// Gives each name one field of the line, and the last one the rest.
void Interpreter::assign_fields(const std::vector<std::string>& names, const std::string& line) {
    const std::string separators = state_.get("IFS").value_or(" \t\n");
    const auto separates = [&](char c) { return separators.find(c) != std::string::npos; };
    const auto white = [&](char c) { return separates(c) && (c == ' ' || c == '\t' || c == '\n'); };
    std::size_t at = 0;
    while (at < line.size() && white(line[at])) ++at;
    for (std::size_t i = 0; i < names.size(); ++i) {
        std::size_t end = at;
        if (i + 1 == names.size()) {
            end = line.size();
            while (end > at && white(line[end - 1])) --end;
        } else {
            while (end < line.size() && !separates(line[end])) ++end;
        }
        state_.set(names[i], line.substr(at, end - at));
        at = end;
        while (at < line.size() && white(line[at])) ++at;
        if (at < line.size() && separates(line[at])) ++at;
        while (at < line.size() && white(line[at])) ++at;
    }
}

bool Interpreter::builtin_read(Frame& frame) {
    bool raw = false;
    std::string prompt;
    std::optional<sim::Duration> timeout;
    std::size_t i = 1;
    for (; i < frame.words.size() && frame.words[i].starts_with('-'); ++i) {
        const std::string& option = frame.words[i];
        if (option == "-r") {
            raw = true;
        } else if ((option == "-p" || option == "-rp") && i + 1 < frame.words.size()) {
            raw = raw || option == "-rp";
            prompt = frame.words[++i];
        } else if (option == "-t" && i + 1 < frame.words.size()) {
            const std::string& text = frame.words[++i];
            if (text.empty() || text.size() > 9 ||
                text.find_first_not_of("0123456789") != std::string::npos) {
                return complain(frame, text + ": invalid timeout specification");
            }
            timeout = sim::seconds(0);
            for (const char c : text) timeout = *timeout * 10 + sim::seconds(c - '0');
        } else {
            return complain(frame, option + ": this option is not supported by this shell", 2);
        }
    }
    std::vector<std::string> names(frame.words.begin() + static_cast<std::ptrdiff_t>(i), frame.words.end());
    if (names.empty()) names.push_back("REPLY");
    for (const std::string& name : names) {
        if (!is_name(name)) return complain(frame, "`" + name + "': not a valid identifier");
    }
    const bool first = frame.next == 0;
    if (first) {
        frame.began = surroundings_->now;
        if (descriptors_[0] && descriptors_[0]->is_terminal() && descriptors_[2])
            descriptors_[2]->write(prompt);
        frame.next = 1;
        frame.fields.clear();
    }
    std::string line;
    for (const std::string& part : frame.fields) line += part;
    while (true) {
        std::optional<std::string> more = descriptors_[0] ? descriptors_[0]->read_line() : std::string();
        if (!more) {
            if (timeout && surroundings_->now >= frame.began + *timeout) {
                frame.code = 142;
                return true;
            }
            frame.fields = {line};
            wait_.on_input = true;
            if (timeout) wait_.wake = frame.began + *timeout;
            return false;
        }
        const bool ended = !more->ends_with('\n');
        if (!ended) more->pop_back();
        const bool continues = !raw && !ended && more->ends_with('\\');
        if (continues) more->pop_back();
        line += *more;
        if (continues) continue;
        frame.code = ended ? 1 : 0;
        break;
    }
    if (!raw) std::erase(line, '\\');
    assign_fields(names, line);
    return true;
}

}  // namespace kubetab::shell
