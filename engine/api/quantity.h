// Quantity: an exact number with a Kubernetes suffix, e.g. 500m, 128Mi, 1e3.
//
// Keeps value and format, prints in canonical form. Values are exact down to nano units; arithmetic
// saturates. upstream: staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/status.h"

namespace kubetab::api {

class Quantity {
public:
    enum class Format : std::uint8_t { DecimalSI, BinarySI, DecimalExponent };

    Quantity() = default;
    static Quantity of_units(std::int64_t units, Format format = Format::DecimalSI);
    static Quantity of_milli(std::int64_t milli, Format format = Format::DecimalSI);
    // Fails with upstream's texts, e.g. "unable to parse quantity's suffix".
    static base::Result<Quantity> parse(std::string_view text);

    // Canonical text: the largest suffix that needs no fraction.
    std::string text() const;
    // Rounded up.
    std::int64_t units() const;
    std::int64_t milli() const;
    bool is_zero() const { return value_ == 0; }
    int sign() const { return value_ > 0 ? 1 : (value_ < 0 ? -1 : 0); }
    Format format() const { return format_; }
    // The number is value() × 10^scale().
    std::int64_t value() const { return value_; }
    int scale() const { return scale_; }
    // Rounded up to a thousandth, which is what the API server stores.
    Quantity rounded_to_milli() const;

    Quantity operator+(const Quantity& other) const;
    Quantity operator-(const Quantity& other) const;
    friend bool operator==(const Quantity& a, const Quantity& b) { return compare(a, b) == 0; }
    friend bool operator<(const Quantity& a, const Quantity& b) { return compare(a, b) < 0; }
    static int compare(const Quantity& a, const Quantity& b);

private:
    Quantity(std::int64_t value, std::int8_t scale, Format format)
        : value_(value), scale_(scale), format_(format) {}

    std::int64_t value_ = 0;  // value_ × 10^scale_
    std::int8_t scale_ = 0;   // in [-9, 18]
    Format format_ = Format::DecimalSI;
};

}  // namespace kubetab::api
