#include "engine/shell/parser.h"

#include <algorithm>
#include <array>
#include <utility>

namespace kubetab::shell {

namespace {

constexpr std::array<std::string_view, 19> kReserved = {
    "if",   "then", "else", "elif", "fi", "for", "while", "until",    "do",  "done",
    "case", "esac", "in",   "{",    "}",  "!",   "[[",    "function", "time"};

constexpr std::array<std::string_view, 16> kOperators = {"&&", "||", ";;&", ";;", ";&", "|&", "&>>", "&>",
                                                         ";",  "&",  "|",   "(",  ")",  "<",  ">",   "\n"};

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

bool is_meta(char c) {
    return is_blank(c) || std::string_view("\n;&|<>()").find(c) != std::string_view::npos;
}

}  // namespace

bool is_name(std::string_view text) {
    if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
}

Parser::Parser(std::string text, ParserOptions options) : text_(std::move(text)), options_(options) {}

bool Parser::looking_at(std::string_view literal) const {
    return std::string_view(text_).substr(at_).starts_with(literal);
}

void Parser::advance(std::size_t count) {
    for (; count > 0 && !at_end(); --count, ++at_) {
        if (text_[at_] == '\n') {
            ++here_.line;
            here_.column = 1;
        } else if ((static_cast<unsigned char>(text_[at_]) & 0xC0U) != 0x80U) {
            ++here_.column;
        }
    }
}

bool Parser::take(std::string_view literal) {
    if (!looking_at(literal)) return false;
    advance(literal.size());
    return true;
}

void Parser::skip_blanks() {
    while (!at_end()) {
        if (is_blank(peek())) {
            advance();
        } else if (looking_at("\\\n")) {
            advance(2);
        } else if (peek() == '#' && (at_ == 0 || is_meta(text_[at_ - 1]))) {
            while (!at_end() && peek() != '\n') advance();
        } else {
            return;
        }
    }
}

bool Parser::take_newline() {
    if (peek() != '\n') return false;
    advance();
    return read_here_documents();
}

void Parser::skip_newlines() {
    for (skip_blanks(); peek() == '\n' && !failed(); skip_blanks()) take_newline();
}

bool Parser::at_operator() const {
    return at_end() || is_meta(peek());
}

std::string_view Parser::peek_reserved() const {
    std::size_t end = at_;
    while (end < text_.size() && !is_meta(text_[end])) ++end;
    const std::string_view word = std::string_view(text_).substr(at_, end - at_);
    for (const std::string_view reserved : kReserved) {
        if (word == reserved) return reserved;
    }
    return {};
}

bool Parser::take_reserved(std::string_view word) {
    if (peek_reserved() != word) return false;
    advance(word.size());
    skip_blanks();
    return true;
}

bool Parser::incomplete(std::string message) {
    if (failed()) return false;
    failure_ = options_.end == TextEnd::MayContinue ? Failure::Incomplete : Failure::Error;
    error_ = {here_, std::move(message)};
    return false;
}

bool Parser::fail(std::string message) {
    if (failed()) return false;
    failure_ = Failure::Error;
    error_ = {here_, std::move(message)};
    return false;
}

bool Parser::unexpected() {
    if (at_end()) return incomplete("syntax error: unexpected end of file");
    std::string token;
    for (const std::string_view candidate : kOperators) {
        if (!looking_at(candidate)) continue;
        token = candidate == "\n" ? "newline" : candidate;
        break;
    }
    if (token.empty()) {
        std::size_t end = at_;
        while (end < text_.size() && !is_meta(text_[end])) ++end;
        token = text_.substr(at_, end - at_);
    }
    if (options_.dialect == Dialect::Ash) return fail("syntax error: unexpected \"" + token + "\"");
    return fail("syntax error near unexpected token `" + token + "'");
}

Parser::Outcome Parser::next(NodePtr& node) {
    node = nullptr;
    skip_newlines();
    if (!failed() && at_end()) return Outcome::End;
    if (!failed() && parse_list(Stop::Newline, node)) return Outcome::Command;
    return failure_ == Failure::Incomplete ? Outcome::Incomplete : Outcome::Error;
}

Parser::Outcome Parser::all(NodePtr& node) {
    auto list = std::make_shared<Node>();
    list->kind = NodeKind::List;
    while (true) {
        NodePtr command;
        const Outcome outcome = next(command);
        if (outcome == Outcome::End) break;
        if (outcome != Outcome::Command) return outcome;
        list->children.push_back(std::move(command));
    }
    node = std::move(list);
    return Outcome::Command;
}

bool Parser::at_list_end(Stop stop) const {
    if (at_end()) return true;
    if (peek() == ')') return stop == Stop::Parenthesis;
    if (stop == Stop::Case && peek() == ';') return true;
    if (stop == Stop::Newline || stop == Stop::Parenthesis) return false;
    static constexpr std::array<std::string_view, 8> kClosing = {"then", "else", "elif", "fi",
                                                                 "do",   "done", "esac", "}"};
    const std::string_view word = peek_reserved();
    return std::find(kClosing.begin(), kClosing.end(), word) != kClosing.end();
}

// Commands separated by ; & and, unless the list is one line, newlines.
bool Parser::parse_list(Stop stop, NodePtr& node) {
    if (depth_ >= kMaxDepth) return fail("syntax error: nested too deeply");
    ++depth_;
    auto list = std::make_shared<Node>();
    list->kind = NodeKind::List;
    while (!failed()) {
        skip_blanks();
        if (stop != Stop::Newline) skip_newlines();
        if (failed() || at_list_end(stop)) break;
        const std::size_t start = at_;
        const Position at = here_;
        NodePtr item;
        if (!parse_and_or(item)) break;
        if (peek() == '&' && !looking_at("&&")) {
            auto background = std::make_shared<Node>();
            background->kind = NodeKind::Async;
            background->at = at;
            background->text = text_.substr(start, at_ - start);
            while (background->text.ends_with(' ')) background->text.pop_back();
            background->children.push_back(std::move(item));
            item = std::move(background);
            advance();
        } else if (peek() == ';' && !looking_at(";;") && !looking_at(";&")) {
            advance();
        } else if (peek() != '\n') {
            list->children.push_back(std::move(item));
            if (at_list_end(stop)) break;
            unexpected();
            break;
        }
        list->children.push_back(std::move(item));
        skip_blanks();
        if (stop == Stop::Newline && peek() == '\n') {
            take_newline();
            break;
        }
    }
    --depth_;
    if (at_end() && !failed() && !pending_here_.empty()) read_here_documents();
    if (failed()) return false;
    node = list->children.size() == 1 ? list->children[0] : std::move(list);
    return true;
}

bool Parser::parse_and_or(NodePtr& node) {
    if (!parse_pipeline(node)) return false;
    while (true) {
        skip_blanks();
        NodeKind kind = NodeKind::And;
        if (looking_at("||")) {
            kind = NodeKind::Or;
        } else if (!looking_at("&&")) {
            return true;
        }
        auto both = std::make_shared<Node>();
        both->kind = kind;
        both->at = here_;
        advance(2);
        skip_newlines();
        NodePtr right;
        if (failed() || !parse_pipeline(right)) return false;
        both->children = {std::move(node), std::move(right)};
        node = std::move(both);
    }
}

bool Parser::parse_pipeline(NodePtr& node) {
    skip_blanks();
    auto pipeline = std::make_shared<Node>();
    pipeline->kind = NodeKind::Pipeline;
    pipeline->at = here_;
    if (take_reserved("time")) pipeline->timed = true;
    while (take_reserved("!")) pipeline->negated = !pipeline->negated;
    while (true) {
        NodePtr command;
        if (!parse_command(command)) return false;
        skip_blanks();
        if (looking_at("||") || peek() != '|') {
            pipeline->children.push_back(std::move(command));
            break;
        }
        advance();
        if (peek() == '&') {  // |& is 2>&1 |
            advance();
            auto both = std::make_shared<Node>(*command);
            Redirect redirect;
            redirect.kind = RedirectKind::Duplicate;
            redirect.descriptor = 2;
            add_literal(redirect.target, "1", false);
            both->redirects.push_back(std::move(redirect));
            command = std::move(both);
        }
        pipeline->children.push_back(std::move(command));
        skip_newlines();
        if (failed()) return false;
    }
    const bool single = pipeline->children.size() == 1 && !pipeline->negated && !pipeline->timed;
    node = single ? pipeline->children[0] : std::move(pipeline);
    return true;
}

bool Parser::parse_command(NodePtr& node) {
    skip_blanks();
    while (expand_alias()) {
    }
    bool matched = false;
    if (!parse_compound(node, matched)) return false;
    return matched || parse_simple(node);
}

// Replaces an alias in command position by its text. A name is not expanded again inside its own text.
bool Parser::expand_alias() {
    if (!options_.aliases || options_.aliases->empty()) return false;
    if (at_ >= alias_end_) expanding_.clear();
    std::size_t end = at_;
    while (end < text_.size() && !is_meta(text_[end])) ++end;
    const std::string word = text_.substr(at_, end - at_);
    const auto found = options_.aliases->find(word);
    if (found == options_.aliases->end() || expanding_.contains(word)) return false;
    expanding_.insert(word);
    text_.replace(at_, word.size(), found->second);
    const std::size_t old_end = std::max(alias_end_, end);
    alias_end_ = old_end - word.size() + found->second.size();
    skip_blanks();
    return true;
}

bool Parser::parse_simple(NodePtr& node) {
    auto simple = std::make_shared<Node>();
    simple->at = here_;
    const std::size_t start = at_;
    bool only_assignments = true;
    while (true) {
        skip_blanks();
        bool matched = false;
        if (!parse_redirect(*simple, matched)) return false;
        if (matched) continue;
        if (peek() == '(' && simple->words.size() == 1 && simple->assignments.empty()) {
            const std::string name(plain_text(simple->words[0]));
            std::size_t closing = at_ + 1;
            while (closing < text_.size() && is_blank(text_[closing])) ++closing;
            if (!name.empty() && closing < text_.size() && text_[closing] == ')') {
                advance(closing + 1 - at_);
                return parse_function_body(name, start, node);
            }
        }
        if (at_operator()) break;
        if (!parse_simple_word(*simple, only_assignments)) return false;
    }
    if (simple->words.empty() && simple->assignments.empty() && simple->redirects.empty())
        return unexpected();
    if (peek() == '(') return unexpected();
    node = std::move(simple);
    return true;
}

bool Parser::parse_simple_word(Node& node, bool& only_assignments) {
    Word word;
    word.at = here_;
    if (!parse_word(word)) return false;
    const bool literal =
        !word.parts.empty() && word.parts[0].kind == PartKind::Literal && !word.parts[0].quoted;
    const std::size_t equals = literal ? word.parts[0].text.find('=') : std::string::npos;
    if (only_assignments && equals != std::string::npos && equals > 0) {
        Assignment assignment;
        assignment.append = word.parts[0].text[equals - 1] == '+';
        assignment.name = word.parts[0].text.substr(0, equals - (assignment.append ? 1 : 0));
        if (is_name(assignment.name)) {
            word.parts[0].text.erase(0, equals + 1);
            if (word.parts[0].text.empty()) word.parts.erase(word.parts.begin());
            if (word.parts.empty() && peek() == '(') return fail("arrays are not supported by this shell");
            assignment.value = std::move(word);
            node.assignments.push_back(std::move(assignment));
            return true;
        }
    }
    only_assignments = false;
    if (options_.dialect == Dialect::Ash) {
        node.words.push_back(std::move(word));
        return true;
    }
    for (Word& expanded : expand_braces(word)) node.words.push_back(std::move(expanded));
    return true;
}

// Parses one redirection, if there is one here.
bool Parser::parse_redirect(Node& node, bool& matched) {
    std::size_t digits = 0;
    while (peek(digits) >= '0' && peek(digits) <= '9') ++digits;
    const char sign = peek(digits);
    const bool both = digits == 0 && (looking_at("&>") || looking_at("&>>"));
    if (!both && (digits > 1 || (sign != '<' && sign != '>'))) return true;
    matched = true;
    Redirect redirect;
    redirect.descriptor = digits == 1 ? peek() - '0' : (sign == '<' ? 0 : 1);
    advance(digits);
    if (take("&>>")) {
        redirect.kind = RedirectKind::BothAppend;
    } else if (take("&>")) {
        redirect.kind = RedirectKind::Both;
    } else if (take("<<<")) {
        redirect.kind = RedirectKind::HereText;
    } else if (take("<<-")) {
        return parse_here(node, redirect.descriptor, true);
    } else if (take("<<")) {
        return parse_here(node, redirect.descriptor, false);
    } else if (take(">&") || take("<&")) {
        redirect.kind = RedirectKind::Duplicate;
    } else if (take(">>")) {
        redirect.kind = RedirectKind::Append;
    } else if (take(">|") || take(">")) {
        redirect.kind = RedirectKind::Out;
    } else if (looking_at("<(") || looking_at("<>")) {
        return fail("syntax error: `" + text_.substr(at_, 2) + "' is not supported by this shell");
    } else {
        take("<");
    }
    if (looking_at("(")) return fail("syntax error: process substitution is not supported by this shell");
    skip_blanks();
    if (at_operator()) return unexpected();
    redirect.target.at = here_;
    if (!parse_word(redirect.target)) return false;
    if (redirect.kind == RedirectKind::HereText) add_literal(redirect.target, "\n", true);
    node.redirects.push_back(std::move(redirect));
    return true;
}

bool Parser::parse_here(Node& node, int descriptor, bool strip_tabs) {
    skip_blanks();
    if (at_operator()) return unexpected();
    PendingHere here;
    here.at = here_;
    here.end.strip_tabs = strip_tabs;
    Word word;
    if (!parse_word(word)) return false;
    for (const Part& part : word.parts) {
        if (part.quoted) here.quoted = true;
        here.end.delimiter += part.text;
    }
    Redirect redirect;
    redirect.kind = RedirectKind::HereText;
    redirect.descriptor = descriptor;
    node.redirects.push_back(std::move(redirect));
    here.node = &node;
    here.redirect = node.redirects.size() - 1;
    pending_here_.push_back(std::move(here));
    return true;
}

bool HereEnd::is(std::string_view line) const {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (strip_tabs) line.remove_prefix(std::min(line.find_first_not_of('\t'), line.size()));
    return line == delimiter;
}

bool Parser::read_here_documents() {
    std::vector<PendingHere> pending;
    pending.swap(pending_here_);
    for (const PendingHere& here : pending) {
        if (!read_here_document(here)) return false;
    }
    return true;
}

bool Parser::here_incomplete(const PendingHere& here) {
    awaited_here_ = here.end;
    return incomplete("here-document without its end");
}

bool Parser::read_here_document(const PendingHere& here) {
    const Position start = here_;
    std::string body;
    while (true) {
        if (at_end()) {
            if (options_.end == TextEnd::MayContinue) return here_incomplete(here);
            break;
        }
        const std::size_t newline = text_.find('\n', at_);
        const std::size_t length = (newline == std::string::npos ? text_.size() : newline) - at_;
        std::string_view line = std::string_view(text_).substr(at_, length);
        const bool last = here.end.is(line);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (here.end.strip_tabs) line.remove_prefix(std::min(line.find_first_not_of('\t'), line.size()));
        if (last && newline == std::string::npos && options_.end == TextEnd::MayContinue) {
            return here_incomplete(here);  // The line could still grow.
        }
        if (!last) body.append(line).append("\n");
        advance(length + 1);
        if (last) break;
    }
    Word word;
    word.at = start;
    if (here.quoted) {
        add_literal(word, body, true);
    } else if (!parse_text(body, start, word)) {
        return false;
    }
    here.node->redirects[here.redirect].target = std::move(word);
    return true;
}

}  // namespace kubetab::shell
