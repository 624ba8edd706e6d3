#include "engine/shell/completion.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace kubetab::shell {

namespace {

constexpr std::array<std::string_view, 6> kWrappers = {"watch", "time", "xargs", "sudo", "env", "exec"};
constexpr std::array<std::string_view, 22> kBuiltinNames = {
    "alias", "bg",   "break", "cd",  "command", "continue", "eval", "exec",   "exit", "export", "fg",
    "jobs",  "kill", "local", "pwd", "read",    "readonly", "set",  "source", "trap", "type",   "unset"};

struct Words {
    std::vector<std::string> words{};
    bool redirect = false;  // the last word names a file of a redirection
};

// The words of the command that the text ends in; the last one may be empty.
Words last_command(std::string_view text) {
    Words result;
    std::string word;
    bool inside = false;
    char quote = '\0';
    const auto end_word = [&] {
        if (!inside) return;
        if (!result.redirect) result.words.push_back(word);
        result.redirect = false;
        word.clear();
        inside = false;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != '\0') {
            if (c == quote) {
                quote = '\0';
            } else {
                word += c;
            }
        } else if (c == '\\' && i + 1 < text.size()) {
            word += text[++i];
            inside = true;
        } else if (c == '\'' || c == '"') {
            quote = c;
            inside = true;
        } else if (c == ' ' || c == '\t') {
            end_word();
        } else if (std::string_view("|;&()\n`").find(c) != std::string_view::npos) {
            end_word();
            result = {};
        } else if (c == '<' || c == '>') {
            end_word();
            result.redirect = true;
        } else {
            word += c;
            inside = true;
        }
    }
    result.words.push_back(word);
    return result;
}

void expand_alias(std::vector<std::string>& words, const State& state) {
    if (words.size() < 2) return;
    const auto alias = state.aliases.find(words[0]);
    if (alias == state.aliases.end()) return;
    std::vector<std::string> expanded = last_command(alias->second).words;
    while (!expanded.empty() && expanded.back().empty()) expanded.pop_back();
    words.erase(words.begin());
    words.insert(words.begin(), expanded.begin(), expanded.end());
}

// Takes off assignments and the commands that only run another one.
void skip_wrappers(std::vector<std::string>& words) {
    while (words.size() > 1) {
        const std::size_t equals = words[0].find('=');
        const bool assignment =
            equals != std::string::npos && is_name(std::string_view(words[0]).substr(0, equals));
        const bool wrapper = std::find(kWrappers.begin(), kWrappers.end(), words[0]) != kWrappers.end();
        if (!assignment && !wrapper) return;
        words.erase(words.begin());
        while (wrapper && words.size() > 1 && words[0].starts_with('-')) {
            const bool valued = words[0] == "-n" || words[0] == "-I" || words[0] == "-L";
            words.erase(words.begin());
            if (valued && words.size() > 1) words.erase(words.begin());
        }
    }
}

std::vector<std::string> command_names(const std::string& word, Interpreter& interpreter) {
    std::vector<std::string> names = interpreter.surroundings().commands->names();
    for (const std::string& name : interpreter.surroundings().builtins.names()) names.push_back(name);
    for (const std::string_view name : kBuiltinNames) names.emplace_back(name);
    for (const auto& [name, function] : interpreter.state().functions) names.push_back(name);
    for (const auto& [name, text] : interpreter.state().aliases) names.push_back(name);
    std::erase_if(names, [&](const std::string& name) { return !name.starts_with(word) || name == "["; });
    return names;
}

std::vector<std::string> file_names(const std::string& word, Interpreter& interpreter,
                                    bool directories_only) {
    const State& state = interpreter.state();
    const std::size_t slash = word.rfind('/');
    const std::string directory = slash == std::string::npos ? "" : word.substr(0, slash + 1);
    const std::string beginning = word.substr(directory.size());
    std::string place = directory.empty() ? "." : directory;
    if (place.starts_with("~/")) place.replace(0, 1, state.get("HOME").value_or("/"));
    std::vector<std::string> names;
    const auto listed = interpreter.surroundings().files->list(sim::resolve(state.directory, place));
    if (!listed.ok()) return names;
    for (const sim::FileInfo& entry : *listed) {
        if (!entry.name.starts_with(beginning) || (directories_only && !entry.directory)) continue;
        if (entry.name.starts_with('.') && !beginning.starts_with('.')) continue;
        names.push_back(directory + entry.name + (entry.directory ? "/" : ""));
    }
    return names;
}

std::vector<std::string> variable_names(const std::string& word, const State& state) {
    std::vector<std::string> names;
    for (const auto& [name, variable] : state.variables) {
        if (name.starts_with(word.substr(1))) names.push_back("$" + name);
    }
    return names;
}

// Nothing when the word may be a file's name.
std::optional<std::vector<std::string>> from_command(const std::vector<std::string>& words,
                                                     Interpreter& interpreter) {
    sim::Command* command = interpreter.surroundings().commands->find(words[0]);
    if (!command) return std::nullopt;
    sim::Invocation invocation;
    invocation.words = words;
    invocation.now = interpreter.surroundings().now;
    invocation.files = interpreter.surroundings().files;
    invocation.environment = interpreter.state().environment();
    invocation.directory = interpreter.state().directory;
    std::vector<std::string> candidates = command->complete(invocation);
    if (candidates.size() == 1 && candidates.front().empty()) return std::vector<std::string>();
    std::erase_if(candidates, [&](const std::string& one) { return !one.starts_with(words.back()); });
    if (candidates.empty()) return std::nullopt;
    return candidates;
}

}  // namespace

Completion complete_line(std::string_view before_cursor, Interpreter& interpreter) {
    Words found = last_command(before_cursor);
    Completion completion;
    completion.word = found.words.back();
    if (!found.redirect) {
        expand_alias(found.words, interpreter.state());
        skip_wrappers(found.words);
    }
    const bool path = completion.word.find('/') != std::string::npos;
    if (completion.word.starts_with('$')) {
        completion.candidates = variable_names(completion.word, interpreter.state());
    } else if (!found.redirect && found.words.size() == 1 && !path) {
        completion.candidates = command_names(completion.word, interpreter);
    } else {
        std::optional<std::vector<std::string>> offered;
        if (!found.redirect && found.words.size() > 1) offered = from_command(found.words, interpreter);
        if (offered) {
            completion.candidates = *offered;
        } else {
            completion.candidates = file_names(completion.word, interpreter, found.words[0] == "cd");
            completion.files = true;
        }
    }
    std::sort(completion.candidates.begin(), completion.candidates.end());
    completion.candidates.erase(std::unique(completion.candidates.begin(), completion.candidates.end()),
                                completion.candidates.end());
    return completion;
}

std::string common_prefix(const std::vector<std::string>& candidates) {
    if (candidates.empty()) return {};
    std::string prefix = candidates.front();
    for (const std::string& candidate : candidates) {
        std::size_t length = 0;
        while (length < prefix.size() && length < candidate.size() && prefix[length] == candidate[length])
            ++length;
        prefix.resize(length);
    }
    // Never half a character.
    while (!prefix.empty() && prefix != candidates.front() &&
           (static_cast<unsigned char>(candidates.front()[prefix.size()]) & 0xC0U) == 0x80U) {
        prefix.pop_back();
    }
    return prefix;
}

}  // namespace kubetab::shell
