#include "engine/api/selectors.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "engine/api/validation/name_rules.h"
#include "engine/api/validation/value_text.h"
#include "engine/base/stable_sort.h"

namespace kubetab::api {
namespace {

using base::Reason;
using base::Result;
using base::Status;
using Operator = Requirement::Operator;

Status bad(std::string message) {
    return base::failure(Reason::BadRequest, std::move(message));
}

std::optional<std::int64_t> integer(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

Result<void> check_key(std::string_view key) {
    const Complaints complaints = qualified_name(key);
    if (complaints.empty()) return {};
    return bad("<nil>: Invalid value: " + go_quoted(key) + ": " + joined(complaints, "; "));
}

Result<void> check_value(const Requirement& requirement, std::size_t index) {
    const std::string& value = requirement.values[index];
    const std::string place = "values[" + std::to_string(index) + "]";
    const bool ordered =
        requirement.comparison == Operator::GreaterThan || requirement.comparison == Operator::LessThan;
    if (ordered && !integer(value)) {
        return bad(place + ": Invalid value: " + go_quoted(value) +
                   ": for 'Gt', 'Lt' operators, the value must be an integer");
    }
    const Complaints complaints = label_value(value);
    if (complaints.empty()) return {};
    return bad(place + "[" + requirement.key + "]: Invalid value: " + go_quoted(value) + ": " +
               joined(complaints, "; "));
}

// upstream: NewRequirement
Result<Requirement> checked(Requirement requirement) {
    TRY(check_key(requirement.key));
    for (std::size_t i = 0; i < requirement.values.size(); ++i) TRY(check_value(requirement, i));
    return requirement;
}

// What a text is made of.
struct Token {
    enum class Kind : std::uint8_t { End, Error, Identifier, Symbol, In, NotIn };
    Kind kind = Kind::End;
    std::string text{};

    bool is(std::string_view symbol) const { return kind == Kind::Symbol && text == symbol; }
};

constexpr std::string_view kSymbols[] = {")", ",", "!", "==", "=", ">", "<", "!=", "("};

bool is_symbol_character(char c) {
    return std::string_view("=!(),><").find(c) != std::string_view::npos;
}
bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// upstream: labels.Lexer
std::vector<Token> tokens_of(std::string_view text) {
    std::vector<Token> tokens;
    std::size_t at = 0;
    while (at < text.size()) {
        if (is_space(text[at])) {
            ++at;
            continue;
        }
        const std::size_t start = at;
        if (is_symbol_character(text[at])) {
            std::string_view longest = text.substr(start, 1);
            const std::string_view two = text.substr(start, 2);
            if (std::find(std::begin(kSymbols), std::end(kSymbols), two) != std::end(kSymbols)) longest = two;
            at += longest.size();
            tokens.push_back({Token::Kind::Symbol, std::string(longest)});
            continue;
        }
        while (at < text.size() && !is_symbol_character(text[at]) && !is_space(text[at])) ++at;
        Token token{Token::Kind::Identifier, std::string(text.substr(start, at - start))};
        if (token.text == "in") token.kind = Token::Kind::In;
        if (token.text == "notin") token.kind = Token::Kind::NotIn;
        tokens.push_back(std::move(token));
    }
    tokens.push_back({});
    return tokens;
}

// upstream: labels.Parser
class Parser {
public:
    explicit Parser(std::string_view text) : tokens_(tokens_of(text)) {}

    Result<std::vector<Requirement>> parse() {
        std::vector<Requirement> requirements;
        for (;;) {
            const Token& first = peek();
            if (first.kind == Token::Kind::End) return requirements;
            if (!is_identifier(first) && !first.is("!")) {
                return bad("found '" + first.text + "', expected: !, identifier, or 'end of string'");
            }
            Result<Requirement> requirement = parse_requirement();
            if (!requirement) return bad("unable to parse requirement: " + requirement.error().message);
            requirements.push_back(*requirement);
            const Token& next = take();
            if (next.kind == Token::Kind::End) return requirements;
            if (!next.is(",")) return bad("found '" + next.text + "', expected: ',' or 'end of string'");
            const Token& after = peek();
            if (!is_identifier(after) && !after.is("!")) {
                return bad("found '" + after.text + "', expected: identifier after ','");
            }
        }
    }

private:
    // Where a value or key is read, "in" and "notin" are ordinary words.
    static bool is_identifier(const Token& token) {
        return token.kind == Token::Kind::Identifier || token.kind == Token::Kind::In ||
               token.kind == Token::Kind::NotIn;
    }
    const Token& peek() const { return tokens_[at_]; }
    const Token& take() {
        const Token& token = tokens_[at_];
        if (at_ + 1 < tokens_.size()) ++at_;
        return token;
    }

    Result<Requirement> parse_requirement() {
        Requirement requirement;
        const bool negated = peek().is("!");
        if (negated) take();
        const Token& key = take();
        if (!is_identifier(key)) return bad("found '" + key.text + "', expected: identifier");
        TRY(check_key(key.text));
        requirement.key = key.text;
        if (negated) {
            requirement.comparison = Operator::DoesNotExist;
            return checked(std::move(requirement));
        }
        if (peek().kind == Token::Kind::End || peek().is(",")) return checked(std::move(requirement));
        requirement.comparison = TRY(parse_operator());
        const bool set = requirement.comparison == Operator::In || requirement.comparison == Operator::NotIn;
        requirement.values = set ? TRY(parse_values()) : TRY(parse_exact_value());
        std::sort(requirement.values.begin(), requirement.values.end());
        requirement.values.erase(std::unique(requirement.values.begin(), requirement.values.end()),
                                 requirement.values.end());
        return checked(std::move(requirement));
    }

    Result<Operator> parse_operator() {
        const Token& token = take();
        if (token.kind == Token::Kind::In) return Operator::In;
        if (token.kind == Token::Kind::NotIn) return Operator::NotIn;
        if (token.is("=")) return Operator::Equals;
        if (token.is("==")) return Operator::DoubleEquals;
        if (token.is("!=")) return Operator::NotEquals;
        if (token.is(">")) return Operator::GreaterThan;
        if (token.is("<")) return Operator::LessThan;
        return bad("found '" + token.text + "', expected: in, notin, =, ==, !=, gt, lt");
    }

    Result<Texts> parse_values() {
        const Token& open = take();
        if (!open.is("(")) return bad("found '" + open.text + "' expected: '('");
        const Token& first = peek();
        if (first.is(")")) {
            take();
            return Texts{""};
        }
        if (!is_identifier(first) && !first.is(",")) {
            return bad("found '" + first.text + "', expected: ',', ')' or identifier");
        }
        Texts values = TRY(parse_list());
        if (!take().is(")")) return bad("found '" + first.text + "', expected: ')'");
        return values;
    }

    // Up to the closing parenthesis; empty places stand for the empty value.
    Result<Texts> parse_list() {
        Texts values;
        for (;;) {
            const Token& token = take();
            if (is_identifier(token)) {
                values.push_back(token.text);
                if (peek().is(",")) continue;
                if (peek().is(")")) return values;
                return bad("found '" + peek().text + "', expected: ',' or ')'");
            }
            if (!token.is(",")) return bad("found '" + token.text + "', expected: ',', or identifier");
            if (values.empty()) values.emplace_back();
            if (peek().is(")")) {
                values.emplace_back();
                return values;
            }
            if (peek().is(",")) {
                take();
                values.emplace_back();
            }
        }
    }

    Result<Texts> parse_exact_value() {
        if (peek().kind == Token::Kind::End || peek().is(",")) return Texts{""};
        const Token& token = take();
        if (!is_identifier(token)) return bad("found '" + token.text + "', expected: identifier");
        return Texts{token.text};
    }

    std::vector<Token> tokens_;
    std::size_t at_ = 0;
};

bool contains(const Texts& values, const Text& value) {
    return std::find(values.begin(), values.end(), value) != values.end();
}

}  // namespace

bool Requirement::matches(const base::StringMap& labels) const {
    const Text* value = labels.get(key);
    switch (comparison) {
        case Operator::Exists: return value != nullptr;
        case Operator::DoesNotExist: return value == nullptr;
        case Operator::Equals:
        case Operator::DoubleEquals:
        case Operator::In: return value != nullptr && contains(values, *value);
        case Operator::NotEquals:
        case Operator::NotIn: return value == nullptr || !contains(values, *value);
        case Operator::GreaterThan:
        case Operator::LessThan: {
            if (value == nullptr || values.empty()) return false;
            const std::optional<std::int64_t> have = integer(*value);
            const std::optional<std::int64_t> limit = integer(values.front());
            if (!have || !limit) return false;
            return comparison == Operator::GreaterThan ? *have > *limit : *have < *limit;
        }
    }
    return false;
}

// upstream: Requirement.String
std::string Requirement::text() const {
    const std::string value = joined(values, ",");
    switch (comparison) {
        case Operator::Exists: return key;
        case Operator::DoesNotExist: return "!" + key;
        case Operator::Equals: return key + "=" + value;
        case Operator::DoubleEquals: return key + "==" + value;
        case Operator::NotEquals: return key + "!=" + value;
        case Operator::In: return key + " in (" + value + ")";
        case Operator::NotIn: return key + " notin (" + value + ")";
        case Operator::GreaterThan: return key + ">" + value;
        case Operator::LessThan: return key + "<" + value;
    }
    return key;
}

Selector Selector::none() {
    Selector selector;
    selector.none_ = true;
    return selector;
}

Selector Selector::of_labels(const base::StringMap& labels) {
    Selector selector;
    for (const auto& [key, value] : labels)
        selector.requirements_.push_back({key, Operator::Equals, {value}});
    return selector;
}

Result<Selector> Selector::parse(std::string_view text) {
    Selector selector;
    selector.requirements_ = TRY(Parser(text).parse());
    selector.sort_by_key();
    return selector;
}

Result<Selector> Selector::of(const Box<LabelSelector>& source) {
    if (!source) return none();
    Selector selector = of_labels(source->matchLabels);
    for (const auto& [key, value] : source->matchLabels) TRY(checked({key, Operator::Equals, {value}}));
    for (const LabelSelectorRequirement& expression : source->matchExpressions) {
        Requirement requirement{expression.key, Operator::Exists, expression.values};
        if (expression.operator_ == "In") requirement.comparison = Operator::In;
        else if (expression.operator_ == "NotIn") requirement.comparison = Operator::NotIn;
        else if (expression.operator_ == "DoesNotExist") requirement.comparison = Operator::DoesNotExist;
        else if (expression.operator_ != "Exists") {
            return bad(go_quoted(expression.operator_) + " is not a valid label selector operator");
        }
        const bool set = requirement.comparison == Operator::In || requirement.comparison == Operator::NotIn;
        if (set && requirement.values.empty()) {
            return bad("values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty");
        }
        if (!set && !requirement.values.empty()) {
            return bad("values: Invalid value: [" + joined(requirement.values, " ") +
                       "]: values set must be empty for exists and does not exist");
        }
        std::sort(requirement.values.begin(), requirement.values.end());
        selector.requirements_.push_back(TRY(checked(std::move(requirement))));
    }
    selector.sort_by_key();
    return selector;
}

bool Selector::matches(const base::StringMap& labels) const {
    if (none_) return false;
    return std::all_of(requirements_.begin(), requirements_.end(),
                       [&](const Requirement& requirement) { return requirement.matches(labels); });
}

std::string Selector::text() const {
    std::vector<std::string> texts;
    for (const Requirement& requirement : requirements_) texts.push_back(requirement.text());
    return joined(texts, ",");
}

void Selector::sort_by_key() {
    base::stable_sort(requirements_,
                      [](const Requirement& a, const Requirement& b) { return a.key < b.key; });
}

std::string format_label_selector(const Box<LabelSelector>& selector) {
    const Result<Selector> parsed = Selector::of(selector);
    if (!parsed) return "<error>";
    const std::string text = parsed->text();
    return text.empty() ? "<none>" : text;
}

}  // namespace kubetab::api
