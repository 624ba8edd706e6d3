#include "engine/kubectl/flags.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "engine/base/duration_text.h"
#include "engine/kubectl/errors.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

std::optional<bool> parse_truth(std::string_view text) {
    for (const std::string_view yes : {"1", "t", "T", "TRUE", "true", "True"}) {
        if (text == yes) return true;
    }
    for (const std::string_view no : {"0", "f", "F", "FALSE", "false", "False"}) {
        if (text == no) return false;
    }
    return std::nullopt;
}

base::Result<std::int64_t> parse_number(std::string_view text, std::int64_t smallest, std::int64_t largest) {
    const std::string prefix = "strconv.ParseInt: parsing " + quote(text) + ": ";
    const bool negative = !text.empty() && text.front() == '-';
    std::string_view digits = text;
    if (!digits.empty() && (digits.front() == '-' || digits.front() == '+')) digits.remove_prefix(1);
    if (digits.empty()) return client_error(prefix + "invalid syntax");
    std::int64_t value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return client_error(prefix + "invalid syntax");
        if (value > (std::numeric_limits<std::int64_t>::max() - 9) / 10)
            return client_error(prefix + "value out of range");
        value = value * 10 + (c - '0');
    }
    if (negative) value = -value;
    if (value < smallest || value > largest) return client_error(prefix + "value out of range");
    return value;
}

// One record of comma-separated values with "…" quoting.
std::vector<std::string> split_values(const std::string& text) {
    std::vector<std::string> values;
    std::string current;
    bool in_quotes = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"' && in_quotes && i + 1 < text.size() && text[i + 1] == '"') {
            current += '"';
            ++i;
        } else if (c == '"' && (in_quotes || current.empty())) {
            in_quotes = !in_quotes;
        } else if (c == ',' && !in_quotes) {
            values.push_back(std::exchange(current, {}));
        } else {
            current += c;
        }
    }
    values.push_back(current);
    return text.empty() ? std::vector<std::string>() : values;
}

const FlagSpec* by_name(const FlagTable& table, std::string_view name) {
    for (const FlagSpec& flag : table) {
        if (flag.name == name) return &flag;
    }
    return nullptr;
}

const FlagSpec* by_letter(const FlagTable& table, char letter) {
    for (const FlagSpec& flag : table) {
        if (flag.letter == letter) return &flag;
    }
    return nullptr;
}

// What the flag means without a value; empty when it needs one.
std::string bare_value(const FlagSpec& flag) {
    return flag.type == FlagType::Bool ? "true" : flag.value_if_bare;
}

class Reader {
public:
    Reader(const FlagTable& table, const std::vector<std::string>& words) : words_(words) {
        parsed_.flags = Flags(table);
    }

    base::Result<ParsedWords> read() {
        while (next_ < words_.size()) {
            const std::string& word = words_[next_++];
            if (word == "--") {
                parsed_.arguments_before_dash = static_cast<int>(parsed_.arguments.size());
                parsed_.arguments.insert(parsed_.arguments.end(),
                                         words_.begin() + static_cast<std::ptrdiff_t>(next_), words_.end());
                break;
            }
            if (word.size() > 2 && word.compare(0, 2, "--") == 0) {
                TRY(read_long(word));
            } else if (word.size() > 1 && word.front() == '-') {
                TRY(read_letters(word));
            } else {
                parsed_.arguments.push_back(word);
            }
        }
        return std::move(parsed_);
    }

private:
    base::Result<void> read_long(const std::string& word) {
        const std::size_t equals = word.find('=');
        std::string name = word.substr(2, equals == std::string::npos ? std::string::npos : equals - 2);
        std::replace(name.begin(), name.end(), '_', '-');
        if (name.empty() || name.front() == '-') return client_error("bad flag syntax: " + word);
        const FlagSpec* flag = by_name(parsed_.flags.table(), name);
        if (flag == nullptr) {
            if (name != "help") return client_error("unknown flag: --" + name);
            parsed_.help = true;
            return {};
        }
        std::string value;
        if (equals != std::string::npos) {
            value = word.substr(equals + 1);
        } else if (const std::string bare = bare_value(*flag); !bare.empty()) {
            value = bare;
        } else if (next_ < words_.size()) {
            value = words_[next_++];
        } else {
            return client_error("flag needs an argument: " + word);
        }
        return parsed_.flags.set(*flag, "--" + name, value);
    }

