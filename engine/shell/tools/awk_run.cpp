#include "engine/shell/tools/awk_run.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/shell/tools/escapes.h"
#include "engine/shell/utf8.h"

namespace kubetab::shell {

namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max() / 4;
constexpr std::size_t kMaxFields = 10'000;

// Reads a number at the beginning of a text; `rest` is what follows.
std::int64_t leading_number(std::string_view text, std::string_view& rest) {
    while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
    rest = text;
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    std::int64_t whole = 0;
    std::size_t at = 0;
    const auto digit = [&](std::size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
    for (; digit(at); ++at) whole = std::min<std::int64_t>(whole * 10 + (text[at] - '0'), 1'000'000'000'000);
    std::int64_t value = whole * kAwkOne;
    const bool point = at < text.size() && text[at] == '.' && (at > 0 || digit(at + 1));
    if (point) ++at;
    for (std::int64_t place = kAwkOne / 10; point && digit(at); ++at, place /= 10)
        value += (text[at] - '0') * place;
    if (at > 0) rest = text.substr(at);
    return negative ? -value : value;
}

std::string number_text(std::int64_t number) {
    const bool negative = number < 0;
    const std::int64_t size = negative ? -number : number;
    std::string text = std::to_string(size / kAwkOne);
    std::string fraction = std::to_string(size % kAwkOne + kAwkOne).substr(1);
    // Six significant digits, as %.6g.
    if (text != "0" && text.size() < 6) {
        const std::size_t places = 6 - text.size();
        const bool up = places < fraction.size() && fraction[places] >= '5';
        fraction.resize(std::min(places, fraction.size()));
        if (up) {
            std::int64_t unit = kAwkOne;
            for (std::size_t i = 0; i < places; ++i) unit /= 10;
            return number_text(negative ? -(size / unit * unit + unit) : size / unit * unit + unit);
        }
    } else if (text.size() >= 6) {
        fraction.clear();
    }
    while (fraction.ends_with('0')) fraction.pop_back();
    if (!fraction.empty()) text.append(".").append(fraction);
    if (negative && text != "0") text.insert(text.begin(), '-');
    return text;
}

std::int64_t clamped_product(std::int64_t a, std::int64_t b) {
    const std::int64_t whole = b / kAwkOne;
    const std::int64_t part = b % kAwkOne;
    const std::int64_t size = a < 0 ? -a : a;
    if (whole != 0 && size > kMost / (whole < 0 ? -whole : whole)) return (a < 0) == (b < 0) ? kMost : -kMost;
    const std::int64_t fraction = (a / kAwkOne) * part + (a % kAwkOne) * part / kAwkOne;
    return a * whole + fraction;
}

std::int64_t quotient(std::int64_t a, std::int64_t b) {
    const std::int64_t whole = a / b;
    std::int64_t rest = a % b;
    std::int64_t value = std::clamp(whole, -kMost / kAwkOne, kMost / kAwkOne) * kAwkOne;
    for (std::int64_t place = kAwkOne / 10; place > 0; place /= 10) {
        if (rest > kMost / 10 || rest < -kMost / 10) break;
        rest *= 10;
        value += rest / b * place;
        rest %= b;
    }
    return value;
}

}  // namespace

AwkValue AwkValue::of(std::int64_t number) {
    return {"", number, true};
}

AwkValue AwkValue::of_input(std::string text) {
    std::string_view rest;
    const std::int64_t number = leading_number(text, rest);
    const bool any = rest.size() < text.size() && text.find_first_of("0123456789") != std::string::npos;
    const bool numeric = any && rest.find_first_not_of(" \t") == std::string_view::npos;
    return {std::move(text), numeric ? number : 0, numeric};
}

std::int64_t AwkValue::as_number() const {
    if (numeric) return number;
    std::string_view rest;
    return leading_number(text, rest);
}

std::string AwkValue::as_text() const {
    return numeric && text.empty() ? number_text(number) : text;
}

bool AwkValue::truth() const {
    return numeric ? number != 0 : !text.empty();
}

void AwkMachine::fail(std::string message) {
    if (problem_.empty()) problem_ = std::move(message);
}

void AwkMachine::set(const std::string& name, AwkValue value) {
    variables_[name] = std::move(value);
}

std::string AwkMachine::text_of(const std::string& variable) {
    return variables_[variable].as_text();
}

void AwkMachine::count_line() {
    for (const char* name : {"NR", "FNR"})
        variables_[name] = AwkValue::of(variables_[name].as_number() + kAwkOne);
}

std::vector<std::string> AwkMachine::split_text(const std::string& text, const std::string& separator) {
    std::vector<std::string> parts;
    if (separator == " ") {
        for (std::size_t at = text.find_first_not_of(" \t\n"); at != std::string::npos;) {
            const std::size_t end = std::min(text.find_first_of(" \t\n", at), text.size());
            parts.push_back(text.substr(at, end - at));
            at = text.find_first_not_of(" \t\n", end);
        }
        return parts;
    }
    if (text.empty()) return parts;
    if (separator.empty()) {
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t from = at;
            next_code(text, at);
            parts.push_back(text.substr(from, at - from));
        }
        return parts;
    }
    const bool plain = separator.size() == 1 && separator != "\\";
    const base::Result<Regex> regex =
        Regex::compile(plain ? "[" + separator + "]" : separator, {true, false});
    if (!regex.ok() || (plain && separator == "^")) {
        if (separator != "^") fail(regex.error().message);
        return {text};
    }
    std::size_t from = 0;
    std::vector<std::optional<RegexSpan>> groups;
    while (parts.size() < kMaxFields && regex->search(text, from, groups) &&
           groups[0]->end > groups[0]->begin) {
        parts.push_back(text.substr(from, groups[0]->begin - from));
        from = groups[0]->end;
    }
    parts.push_back(text.substr(from));
    return parts;
}

