#include "engine/sim/random.h"

#include "engine/base/ensure.h"

namespace kubetab::sim {
namespace {

constexpr std::string_view kNameAlphabet = "bcdfghjklmnpqrstvwxz2456789";
constexpr std::string_view kHexDigits = "0123456789abcdef";

constexpr std::uint64_t rotate_left(std::uint64_t value, int bits) {
    return (value << bits) | (value >> (64 - bits));
}

}  // namespace

Random::Random(std::uint64_t seed) {
    for (std::uint64_t& word : state_) {
        seed += 0x9e3779b97f4a7c15U;
        std::uint64_t mixed = seed;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
        word = mixed ^ (mixed >> 31);
    }
}

std::uint64_t Random::next() {
    const std::uint64_t result = rotate_left(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = rotate_left(state_[3], 45);
    return result;
}

std::uint64_t Random::below(std::uint64_t limit) {
    ENSURE(limit > 0);
    // Rejects the tail that would favour small numbers.
    const std::uint64_t threshold = (0 - limit) % limit;
    for (;;) {
        const std::uint64_t drawn = next();
        if (drawn >= threshold) return drawn % limit;
    }
}

std::string Random::name_suffix(int count) {
    std::string text;
    for (int i = 0; i < count; ++i)
        text += kNameAlphabet[static_cast<std::size_t>(below(kNameAlphabet.size()))];
    return text;
}

std::string Random::hex(int count) {
    std::string text;
    text.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) text += kHexDigits[static_cast<std::size_t>(below(16))];
    return text;
}

std::string Random::uuid() {
    std::string text = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    for (char& letter : text) {
        if (letter == 'x') letter = kHexDigits[static_cast<std::size_t>(below(16))];
    }
    text[14] = '4';
    text[19] = kHexDigits[static_cast<std::size_t>(8 + below(4))];
    return text;
}

}  // namespace kubetab::sim