    base::Result<void> read_letters(const std::string& word) {
        std::string_view rest = std::string_view(word).substr(1);
        while (!rest.empty()) {
            const char letter = rest.front();
            const std::string shown = std::string("'") + letter + "' in -" + std::string(rest);
            const FlagSpec* flag = by_letter(parsed_.flags.table(), letter);
            if (flag == nullptr) {
                if (letter != 'h') return client_error("unknown shorthand flag: " + shown);
                parsed_.help = true;
                return {};
            }
            const std::string bare = bare_value(*flag);
            std::string value;
            if (rest.size() > 2 && rest[1] == '=') {
                value = rest.substr(2);
                rest = {};
            } else if (!bare.empty()) {
                value = bare;
                rest.remove_prefix(1);
            } else if (rest.size() > 1) {
                value = rest.substr(1);
                rest = {};
            } else if (next_ < words_.size()) {
                value = words_[next_++];
                rest = {};
            } else {
                return client_error("flag needs an argument: " + shown);
            }
            TRY(parsed_.flags.set(*flag, std::string("-") + letter, value));
        }
        return {};
    }

    const std::vector<std::string>& words_;
    std::size_t next_ = 0;
    ParsedWords parsed_{};
};

}  // namespace

FlagTable operator+(FlagTable left, const FlagTable& right) {
    left.insert(left.end(), right.begin(), right.end());
    return left;
}

base::Result<sim::Duration> parse_duration(std::string_view text) {
    const base::Result<std::int64_t> duration = base::parse_duration(text);
    if (!duration) return client_error(duration.error().message);
    return sim::nanoseconds(*duration);
}

Flags::Flags(FlagTable table) : table_(std::move(table)) {
    for (const FlagSpec& flag : table_) {
        Value value;
        value.text = flag.default_value;
        if (flag.type == FlagType::Bool) value.truth = flag.default_value == "true";
        if (flag.type == FlagType::Int && !flag.default_value.empty()) {
            value.number = parse_number(flag.default_value, INT32_MIN, INT32_MAX).value();
        }
        if (flag.type == FlagType::Duration && !flag.default_value.empty()) {
            value.number = parse_duration(flag.default_value).value().ns;
        }
        values_.emplace(flag.name, std::move(value));
    }
}

base::Result<void> Flags::set(const FlagSpec& flag, std::string_view, const std::string& text) {
    Value& value = values_.at(flag.name);
    const std::string shown =
        flag.letter != 0 ? std::string("-") + flag.letter + ", --" + flag.name : "--" + flag.name;
    const auto bad = [&](const std::string& why) {
        return client_error("invalid argument " + quote(text) + " for " + quote(shown) + " flag: " + why);
    };
    switch (flag.type) {
        case FlagType::Bool: {
            const std::optional<bool> truth = parse_truth(text);
            if (!truth) return bad("strconv.ParseBool: parsing " + quote(text) + ": invalid syntax");
            value.truth = *truth;
            break;
        }
        case FlagType::Int: {
            const base::Result<std::int64_t> number = parse_number(text, INT32_MIN, INT32_MAX);
            if (!number) return bad(number.error().message);
            value.number = *number;
            break;
        }
        case FlagType::Duration: {
            const base::Result<sim::Duration> duration = parse_duration(text);
            if (!duration) return bad(duration.error().message);
            value.number = duration->ns;
            break;
        }
        case FlagType::Text: break;
        case FlagType::TextArray: value.list.push_back(text); break;
        case FlagType::TextSlice:
            for (std::string& part : split_values(text)) value.list.push_back(std::move(part));
            break;
    }
    value.text = text;
    value.changed = true;
    return {};
}

const Flags::Value& Flags::value(std::string_view name) const {
    const auto it = values_.find(name);
    ENSURE(it != values_.end());
    return it->second;
}

bool Flags::has(std::string_view name) const {
    return values_.find(name) != values_.end();
}
bool Flags::changed(std::string_view name) const {
    return value(name).changed;
}
bool Flags::truth(std::string_view name) const {
    return value(name).truth;
}
std::int32_t Flags::number(std::string_view name) const {
    return static_cast<std::int32_t>(value(name).number);
}
sim::Duration Flags::duration(std::string_view name) const {
    return {value(name).number};
}
const std::string& Flags::text(std::string_view name) const {
    return value(name).text;
}
const std::vector<std::string>& Flags::list(std::string_view name) const {
    return value(name).list;
}

base::Result<ParsedWords> parse_flags(const FlagTable& table, const std::vector<std::string>& words) {
    return Reader(table, words).read();
}

}  // namespace kubetab::kubectl
