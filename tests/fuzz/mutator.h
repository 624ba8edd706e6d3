// Mutator: small changes of an input, the same ones for the same seed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/sim/random.h"

namespace kubetab::fuzz {

class Mutator {
public:
    explicit Mutator(std::uint64_t seed) : random_(seed) {}

    // One to four changes: bytes are flipped, cut, repeated, or replaced by words that documents are made of;
    // or a part of another input is put in.
    std::string mutated(std::string_view input, const std::vector<std::string>& others);
    // One of them.
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(random_.below(count)); }

    static constexpr std::size_t kLongest = 64 * 1024;

private:
    void change(std::string& text, const std::vector<std::string>& others);

    sim::Random random_;
};

}  // namespace kubetab::fuzz
