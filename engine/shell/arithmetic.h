// Arithmetic: the integer expressions of $((...)) and ((...)), with C's operators and 64-bit wrap-around.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/status.h"

namespace kubetab::shell {

// Where an expression finds and stores its variables.
class Variables {
public:
    virtual ~Variables() = default;
    virtual std::optional<std::string> get(std::string_view name) const = 0;
    virtual void set(std::string_view name, std::string value) = 0;
};

base::Result<std::int64_t> evaluate(std::string_view expression, Variables& variables);

}  // namespace kubetab::shell
