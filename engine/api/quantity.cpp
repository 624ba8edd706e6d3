#include "engine/api/quantity.h"

#include <array>
#include <limits>

namespace kubetab::api {
namespace {

__extension__ using Wide = __int128;

using base::Reason;
using base::Result;

struct Suffix {
    std::string_view text;
    int base;      // 2 or 10
    int exponent;  // of the base
    Quantity::Format format;
};

constexpr std::array kSuffixes{
    Suffix{"Ki", 2, 10, Quantity::Format::BinarySI},  Suffix{"Mi", 2, 20, Quantity::Format::BinarySI},
    Suffix{"Gi", 2, 30, Quantity::Format::BinarySI},  Suffix{"Ti", 2, 40, Quantity::Format::BinarySI},
    Suffix{"Pi", 2, 50, Quantity::Format::BinarySI},  Suffix{"Ei", 2, 60, Quantity::Format::BinarySI},
    Suffix{"n", 10, -9, Quantity::Format::DecimalSI}, Suffix{"u", 10, -6, Quantity::Format::DecimalSI},
    Suffix{"m", 10, -3, Quantity::Format::DecimalSI}, Suffix{"", 10, 0, Quantity::Format::DecimalSI},
    Suffix{"k", 10, 3, Quantity::Format::DecimalSI},  Suffix{"M", 10, 6, Quantity::Format::DecimalSI},
    Suffix{"G", 10, 9, Quantity::Format::DecimalSI},  Suffix{"T", 10, 12, Quantity::Format::DecimalSI},
    Suffix{"P", 10, 15, Quantity::Format::DecimalSI}, Suffix{"E", 10, 18, Quantity::Format::DecimalSI},
};

constexpr std::string_view kBadForm =
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
constexpr std::string_view kBadSuffix = "unable to parse quantity's suffix";
constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();

std::int64_t saturated(Wide value) {
    if (value > kLargest) return kLargest;
    if (value < -kLargest) return -kLargest;
    return static_cast<std::int64_t>(value);
}

Wide power(int base, int exponent) {
    Wide result = 1;
    for (int i = 0; i < exponent; ++i) result *= base;
    return result;
}

// value × 10^scale in units of 10^-9; saturates far above anything a cluster counts.
Wide nano(std::int64_t value, int scale) {
    constexpr Wide kBound = static_cast<Wide>(1) << 120;
    Wide result = value;
    for (int i = -9; i < scale; ++i) {
        result *= 10;
        if (result > kBound || result < -kBound) break;
    }
    return result;
}

Wide divide_up(Wide value, Wide by) {
    const Wide quotient = value / by;
    return value % by != 0 && value > 0 ? quotient + 1 : quotient;
}

struct Parts {
    bool negative = false;
    std::string digits{};  // without the point
    int fraction = 0;      // digits after the point
    std::string_view suffix{};
};

Result<Parts> split(std::string_view text) {
    Parts parts;
    std::size_t i = 0;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) parts.negative = text[i++] == '-';
    bool point = false;
    for (; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '.' && !point) {
            point = true;
        } else if (c >= '0' && c <= '9') {
            parts.digits += c;
            if (point) ++parts.fraction;
        } else {
            break;
        }
    }
    parts.suffix = text.substr(i);
    if (parts.digits.empty()) return base::failure(Reason::BadRequest, std::string(kBadForm));
    for (const char c : parts.suffix) {
        if (std::string_view("eEinumkKMGTP0123456789+-").find(c) == std::string_view::npos) {
            return base::failure(Reason::BadRequest, std::string(kBadForm));
        }
    }
    return parts;
}

Result<Suffix> suffix_of(std::string_view text) {
    for (const Suffix& suffix : kSuffixes) {
        if (suffix.text == text) return suffix;
    }
    const bool exponent = text.size() > 1 && (text[0] == 'e' || text[0] == 'E');
    if (!exponent) return base::failure(Reason::BadRequest, std::string(kBadSuffix));
    int value = 0;
    std::size_t i = 1;
    const bool negative = text[i] == '-';
    if (text[i] == '-' || text[i] == '+') ++i;
    if (i == text.size()) return base::failure(Reason::BadRequest, std::string(kBadSuffix));
    for (; i < text.size(); ++i) {
        if (text[i] < '0' || text[i] > '9' || value > 99)
            return base::failure(Reason::BadRequest, std::string(kBadSuffix));
        value = value * 10 + (text[i] - '0');
    }
    return Suffix{text, 10, negative ? -value : value, Quantity::Format::DecimalExponent};
}

