#include "engine/base/status.h"

#include <array>

namespace kubetab::base {
namespace {

struct ReasonRow {
    Reason reason;
    std::string_view name;
    int code;
};

constexpr std::array kReasons{
    ReasonRow{Reason::Unknown, "", 500},
    ReasonRow{Reason::BadRequest, "BadRequest", 400},
    ReasonRow{Reason::Unauthorized, "Unauthorized", 401},
    ReasonRow{Reason::Forbidden, "Forbidden", 403},
    ReasonRow{Reason::NotFound, "NotFound", 404},
    ReasonRow{Reason::MethodNotAllowed, "MethodNotAllowed", 405},
    ReasonRow{Reason::NotAcceptable, "NotAcceptable", 406},
    ReasonRow{Reason::AlreadyExists, "AlreadyExists", 409},
    ReasonRow{Reason::Conflict, "Conflict", 409},
    ReasonRow{Reason::Gone, "Gone", 410},
    ReasonRow{Reason::Expired, "Expired", 410},
    ReasonRow{Reason::Invalid, "Invalid", 422},
    ReasonRow{Reason::RequestEntityTooLarge, "RequestEntityTooLarge", 413},
    ReasonRow{Reason::UnsupportedMediaType, "UnsupportedMediaType", 415},
    ReasonRow{Reason::TooManyRequests, "TooManyRequests", 429},
    ReasonRow{Reason::InternalError, "InternalError", 500},
    ReasonRow{Reason::ServiceUnavailable, "ServiceUnavailable", 503},
    ReasonRow{Reason::Timeout, "Timeout", 504},
};

const ReasonRow& row_of(Reason reason) {
    for (const ReasonRow& row : kReasons) {
        if (row.reason == reason) return row;
    }
    return kReasons.front();
}

}  // namespace

std::string_view to_string(Reason reason) {
    return row_of(reason).name;
}

int http_code(Reason reason) {
    return row_of(reason).code;
}

Status failure(Reason reason, std::string message) {
    Status status;
    status.reason = reason;
    status.code = http_code(reason);
    status.message = std::move(message);
    return status;
}

}  // namespace kubetab::base
