#include <utility>

#include "engine/shell/parser.h"

namespace kubetab::shell {

// One of the commands that contain others. `matched` is false when a simple command begins here.
bool Parser::parse_compound(NodePtr& node, bool& matched) {
    matched = true;
    auto compound = std::make_shared<Node>();
    compound->at = here_;
    const std::size_t start = at_;
    bool good = false;
    const std::string_view word = peek_reserved();
    if (looking_at("((")) {
        good = parse_arithmetic_command(*compound);
    } else if (peek() == '(') {
        good = parse_subshell(*compound);
    } else if (take_reserved("{")) {
        good = parse_group(*compound);
    } else if (take_reserved("if")) {
        good = parse_if(*compound);
    } else if (take_reserved("while")) {
        good = parse_loop(*compound, NodeKind::While);
    } else if (take_reserved("until")) {
        good = parse_loop(*compound, NodeKind::Until);
    } else if (take_reserved("for")) {
        good = parse_for(*compound);
    } else if (take_reserved("case")) {
        good = parse_case(*compound);
    } else if (take_reserved("[[")) {
        good = parse_condition(*compound);
    } else if (take_reserved("function")) {
        Word name;
        if (!parse_word(name)) return false;
        skip_blanks();
        if (take("(")) {
            skip_blanks();
            if (!take(")")) return unexpected();
        }
        return parse_function_body(std::string(plain_text(name)), start, node);
    } else if (word.empty() || word == "in" || word == "time" || word == "!") {
        matched = false;
        return true;
    } else {
        return unexpected();
    }
    if (!good) return false;
    for (bool redirect = true; redirect;) {
        redirect = false;
        skip_blanks();
        if (!parse_redirect(*compound, redirect)) return false;
    }
    if (!at_operator()) return unexpected();
    node = std::move(compound);
    return true;
}

bool Parser::parse_function_body(std::string name, std::size_t start, NodePtr& node) {
    if (name.empty()) return unexpected();
    auto function = std::make_shared<Node>();
    function->kind = NodeKind::Function;
    function->at = here_;
    function->name = std::move(name);
    skip_newlines();
    if (failed()) return false;
    NodePtr body;
    bool matched = false;
    if (!parse_compound(body, matched)) return false;
    if (!matched) return unexpected();
    function->children.push_back(std::move(body));
    function->text = text_.substr(start, at_ - start);
    node = std::move(function);
    return true;
}

// A list up to the reserved word that closes it.
bool Parser::parse_body(Stop stop, std::string_view closing, NodePtr& node) {
    const Position start = here_;
    if (!parse_list(stop, node)) return false;
    if (at_end()) {
        if (options_.dialect == Dialect::Bash) return incomplete("syntax error: unexpected end of file");
        return incomplete("syntax error: unexpected end of file (expecting \"" + std::string(closing) +
                          "\")");
    }
    const bool empty = node->kind == NodeKind::List && node->children.empty();
    if (empty && stop != Stop::Case) return unexpected();
    (void)start;
    return true;
}

bool Parser::parse_group(Node& node) {
    node.kind = NodeKind::Group;
    NodePtr body;
    if (!parse_body(Stop::Word, "}", body)) return false;
    if (!take_reserved("}")) return unexpected();
    node.children.push_back(std::move(body));
    return true;
}

bool Parser::parse_subshell(Node& node) {
    node.kind = NodeKind::Subshell;
    advance();
    NodePtr body;
    if (!parse_body(Stop::Parenthesis, ")", body)) return false;
    if (!take(")")) return unexpected();
    node.children.push_back(std::move(body));
    return true;
}

bool Parser::parse_if(Node& node) {
    node.kind = NodeKind::If;
    while (true) {
        NodePtr condition;
        NodePtr body;
        if (!parse_body(Stop::Word, "then", condition)) return false;
        if (!take_reserved("then")) return unexpected();
        if (!parse_body(Stop::Word, "fi", body)) return false;
        node.children.push_back(std::move(condition));
        node.children.push_back(std::move(body));
        if (!take_reserved("elif")) break;
    }
    if (take_reserved("else")) {
        NodePtr body;
        if (!parse_body(Stop::Word, "fi", body)) return false;
        node.children.push_back(std::move(body));
    }
    return take_reserved("fi") || unexpected();
}

bool Parser::parse_do_group(Node& node) {
    skip_newlines();
    if (failed()) return false;
    if (at_end()) return incomplete("syntax error: unexpected end of file");
    if (!take_reserved("do")) return unexpected();
    NodePtr body;
    if (!parse_body(Stop::Word, "done", body)) return false;
    if (!take_reserved("done")) return unexpected();
    node.children.push_back(std::move(body));
    return true;
}

bool Parser::parse_loop(Node& node, NodeKind kind) {
    node.kind = kind;
    NodePtr condition;
    if (!parse_body(Stop::Word, "do", condition)) return false;
    node.children.push_back(std::move(condition));
    return parse_do_group(node);
}

bool Parser::parse_for(Node& node) {
    if (looking_at("((")) return parse_for_arithmetic(node);
    node.kind = NodeKind::For;
    Word name;
    if (at_operator()) return unexpected();
    const Position at = here_;
    if (!parse_word(name)) return false;
    node.name = plain_text(name);
    if (!is_name(node.name)) {
        here_ = at;
        return fail("`" + node.name + "': not a valid identifier");
    }
    skip_newlines();
    if (failed()) return false;
    if (take_reserved("in")) {
        node.has_in = true;
        bool no_assignments = false;
        for (skip_blanks(); !at_operator(); skip_blanks()) {
            if (!parse_simple_word(node, no_assignments)) return false;
        }
        if (at_end()) return incomplete("syntax error: unexpected end of file");
        if (peek() != ';' && peek() != '\n') return unexpected();
    }
    skip_blanks();
    if (peek() == ';' && !looking_at(";;")) advance();
    return parse_do_group(node);
}

bool Parser::parse_for_arithmetic(Node& node) {
    node.kind = NodeKind::ForArith;
    const Position at = here_;
    advance(2);
    std::string text;
    if (!arithmetic_text(text)) return false;
    std::size_t from = 0;
    for (int part = 0; part < 3; ++part) {
        const std::size_t semicolon = part < 2 ? text.find(';', from) : text.size();
        if (semicolon == std::string::npos) return fail("syntax error: arithmetic expression required");
        Word word;
        if (!parse_text(std::string_view(text).substr(from, semicolon - from), at, word)) return false;
        node.words.push_back(std::move(word));
        from = semicolon + 1;
    }
    skip_blanks();
    if (peek() == ';') advance();
    return parse_do_group(node);
}

bool Parser::parse_case(Node& node) {
    node.kind = NodeKind::Case;
    Word subject;
    if (at_operator()) return unexpected();
    if (!parse_word(subject)) return false;
    node.words.push_back(std::move(subject));
    skip_newlines();
    if (failed()) return false;
    if (!take_reserved("in")) return unexpected();
    while (true) {
        skip_newlines();
        if (failed()) return false;
        if (take_reserved("esac")) return true;
        if (at_end()) return incomplete("syntax error: unexpected end of file");
        if (!parse_clause(node)) return false;
    }
}

bool Parser::parse_clause(Node& node) {
    Clause clause;
    take("(");
    do {
        skip_blanks();
        if (at_operator()) return unexpected();
        Word pattern;
        if (!parse_word(pattern)) return false;
        clause.patterns.push_back(std::move(pattern));
        skip_blanks();
    } while (take("|"));
    if (!take(")")) return unexpected();
    if (!parse_body(Stop::Case, "esac", clause.body)) return false;
    if (take(";;&")) {
        clause.end = ClauseEnd::TestNext;
    } else if (take(";&")) {
        clause.end = ClauseEnd::FallThrough;
    } else if (!take(";;") && peek_reserved() != "esac") {
        return unexpected();
    }
    node.clauses.push_back(std::move(clause));
    return true;
}

// [[ ... ]]: the operators become plain words; the evaluator reads them.
bool Parser::parse_condition(Node& node) {
    node.kind = NodeKind::Condition;
    while (true) {
        skip_newlines();
        if (failed()) return false;
        if (at_end()) return incomplete("syntax error: unexpected end of file");
        Word word;
        word.at = here_;
        bool matched = false;
        for (const std::string_view sign : {"&&", "||", "(", ")", "<", ">"}) {
            if (!take(sign)) continue;
            add_literal(word, sign, false);
            matched = true;
            break;
        }
        if (!matched) {
            if (at_operator()) return unexpected();
            const bool regex = !node.words.empty() && plain_text(node.words.back()) == "=~";
            if (!(regex ? parse_word_until(word, " \t\n") : parse_word(word))) return false;
        }
        if (plain_text(word) == "]]") break;
        node.words.push_back(std::move(word));
    }
    return !node.words.empty() || fail("syntax error near `]]'");
}

bool Parser::parse_arithmetic_command(Node& node) {
    node.kind = NodeKind::Arithmetic;
    const Position at = here_;
    advance(2);
    std::string text;
    if (!arithmetic_text(text)) return false;
    Word word;
    if (!parse_text(text, at, word)) return false;
    node.words.push_back(std::move(word));
    return true;
}

}  // namespace kubetab::shell
