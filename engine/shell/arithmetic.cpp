#include "engine/shell/arithmetic.h"

#include <array>
#include <limits>
#include <utility>

namespace kubetab::shell {

namespace {

std::int64_t wrapped(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}
std::uint64_t bits(std::int64_t value) {
    return static_cast<std::uint64_t>(value);
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_name_character(char c) {
    return c == '_' || is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

struct Operator {
    std::string_view text;
    int level;  // higher binds tighter
};

constexpr std::array<Operator, 20> kBinary = {{{"||", 1}, {"&&", 2}, {"==", 6}, {"!=", 6},  {"<<", 8},
                                               {">>", 8}, {"<=", 7}, {">=", 7}, {"**", 11}, {"|", 3},
                                               {"^", 4},  {"&", 5},  {"<", 7},  {">", 7},   {"+", 9},
                                               {"-", 9},  {"*", 10}, {"/", 10}, {"%", 10},  {"", 0}}};

constexpr std::array<std::string_view, 11> kAssignments = {
    "<<=", ">>=", "+=", "-=", "*=", "/=", "%=", "&=", "^=", "|=", "="};

class Evaluator {
public:
    Evaluator(std::string_view text, Variables& variables, int depth)
        : text_(text), variables_(variables), depth_(depth) {}

    base::Result<std::int64_t> run() {
        skip();
        if (at_ == text_.size()) return std::int64_t{0};
        const std::int64_t value = comma();
        skip();
        if (error_.empty() && at_ < text_.size()) fail("syntax error in expression");
        if (!error_.empty()) {
            const std::string token(text_.substr(std::min(at_, text_.size())));
            std::string message = std::string(text_) + ": " + error_;
            if (!token.empty()) message += " (error token is \"" + token + "\")";
            return base::failure(base::Reason::BadRequest, message);
        }
        return value;
    }

private:
    void skip() {
        while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
            ++at_;
    }
    bool looking_at(std::string_view literal) const { return text_.substr(at_).starts_with(literal); }
    char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
    std::int64_t fail(std::string message) {
        if (error_.empty()) error_ = std::move(message);
        return 0;
    }

    std::int64_t comma() {
        std::int64_t value = ternary();
        for (skip(); error_.empty() && peek() == ','; skip()) {
            ++at_;
            value = ternary();
        }
        return value;
    }

    std::int64_t ternary() {
        if (++nesting_ > 200) return fail("expression recursion level exceeded");
        const std::int64_t condition = binary(1);
        skip();
        std::int64_t result = condition;
        if (error_.empty() && peek() == '?') {
            ++at_;
            const bool outer = skipping_;
            skipping_ = outer || condition == 0;
            const std::int64_t yes = ternary();
            skip();
            if (peek() != ':') return fail("`:' expected for conditional expression");
            ++at_;
            skipping_ = outer || condition != 0;
            const std::int64_t no = ternary();
            skipping_ = outer;
            result = condition != 0 ? yes : no;
        }
        --nesting_;
        return result;
    }

    // The operator here, unless it is the beginning of an assignment.
    Operator operator_here() {
        skip();
        for (const Operator& candidate : kBinary) {
            if (candidate.level == 0 || !looking_at(candidate.text)) continue;
            const char after = peek(candidate.text.size());
            const bool comparison = candidate.level == 6 || candidate.level == 7;
            if (after == '=' && (!comparison || candidate.text == "<" || candidate.text == ">")) continue;
            return candidate;
        }
        return {};
    }

    std::int64_t binary(int level) {
        std::int64_t left = unary();
        while (error_.empty()) {
            const Operator op = operator_here();
            if (op.level < level || op.level == 0) break;
            at_ += op.text.size();
            const bool outer = skipping_;
            if (op.text == "&&" && left == 0) skipping_ = true;
            if (op.text == "||" && left != 0) skipping_ = true;
            const std::int64_t right = binary(op.text == "**" ? op.level : op.level + 1);
            skipping_ = outer;
            left = apply(op.text, left, right);
        }
        return left;
    }

    std::int64_t apply(std::string_view op, std::int64_t a, std::int64_t b) {
        if (op == "||") return a != 0 || b != 0;
        if (op == "&&") return a != 0 && b != 0;
        if (op == "==") return a == b;
        if (op == "!=") return a != b;
        if (op == "<=") return a <= b;
        if (op == ">=") return a >= b;
        if (op == "<") return a < b;
        if (op == ">") return a > b;
        if (op == "<<") return wrapped(bits(a) << (bits(b) & 63U));
        if (op == ">>") return a >> (bits(b) & 63U);
        if (op == "|") return a | b;
        if (op == "^") return a ^ b;
        if (op == "&") return a & b;
        if (op == "+") return wrapped(bits(a) + bits(b));
        if (op == "-") return wrapped(bits(a) - bits(b));
        if (op == "*") return wrapped(bits(a) * bits(b));
        if (op == "**") return power(a, b);
        if (b == 0) return skipping_ ? 0 : fail("division by 0");
        if (b == -1) return op == "%" ? 0 : wrapped(0 - bits(a));
        return op == "%" ? a % b : a / b;
    }

    std::int64_t power(std::int64_t base, std::int64_t exponent) {
        if (exponent < 0) return fail("exponent less than 0");
        std::uint64_t result = 1;
        std::uint64_t factor = bits(base);
        for (std::uint64_t rest = bits(exponent); rest != 0; rest >>= 1, factor *= factor) {
            if ((rest & 1U) != 0) result *= factor;
        }
        return wrapped(result);
    }

    std::int64_t unary() {
        if (++nesting_ > 200) return fail("expression recursion level exceeded");
        skip();
        std::int64_t value = 0;
        if (looking_at("++") || looking_at("--")) {
            const std::int64_t change = peek() == '+' ? 1 : -1;
            at_ += 2;
            skip();
            const std::string name = take_name();
            value = name.empty() ? fail("syntax error: operand expected") : store(name, load(name) + change);
        } else if (peek() == '!' || peek() == '~' || peek() == '-' || peek() == '+') {
            const char sign = text_[at_++];
            const std::int64_t operand = unary();
            value = sign == '!'   ? operand == 0
                    : sign == '~' ? ~operand
                    : sign == '-' ? wrapped(0 - bits(operand))
                                  : operand;
        } else {
            value = primary();
        }
        --nesting_;
        return value;
    }

    std::int64_t primary() {
        if (peek() == '(') {
            ++at_;
            const std::int64_t value = comma();
            skip();
            if (peek() != ')') return fail("missing `)'");
            ++at_;
            return value;
        }
        if (is_digit(peek())) return number();
        const std::string name = take_name();
        if (name.empty()) return fail("syntax error: operand expected");
        skip();
        if (looking_at("++") || looking_at("--")) {
            const std::int64_t before = load(name);
            store(name, before + (peek() == '+' ? 1 : -1));
            at_ += 2;
            return before;
        }
        for (const std::string_view sign : kAssignments) {
            if (!looking_at(sign) || looking_at("==")) continue;
            at_ += sign.size();
            const std::int64_t right = ternary();
            if (sign == "=") return store(name, right);
            return store(name, apply(sign.substr(0, sign.size() - 1), load(name), right));
        }
        return load(name);
    }

    std::string take_name() {
        std::string name;
        if (is_digit(peek())) return name;
        while (is_name_character(peek())) name += text_[at_++];
        return name;
    }

    std::int64_t number() {
        std::uint64_t base = 10;
        if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X')) {
            base = 16;
            at_ += 2;
        } else if (peek() == '0' && is_digit(peek(1))) {
            base = 8;
        }
        std::uint64_t value = 0;
        while (is_name_character(peek()) || (peek() == '#' && base == 10)) {
            const char c = peek();
            if (c == '#') {
                if (value < 2 || value > 36) return fail("invalid arithmetic base");
                base = value;
                value = 0;
                ++at_;
                continue;
            }
            std::uint64_t digit = 99;
            if (is_digit(c)) digit = static_cast<std::uint64_t>(c - '0');
            if (c >= 'a' && c <= 'z') digit = static_cast<std::uint64_t>(c - 'a' + 10);
            if (c >= 'A' && c <= 'Z') digit = static_cast<std::uint64_t>(c - 'A' + 10);
            if (digit >= base) return fail("value too great for base");
            value = value * base + digit;
            ++at_;
        }
        return wrapped(value);
    }

    std::int64_t load(const std::string& name) {
        const std::string text = variables_.get(name).value_or("");
        if (text.empty() || skipping_) return 0;
        if (depth_ > 20) return fail("expression recursion level exceeded");
        const base::Result<std::int64_t> value = Evaluator(text, variables_, depth_ + 1).run();
        return value.ok() ? *value : fail(value.error().message);
    }

    std::int64_t store(const std::string& name, std::int64_t value) {
        if (!skipping_ && error_.empty()) variables_.set(name, std::to_string(value));
        return value;
    }

    std::string_view text_;
    Variables& variables_;
    int depth_ = 0;
    int nesting_ = 0;
    std::size_t at_ = 0;
    bool skipping_ = false;  // in the branch that is not taken
    std::string error_{};
};

}  // namespace

base::Result<std::int64_t> evaluate(std::string_view expression, Variables& variables) {
    return Evaluator(expression, variables, 0).run();
}

}  // namespace kubetab::shell