void AwkMachine::set_line(std::string line) {
    line_ = std::move(line);
    fields_ = split_text(line_, text_of("FS"));
    variables_["NF"] = AwkValue::of(static_cast<std::int64_t>(fields_.size()) * kAwkOne);
}

void AwkMachine::rebuild_line() {
    const std::string separator = text_of("OFS");
    line_.clear();
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        if (i > 0) line_ += separator;
        line_ += fields_[i];
    }
}

void AwkMachine::set_field(std::size_t index, std::string text) {
    if (index == 0) return set_line(std::move(text));
    if (index > kMaxFields) return fail("too many fields");
    if (fields_.size() < index) fields_.resize(index);
    fields_[index - 1] = std::move(text);
    variables_["NF"] = AwkValue::of(static_cast<std::int64_t>(fields_.size()) * kAwkOne);
    rebuild_line();
}

std::string AwkMachine::key_of(const AwkExpression& element) {
    std::string key;
    for (std::size_t i = 0; i < element.children.size(); ++i) {
        if (i > 0) key += text_of("SUBSEP");
        key += value(*element.children[i]).as_text();
    }
    return key;
}

void AwkMachine::store(const AwkExpression& target, AwkValue value) {
    if (target.kind == AwkKind::Element) {
        arrays_[target.text][key_of(target)] = std::move(value);
    } else if (target.kind == AwkKind::Field) {
        const std::int64_t index = this->value(*target.children[0]).as_number() / kAwkOne;
        if (index < 0) return fail("attempt to access field " + std::to_string(index));
        set_field(static_cast<std::size_t>(index), value.as_text());
    } else if (target.kind == AwkKind::Variable) {
        if (target.text == "RS") return fail("changing RS is not supported");
        const bool count = target.text == "NF";
        variables_[target.text] = value;
        if (!count) return;
        const std::int64_t size = std::clamp<std::int64_t>(value.as_number() / kAwkOne, 0, kMaxFields);
        fields_.resize(static_cast<std::size_t>(size));
        rebuild_line();
    } else {
        fail("this cannot be assigned to");
    }
}

