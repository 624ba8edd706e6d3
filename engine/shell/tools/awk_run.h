// AwkMachine: the state of a running awk program and the evaluation of its expressions and statements.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/shell/tools/awk_syntax.h"

namespace kubetab::shell {

// A text that may also be a number.
struct AwkValue {
    std::string text{};
    std::int64_t number = 0;
    bool numeric = false;  // a number, or input that looks like one

    static AwkValue of(std::int64_t number);
    static AwkValue of_text(std::string text) { return {std::move(text), 0, false}; }
    // Text that came from outside.
    static AwkValue of_input(std::string text);
    std::int64_t as_number() const;
    std::string as_text() const;
    bool truth() const;
};

class AwkMachine {
public:
    enum class Flow { None, Break, Continue, Next, Exit };

    void set(const std::string& name, AwkValue value);
    void set_line(std::string line);
    bool matches(const AwkExpression& pattern) { return value(pattern).truth(); }
    Flow run(const AwkStatement& statement);
    void print_line() { output_ += line_ + text_of("ORS"); }
    std::string take_output() { return std::exchange(output_, {}); }
    int exit_code() const { return exit_code_; }
    const std::string& problem() const { return problem_; }
    std::string text_of(const std::string& variable);
    void count_line();

    static constexpr std::int64_t kMaxSteps = 5'000'000;

private:
    AwkValue value(const AwkExpression& expression);
    AwkValue unary(const AwkExpression& expression);
    AwkValue binary(const AwkExpression& expression);
    AwkValue compare(const std::string& op, const AwkValue& a, const AwkValue& b) const;
    AwkValue arithmetic(char op, std::int64_t a, std::int64_t b);
    AwkValue assign(const AwkExpression& expression);
    AwkValue call(const AwkExpression& expression);
    AwkValue substitute(const AwkExpression& expression, bool all);
    AwkValue split(const AwkExpression& expression);
    bool matches_text(const AwkExpression& pattern, const std::string& text);
    base::Result<Regex> regex_of(const AwkExpression& pattern);
    void store(const AwkExpression& target, AwkValue value);
    std::string key_of(const AwkExpression& element);
    std::string formatted(const std::vector<AwkExpressionPtr>& expressions);
    Flow loop(const AwkStatement& statement);
    Flow for_in(const AwkStatement& statement);
    std::vector<std::string> split_text(const std::string& text, const std::string& separator);
    void set_field(std::size_t index, std::string text);
    void rebuild_line();
    void fail(std::string message);

    std::map<std::string, AwkValue> variables_ = {{"FS", AwkValue::of_text(" ")},
                                                  {"OFS", AwkValue::of_text(" ")},
                                                  {"ORS", AwkValue::of_text("\n")},
                                                  {"SUBSEP", AwkValue::of_text("\x1c")}};
    std::map<std::string, std::map<std::string, AwkValue>> arrays_{};
    std::string line_{};
    std::vector<std::string> fields_{};
    std::string output_{};
    std::string problem_{};
    int exit_code_ = 0;
    std::int64_t steps_ = 0;
};

}  // namespace kubetab::shell
