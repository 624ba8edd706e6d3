#include "engine/api/packing.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "engine/base/ensure.h"

namespace kubetab::api {
namespace {

// How a text is written: a number whose lowest bits say which of these it is.
enum class Spelling : std::uint8_t {
    Letters,  // how many there are, and they
    Word,     // the number of one that is kept
    Earlier,  // the number of an earlier one of the same object
    Special,  // one of the below
};
enum class Special : std::uint8_t {
    Uid,      // its number
    Number,   // decimal, without zeros in front
    Start,    // of an earlier one: its number and how much of it
    Around,   // an earlier one: what comes before, its number, what comes behind
    Stamp,    // ends in a dot and 16 hexadecimal digits: what comes before, the number that they are
    Amounts,  // a kept text with marks in the places of numbers: its number, the numbers
};

constexpr char kMark = '\1';

constexpr int kSpellingBits = 2;
// Shorter texts are not worth a reference.
constexpr std::size_t kShortestWord = 2;
constexpr std::size_t kShortestReferred = 4;
constexpr std::size_t kShortestFound = 8;
constexpr std::size_t kStampSize = 17;
constexpr std::size_t kShortestAmounts = 32;
// Of most objects.
constexpr std::size_t kUsualSize = 240;
constexpr std::size_t kUsualTexts = 24;

void write_number(std::string& out, std::uint64_t number) {
    for (; number >= 128; number >>= 7) out += static_cast<char>((number & 127) | 128);
    out += static_cast<char>(number);
}

// Small ones of both signs take few bytes.
void write_signed(std::string& out, std::int64_t number) {
    write_number(out, (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63));
}

void write_spelling(std::string& out, Spelling spelling, std::uint64_t number) {
    write_number(out, number << kSpellingBits | static_cast<std::uint64_t>(spelling));
}

void write_special(std::string& out, Special special) {
    write_spelling(out, Spelling::Special, static_cast<std::uint64_t>(special));
}

// The number of a text like "1234"; nullopt when it would not come back the same.
std::optional<std::uint64_t> decimal(std::string_view text) {
    if (text.empty() || text[0] < '0' || text[0] > '9') return std::nullopt;
    if (text.size() > 18 || (text[0] == '0' && text.size() > 1)) return std::nullopt;
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// The same of the 16 digits behind the last dot.
std::optional<std::uint64_t> stamp(std::string_view text) {
    if (text.size() <= kStampSize || text[text.size() - kStampSize] != '.') return std::nullopt;
    const std::string_view digits = text.substr(text.size() - kStampSize + 1);
    const bool plain = std::all_of(digits.begin(), digits.end(), [](char digit) {
        return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
    });
    if (!plain) return std::nullopt;
    std::uint64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);
    return number;
}

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

// The text with a mark for each number in it; empty when there is none, or it would not come back the same.
std::string with_marks(std::string_view text, std::vector<std::uint64_t>& numbers) {
    std::string marked;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && !is_digit(text[end])) {
            if (text[end++] == kMark) return {};
        }
        if (marked.empty()) {
            if (end == text.size()) return {};
            marked.reserve(text.size());
        }
        marked += text.substr(at, end - at);
        at = end;
        while (end < text.size() && is_digit(text[end])) ++end;
        if (end == at) break;
        if (const std::optional<std::uint64_t> number = decimal(text.substr(at, end - at))) {
            numbers.push_back(*number);
            marked += kMark;
        } else if (text[at] == '0') {
            marked += text.substr(at, end - at);
        } else {
            return {};
        }
        at = end;
    }
    return numbers.empty() ? std::string() : marked;
}

bool is_initial(const Type& type, const void* value) {
    switch (type.form) {
        case Form::String: return static_cast<const Text*>(value)->empty();
        case Form::Bool: return !*static_cast<const bool*>(value);
        case Form::Int32: return *static_cast<const std::int32_t*>(value) == 0;
        case Form::Int64: return *static_cast<const std::int64_t*>(value) == 0;
        case Form::Quantity: return false;
        case Form::IntOrString: return *static_cast<const IntOrString*>(value) == IntOrString();
        case Form::Time: return !static_cast<const Time*>(value)->is_set();
        case Form::MicroTime: return !static_cast<const MicroTime*>(value)->is_set();
        case Form::Bytes: return static_cast<const Bytes*>(value)->data.empty();
        case Form::Raw: return static_cast<const Raw*>(value)->json.empty();
        case Form::Struct: {
            const auto& fields = type.fields();
            return std::all_of(fields.begin(), fields.end(),
                               [&](const Field& field) { return is_initial(field.type(), field.in(value)); });
        }
        case Form::Optional:
        case Form::Box: return !type.accessors.has(value);
        case Form::List:
        case Form::Map: return type.accessors.size(value) == 0;
    }
    return false;
}

}  // namespace