AwkValue AwkMachine::value(const AwkExpression& expression) {
    if (++steps_ > kMaxSteps) fail("the program takes too long");
    if (!problem_.empty()) return {};
    switch (expression.kind) {
        case AwkKind::Number: return AwkValue::of(expression.number);
        case AwkKind::Text: return AwkValue::of_text(expression.text);
        case AwkKind::Pattern: return AwkValue::of(expression.regex->matches_somewhere(line_) ? kAwkOne : 0);
        case AwkKind::Variable: {
            const auto found = variables_.find(expression.text);
            return found == variables_.end() ? AwkValue{} : found->second;
        }
        case AwkKind::Element: return arrays_[expression.text][key_of(expression)];
        case AwkKind::Field: {
            const std::int64_t index = value(*expression.children[0]).as_number() / kAwkOne;
            if (index == 0) return AwkValue::of_input(line_);
            if (index < 0) fail("attempt to access field " + std::to_string(index));
            if (index < 0 || index > static_cast<std::int64_t>(fields_.size())) return {};
            return AwkValue::of_input(fields_[static_cast<std::size_t>(index) - 1]);
        }
        case AwkKind::Unary: return unary(expression);
        case AwkKind::Binary: return binary(expression);
        case AwkKind::Ternary:
            return value(*expression.children[value(*expression.children[0]).truth() ? 1 : 2]);
        case AwkKind::Assign: return assign(expression);
        case AwkKind::Increment: {
            const std::int64_t before = value(*expression.children[0]).as_number();
            const std::int64_t after = before + (expression.text == "++" ? kAwkOne : -kAwkOne);
            store(*expression.children[0], AwkValue::of(after));
            return AwkValue::of(expression.before ? after : before);
        }
        case AwkKind::In:
            return AwkValue::of(
                arrays_[expression.text].contains(value(*expression.children[0]).as_text()) ? kAwkOne : 0);
        case AwkKind::Call: return call(expression);
    }
    return {};
}

AwkValue AwkMachine::unary(const AwkExpression& expression) {
    const AwkValue operand = value(*expression.children[0]);
    if (expression.text == "!") return AwkValue::of(operand.truth() ? 0 : kAwkOne);
    return AwkValue::of(expression.text == "-" ? -operand.as_number() : operand.as_number());
}

base::Result<Regex> AwkMachine::regex_of(const AwkExpression& pattern) {
    if (pattern.kind == AwkKind::Pattern) return *pattern.regex;
    return Regex::compile(value(pattern).as_text(), {true, false});
}

bool AwkMachine::matches_text(const AwkExpression& pattern, const std::string& text) {
    if (pattern.kind == AwkKind::Pattern) return pattern.regex->matches_somewhere(text);
    const base::Result<Regex> regex = regex_of(pattern);
    if (!regex.ok()) fail(regex.error().message);
    return regex.ok() && regex->matches_somewhere(text);
}

AwkValue AwkMachine::binary(const AwkExpression& expression) {
    const std::string& op = expression.text;
    const AwkValue left = value(*expression.children[0]);
    if (op == "&&" && !left.truth()) return AwkValue::of(0);
    if (op == "||" && left.truth()) return AwkValue::of(kAwkOne);
    if (op == "~" || op == "!~") {
        const bool found = matches_text(*expression.children[1], left.as_text());
        return AwkValue::of(found == (op == "~") ? kAwkOne : 0);
    }
    const AwkValue right = value(*expression.children[1]);
    if (op == "&&" || op == "||") return AwkValue::of(right.truth() ? kAwkOne : 0);
    if (op.empty()) return AwkValue::of_text(left.as_text() + right.as_text());
    if (op.size() == 1 && std::string_view("+-*/%").find(op[0]) != std::string_view::npos) {
        return arithmetic(op[0], left.as_number(), right.as_number());
    }
    return compare(op, left, right);
}

AwkValue AwkMachine::compare(const std::string& op, const AwkValue& a, const AwkValue& b) const {
    const bool unset_a = !a.numeric && a.text.empty();
    const bool unset_b = !b.numeric && b.text.empty();
    const bool numbers = (a.numeric && b.numeric) || (a.numeric && unset_b) || (b.numeric && unset_a);
    int order = 0;
    if (numbers) {
        const std::int64_t x = a.as_number();
        const std::int64_t y = b.as_number();
        order = x < y ? -1 : x > y ? 1 : 0;
    } else {
        order = a.as_text().compare(b.as_text());
    }
    const bool holds = op == "<"    ? order < 0
                       : op == "<=" ? order <= 0
                       : op == "==" ? order == 0
                       : op == "!=" ? order != 0
                       : op == ">"  ? order > 0
                                    : order >= 0;
    return AwkValue::of(holds ? kAwkOne : 0);
}

