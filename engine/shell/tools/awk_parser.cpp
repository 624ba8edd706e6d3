#include <algorithm>
#include <array>
#include <utility>

#include "engine/shell/tools/awk_syntax.h"
#include "engine/shell/tools/escapes.h"

namespace kubetab::shell {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_name(char c) {
    return c == '_' || is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr std::array<std::string_view, 11> kFunctions = {
    "length", "substr", "index", "split", "sub", "gsub", "match", "int", "toupper", "tolower", "sprintf"};
constexpr std::array<std::string_view, 6> kUnsupported = {"function", "func",  "getline",
                                                          "system",   "close", "do"};

class AwkParser {
public:
    explicit AwkParser(std::string_view text) : text_(text) {}

    base::Result<std::vector<AwkRule>> run() {
        std::vector<AwkRule> rules;
        for (skip_lines(); at_ < text_.size() && error_.empty(); skip_lines()) rules.push_back(rule());
        if (error_.empty() && rules.empty()) fail("an empty program");
        if (!error_.empty()) return base::failure(base::Reason::BadRequest, error_);
        return rules;
    }

private:
    // --- Characters ---
    void fail(const std::string& message) {
        if (!error_.empty()) return;
        const std::string near(text_.substr(std::min(at_, text_.size()), 20));
        error_ = message + (near.empty() ? " at the end of the program"
                                         : " near `" + near.substr(0, near.find('\n')) + "'");
    }
    void skip() {
        while (at_ < text_.size()) {
            if (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\r') ++at_;
            else if (text_.substr(at_).starts_with("\\\n")) at_ += 2;
            else if (text_[at_] == '#') at_ = std::min(text_.find('\n', at_), text_.size());
            else break;
        }
    }
    void skip_lines() {
        for (skip(); at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == ';'); skip()) ++at_;
    }
    void skip_newlines() {
        for (skip(); at_ < text_.size() && text_[at_] == '\n'; skip()) ++at_;
    }
    bool looking_at(std::string_view literal) const { return text_.substr(at_).starts_with(literal); }
    char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
    bool take(std::string_view literal) {
        skip();
        if (!looking_at(literal)) return false;
        at_ += literal.size();
        return true;
    }
    void expect(std::string_view literal) {
        if (!take(literal)) fail("syntax error: expected " + std::string(literal));
    }
    std::string_view peek_word() {
        skip();
        std::size_t end = at_;
        if (!is_digit(peek())) {
            while (end < text_.size() && is_name(text_[end])) ++end;
        }
        return text_.substr(at_, end - at_);
    }
    bool take_word(std::string_view word) {
        if (peek_word() != word) return false;
        at_ += word.size();
        return true;
    }

    // --- Rules and statements ---
    AwkRule rule() {
        AwkRule rule;
        if (take_word("BEGIN")) {
            rule.when = AwkRule::When::Begin;
        } else if (take_word("END")) {
            rule.when = AwkRule::When::End;
        } else if (skip(), peek() != '{') {
            rule.pattern = expression();
            if (take(",")) rule.last = expression();
        }
        skip();
        if (peek() == '{') {
            rule.action = block();
        } else if (rule.when != AwkRule::When::Line) {
            fail("BEGIN and END need an action");
        }
        return rule;
    }

    AwkStatementPtr make(AwkStatementKind kind) {
        auto statement = std::make_unique<AwkStatement>();
        statement->kind = kind;
        return statement;
    }

    AwkStatementPtr block() {
        AwkStatementPtr block = make(AwkStatementKind::Block);
        expect("{");
        for (skip_lines(); error_.empty() && peek() != '}'; skip_lines()) {
            if (at_ >= text_.size()) {
                fail("syntax error: expected }");
                break;
            }
            block->children.push_back(statement());
        }
        expect("}");
        return block;
    }

    AwkStatementPtr statement() {
        if (++depth_ > 60) fail("nested too deeply");
        AwkStatementPtr result = error_.empty() ? statement_here() : make(AwkStatementKind::Block);
        --depth_;
        return result;
    }