class Packing::Packer {
public:
    explicit Packer(Packing& packing) : packing_(packing) {
        out_.reserve(kUsualSize);
        earlier_.reserve(kUsualTexts);
    }

    std::string& bytes() { return out_; }

    // Which fields are not in their initial state, then those.
    void fields(const Type& type, const void* value) {
        const auto& fields = type.fields();
        const std::size_t begin = out_.size();
        out_.append((fields.size() + 7) / 8, '\0');
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const void* member = fields[i].in(value);
            if (is_initial(fields[i].type(), member)) continue;
            char& bits = out_[begin + i / 8];
            bits = static_cast<char>(bits | 1 << i % 8);
            any(fields[i].type(), member);
        }
    }

private:
    void any(const Type& type, const void* value) {
        switch (type.form) {
            case Form::String: return text(*static_cast<const Text*>(value));
            case Form::Bool: return write_number(out_, *static_cast<const bool*>(value) ? 1 : 0);
            case Form::Int32: return write_signed(out_, *static_cast<const std::int32_t*>(value));
            case Form::Int64: return write_signed(out_, *static_cast<const std::int64_t*>(value));
            case Form::Quantity: {
                const auto* bytes = static_cast<const char*>(value);
                out_.append(bytes, sizeof(Quantity));
                return;
            }
            case Form::IntOrString: {
                const auto& either = *static_cast<const IntOrString*>(value);
                write_number(out_, either.is_string ? 1 : 0);
                write_signed(out_, either.number);
                return text(either.text);
            }
            case Form::Time: {
                const std::int64_t seconds = static_cast<const Time*>(value)->seconds;
                write_signed(out_, seconds - std::exchange(seconds_, seconds));
                return;
            }
            case Form::MicroTime:
                return write_signed(out_, static_cast<const MicroTime*>(value)->microseconds);
            case Form::Bytes: return text(static_cast<const Bytes*>(value)->data);
            case Form::Raw: return text(static_cast<const Raw*>(value)->json);
            case Form::Struct: return fields(type, value);
            case Form::Optional:
            case Form::Box: return any(type.element(), type.accessors.get(value));
            case Form::List:
            case Form::Map: return all(type, value);
        }
    }

    void all(const Type& type, const void* value) {
        const std::size_t size = type.accessors.size(value);
        write_number(out_, size);
        for (std::size_t i = 0; i < size; ++i) {
            if (type.form == Form::Map) text(type.accessors.key(value, i));
            any(type.element(), type.accessors.at(value, i));
        }
    }

    void text(const Text& text) {
        std::array<std::uint32_t, 4> uid{};
        if (text.as_uid(uid)) {
            write_special(out_, Special::Uid);
            for (const std::uint32_t word : uid) {
                for (int shift = 24; shift >= 0; shift -= 8) out_ += static_cast<char>(word >> shift & 255);
            }
            return;
        }
        if (repeat(text)) return;
        if (const std::int64_t word = packing_.find(text); word >= 0) {
            write_spelling(out_, Spelling::Word, static_cast<std::uint64_t>(word));
        } else if (!start(text) && !compose(text)) {
            plain(text);
        }
        if (text.size() >= kShortestReferred) earlier_.push_back(text);
    }

    // As an earlier one.
    bool repeat(std::string_view text) {
        if (text.size() < kShortestReferred) return false;
        for (std::size_t i = 0; i < earlier_.size(); ++i) {
            if (earlier_[i].size() != text.size() || earlier_[i] != text) continue;
            write_spelling(out_, Spelling::Earlier, i);
            return true;
        }
        return false;
    }

    // As the start of an earlier one.
    bool start(std::string_view text) {
        if (text.size() < kShortestFound) return false;
        for (std::size_t i = 0; i < earlier_.size(); ++i) {
            if (earlier_[i].size() < text.size() || !earlier_[i].starts_with(text)) continue;
            write_special(out_, Special::Start);
            write_number(out_, i);
            write_number(out_, text.size());
            return true;
        }
        return false;
    }

    bool compose(std::string_view text) {
        if (const std::optional<std::uint64_t> number = decimal(text)) {
            write_special(out_, Special::Number);
            write_number(out_, *number);
            return true;
        }
        if (const std::optional<std::uint64_t> digits = stamp(text)) {
            write_special(out_, Special::Stamp);
            plain(text.substr(0, text.size() - kStampSize));
            for (int shift = 56; shift >= 0; shift -= 8) out_ += static_cast<char>(*digits >> shift & 255);
            return true;
        }
        return find_inside(text) || write_amounts(text);
    }

    bool write_amounts(std::string_view text) {
        if (text.size() <= kShortestAmounts) return false;
        std::vector<std::uint64_t> numbers;
        const std::string marked = with_marks(text, numbers);
        const std::int64_t word = marked.empty() ? -1 : packing_.number_of(marked);
        if (word < 0) return false;
        write_special(out_, Special::Amounts);
        write_number(out_, static_cast<std::uint64_t>(word));
        for (const std::uint64_t number : numbers) write_number(out_, number);
        return true;
    }

    bool find_inside(std::string_view text) {
        for (std::size_t i = 0; i < earlier_.size(); ++i) {
            if (earlier_[i].size() < kShortestFound || earlier_[i].size() > text.size()) continue;
            const std::size_t at = text.find(earlier_[i]);
            if (at == std::string_view::npos) continue;
            write_special(out_, Special::Around);
            plain(text.substr(0, at));
            write_number(out_, i);
            plain(text.substr(at + earlier_[i].size()));
            return true;
        }
        return false;
    }

    void plain(const Text& text) {
        const std::int64_t number = packing_.number_of(text);
        if (number >= 0) return write_spelling(out_, Spelling::Word, static_cast<std::uint64_t>(number));
        write_spelling(out_, Spelling::Letters, text.size());
        out_ += text.view();
    }

    Packing& packing_;
    std::string out_{};
    std::vector<std::string_view> earlier_{};
    std::int64_t seconds_ = 0;
};

