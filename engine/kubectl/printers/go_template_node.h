// The parts of a parsed Go template, and its parser.
#pragma once

#include "engine/kubectl/printers/go_template.h"

namespace kubetab::kubectl {

struct TemplateNode {
    enum class Kind {
        Text,
        // Actions: parts[0] is the pipeline, if there is one.
        Print,
        If,
        Range,
        With,
        Include,
        Break,
        Continue,
        // Expressions.
        Pipeline,  // parts: commands
        Command,   // parts: what is called, and its arguments
        Chain,     // parts[0]: a pipeline in parentheses; names: fields of its result
        Field,
        Variable,
        Function,
        Dot,
        Nil,
        Literal,
    };

    Kind kind = Kind::Text;
    std::size_t position = 0;
    std::string text{};  // of Text; of the source for Literals; names of functions and templates
    base::Json value{};  // of Literals
    std::vector<std::string> names{};  // fields; a Variable's own name first; variables that a Pipeline sets
    bool declares = false;             // a Pipeline with ":=", not "="
    TemplateNodes parts{};
    TemplateNodes body{};
    TemplateNodes otherwise{};
};

inline constexpr std::string_view kMainTemplate = "output";

// Every template that the text defines, and kMainTemplate. Failure: `template: output:1: …`.
base::Result<std::map<std::string, TemplateNodes>> parse_template(std::string_view text);

// An expression as it is quoted in failures.
std::string source_of(const TemplateNode& node);

// Whether there is such a function.
bool is_template_function(std::string_view name);

// Calls a function; a null value is none. Failure: what follows "error calling NAME: ".
base::Result<base::Json> call_template_function(const std::string& name,
                                                const std::vector<base::Json>& arguments);

// What decides in if, with, and, or, not.
bool is_true(const base::Json& value);

// As fmt prints a value.
std::string printed_value(const base::Json& value);

}  // namespace kubetab::kubectl
