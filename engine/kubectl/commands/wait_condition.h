// What `kubectl wait --for` waits for, read from its text and asked of an object.
//
// upstream: kubectl/pkg/cmd/wait/wait.go conditionFuncFor
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/json.h"
#include "engine/base/status.h"
#include "engine/kubectl/printers/jsonpath.h"

namespace kubetab::kubectl {

class WaitCondition {
public:
    enum class Kind : std::uint8_t { Created, Deleted, Condition, Path };

    // "delete", "create", "condition=Ready", "condition=Ready=false", "jsonpath={.a}=b", "jsonpath={.a}".
    static base::Result<WaitCondition> parse(std::string_view text);

    Kind kind() const { return kind_; }
    // Whether the object, which exists, is as waited for. `uid` is of the object that was found first: a
    // deleted one may be followed by another of its name.
    base::Result<bool> met(const base::Json& object, std::string_view uid) const;

private:
    static base::Result<WaitCondition> parse_path(std::string_view text);
    bool has_condition(const base::Json& object) const;
    base::Result<bool> has_value(const base::Json& object) const;

    Kind kind_ = Kind::Created;
    std::string name_{};                  // of the condition
    std::optional<std::string> value_{};  // of condition or path; any value of a path when absent
    JsonPath path_{};
};

}  // namespace kubetab::kubectl
