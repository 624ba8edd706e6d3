// Manifests that lie in the learner's home directory from the start.
#pragma once

#include <span>
#include <string_view>

namespace kubetab::session {

struct Sample {
    std::string_view name{};
    std::string_view text{};
};

std::span<const Sample> samples();

}  // namespace kubetab::session
