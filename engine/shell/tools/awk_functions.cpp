#include <algorithm>
#include <utility>

#include "engine/shell/tools/awk_run.h"
#include "engine/shell/tools/escapes.h"
#include "engine/shell/utf8.h"

namespace kubetab::shell {

// printf and sprintf: the words are brought into the form that each conversion wants.
std::string AwkMachine::formatted(const std::vector<AwkExpressionPtr>& expressions) {
    const std::string format = value(*expressions[0]).as_text();
    std::vector<std::string> words = {"printf", "--", format};
    std::size_t next = 1;
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] != '%') continue;
        if (i + 1 < format.size() && format[i + 1] == '%') {
            ++i;
            continue;
        }
        i = format.find_first_not_of("-+ #0123456789.", i + 1);
        if (i == std::string::npos) break;
        const AwkValue argument = next < expressions.size() ? value(*expressions[next++]) : AwkValue{};
        const bool whole = std::string_view("dioxXuc").find(format[i]) != std::string_view::npos;
        if (whole && !(format[i] == 'c' && !argument.numeric)) {
            words.push_back(std::to_string(argument.as_number() / kAwkOne));
        } else {
            words.push_back(format[i] == 'f' ? AwkValue::of(argument.as_number()).as_text()
                                             : argument.as_text());
        }
    }
    std::string problem;
    std::string text = printf_text(words, problem);
    if (!problem.empty()) fail(problem.substr(0, problem.find('\n')));
    return text;
}

AwkValue AwkMachine::split(const AwkExpression& expression) {
    const std::string text = value(*expression.children[0]).as_text();
    if (expression.children[1]->kind != AwkKind::Variable) {
        fail("split needs an array");
        return {};
    }
    std::string separator = text_of("FS");
    if (expression.children.size() > 2) {
        const AwkExpression& given = *expression.children[2];
        separator = given.kind == AwkKind::Pattern ? given.text : value(given).as_text();
    }
    const std::vector<std::string> parts = split_text(text, separator);
    auto& array = arrays_[expression.children[1]->text];
    array.clear();
    for (std::size_t i = 0; i < parts.size(); ++i)
        array[std::to_string(i + 1)] = AwkValue::of_input(parts[i]);
    return AwkValue::of(static_cast<std::int64_t>(parts.size()) * kAwkOne);
}

AwkValue AwkMachine::substitute(const AwkExpression& expression, bool all) {
    const base::Result<Regex> regex = regex_of(*expression.children[0]);
    if (!regex.ok()) {
        fail(regex.error().message);
        return {};
    }
    const std::string replacement = value(*expression.children[1]).as_text();
    const std::string text =
        expression.children.size() > 2 ? value(*expression.children[2]).as_text() : line_;
    std::string result;
    std::int64_t count = 0;
    std::size_t from = 0;
    std::size_t copied = 0;
    std::vector<std::optional<RegexSpan>> groups;
    while (from <= text.size() && (all || count == 0) && regex->search(text, from, groups)) {
        const RegexSpan span = *groups[0];
        ++count;
        result.append(text, copied, span.begin - copied);
        for (std::size_t i = 0; i < replacement.size(); ++i) {
            if (replacement[i] == '\\' && i + 1 < replacement.size() &&
                (replacement[i + 1] == '&' || replacement[i + 1] == '\\')) {
                result += replacement[++i];
            } else if (replacement[i] == '&') {
                result.append(text, span.begin, span.end - span.begin);
            } else {
                result += replacement[i];
            }
        }
        copied = span.end;
        from = span.end > span.begin ? span.end : span.end + 1;
    }
    if (count == 0) return AwkValue::of(0);
    result.append(text, copied);
    if (expression.children.size() > 2) {
        store(*expression.children[2], AwkValue::of_text(std::move(result)));
    } else {
        set_line(std::move(result));
    }
    return AwkValue::of(count * kAwkOne);
}

AwkValue AwkMachine::call(const AwkExpression& expression) {
    const std::string& name = expression.text;
    const auto& arguments = expression.children;
    const std::size_t least = name == "length" ? 0
                              : name == "substr" || name == "index" || name == "split" || name == "sub" ||
                                      name == "gsub" || name == "match"
                                  ? 2
                                  : 1;
    if (arguments.size() < least || arguments.size() > 3) {
        if (name != "sprintf" || arguments.empty()) {
            fail("the function `" + name + "' has the wrong number of arguments");
            return {};
        }
    }
    if (name == "split") return split(expression);
    if (name == "sub" || name == "gsub") return substitute(expression, name == "gsub");
    if (name == "sprintf") return AwkValue::of_text(formatted(arguments));
    if (name == "length" && !arguments.empty() && arguments[0]->kind == AwkKind::Variable &&
        arrays_.contains(arguments[0]->text)) {
        return AwkValue::of(static_cast<std::int64_t>(arrays_[arguments[0]->text].size()) * kAwkOne);
    }
    const AwkValue first = arguments.empty() ? AwkValue::of_text(line_) : value(*arguments[0]);
    if (name == "int") return AwkValue::of(first.as_number() / kAwkOne * kAwkOne);
    const std::string text = first.as_text();
    const std::u32string codes = from_utf8(text);
    if (name == "length") return AwkValue::of(static_cast<std::int64_t>(codes.size()) * kAwkOne);
    if (name == "toupper" || name == "tolower") {
        std::string changed = text;
        for (char& c : changed) {
            if (name == "toupper" && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
            if (name == "tolower" && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        }
        return AwkValue::of_text(std::move(changed));
    }
    if (name == "index") {
        const std::size_t at = text.find(value(*arguments[1]).as_text());
        if (at == std::string::npos) return AwkValue::of(0);
        return AwkValue::of(static_cast<std::int64_t>(from_utf8(text.substr(0, at)).size() + 1) * kAwkOne);
    }
    if (name == "match") {
        const base::Result<Regex> regex = regex_of(*arguments[1]);
        std::vector<std::optional<RegexSpan>> groups;
        if (!regex.ok()) fail(regex.error().message);
        const bool found = regex.ok() && regex->search(text, 0, groups);
        const auto start = found ? static_cast<std::int64_t>(groups[0]->begin) + 1 : 0;
        variables_["RSTART"] = AwkValue::of(start * kAwkOne);
        variables_["RLENGTH"] = AwkValue::of(
            (found ? static_cast<std::int64_t>(groups[0]->end - groups[0]->begin) : -1) * kAwkOne);
        return AwkValue::of(start * kAwkOne);
    }
    // substr
    const auto size = static_cast<std::int64_t>(codes.size());
    const std::int64_t start = value(*arguments[1]).as_number() / kAwkOne;
    const std::int64_t length = arguments.size() > 2 ? value(*arguments[2]).as_number() / kAwkOne : size + 1;
    const std::int64_t from = std::clamp<std::int64_t>(start, 1, size + 1);
    const std::int64_t to = std::clamp<std::int64_t>(start + std::min(length, size + 1), from, size + 1);
    return AwkValue::of_text(
        to_utf8(codes.substr(static_cast<std::size_t>(from - 1), static_cast<std::size_t>(to - from))));
}

}  // namespace kubetab::shell
