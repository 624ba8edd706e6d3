// Syntax: what a parsed shell script is made of. Plain data, shared and never changed after parsing, so that
// a function outlives the text it was written in.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace kubetab::shell {

struct Position {
    int line = 1;
    int column = 1;
};

struct Node;
using NodePtr = std::shared_ptr<const Node>;
struct Word;

enum class PartKind { Literal, Parameter, Command, Arithmetic };

// The operator inside ${name...}.
enum class ParameterOperator {
    None,
    Length,            // ${#name}
    Default,           // ${name-word}
    Assign,            // ${name=word}
    Alternate,         // ${name+word}
    Error,             // ${name?word}
    RemovePrefix,      // ${name#pattern}
    RemoveLongPrefix,  // ${name##pattern}
    RemoveSuffix,      // ${name%pattern}
    RemoveLongSuffix,  // ${name%%pattern}
    Substring,         // ${name:offset:length}
    Replace,           // ${name/pattern/word}
    ReplaceAll,        // ${name//pattern/word}
    Upper,             // ${name^^}
    Lower,             // ${name,,}
};

struct Part {
    PartKind kind = PartKind::Literal;
    bool quoted = false;
    std::string text{};  // Literal: the characters; Parameter: the name
    ParameterOperator op = ParameterOperator::None;
    bool or_empty = false;                  // ${name:-word}: an empty value counts as unset
    std::shared_ptr<const Word> operand{};  // Parameter: word, pattern or offset; Arithmetic: the expression
    std::shared_ptr<const Word> second{};   // Parameter: replacement or length
    NodePtr script{};                       // Command
};

struct Word {
    std::vector<Part> parts{};
    Position at{};
};

enum class RedirectKind { In, Out, Append, HereText, Duplicate, Both, BothAppend };

struct Redirect {
    RedirectKind kind = RedirectKind::In;
    int descriptor = 0;
    Word target{};  // a file, a descriptor's number or "-", or the text of a here-document
};

struct Assignment {
    std::string name{};
    Word value{};
    bool append = false;
};

enum class NodeKind {
    Simple,      // assignments, words, redirects
    List,        // children one after the other
    And,         // children[0] && children[1]
    Or,          // children[0] || children[1]
    Pipeline,    // children connected by pipes; negated
    Async,       // children[0] in the background; text is its source
    Group,       // { children[0]; }
    Subshell,    // ( children[0] )
    If,          // condition, body, condition, body, ... and a last body when their number is odd
    While,       // condition, body
    Until,       // condition, body
    For,         // name, words (or "$@" when not has_in), body
    ForArith,    // words: start, condition, step; body
    Case,        // words[0], clauses
    Function,    // name, children[0]
    Condition,   // [[ words ]]
    Arithmetic,  // (( words[0] ))
};

enum class ClauseEnd { Break, FallThrough, TestNext };  // ;;  ;&  ;;&

struct Clause {
    std::vector<Word> patterns{};
    NodePtr body{};
    ClauseEnd end = ClauseEnd::Break;
};

struct Node {
    NodeKind kind = NodeKind::Simple;
    Position at{};
    std::vector<NodePtr> children{};
    std::vector<Word> words{};
    std::vector<Assignment> assignments{};
    std::vector<Redirect> redirects{};
    std::vector<Clause> clauses{};
    std::string name{};  // For: the variable; Function: its name
    std::string text{};  // Async, Function: the source
    bool negated = false;
    bool timed = false;
    bool has_in = false;
};

// Why a text is no script.
struct SyntaxError {
    Position at{};
    std::string message{};
};

}  // namespace kubetab::shell
