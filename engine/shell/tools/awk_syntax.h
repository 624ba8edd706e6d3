// The syntax of an awk program: rules of patterns and actions over fields, variables and arrays.
//
// differs: no user functions, no getline, no output redirection, no regular expression for RS; each is
// refused. differs: numbers are decimal with six places instead of floating point, so that every build
// computes the same.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/status.h"
#include "engine/shell/regex.h"

namespace kubetab::shell {

enum class AwkKind {
    Number,     // number, in millionths
    Text,       // text
    Pattern,    // regex, matched with $0 or used as an operand of ~
    Variable,   // text
    Element,    // text[children joined by SUBSEP]
    Field,      // $children[0]
    Unary,      // text is ! - +
    Binary,     // text is the operator; "" is concatenation
    Ternary,    // children: condition, yes, no
    Assign,     // text is = += ...; children: target, value
    Increment,  // text is ++ or --; before says where
    In,         // children[0] in text
    Call,       // text(children)
};

struct AwkExpression {
    AwkKind kind = AwkKind::Number;
    std::string text{};
    std::int64_t number = 0;
    bool before = false;
    std::optional<Regex> regex{};
    std::vector<std::unique_ptr<AwkExpression>> children{};
};
using AwkExpressionPtr = std::unique_ptr<AwkExpression>;

enum class AwkStatementKind {
    Block,
    Print,
    Printf,
    Expression,
    If,
    While,
    For,
    ForIn,
    Next,
    Exit,
    Break,
    Continue,
    Delete
};

struct AwkStatement {
    AwkStatementKind kind = AwkStatementKind::Block;
    std::string text{};                           // ForIn: the array; Delete: the array
    std::vector<AwkExpressionPtr> expressions{};  // For: start, condition, step, each may be null
    std::vector<std::unique_ptr<AwkStatement>> children{};
};
using AwkStatementPtr = std::unique_ptr<AwkStatement>;

struct AwkRule {
    enum class When { Begin, End, Line } when = When::Line;
    AwkExpressionPtr pattern{};  // null: every line
    AwkExpressionPtr last{};     // of a range
    AwkStatementPtr action{};    // null: print
    bool inside = false;         // of the range, while running
};

constexpr std::int64_t kAwkOne = 1'000'000;  // the number 1

base::Result<std::vector<AwkRule>> parse_awk(std::string_view text);

}  // namespace kubetab::shell
