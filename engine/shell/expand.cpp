#include "engine/shell/expand.h"

#include <algorithm>
#include <utility>

#include "engine/shell/pattern.h"
#include "engine/shell/utf8.h"

namespace kubetab::shell {

namespace {

std::string joined(const std::vector<std::string>& values, std::string_view separator) {
    std::string text;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) text.append(separator);
        text.append(values[i]);
    }
    return text;
}

std::string changed_case(std::string text, bool upper) {
    for (char& c : text) {
        if (upper && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (!upper && c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

}  // namespace

std::optional<std::string> Expander::get(std::string_view name) const {
    const auto found = assigned_.find(name);
    return found != assigned_.end() ? found->second : value_of(std::string(name));
}

void Expander::set(std::string_view name, std::string value) {
    assigned_[std::string(name)] = std::move(value);
}

bool Expander::fail(std::string message) {
    if (error_.empty()) error_ = std::move(message);
    return false;
}

Expander::Outcome Expander::finish(bool good) {
    if (needed_) return Outcome::NeedsCommand;
    if (!good) return Outcome::Failed;
    for (auto& [name, value] : assigned_) {
        if (!state_.set(name, value)) {
            error_ = name + ": readonly variable";
            return Outcome::Failed;
        }
    }
    assigned_.clear();
    return Outcome::Done;
}

Expander::Outcome Expander::expand(const Word& word, Mode mode, std::vector<std::string>& fields) {
    pieces_ = {Piece{}};
    const Outcome outcome = finish(expand_parts(word, kLiteral));
    if (outcome != Outcome::Done) return outcome;
    if (mode != Mode::Fields) {
        std::string text;
        for (std::size_t i = 0; i < pieces_.size(); ++i) {
            if (i > 0) text += ' ';
            text += mode == Mode::Single ? text_of(pieces_[i]) : pattern_of(pieces_[i]);
        }
        fields.push_back(std::move(text));
        return outcome;
    }
    if (nothing_in_at_ && pieces_.size() == 1 && text_of(pieces_[0]).empty()) return outcome;
    std::vector<Piece> split_pieces;
    for (const Piece& piece : pieces_) split(piece, split_pieces);
    for (const Piece& piece : split_pieces) add_field(piece, fields);
    return outcome;
}

Expander::Outcome Expander::compute(const Word& expression, std::int64_t& value) {
    std::string text;
    pieces_ = {Piece{}};
    const bool good = expand_parts(expression, kLiteral) && number_of(text_of(pieces_[0]), value);
    return finish(good);
}

bool Expander::number_of(const std::string& expression, std::int64_t& value) {
    const base::Result<std::int64_t> result = evaluate(expression, *this);
    if (!result.ok()) return fail(result.error().message);
    value = *result;
    return true;
}

void Expander::append(std::string_view text, char mask) {
    if (pieces_.back().text.size() + text.size() > kMaxText) {
        fail("expansion is too large");
        return;
    }
    pieces_.back().text.append(text);
    pieces_.back().mask.append(text.size(), mask);
}

bool Expander::expand_parts(const Word& word, char literal_mask) {
    for (std::size_t i = 0; i < word.parts.size(); ++i) {
        const Part& part = word.parts[i];
        bool good = true;
        switch (part.kind) {
            case PartKind::Literal: good = expand_literal(part, i == 0, literal_mask); break;
            case PartKind::Parameter: good = expand_parameter(part); break;
            case PartKind::Command: good = expand_command(part); break;
            case PartKind::Arithmetic: good = expand_arithmetic(part); break;
        }
        if (!good || !error_.empty()) return false;
    }
    return true;
}

bool Expander::expand_literal(const Part& part, bool first, char literal_mask) {
    std::string_view text = part.text;
    if (part.quoted) {
        if (text.empty()) append(std::string_view("\0", 1), kEmpty);
        append(text, kQuoted);
        return true;
    }
    if (first && text.starts_with('~') && (text.size() == 1 || text[1] == '/')) {
        const std::optional<std::string> home = state_.get("HOME");
        if (home) {
            append(*home, kQuoted);
            text.remove_prefix(1);
        }
    }
    append(text, literal_mask);
    return true;
}

std::optional<std::string> Expander::value_of(const std::string& name) const {
    if (name.empty()) return std::nullopt;
    const char c = name[0];
    if (c == '?') return std::to_string(state_.last_status);
    if (c == '#') return std::to_string(state_.positional.size());
    if (c == '$') return std::to_string(state_.process_id);
    if (c == '-') return state_.flags();
    if (c == '!') {
        if (state_.last_background == 0) return std::nullopt;
        return std::to_string(state_.last_background);
    }
    if (c == '@' || c == '*') {
        if (state_.positional.empty()) return std::nullopt;
        return joined(state_.positional, " ");
    }
    if (c >= '0' && c <= '9') {
        std::size_t index = 0;
        for (const char digit : name.substr(0, 6)) index = index * 10 + static_cast<std::size_t>(digit - '0');
        if (index == 0) return state_.name;
        if (index > state_.positional.size()) return std::nullopt;
        return state_.positional[index - 1];
    }
    return state_.get(name);
}

// $@ and $* without an operator.
bool Expander::expand_positional(const Part& part) {
    const std::vector<std::string>& values = state_.positional;
    if (part.quoted && part.text == "*") {
        const std::string separators = state_.get("IFS").value_or(" ");
        append(joined(values, separators.substr(0, 1)), kQuoted);
        return true;
    }
    if (part.quoted && values.empty()) nothing_in_at_ = true;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) pieces_.emplace_back();
        append(values[i], part.quoted ? kQuoted : kExpanded);
        if (part.quoted && values[i].empty()) append(std::string_view("\0", 1), kEmpty);
    }
    return true;
}

bool Expander::expand_parameter(const Part& part) {
    using enum ParameterOperator;
    if ((part.text == "@" || part.text == "*") && part.op == None) return expand_positional(part);
    const std::optional<std::string> value = get(part.text);
    const char mask = part.quoted ? kQuoted : kExpanded;
    if (part.op == Default || part.op == Assign || part.op == Alternate || part.op == Error) {
        return with_default(part, value);
    }
    const bool list = part.text == "@" || part.text == "*";
    if (!value && state_.nounset && !list) {
        ends_script_ = true;
        return fail(part.text + (dialect_ == Dialect::Bash ? ": unbound variable" : ": parameter not set"));
    }
    const std::string text = value.value_or("");
    switch (part.op) {
        case Length:
            append(std::to_string(list ? state_.positional.size() : from_utf8(text).size()), mask);
            return true;
        case RemovePrefix:
        case RemoveLongPrefix:
        case RemoveSuffix:
        case RemoveLongSuffix: return trimmed(part, text);
        case Replace:
        case ReplaceAll: return replaced(part, text);
        case Substring: return substring(part, text);
        case Upper:
        case Lower: append(changed_case(text, part.op == Upper), mask); return true;
        default: append(text, mask); return true;
    }
}

bool Expander::with_default(const Part& part, const std::optional<std::string>& value) {
    using enum ParameterOperator;
    const bool present = value && !(part.or_empty && value->empty());
    const char mask = part.quoted ? kQuoted : kExpanded;
    if (part.op == Alternate)
        return !present || expand_parts(*part.operand, part.quoted ? kQuoted : kExpanded);
    if (present) {
        append(*value, mask);
        return true;
    }
    if (part.op == Default) return expand_parts(*part.operand, part.quoted ? kQuoted : kExpanded);
    std::string text;
    if (!operand_text(part.operand, Mode::Single, text)) return false;
    if (part.op == Error) {
        ends_script_ = true;
        return fail(part.text + ": " + (text.empty() ? "parameter null or not set" : text));
    }
    if (!is_name(part.text)) return fail("$" + part.text + ": cannot assign in this way");
    set(part.text, text);
    append(text, mask);
    return true;
}

bool Expander::operand_text(const std::shared_ptr<const Word>& operand, Mode mode, std::string& text) {
    if (!operand) return true;
    std::vector<Piece> outer;
    outer.swap(pieces_);
    pieces_ = {Piece{}};
    const bool good = expand_parts(*operand, kLiteral);
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
        if (i > 0) text += ' ';
        text += mode == Mode::Pattern ? pattern_of(pieces_[i]) : text_of(pieces_[i]);
    }
    pieces_.swap(outer);
    return good;
}

