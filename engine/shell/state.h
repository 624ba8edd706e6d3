// State: what a shell remembers between commands. A subshell gets a copy.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/shell/syntax.h"

namespace kubetab::shell {

struct Variable {
    std::string value{};
    bool exported = false;
    bool read_only = false;
};

struct State {
    std::map<std::string, Variable, std::less<>> variables{};
    std::map<std::string, NodePtr, std::less<>> functions{};
    std::map<std::string, std::string> aliases{};
    std::map<std::string, std::string> traps{};  // by signal: EXIT, INT, TERM
    std::vector<std::string> positional{};       // $1, $2, ...
    std::string name = "sh";                     // $0
    std::string directory = "/";
    int last_status = 0;
    int process_id = 0;       // $$
    int last_background = 0;  // $!; 0 when there was none
    bool errexit = false;
    bool xtrace = false;
    bool nounset = false;
    bool noglob = false;
    bool pipefail = false;

    std::optional<std::string> get(std::string_view name) const {
        const auto found = variables.find(name);
        if (found == variables.end()) return std::nullopt;
        return found->second.value;
    }
    // False when the variable is read-only.
    bool set(std::string_view name, std::string value) {
        Variable& variable = variables[std::string(name)];
        if (variable.read_only) return false;
        variable.value = std::move(value);
        return true;
    }
    std::map<std::string, std::string> environment() const {
        std::map<std::string, std::string> exported;
        for (const auto& [name, variable] : variables) {
            if (variable.exported) exported[name] = variable.value;
        }
        return exported;
    }
    // $-
    std::string flags() const {
        std::string flags;
        if (errexit) flags += 'e';
        if (noglob) flags += 'f';
        if (nounset) flags += 'u';
        if (xtrace) flags += 'x';
        return flags;
    }
};

}  // namespace kubetab::shell
