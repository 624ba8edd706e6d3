#include "engine/shell/condition.h"

#include <utility>

#include "engine/shell/interpreter.h"
#include "engine/shell/pattern.h"
#include "engine/shell/regex.h"

namespace kubetab::shell {

namespace {

std::optional<std::int64_t> integer(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    if (text.empty() || text.size() > 18) return std::nullopt;
    std::int64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return negative ? -value : value;
}

bool is_unary(std::string_view word) {
    return word.size() == 2 && word[0] == '-' &&
           std::string_view("edfrwxsznLhptv").find(word[1]) != word.npos;
}

bool is_numeric_operator(std::string_view word) {
    return word == "-eq" || word == "-ne" || word == "-lt" || word == "-le" || word == "-gt" || word == "-ge";
}

// Recursive descent over the words of `test`, or of [[ ]] when `extended`.
class Condition {
public:
    Condition(const std::vector<std::string>& words, const ConditionPlace& place, bool extended)
        : words_(words), place_(place), extended_(extended) {}

    ConditionResult run() {
        if (words_.empty()) return {1, ""};
        const bool value = disjunction(0);
        if (error_.empty() && at_ < words_.size()) error_ = "too many arguments";
        if (!error_.empty()) return {2, error_};
        return {value ? 0 : 1, ""};
    }

private:
    bool at(std::string_view word) const { return at_ < words_.size() && words_[at_] == word; }
    bool fail(std::string message) {
        if (error_.empty()) error_ = std::move(message);
        return false;
    }
    std::string text(std::size_t index) const {
        return extended_ ? unescape_pattern(words_[index]) : words_[index];
    }

    bool disjunction(int depth) {
        if (depth > 50) return fail("nested too deeply");
        bool value = conjunction(depth);
        while (error_.empty() && (at("||") ? extended_ : at("-o") && !extended_)) {
            ++at_;
            const bool right = conjunction(depth);
            value = value || right;
        }
        return value;
    }

    bool conjunction(int depth) {
        bool value = negation(depth);
        while (error_.empty() && (at("&&") ? extended_ : at("-a") && !extended_)) {
            ++at_;
            const bool right = negation(depth);
            value = value && right;
        }
        return value;
    }

    bool negation(int depth) {
        if (depth > 50) return fail("nested too deeply");
        const bool compares = at_ + 2 < words_.size() && is_binary(words_[at_ + 1]);
        if (at("!") && at_ + 1 < words_.size() && !compares) {
            ++at_;
            return !negation(depth + 1);
        }
        return primary(depth, compares);
    }

    bool is_binary(std::string_view word) const {
        if (word == "=" || word == "==" || word == "!=" || word == "<" || word == ">" || word == "-nt" ||
            word == "-ot" || is_numeric_operator(word)) {
            return true;
        }
        return extended_ && word == "=~";
    }

    bool primary(int depth, bool compares) {
        if (at_ >= words_.size()) return fail("argument expected");
        if (compares) return comparison();
        if (at("(") && at_ + 1 < words_.size()) {
            ++at_;
            const bool value = disjunction(depth + 1);
            if (!at(")")) return fail("missing `)'");
            ++at_;
            return value;
        }
        if (is_unary(words_[at_]) && at_ + 1 < words_.size()) {
            at_ += 2;
            return unary(words_[at_ - 2][1], text(at_ - 1));
        }
        if (words_[at_].size() == 2 && words_[at_][0] == '-' && at_ + 1 < words_.size()) {
            return fail(words_[at_] + ": unary operator expected");
        }
        if (at_ + 2 < words_.size() && !at_joint(at_ + 1))
            return fail(words_[at_ + 1] + ": binary operator expected");
        return !text(at_++).empty();
    }

    bool at_joint(std::size_t index) const {
        const std::string& word = words_[index];
        return word == "-a" || word == "-o" || word == "&&" || word == "||" || word == ")";
    }

    bool unary(char op, const std::string& operand) const {
        if (op == 'z') return operand.empty();
        if (op == 'n') return !operand.empty();
        if (op == 't') return false;
        if (op == 'v') return place_.state && place_.state->get(operand).has_value();
        if (operand == "/dev/null") return op != 'd' && op != 'f' && op != 's';
        const base::Result<sim::FileInfo> info = place_.files->stat(sim::resolve(place_.directory, operand));
        if (!info.ok() || operand.empty()) return false;
        switch (op) {
            case 'd': return info->directory;
            case 'f': return !info->directory;
            case 's': return info->bytes > 0;
            case 'x': return info->directory || (info->mode & 0111U) != 0;
            case 'w': return (info->mode & 0222U) != 0;
            case 'L':
            case 'h':
            case 'p': return false;
            default: return true;
        }
    }

    bool comparison() {
        const std::string left = text(at_);
        const std::string op = words_[at_ + 1];
        const std::string right = text(at_ + 2);
        const std::string& pattern = words_[at_ + 2];
        at_ += 3;
        if (is_numeric_operator(op)) return numbers(left, op, right);
        if (op == "=" || op == "==") return extended_ ? matches(pattern, left) : left == right;
        if (op == "!=") return extended_ ? !matches(pattern, left) : left != right;
        if (op == "<") return left < right;
        if (op == ">") return left > right;
        if (op == "=~") {
            const base::Result<Regex> regex = Regex::compile(pattern, {true, false});
            return regex.ok() ? regex->matches_somewhere(left) : fail(right + ": " + regex.error().message);
        }
        const auto first = place_.files->stat(sim::resolve(place_.directory, left));
        const auto second = place_.files->stat(sim::resolve(place_.directory, right));
        if (!first.ok() || !second.ok())
            return op == "-nt" ? first.ok() && !second.ok() : !first.ok() && second.ok();
        return op == "-nt" ? first->modified > second->modified : first->modified < second->modified;
    }

    bool numbers(const std::string& left, const std::string& op, const std::string& right) {
        const std::optional<std::int64_t> a = number(left);
        const std::optional<std::int64_t> b = number(right);
        if (!a) return fail(left + ": integer expression expected");
        if (!b) return fail(right + ": integer expression expected");
        if (op == "-eq") return *a == *b;
        if (op == "-ne") return *a != *b;
        if (op == "-lt") return *a < *b;
        if (op == "-le") return *a <= *b;
        if (op == "-gt") return *a > *b;
        return *a >= *b;
    }

    // [[ ]] takes a variable's name for its value.
    std::optional<std::int64_t> number(const std::string& word) const {
        if (extended_ && word.empty()) return 0;
        if (extended_ && place_.state && is_name(word)) return integer(place_.state->get(word).value_or("0"));
        return integer(word);
    }

    const std::vector<std::string>& words_;
    const ConditionPlace& place_;
    bool extended_;
    std::size_t at_ = 0;
    std::string error_{};
};

}  // namespace

ConditionResult evaluate_test(const std::vector<std::string>& words, const ConditionPlace& place) {
    return Condition(words, place, false).run();
}

ConditionResult evaluate_condition(const std::vector<std::string>& patterns, const State& state,
                                   const sim::FileSystem& files) {
    const ConditionPlace place{&files, state.directory, &state};
    return Condition(patterns, place, true).run();
}

}  // namespace kubetab::shell