bool Expander::trimmed(const Part& part, const std::string& value) {
    using enum ParameterOperator;
    std::string pattern;
    if (!operand_text(part.operand, Mode::Pattern, pattern)) return false;
    const std::string_view text = value;
    const bool prefix = part.op == RemovePrefix || part.op == RemoveLongPrefix;
    const bool longest = part.op == RemoveLongPrefix || part.op == RemoveLongSuffix;
    std::string_view rest = text;
    for (std::size_t n = 0; n <= text.size(); ++n) {
        const std::size_t length = longest ? text.size() - n : n;
        const std::string_view piece = prefix ? text.substr(0, length) : text.substr(text.size() - length);
        if (!matches(pattern, piece)) continue;
        rest = prefix ? text.substr(length) : text.substr(0, text.size() - length);
        break;
    }
    append(rest, part.quoted ? kQuoted : kExpanded);
    return true;
}

bool Expander::replaced(const Part& part, const std::string& value) {
    std::string pattern;
    std::string replacement;
    if (!operand_text(part.operand, Mode::Pattern, pattern)) return false;
    if (!operand_text(part.second, Mode::Single, replacement)) return false;
    const bool at_start = pattern.starts_with('#');
    const bool at_end = pattern.starts_with('%');
    if (at_start || at_end) pattern.erase(0, 1);
    const std::string_view text = value;
    std::string result;
    std::size_t at = 0;
    bool done = pattern.empty();
    while (at < text.size()) {
        std::size_t length = 0;
        for (std::size_t n = text.size() - at; !done && n > 0; --n) {
            if (at_end && at + n != text.size()) break;
            if (!matches(pattern, text.substr(at, n))) continue;
            length = n;
            break;
        }
        if (length == 0) {
            result += text[at++];
        } else {
            result += replacement;
            at += length;
            done = part.op == ParameterOperator::Replace;
        }
        if (at_start) done = true;
    }
    append(result, part.quoted ? kQuoted : kExpanded);
    return true;
}