class Packing::Unpacker {
public:
    Unpacker(const Packing& packing, std::string_view bytes) : packing_(packing), rest_(bytes) {}

    void fields(const Type& type, void* value) {
        const auto& fields = type.fields();
        const std::string_view bits = take((fields.size() + 7) / 8);
        for (std::size_t i = 0; i < fields.size(); ++i) {
            if ((bits[i / 8] >> i % 8 & 1) != 0) any(fields[i].type(), fields[i].in(value));
        }
    }

private:
    std::string_view take(std::size_t count) {
        ENSURE(count <= rest_.size());
        const std::string_view taken = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return taken;
    }

    // A number that counts something in memory.
    std::size_t place() { return static_cast<std::size_t>(number()); }

    std::uint64_t number() {
        std::uint64_t number = 0;
        for (int shift = 0;; shift += 7) {
            const auto byte = static_cast<unsigned char>(take(1)[0]);
            number |= std::uint64_t{byte & 127U} << shift;
            if (byte < 128) return number;
        }
    }

    std::int64_t signed_number() {
        const std::uint64_t folded = number();
        return static_cast<std::int64_t>(folded >> 1 ^ (~(folded & 1) + 1));
    }

    std::uint64_t big_endian(std::size_t count) {
        std::uint64_t number = 0;
        for (const char byte : take(count)) number = number << 8 | static_cast<unsigned char>(byte);
        return number;
    }

    void any(const Type& type, void* value) {
        switch (type.form) {
            case Form::String: *static_cast<Text*>(value) = text(); return;
            case Form::Bool: *static_cast<bool*>(value) = number() != 0; return;
            case Form::Int32:
                *static_cast<std::int32_t*>(value) = static_cast<std::int32_t>(signed_number());
                return;
            case Form::Int64: *static_cast<std::int64_t*>(value) = signed_number(); return;
            case Form::Quantity: {
                const std::string_view bytes = take(sizeof(Quantity));
                std::copy(bytes.begin(), bytes.end(), static_cast<char*>(value));
                return;
            }
            case Form::IntOrString: {
                auto& either = *static_cast<IntOrString*>(value);
                either.is_string = number() != 0;
                either.number = static_cast<std::int32_t>(signed_number());
                either.text = text();
                return;
            }
            case Form::Time:
                seconds_ += signed_number();
                *static_cast<Time*>(value) = Time::of_seconds(seconds_);
                return;
            case Form::MicroTime: static_cast<MicroTime*>(value)->microseconds = signed_number(); return;
            case Form::Bytes: static_cast<Bytes*>(value)->data = text(); return;
            case Form::Raw: static_cast<Raw*>(value)->json = text(); return;
            case Form::Struct: return fields(type, value);
            case Form::Optional:
            case Form::Box: return any(type.element(), type.accessors.edit(value));
            case Form::List:
            case Form::Map: return all(type, value);
        }
    }