AwkValue AwkMachine::arithmetic(char op, std::int64_t a, std::int64_t b) {
    switch (op) {
        case '+': return AwkValue::of(std::clamp(a, -kMost, kMost) + std::clamp(b, -kMost, kMost));
        case '-': return AwkValue::of(std::clamp(a, -kMost, kMost) - std::clamp(b, -kMost, kMost));
        case '*': return AwkValue::of(clamped_product(a, b));
        default: break;
    }
    if (b == 0) {
        fail(op == '/' ? "division by zero" : "division by zero in %");
        return {};
    }
    return AwkValue::of(op == '/' ? quotient(a, b) : a % b);
}

AwkValue AwkMachine::assign(const AwkExpression& expression) {
    AwkValue result = value(*expression.children[1]);
    if (expression.text != "=") {
        result =
            arithmetic(expression.text[0], value(*expression.children[0]).as_number(), result.as_number());
    }
    store(*expression.children[0], result);
    return result;
}

AwkMachine::Flow AwkMachine::run(const AwkStatement& statement) {
    if (++steps_ > kMaxSteps) fail("the program takes too long");
    if (!problem_.empty()) return Flow::Exit;
    Flow flow = Flow::None;
    switch (statement.kind) {
        case AwkStatementKind::Block:
            for (const AwkStatementPtr& child : statement.children) {
                flow = run(*child);
                if (flow != Flow::None) break;
            }
            return flow;
        case AwkStatementKind::Print: {
            std::string text;
            for (std::size_t i = 0; i < statement.expressions.size(); ++i) {
                if (i > 0) text += text_of("OFS");
                text += value(*statement.expressions[i]).as_text();
            }
            output_ += (statement.expressions.empty() ? line_ : text) + text_of("ORS");
            return flow;
        }
        case AwkStatementKind::Printf: output_ += formatted(statement.expressions); return flow;
        case AwkStatementKind::Expression: value(*statement.expressions[0]); return flow;
        case AwkStatementKind::If:
            if (value(*statement.expressions[0]).truth()) return run(*statement.children[0]);
            return statement.children.size() > 1 ? run(*statement.children[1]) : flow;
        case AwkStatementKind::While:
        case AwkStatementKind::For: return loop(statement);
        case AwkStatementKind::ForIn: return for_in(statement);
        case AwkStatementKind::Next: return Flow::Next;
        case AwkStatementKind::Break: return Flow::Break;
        case AwkStatementKind::Continue: return Flow::Continue;
        case AwkStatementKind::Exit:
            if (!statement.expressions.empty()) {
                exit_code_ = static_cast<int>(value(*statement.expressions[0]).as_number() / kAwkOne & 255);
            }
            return Flow::Exit;
        case AwkStatementKind::Delete:
            if (statement.expressions.empty()) {
                arrays_[statement.text].clear();
            } else {
                arrays_[statement.text].erase(value(*statement.expressions[0]).as_text());
            }
            return flow;
    }
    return flow;
}

AwkMachine::Flow AwkMachine::loop(const AwkStatement& statement) {
    const bool counted = statement.kind == AwkStatementKind::For;
    if (counted && statement.expressions[0]) value(*statement.expressions[0]);
    const AwkExpression* condition = statement.expressions[counted ? 1 : 0].get();
    while (problem_.empty() && (!condition || value(*condition).truth())) {
        const Flow flow = run(*statement.children[0]);
        if (flow == Flow::Break) break;
        if (flow == Flow::Next || flow == Flow::Exit) return flow;
        if (counted && statement.expressions[2]) value(*statement.expressions[2]);
    }
    return Flow::None;
}

AwkMachine::Flow AwkMachine::for_in(const AwkStatement& statement) {
    std::vector<std::string> keys;
    for (const auto& [key, element] : arrays_[statement.text]) keys.push_back(key);
    for (const std::string& key : keys) {
        store(*statement.expressions[0], AwkValue::of_input(key));
        const Flow flow = run(*statement.children[0]);
        if (flow == Flow::Break) break;
        if (flow == Flow::Next || flow == Flow::Exit) return flow;
    }
    return Flow::None;
}

}  // namespace kubetab::shell
