// Validation: everything that is wrong with an object, field by field, in upstream's words and order.
//
// Works on defaulted objects and never stops at the first error. Nothing is changed.
// upstream: pkg/apis/*/validation, staging/src/k8s.io/apimachinery/pkg/util/validation/field/errors.go
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/api/object.h"
#include "engine/base/status.h"

namespace kubetab::api {

enum class FieldErrorType : std::uint8_t {
    NotFound,
    Required,
    Duplicate,
    Invalid,
    Unsupported,
    Forbidden,
    TooLong,
    TooMany,
    TypeInvalid,
};

struct FieldError {
    FieldErrorType type = FieldErrorType::Invalid;
    std::string path{};    // spec.containers[0].image
    std::string value{};   // as Go prints it; left out where upstream prints none
    std::string detail{};  // may be empty

    // Without the path: `Invalid value: "x": must not be empty`.
    std::string body() const;
    std::string text() const { return path + ": " + body(); }
};

// What is wrong with a new object.
std::vector<FieldError> validate(const Kind& kind, const Object& object);
// What is wrong with replacing `old` by `now` through the main endpoint, or through /status.
std::vector<FieldError> validate_update(const Kind& kind, const Object& now, const Object& old);
std::vector<FieldError> validate_status_update(const Kind& kind, const Object& now, const Object& old);

// The failure 422 Invalid: all errors in its message (repeated ones once) and one cause for each.
base::Status invalid(const Kind& kind, std::string_view name, const std::vector<FieldError>& errors);

}  // namespace kubetab::api