    AwkStatementPtr statement_here() {
        skip();
        if (peek() == '{') return block();
        if (take_word("if")) return if_statement();
        if (take_word("while")) {
            AwkStatementPtr result = make(AwkStatementKind::While);
            expect("(");
            result->expressions.push_back(expression());
            expect(")");
            skip_newlines();
            result->children.push_back(statement());
            return result;
        }
        if (take_word("for")) return for_statement();
        AwkStatementPtr result = simple_statement();
        skip();
        if (error_.empty() && at_ < text_.size() &&
            std::string_view(";\n}").find(peek()) == std::string_view::npos) {
            if (peek() == '>' || peek() == '|') fail("output to files and commands is not supported");
            fail("syntax error");
        }
        return result;
    }

    AwkStatementPtr if_statement() {
        AwkStatementPtr result = make(AwkStatementKind::If);
        expect("(");
        result->expressions.push_back(expression());
        expect(")");
        skip_newlines();
        result->children.push_back(statement());
        const std::size_t before = at_;
        skip_lines();
        if (take_word("else")) {
            skip_newlines();
            result->children.push_back(statement());
        } else {
            at_ = before;
        }
        return result;
    }

    AwkStatementPtr for_statement() {
        expect("(");
        const std::size_t before = at_;
        const std::string name(peek_word());
        at_ += name.size();
        if (!name.empty() && take_word("in")) {
            const std::string array(peek_word());
            at_ += array.size();
            if (take(")")) {
                AwkStatementPtr result = make(AwkStatementKind::ForIn);
                result->text = array;
                auto variable = std::make_unique<AwkExpression>();
                variable->kind = AwkKind::Variable;
                variable->text = name;
                result->expressions.push_back(std::move(variable));
                skip_newlines();
                result->children.push_back(statement());
                return result;
            }
        }
        at_ = before;
        AwkStatementPtr result = make(AwkStatementKind::For);
        for (const std::string_view end : {";", ";", ")"}) {
            skip();
            result->expressions.push_back(looking_at(end) ? nullptr : expression());
            expect(end);
        }
        skip_newlines();
        result->children.push_back(statement());
        return result;
    }

    AwkStatementPtr simple_statement() {
        if (take_word("print")) return print(AwkStatementKind::Print);
        if (take_word("printf")) return print(AwkStatementKind::Printf);
        if (take_word("next")) return make(AwkStatementKind::Next);
        if (take_word("break")) return make(AwkStatementKind::Break);
        if (take_word("continue")) return make(AwkStatementKind::Continue);
        if (take_word("exit")) {
            AwkStatementPtr result = make(AwkStatementKind::Exit);
            skip();
            if (!at_statement_end()) result->expressions.push_back(expression());
            return result;
        }
        if (take_word("delete")) {
            AwkStatementPtr result = make(AwkStatementKind::Delete);
            result->text = peek_word();
            at_ += result->text.size();
            if (take("[")) {
                result->expressions.push_back(expression());
                expect("]");
            }
            return result;
        }
        AwkStatementPtr result = make(AwkStatementKind::Expression);
        result->expressions.push_back(expression());
        return result;
    }

    bool at_statement_end() {
        skip();
        return at_ >= text_.size() || std::string_view(";\n}").find(peek()) != std::string_view::npos;
    }

    AwkStatementPtr print(AwkStatementKind kind) {
        AwkStatementPtr result = make(kind);
        printing_ = true;
        if (!at_statement_end()) {
            // print (a, b) and print (a) b both begin with a parenthesis.
            const std::size_t before = at_;
            if (take("(")) {
                printing_ = false;
                expressions(result->expressions);
                printing_ = true;
                if (!take(")") || !(at_statement_end() || peek() == '>' || peek() == '|')) {
                    at_ = before;
                    error_.clear();
                    result->expressions.clear();
                    expressions(result->expressions);
                }
            } else {
                expressions(result->expressions);
            }
        }
        printing_ = false;
        if (kind == AwkStatementKind::Printf && result->expressions.empty()) fail("printf needs a format");
        return result;
    }

    void expressions(std::vector<AwkExpressionPtr>& list) {
        do {
            skip_newlines();
            list.push_back(expression());
        } while (error_.empty() && take(","));
    }

