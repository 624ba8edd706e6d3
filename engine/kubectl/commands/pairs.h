// "key=value" and "key-" arguments of label and annotate.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/json.h"
#include "engine/base/status.h"

namespace kubetab::kubectl {

struct Pairs {
    std::vector<std::string> resources{};  // the arguments before the first pair
    std::vector<std::string> changes{};    // "a=b", "c-"
};

// Splits the arguments. upstream: cmdutil.GetResourcesAndPairs
base::Result<Pairs> split_pairs(const std::vector<std::string>& arguments, std::string_view what);

// metadata.<member> as an object, empty when absent.
base::Json metadata_map(const base::Json& object, std::string_view member);

}  // namespace kubetab::kubectl
