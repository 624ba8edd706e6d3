#include <algorithm>
#include <utility>

#include "engine/shell/parser.h"
#include "engine/shell/utf8.h"

namespace kubetab::shell {

namespace {

constexpr std::string_view kMeta = " \t\r\n;&|<>()";

bool is_name_start(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_special(char c) {
    return std::string_view("?#$!@*-").find(c) != std::string_view::npos;
}

int hex_digit(char c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

void add_literal(Word& word, std::string_view text, bool quoted) {
    const bool joins = !word.parts.empty() && word.parts.back().kind == PartKind::Literal &&
                       word.parts.back().quoted == quoted;
    if (!joins) {
        Part part;
        part.quoted = quoted;
        word.parts.push_back(std::move(part));
    }
    word.parts.back().text.append(text);
}

std::string_view plain_text(const Word& word) {
    if (word.parts.size() != 1) return {};
    const Part& part = word.parts[0];
    return part.kind == PartKind::Literal && !part.quoted ? std::string_view(part.text) : std::string_view();
}

bool Parser::parse_word(Word& word) {
    word.at = here_;
    return parse_word_until(word, kMeta);
}

// Unquoted characters up to one of `stops`.
bool Parser::parse_word_until(Word& word, std::string_view stops) {
    bool good = true;
    while (good && !at_end() && stops.find(peek()) == std::string_view::npos) {
        switch (peek()) {
            case '\\':
                advance();
                if (at_end()) {
                    if (options_.end == TextEnd::MayContinue) return incomplete("a line that continues");
                    add_literal(word, "\\", true);
                } else if (peek() != '\n') {
                    add_literal(word, text_.substr(at_, 1), true);
                }
                advance();
                break;
            case '\'': good = parse_single_quoted(word); break;
            case '"': good = parse_double_quoted(word); break;
            case '$': good = parse_dollar(word, false); break;
            case '`': good = parse_backquoted(word, false); break;
            default: add_literal(word, text_.substr(at_, 1), false); advance();
        }
    }
    return good;
}

bool Parser::parse_single_quoted(Word& word) {
    advance();
    const std::size_t end = text_.find('\'', at_);
    if (end == std::string::npos) {
        if (options_.dialect == Dialect::Ash) return incomplete("syntax error: unterminated quoted string");
        return incomplete("unexpected EOF while looking for matching `''");
    }
    add_literal(word, std::string_view(text_).substr(at_, end - at_), true);
    advance(end + 1 - at_);
    return true;
}

// A backslash, which stays unless it escapes the next character.
bool Parser::quoted_character(Word& word, std::string_view escapable) {
    if (peek() == '\\' && at_ + 1 < text_.size()) {
        if (peek(1) == '\n') {
            advance(2);
            return true;
        }
        if (escapable.find(peek(1)) != std::string_view::npos) advance();
    }
    add_literal(word, text_.substr(at_, 1), true);
    advance();
    return true;
}

bool Parser::parse_double_quoted(Word& word) {
    advance();
    add_literal(word, "", true);
    bool good = true;
    while (good) {
        if (at_end()) {
            if (options_.dialect == Dialect::Ash)
                return incomplete("syntax error: unterminated quoted string");
            return incomplete("unexpected EOF while looking for matching `\"'");
        }
        if (take("\"")) return true;
        switch (peek()) {
            case '$': good = parse_dollar(word, true); break;
            case '`': good = parse_backquoted(word, true); break;
            default: good = quoted_character(word, "$`\"\\");
        }
    }
    return false;
}

// $'...' with its C escapes.
bool Parser::parse_ansi_quoted(Word& word) {
    advance(2);
    std::string text;
    while (!at_end() && peek() != '\'') {
        if (peek() != '\\') {
            text += peek();
            advance();
            continue;
        }
        advance();
        const char escape = peek();
        static constexpr std::string_view kNames = "abefnrtv\\'\"?";
        static constexpr std::string_view kValues = "\a\b\x1b\f\n\r\t\v\\'\"?";
        const std::size_t known = kNames.find(escape);
        const int base = escape == 'x' || escape == 'u' || escape == 'U' ? 16 : 8;
        if (known != std::string_view::npos) {
            text += kValues[known];
            advance();
        } else if (base == 16 || (escape >= '0' && escape <= '7')) {
            if (base == 16) advance();
            const int digits = escape == 'x' ? 2 : escape == 'u' ? 4 : escape == 'U' ? 8 : 3;
            std::uint32_t code = 0;
            for (int i = 0; i < digits && hex_digit(peek()) >= 0 && hex_digit(peek()) < base; ++i) {
                code =
                    code * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(hex_digit(peek()));
                advance();
            }
            if (escape == 'u' || escape == 'U') {
                append_utf8(text, static_cast<char32_t>(code));
            } else {
                text += static_cast<char>(code & 0xFFU);
            }
        } else {
            text += '\\';
        }
    }
    if (at_end()) return incomplete("unexpected EOF while looking for matching `''");
    advance();
    add_literal(word, text, true);
    return true;
}

bool Parser::parse_dollar(Word& word, bool quoted) {
    const char next = peek(1);
    if (looking_at("$((")) return parse_arithmetic(word, quoted);
    if (next == '(') return parse_command_substitution(word, quoted);
    if (next == '{') return parse_braced_parameter(word, quoted);
    if (next == '\'' && !quoted && options_.dialect == Dialect::Bash) return parse_ansi_quoted(word);
    Part part;
    part.kind = PartKind::Parameter;
    part.quoted = quoted;
    std::size_t length = 0;
    if (is_name_start(next)) {
        while (is_name_start(peek(1 + length)) || is_digit(peek(1 + length))) ++length;
    } else if (is_special(next) || is_digit(next)) {
        length = 1;
    }
    if (length == 0) {
        advance();
        if (next != '"' || quoted) add_literal(word, "$", quoted);
        return true;
    }
    part.text = text_.substr(at_ + 1, length);
    advance(1 + length);
    word.parts.push_back(std::move(part));
    return true;
}

bool Parser::parse_braced_parameter(Word& word, bool quoted) {
    advance(2);
    Part part;
    part.kind = PartKind::Parameter;
    part.quoted = quoted;
    const bool length =
        peek() == '#' && peek(1) != '}' && std::string_view(":-=?+%").find(peek(1)) == std::string::npos;
    if (length) {
        part.op = ParameterOperator::Length;
        advance();
    }
    std::size_t size = 0;
    if (is_name_start(peek())) {
        while (is_name_start(peek(size)) || is_digit(peek(size))) ++size;
    } else if (is_digit(peek())) {
        while (is_digit(peek(size))) ++size;
    } else if (is_special(peek())) {
        size = 1;
    }
    part.text = text_.substr(at_, size);
    if (at_ + size >= text_.size()) return incomplete("unexpected EOF while looking for matching `}'");
    if (size == 0 || peek(size) == '[') return fail("${" + part.text + peek(size) + "...}: bad substitution");
    advance(size);
    if (!length && !parse_parameter_operator(part, quoted)) return false;
    if (at_end()) return incomplete("unexpected EOF while looking for matching `}'");
    if (!take("}")) return fail("${" + part.text + "...}: bad substitution");
    word.parts.push_back(std::move(part));
    return true;
}

bool Parser::parse_parameter_operator(Part& part, bool quoted) {
    using enum ParameterOperator;
    struct Spelling {
        std::string_view text;
        ParameterOperator op;
        bool or_empty;
    };
    static constexpr Spelling kSpellings[] = {
        {":-", Default, true},
        {":=", Assign, true},
        {":+", Alternate, true},
        {":?", Error, true},
        {"-", Default, false},
        {"=", Assign, false},
        {"+", Alternate, false},
        {"?", Error, false},
        {"##", RemoveLongPrefix, false},
        {"#", RemovePrefix, false},
        {"%%", RemoveLongSuffix, false},
        {"%", RemoveSuffix, false},
        {"//", ReplaceAll, false},
        {"/", Replace, false},
        {":", Substring, false},
        {"^^", Upper, false},
        {",,", Lower, false},
    };
    for (const Spelling& spelling : kSpellings) {
        if (!take(spelling.text)) continue;
        part.op = spelling.op;
        part.or_empty = spelling.or_empty;
        switch (spelling.op) {
            case Upper:
            case Lower: return true;
            case Default:
            case Assign:
            case Alternate:
            case Error: return parse_operand(part, "}", quoted, part.operand);
            case Substring:
                if (!parse_operand(part, ":}", false, part.operand)) return false;
                return !take(":") || parse_operand(part, "}", false, part.second);
            case Replace:
            case ReplaceAll:
                if (!parse_operand(part, "/}", false, part.operand)) return false;
                return !take("/") || parse_operand(part, "}", quoted, part.second);
            default: return parse_operand(part, "}", false, part.operand);
        }
    }
    return true;
}

bool Parser::parse_operand(Part& part, std::string_view stops, bool quoted,
                           std::shared_ptr<const Word>& into) {
    if (depth_ >= kMaxDepth) return fail("syntax error: nested too deeply");
    ++depth_;
    auto operand = std::make_shared<Word>();
    operand->at = here_;
    bool good = true;
    if (!quoted) {
        good = parse_word_until(*operand, stops);
    } else {
        while (good && !at_end() && stops.find(peek()) == std::string_view::npos) {
            switch (peek()) {
                case '$': good = parse_dollar(*operand, true); break;
                case '`': good = parse_backquoted(*operand, true); break;
                case '"': good = parse_double_quoted(*operand); break;
                default: good = quoted_character(*operand, "$`\"\\}");
            }
        }
    }
    --depth_;
    into = std::move(operand);
    (void)part;
    return good;
}

bool Parser::parse_command_substitution(Word& word, bool quoted) {
    advance(2);
    Part part;
    part.kind = PartKind::Command;
    part.quoted = quoted;
    std::vector<PendingHere> outer;
    outer.swap(pending_here_);
    NodePtr script;
    if (!parse_list(Stop::Parenthesis, script)) return false;
    outer.swap(pending_here_);
    if (at_end()) return incomplete("unexpected EOF while looking for matching `)'");
    if (!take(")")) return unexpected();
    if (script->kind == NodeKind::Simple && script->words.empty() && script->redirects.size() == 1) {
        auto cat = std::make_shared<Node>(*script);  // $(< file)
        Word name;
        add_literal(name, "cat", false);
        cat->words.push_back(std::move(name));
        script = std::move(cat);
    }
    part.script = std::move(script);
    word.parts.push_back(std::move(part));
    return true;
}

bool Parser::parse_backquoted(Word& word, bool quoted) {
    const Position at = here_;
    advance();
    std::string inside;
    while (!at_end() && peek() != '`') {
        const bool escape = peek() == '\\' && (peek(1) == '`' || peek(1) == '\\' || peek(1) == '$');
        if (escape) advance();
        inside += peek();
        advance();
    }
    if (at_end()) return incomplete("unexpected EOF while looking for matching ``'");
    advance();
    if (depth_ >= kMaxDepth) return fail("syntax error: nested too deeply");
    ParserOptions options = options_;
    options.end = TextEnd::Final;
    Parser parser(std::move(inside), options);
    parser.here_ = at;
    parser.depth_ = depth_ + 1;
    Part part;
    part.kind = PartKind::Command;
    part.quoted = quoted;
    if (parser.all(part.script) != Outcome::Command) {
        here_ = parser.error().at;
        return fail(parser.error().message);
    }
    word.parts.push_back(std::move(part));
    return true;
}

// The characters up to the "))" that closes an arithmetic expression. Not failing means that it was found.
bool Parser::arithmetic_text(std::string& text) {
    int depth = 0;
    for (std::size_t i = at_; i < text_.size(); ++i) {
        if (text_[i] == '(') ++depth;
        if (text_[i] != ')') continue;
        if (depth > 0) {
            --depth;
            continue;
        }
        if (i + 1 >= text_.size() || text_[i + 1] != ')') break;
        text = text_.substr(at_, i - at_);
        advance(i + 2 - at_);
        return true;
    }
    if (text_.find("))", at_) != std::string::npos) return fail("syntax error in arithmetic expression");
    return incomplete("unexpected EOF while looking for matching `)'");
}

bool Parser::parse_arithmetic(Word& word, bool quoted) {
    const Position at = here_;
    advance(3);
    std::string text;
    if (!arithmetic_text(text)) return false;
    auto expression = std::make_shared<Word>();
    if (!parse_text(text, at, *expression)) return false;
    Part part;
    part.kind = PartKind::Arithmetic;
    part.quoted = quoted;
    part.operand = std::move(expression);
    word.parts.push_back(std::move(part));
    return true;
}

// Parses a text that stands as if between double quotes, in which a quote is an ordinary character.
bool Parser::parse_text(std::string_view text, Position at, Word& word) {
    if (depth_ >= kMaxDepth) return fail("syntax error: nested too deeply");
    ParserOptions options = options_;
    options.end = TextEnd::Final;
    Parser parser(std::string(text), options);
    parser.here_ = at;
    parser.depth_ = depth_ + 1;
    word.at = at;
    bool good = true;
    while (good && !parser.at_end()) {
        switch (parser.peek()) {
            case '$': good = parser.parse_dollar(word, true); break;
            case '`': good = parser.parse_backquoted(word, true); break;
            default: good = parser.quoted_character(word, "$`\\");
        }
    }
    if (good) return true;
    here_ = parser.error_.at;
    return fail(parser.error_.message);
}

}  // namespace kubetab::shell