    // --- Expressions, from the loosest operator to the tightest ---
    static AwkExpressionPtr node(AwkKind kind, std::string text = {}) {
        auto result = std::make_unique<AwkExpression>();
        result->kind = kind;
        result->text = std::move(text);
        return result;
    }
    static AwkExpressionPtr binary(std::string op, AwkExpressionPtr left, AwkExpressionPtr right) {
        AwkExpressionPtr result = node(AwkKind::Binary, std::move(op));
        result->children.push_back(std::move(left));
        result->children.push_back(std::move(right));
        return result;
    }

    AwkExpressionPtr expression() {
        if (++depth_ > 60) fail("nested too deeply");
        AwkExpressionPtr result = error_.empty() ? assignment() : node(AwkKind::Number);
        --depth_;
        return result;
    }

    AwkExpressionPtr assignment() {
        AwkExpressionPtr left = ternary();
        skip();
        const bool target =
            left->kind == AwkKind::Variable || left->kind == AwkKind::Element || left->kind == AwkKind::Field;
        if (!target) return left;
        for (const std::string_view op : {"+=", "-=", "*=", "/=", "%=", "="}) {
            if (!looking_at(op) || looking_at("==")) continue;
            at_ += op.size();
            AwkExpressionPtr result = node(AwkKind::Assign, std::string(op));
            skip_newlines();
            result->children.push_back(std::move(left));
            result->children.push_back(expression());
            return result;
        }
        return left;
    }

    AwkExpressionPtr ternary() {
        AwkExpressionPtr condition = level(0);
        if (!take("?")) return condition;
        AwkExpressionPtr result = node(AwkKind::Ternary);
        result->children.push_back(std::move(condition));
        result->children.push_back(expression());
        expect(":");
        result->children.push_back(expression());
        return result;
    }

    // Levels: || && in ~ comparison concatenation + * unary.
    AwkExpressionPtr level(int n) {
        if (n == 7) return unary();
        AwkExpressionPtr left = level(n + 1);
        while (error_.empty()) {
            const std::string op = operator_at(n);
            if (op.empty() && !(n == 4 && at_operand())) break;
            at_ += op.size();
            if (n <= 1) skip_newlines();
            if (op == "in") {
                AwkExpressionPtr in = node(AwkKind::In, std::string(peek_word()));
                at_ += in->text.size();
                in->children.push_back(std::move(left));
                left = std::move(in);
                continue;
            }
            left = binary(op, std::move(left), level(n + 1));
        }
        return left;
    }

    std::string operator_at(int n) {
        skip();
        if (n == 0) return looking_at("||") ? "||" : "";
        if (n == 1) return looking_at("&&") ? "&&" : "";
        if (n == 2) {
            if (peek_word() == "in") return "in";
            if (looking_at("!~")) return "!~";
            return looking_at("~") ? "~" : "";
        }
        if (n == 3) {
            for (const std::string_view op : {"<=", ">=", "==", "!=", "<", ">"}) {
                if (op == ">" && printing_) continue;
                if (looking_at(op) && !looking_at("!~")) return std::string(op);
            }
        }
        if (n == 5 && (peek() == '+' || peek() == '-') && peek(1) != '=' && peek(1) != peek())
            return std::string(1, peek());
        if (n == 6 && (peek() == '*' || peek() == '/' || peek() == '%') && peek(1) != '=')
            return std::string(1, peek());
        return {};
    }

    // Whether an operand begins here, so that two values are joined.
    bool at_operand() {
        skip();
        const char c = peek();
        if (c == '"' || c == '$' || c == '(' || is_digit(c) || (c == '.' && is_digit(peek(1)))) return true;
        if (c == '!' && peek(1) != '=' && peek(1) != '~') return false;
        const std::string_view word = peek_word();
        return !word.empty() && word != "in";
    }

    AwkExpressionPtr unary() {
        skip();
        for (const std::string_view op : {"++", "--"}) {
            if (!take(op)) continue;
            AwkExpressionPtr result = node(AwkKind::Increment, std::string(op));
            result->before = true;
            result->children.push_back(primary());
            return result;
        }
        const char c = peek();
        if (c == '!' || c == '-' || c == '+') {
            ++at_;
            if (++depth_ > 60) fail("nested too deeply");
            AwkExpressionPtr result = node(AwkKind::Unary, std::string(1, c));
            result->children.push_back(error_.empty() ? unary() : node(AwkKind::Number));
            --depth_;
            return result;
        }
        AwkExpressionPtr value = primary();
        const bool target = value->kind == AwkKind::Variable || value->kind == AwkKind::Element ||
                            value->kind == AwkKind::Field;
        for (const std::string_view op : {"++", "--"}) {
            if (!target || !take(op)) continue;
            AwkExpressionPtr result = node(AwkKind::Increment, std::string(op));
            result->children.push_back(std::move(value));
            return result;
        }
        if (take("^")) fail("powers are not supported");
        return value;
    }