bool Expander::substring(const Part& part, const std::string& value) {
    const std::u32string codes = from_utf8(value);
    const auto size = static_cast<std::int64_t>(codes.size());
    std::string offset_text;
    std::string length_text;
    if (!operand_text(part.operand, Mode::Single, offset_text)) return false;
    if (!operand_text(part.second, Mode::Single, length_text)) return false;
    std::int64_t offset = 0;
    std::int64_t length = size;
    if (!number_of(offset_text, offset)) return false;
    if (part.second && !number_of(length_text, length)) return false;
    if (offset < 0) offset = offset + size < 0 ? size : offset + size;
    offset = std::min(offset, size);
    if (length < 0) length += size - offset;
    if (length < 0) return fail(length_text + ": substring expression < 0");
    length = std::min(length, size - offset);
    const std::u32string part_codes =
        codes.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(length));
    append(to_utf8(part_codes), part.quoted ? kQuoted : kExpanded);
    return true;
}

bool Expander::expand_command(const Part& part) {
    if (next_result_ >= results_.size()) {
        needed_ = part.script;
        return false;
    }
    append(results_[next_result_++], part.quoted ? kQuoted : kExpanded);
    return true;
}

bool Expander::expand_arithmetic(const Part& part) {
    std::string expression;
    std::int64_t value = 0;
    if (!operand_text(part.operand, Mode::Single, expression) || !number_of(expression, value)) return false;
    append(std::to_string(value), part.quoted ? kQuoted : kExpanded);
    return true;
}

std::string Expander::text_of(const Piece& piece) {
    std::string text;
    for (std::size_t i = 0; i < piece.text.size(); ++i) {
        if (piece.mask[i] != kEmpty) text += piece.text[i];
    }
    return text;
}

std::string Expander::pattern_of(const Piece& piece) {
    std::string pattern;
    for (std::size_t i = 0; i < piece.text.size(); ++i) {
        if (piece.mask[i] == kEmpty) continue;
        if (piece.mask[i] == kQuoted) {
            pattern += escape_pattern(std::string_view(piece.text).substr(i, 1));
        } else {
            if (piece.text[i] == '\\' && piece.mask[i] == kExpanded) pattern += '\\';
            pattern += piece.text[i];
        }
    }
    return pattern;
}

// Splits at the characters of IFS that come from expansions.
void Expander::split(const Piece& piece, std::vector<Piece>& fields) const {
    const std::string separators = state_.get("IFS").value_or(" \t\n");
    const auto is_separator = [&](std::size_t i) {
        return piece.mask[i] == kExpanded && separators.find(piece.text[i]) != std::string::npos;
    };
    const auto is_white = [&](std::size_t i) {
        return is_separator(i) && std::string_view(" \t\n").find(piece.text[i]) != std::string_view::npos;
    };
    const std::size_t size = piece.text.size();
    std::size_t i = 0;
    while (i < size && is_white(i)) ++i;
    while (i < size) {
        Piece field;
        for (; i < size && !is_separator(i); ++i) {
            field.text += piece.text[i];
            field.mask += piece.mask[i];
        }
        fields.push_back(std::move(field));
        while (i < size && is_white(i)) ++i;
        if (i < size && is_separator(i)) ++i;
        while (i < size && is_white(i)) ++i;
    }
}

void Expander::add_field(const Piece& piece, std::vector<std::string>& fields) const {
    const std::string pattern = state_.noglob ? std::string() : pattern_of(piece);
    if (!pattern.empty() && has_wildcard(pattern)) {
        std::vector<std::string> paths = matching_paths(files_, state_.directory, pattern);
        if (!paths.empty()) {
            std::move(paths.begin(), paths.end(), std::back_inserter(fields));
            return;
        }
    }
    fields.push_back(text_of(piece));
}

}  // namespace kubetab::shell