// The suffix of a power of ten, e.g. "m" for -3; exponent form when there is none.
std::string decimal_suffix(int exponent, Quantity::Format format) {
    if (format == Quantity::Format::DecimalExponent)
        return exponent == 0 ? "" : "e" + std::to_string(exponent);
    for (const Suffix& suffix : kSuffixes) {
        if (suffix.base == 10 && suffix.exponent == exponent) return std::string(suffix.text);
    }
    return "e" + std::to_string(exponent);
}

}  // namespace

Quantity Quantity::of_units(std::int64_t units, Format format) {
    return {units, 0, format};
}

Quantity Quantity::of_milli(std::int64_t milli, Format format) {
    return {milli, -3, format};
}

// upstream: ParseQuantity
Result<Quantity> Quantity::parse(std::string_view text) {
    if (text.empty()) return base::failure(Reason::BadRequest, std::string(kBadForm));
    const Parts parts = TRY(split(text));
    const Suffix suffix = TRY(suffix_of(parts.suffix));

    Wide number = 0;
    for (const char c : parts.digits) {
        number = number * 10 + (c - '0');
        if (number > static_cast<Wide>(1) << 100) break;
    }
    if (parts.negative) number = -number;
    if (suffix.base == 2) {
        number *= power(2, suffix.exponent);
        const Wide divisor = power(10, parts.fraction > 18 ? 18 : parts.fraction);
        const Wide milli = divide_up(number * 1000, divisor);
        if (milli % 1000 == 0) return Quantity(saturated(milli / 1000), 0, suffix.format);
        return Quantity(saturated(milli), -3, Format::DecimalSI);
    }
    int scale = suffix.exponent - parts.fraction;
    while (scale < -9) {  // Finer than nano is rounded up.
        number = divide_up(number, 10);
        ++scale;
    }
    while (scale > 18 || (scale > 0 && number < kLargest / 10 && number > -kLargest / 10 && scale > 9)) {
        number *= 10;
        --scale;
        if (number > kLargest) break;
    }
    return Quantity(saturated(number), static_cast<std::int8_t>(scale > 18 ? 18 : scale), suffix.format);
}

// upstream: CanonicalizeBytes
std::string Quantity::text() const {
    if (value_ == 0) return "0";
    if (format_ == Format::BinarySI && nano(value_, scale_) % 1'000'000'000 == 0) {
        Wide units_value = nano(value_, scale_) / 1'000'000'000;
        if (units_value >= 1024 || units_value <= -1024) {
            int steps = 0;
            while (units_value % 1024 == 0 && steps < 6) {
                units_value /= 1024;
                ++steps;
            }
            static constexpr std::array<std::string_view, 7> kBinary{"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
            return std::to_string(saturated(units_value)).append(kBinary[static_cast<std::size_t>(steps)]);
        }
    }
    std::int64_t value = value_;
    int scale = scale_;
    while (value % 10 == 0) {
        value /= 10;
        ++scale;
    }
    // The exponent must be a multiple of three: multiply the spare zeros back in.
    while (scale % 3 != 0) {
        value *= 10;
        --scale;
    }
    const Format format = format_ == Format::BinarySI ? Format::DecimalSI : format_;
    return std::to_string(value) + decimal_suffix(scale, format);
}

std::int64_t Quantity::units() const {
    return saturated(divide_up(nano(value_, scale_), 1'000'000'000));
}

std::int64_t Quantity::milli() const {
    return saturated(divide_up(nano(value_, scale_), 1'000'000));
}

Quantity Quantity::rounded_to_milli() const {
    if (scale_ >= -3) return *this;
    return {static_cast<std::int64_t>(divide_up(value_, power(10, -3 - scale_))), -3, format_};
}

int Quantity::compare(const Quantity& a, const Quantity& b) {
    const Wide left = nano(a.value_, a.scale_);
    const Wide right = nano(b.value_, b.scale_);
    return left < right ? -1 : (left > right ? 1 : 0);
}

Quantity Quantity::operator+(const Quantity& other) const {
    const Format format = is_zero() ? other.format_ : format_;
    const Wide sum = nano(value_, scale_) + nano(other.value_, other.scale_);
    if (sum % 1'000'000'000 == 0) return {saturated(sum / 1'000'000'000), 0, format};
    if (sum % 1'000'000 == 0) return {saturated(sum / 1'000'000), -3, format};
    return {saturated(sum), -9, format};
}

Quantity Quantity::operator-(const Quantity& other) const {
    Quantity negative = other;
    negative.value_ = -negative.value_;
    Quantity result = *this + negative;
    if (!is_zero()) result.format_ = format_;
    return result;
}

}  // namespace kubetab::api
