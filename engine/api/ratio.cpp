#include "engine/api/ratio.h"

namespace kubetab::api {
namespace {

__extension__ using Wide = __int128;

}  // namespace

std::string ratio_text(const Quantity& part, const Quantity& whole) {
    constexpr std::int64_t kMillion = 1'000'000;
    const Wide by = whole.milli();
    const auto millionths = static_cast<std::int64_t>((Wide{part.milli()} * kMillion * 2 + by) / (by * 2));
    std::string decimals = std::to_string(millionths % kMillion);
    decimals.insert(0, 6 - decimals.size(), '0');
    return std::to_string(millionths / kMillion) + "." + decimals;
}

bool is_product_more(const Quantity& a, const Quantity& b, const Quantity& bound) {
    return Wide{a.milli()} * b.milli() > Wide{bound.milli()} * 1000;
}

bool is_more_than(const Quantity& part, const Quantity& times, const Quantity& whole) {
    return Wide{part.milli()} * 1000 > Wide{times.milli()} * whole.milli();
}

}  // namespace kubetab::api