    void all(const Type& type, void* value) {
        for (std::uint64_t left = number(); left > 0; --left) {
            any(type.element(),
                type.form == Form::Map ? type.accessors.insert(value, text()) : type.accessors.append(value));
        }
    }

    Text text() {
        const std::uint64_t begin = number();
        Text text;
        if (begin == (static_cast<std::uint64_t>(Special::Uid) << kSpellingBits |
                      static_cast<std::uint64_t>(Spelling::Special))) {
            std::array<std::uint32_t, 4> words{};
            for (std::uint32_t& word : words) word = static_cast<std::uint32_t>(big_endian(4));
            return Text::uid(words);
        }
        text = spelled(begin);
        const bool repeated = static_cast<Spelling>(begin & 3) == Spelling::Earlier;
        if (!repeated && text.size() >= kShortestReferred) earlier_.push_back(text);
        return text;
    }

    Text spelled(std::uint64_t begin) {
        const auto number = static_cast<std::size_t>(begin >> kSpellingBits);
        switch (static_cast<Spelling>(begin & 3)) {
            case Spelling::Letters: return take(number);
            case Spelling::Word: return packing_.words_[number];
            case Spelling::Earlier: return earlier_[number];
            case Spelling::Special: return special(static_cast<Special>(number));
        }
        return {};
    }

    Text special(Special special) {
        switch (special) {
            case Special::Number: return Text::unique(std::to_string(number()));
            case Special::Start: {
                const Text& whole = earlier_[place()];
                return whole.view().substr(0, place());
            }
            case Special::Around: {
                std::string text = spelled(number()).str();
                text += earlier_[place()].view();
                return text += spelled(number()).view();
            }
            case Special::Amounts: {
                std::string text;
                for (const char letter : packing_.words_[place()].view())
                    text += letter == kMark ? std::to_string(number()) : std::string(1, letter);
                return text;
            }
            case Special::Stamp: {
                static constexpr std::string_view kDigits = "0123456789abcdef";
                std::string text = spelled(number()).str() + ".";
                const std::uint64_t digits = big_endian(8);
                for (int shift = 60; shift >= 0; shift -= 4) text += kDigits[digits >> shift & 15];
                return text;
            }
            case Special::Uid: break;
        }
        ENSURE(false);  // text() has dealt with it.
        return {};
    }

    const Packing& packing_;
    std::string_view rest_;
    std::vector<Text> earlier_{};
    std::int64_t seconds_ = 0;
};

std::int64_t Packing::find(const Text& text) const {
    const std::uint32_t* number = text.size() < kShortestWord ? nullptr : numbers_.find(text);
    return number == nullptr ? -1 : std::int64_t{*number};
}

std::int64_t Packing::number_of(const Text& text) {
    if (text.size() < kShortestWord) return -1;
    if (const std::int64_t number = find(text); number >= 0) return number;
    std::uint32_t& seen = seen_[text.hash() % seen_.size()];
    if (seen != text.hash() || words_.size() >= kMaxWords) {
        seen = text.hash();
        return -1;
    }
    const auto number = static_cast<std::uint32_t>(words_.size());
    words_.push_back(text);
    numbers_.insert(text, number);
    return number;
}

Text Packing::pack(const Object& object) {
    Packer packer(*this);
    packer.fields(*kind_.type, &object);
    return Text::unique(packer.bytes());
}

std::shared_ptr<Object> Packing::unpack(std::string_view packed) const {
    std::shared_ptr<Object> object = kind_.make();
    Unpacker(*this, packed).fields(*kind_.type, object.get());
    return object;
}

}  // namespace kubetab::api
