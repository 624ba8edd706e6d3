// Inputs to begin with: for every kind an object that says something in every field of its table.
#pragma once

#include <string>
#include <vector>

namespace kubetab::fuzz {

std::vector<std::string> sample_objects();

}  // namespace kubetab::fuzz
