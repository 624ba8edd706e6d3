// What is fed with arbitrary bytes, and the properties that must hold for all of them. A broken one ends the
// program.
#pragma once

#include <span>
#include <string_view>

namespace kubetab::fuzz {

struct Target {
    std::string_view name{};
    void (*run)(std::string_view bytes) = nullptr;
};

std::span<const Target> targets();

// Two documents in one input stand apart by this.
inline constexpr std::string_view kBetween = "\n---\n";

}  // namespace kubetab::fuzz
