// Status and Result: how every expected failure travels.
//
// A Status mirrors the Kubernetes object of that name: reason, code, message and details are what a client
// sees, and the message is a contract (character for character upstream). A Result<T> holds a T or a Status;
// use TRY to pass a failure on. Nothing here throws.
//
// upstream: staging/src/k8s.io/apimachinery/pkg/api/errors/errors.go
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/base/ensure.h"

namespace kubetab::base {

// The reasons that some code branches on; anything else is Unknown with a message.
enum class Reason {
    Unknown,
    BadRequest,
    Unauthorized,
    Forbidden,
    NotFound,
    MethodNotAllowed,
    NotAcceptable,
    AlreadyExists,
    Conflict,
    Gone,
    Expired,
    Invalid,
    RequestEntityTooLarge,
    UnsupportedMediaType,
    TooManyRequests,
    InternalError,
    ServiceUnavailable,
    Timeout,
};

std::string_view to_string(Reason reason);
// The HTTP status code that belongs to a reason.
int http_code(Reason reason);

struct StatusCause {
    std::string reason;   // e.g. FieldValueRequired
    std::string message;  // without the field
    std::string field;    // e.g. spec.containers[0].image
};

struct Status {
    Reason reason = Reason::Unknown;
    int code = 500;
    std::string message{};
    // details
    std::string group{};
    std::string kind{};
    std::string name{};
    std::string uid{};
    std::vector<StatusCause> causes{};
    int retry_after_seconds = 0;
};

// A Status with the code that belongs to `reason`.
Status failure(Reason reason, std::string message);

// Either a value or the reason why there is none. T may be void.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Status status) : state_(std::in_place_index<1>, std::move(status)) {}

    bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    const T& value() const& {
        ENSURE(ok());
        return std::get<0>(state_);
    }
    T& value() & {
        ENSURE(ok());
        return std::get<0>(state_);
    }
    T&& value() && {
        ENSURE(ok());
        return std::get<0>(std::move(state_));
    }
    const T& operator*() const { return value(); }
    T& operator*() { return value(); }
    const T* operator->() const { return &value(); }

    const Status& error() const {
        ENSURE(!ok());
        return std::get<1>(state_);
    }

private:
    std::variant<T, Status> state_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Status status) : status_(std::move(status)) {}

    bool ok() const { return !status_.has_value(); }
    explicit operator bool() const { return ok(); }
    void value() const { ENSURE(ok()); }

    const Status& error() const {
        ENSURE(!ok());
        return *status_;
    }

private:
    std::optional<Status> status_{};
};

}  // namespace kubetab::base

// Evaluates to the value of a Result, or returns its Status from the enclosing function. Not inside a braced
// list: compilers forget what they had made of the list before.
#define TRY(expression)                                                             \
    __extension__({                                                                 \
        auto try_result_ = (expression);                                            \
        if (!try_result_.ok()) return ::kubetab::base::Status(try_result_.error()); \
        std::move(try_result_).value();                                             \
    })
