#include <algorithm>
#include <utility>

#include "engine/shell/condition.h"
#include "engine/shell/regex.h"
#include "engine/shell/tools/tool.h"
#include "engine/shell/tools/tools.h"
#include "engine/shell/utf8.h"

namespace kubetab::shell {

namespace {

int test(const sim::Invocation& invocation, sim::Io& io) {
    std::vector<std::string> words(invocation.words.begin() + 1, invocation.words.end());
    if (invocation.words[0] == "[") {
        if (words.empty() || words.back() != "]") {
            io.err("[: missing `]'\n");
            return 2;
        }
        words.pop_back();
    }
    const ConditionPlace place{invocation.files, invocation.directory, nullptr};
    const ConditionResult result = evaluate_test(words, place);
    if (!result.message.empty()) io.err(invocation.words[0] + ": " + result.message + "\n");
    return result.code;
}

std::optional<std::int64_t> number_in(const std::string& text) {
    const bool negative = text.starts_with('-');
    const std::optional<std::int64_t> value = whole_number(std::string_view(text).substr(negative ? 1 : 0));
    return value && negative ? -*value : value;
}

// expr: the operators | & comparisons + - * / % : over words.
class Expr {
public:
    explicit Expr(const std::vector<std::string>& words) : words_(words) {}

    int run(sim::Io& io) {
        const std::string value = words_.size() > 1 ? level(0, 0) : fail("missing operand");
        if (error_.empty() && at_ < words_.size())
            fail("syntax error: unexpected argument '" + words_[at_] + "'");
        if (!error_.empty()) {
            io.err("expr: " + error_ + "\n");
            return 2;
        }
        io.out(value + "\n");
        return value.empty() || value == "0" ? 1 : 0;
    }

private:
    std::string fail(std::string message) {
        if (error_.empty()) error_ = std::move(message);
        return {};
    }

    static int level_of(const std::string& op) {
        if (op == "|") return 0;
        if (op == "&") return 1;
        if (op == "=" || op == "==" || op == "!=" || op == "<" || op == "<=" || op == ">" || op == ">=")
            return 2;
        if (op == "+" || op == "-") return 3;
        if (op == "*" || op == "/" || op == "%") return 4;
        return op == ":" ? 5 : -1;
    }

    std::string level(int lowest, int depth) {
        if (depth > 50) return fail("nested too deeply");
        std::string left = primary(depth);
        while (error_.empty() && at_ < words_.size()) {
            const std::string op = words_[at_];
            if (level_of(op) < lowest) break;
            ++at_;
            left = apply(left, op, level(level_of(op) + 1, depth + 1));
        }
        return left;
    }

    std::string primary(int depth) {
        if (at_ >= words_.size())
            return fail("syntax error: missing argument after '" + words_[at_ - 1] + "'");
        if (words_[at_] == "length" && at_ + 1 < words_.size()) {
            at_ += 2;
            return std::to_string(from_utf8(words_[at_ - 1]).size());
        }
        if (words_[at_] != "(") return words_[at_++];
        ++at_;
        std::string value = level(0, depth + 1);
        if (at_ >= words_.size() || words_[at_] != ")") return fail("syntax error: expecting ')'");
        ++at_;
        return value;
    }

    std::string apply(const std::string& left, const std::string& op, const std::string& right) {
        const bool left_true = !left.empty() && left != "0";
        const bool right_true = !right.empty() && right != "0";
        if (op == "|") return left_true ? left : right_true ? right : "0";
        if (op == "&") return left_true && right_true ? left : "0";
        if (op == ":") return match(left, right);
        const std::optional<std::int64_t> a = number_in(left);
        const std::optional<std::int64_t> b = number_in(right);
        if (level_of(op) == 2) {
            const int order = a && b ? (*a < *b ? -1 : *a > *b) : left.compare(right);
            const bool holds = (op == "=" || op == "==") ? order == 0
                               : op == "!="              ? order != 0
                               : op == "<"               ? order < 0
                               : op == "<="              ? order <= 0
                               : op == ">"               ? order > 0
                                                         : order >= 0;
            return holds ? "1" : "0";
        }
        if (!a || !b) return fail("non-integer argument");
        const auto x = static_cast<std::uint64_t>(*a);
        const auto y = static_cast<std::uint64_t>(*b);
        if (op == "+") return std::to_string(static_cast<std::int64_t>(x + y));
        if (op == "-") return std::to_string(static_cast<std::int64_t>(x - y));
        if (op == "*") return std::to_string(static_cast<std::int64_t>(x * y));
        if (*b == 0) return fail("division by zero");
        return std::to_string(op == "/" ? *a / *b : *a % *b);
    }

    std::string match(const std::string& text, const std::string& pattern) {
        const base::Result<Regex> regex = Regex::compile("^" + pattern, {});
        if (!regex.ok()) return fail(regex.error().message);
        std::vector<std::optional<RegexSpan>> groups;
        const bool found = regex->search(text, 0, groups);
        if (regex->group_count() == 0) {
            return found ? std::to_string(from_utf8(text.substr(0, groups[0]->end)).size()) : "0";
        }
        return found && groups[1] ? text.substr(groups[1]->begin, groups[1]->end - groups[1]->begin) : "";
    }

    const std::vector<std::string>& words_;
    std::size_t at_ = 1;
    std::string error_{};
};

}  // namespace

void add_expr_tools(CommandTable& table) {
    const auto start_test = [](const auto& invocation) { return run_at_once(invocation, test); };
    table.add(make_tool("test", "check a condition", start_test));
    table.add(make_tool("[", "check a condition", start_test));
    table.add(make_tool("expr", "compute an expression", [](const auto& invocation) {
        return run_at_once(
            invocation, [](const sim::Invocation& words, sim::Io& io) { return Expr(words.words).run(io); });
    }));
}

}  // namespace kubetab::shell