    AwkExpressionPtr primary() {
        skip();
        const char c = peek();
        if (c == '(') {
            ++at_;
            const bool printing = std::exchange(printing_, false);
            AwkExpressionPtr inside = expression();
            printing_ = printing;
            expect(")");
            return inside;
        }
        if (c == '$') {
            ++at_;
            AwkExpressionPtr field = node(AwkKind::Field);
            if (++depth_ > 60) fail("nested too deeply");
            field->children.push_back(error_.empty() ? primary() : node(AwkKind::Number));
            --depth_;
            return field;
        }
        if (c == '"') return string();
        if (c == '/') return pattern();
        if (is_digit(c) || c == '.') return number();
        const std::string name(peek_word());
        if (name.empty()) {
            fail("syntax error");
            return node(AwkKind::Number);
        }
        if (std::find(kUnsupported.begin(), kUnsupported.end(), name) != kUnsupported.end()) {
            fail("`" + name + "' is not supported");
            return node(AwkKind::Number);
        }
        at_ += name.size();
        const bool function = std::find(kFunctions.begin(), kFunctions.end(), name) != kFunctions.end();
        if (function) return call(name);
        if (peek() == '(') fail("the function `" + name + "' is not supported");
        if (peek() != '[') return node(AwkKind::Variable, name);
        ++at_;
        AwkExpressionPtr element = node(AwkKind::Element, name);
        expressions(element->children);
        expect("]");
        return element;
    }

    AwkExpressionPtr call(const std::string& name) {
        AwkExpressionPtr result = node(AwkKind::Call, name);
        if (peek() != '(') {
            if (name != "length") fail("the function `" + name + "' needs arguments");
            return result;
        }
        ++at_;
        const bool printing = std::exchange(printing_, false);
        if (!take(")")) {
            expressions(result->children);
            expect(")");
        }
        printing_ = printing;
        return result;
    }

    AwkExpressionPtr string() {
        std::string raw;
        for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
            if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
                ++at_;
                raw += text_[at_] == '"' || text_[at_] == '/' ? std::string(1, text_[at_])
                                                              : std::string("\\") + text_[at_];
            } else {
                raw += text_[at_];
            }
        }
        if (at_ >= text_.size()) fail("unterminated string");
        ++at_;
        bool stopped = false;
        return node(AwkKind::Text, unescape(raw, EscapeStyle::Printf, stopped));
    }

    AwkExpressionPtr pattern() {
        std::string raw;
        for (++at_; at_ < text_.size() && text_[at_] != '/' && text_[at_] != '\n'; ++at_) {
            if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
                ++at_;
                if (text_[at_] != '/') raw += '\\';
            }
            raw += text_[at_];
        }
        if (peek() != '/') fail("unterminated regexp");
        ++at_;
        AwkExpressionPtr result = node(AwkKind::Pattern, raw);
        base::Result<Regex> regex = Regex::compile(raw, {true, false});
        if (regex.ok()) {
            result->regex = std::move(*regex);
        } else {
            fail(regex.error().message);
        }
        return result;
    }

    AwkExpressionPtr number() {
        AwkExpressionPtr result = node(AwkKind::Number);
        std::int64_t whole = 0;
        for (; is_digit(peek()); ++at_)
            whole = std::min<std::int64_t>(whole * 10 + (peek() - '0'), 1'000'000'000'000);
        result->number = whole * kAwkOne;
        if (peek() != '.') return result;
        ++at_;
        for (std::int64_t place = kAwkOne / 10; is_digit(peek()); ++at_, place /= 10)
            result->number += (peek() - '0') * place;
        return result;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    int depth_ = 0;
    bool printing_ = false;  // > would be a redirection
    std::string error_{};
};

}  // namespace

base::Result<std::vector<AwkRule>> parse_awk(std::string_view text) {
    return AwkParser(text).run();
}

}  // namespace kubetab::shell
