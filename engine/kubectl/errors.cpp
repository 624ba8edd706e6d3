#include "engine/kubectl/errors.h"

#include <algorithm>
#include <utility>

namespace kubetab::kubectl {
namespace {

base::Reason reason_from(std::string_view name, int code) {
    for (int i = 0; i <= static_cast<int>(base::Reason::Timeout); ++i) {
        const base::Reason reason = static_cast<base::Reason>(i);
        if (reason != base::Reason::Unknown && base::to_string(reason) == name) return reason;
    }
    (void)code;
    return base::Reason::Unknown;
}

// "field: message" of every cause, each once.
std::vector<std::string> cause_lines(const base::Status& status) {
    std::vector<std::string> lines;
    for (const base::StatusCause& cause : status.causes) {
        std::string line = cause.field + ": " + cause.message;
        if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(std::move(line));
    }
    return lines;
}

// upstream: checkErr, case apierrors.IsInvalid
std::string invalid_text(const base::Status& status) {
    std::string text = "The request is invalid";
    if (!status.kind.empty() || !status.name.empty()) {
        text = "The " + status.kind + " \"" + status.name + "\" is invalid";
    } else if (!status.message.empty() && status.causes.empty()) {
        text += ": " + status.message;
    }
    const std::vector<std::string> lines = cause_lines(status);
    if (lines.empty()) return text + "\n";
    if (lines.size() == 1) return text + ": " + lines.front() + "\n";
    text += ": \n";
    for (const std::string& line : lines) text += "* " + line + "\n";
    return text;
}

std::string one_error(const base::Status& status) {
    if (!is_client_error(status)) {
        return status.reason == base::Reason::Invalid ? invalid_text(status) : message_for(status) + "\n";
    }
    const bool refused = status.message.starts_with("The connection to the server ");
    const bool prefixed = refused || status.message.starts_with("error: ");
    const bool ended = !status.message.empty() && status.message.back() == '\n';
    return (prefixed ? "" : "error: ") + status.message + (ended ? "" : "\n");
}

}  // namespace

base::Status client_error(std::string message) {
    base::Status status;
    status.code = 0;
    status.message = std::move(message);
    return status;
}

bool is_client_error(const base::Status& status) {
    return status.code == 0;
}

base::Status usage_error(std::string_view command_path, std::string_view message) {
    return client_error(std::string(message) + "\nSee '" + std::string(command_path) +
                        " -h' for help and examples");
}

base::Status status_from_json(const base::Json& body) {
    base::Status status;
    status.code = static_cast<int>(base::int_at(body, {"code"}, 500));
    status.reason = reason_from(base::text_at(body, {"reason"}), status.code);
    status.message = base::text_at(body, {"message"});
    status.group = base::text_at(body, {"details", "group"});
    status.kind = base::text_at(body, {"details", "kind"});
    status.name = base::text_at(body, {"details", "name"});
    status.uid = base::text_at(body, {"details", "uid"});
    status.retry_after_seconds = static_cast<int>(base::int_at(body, {"details", "retryAfterSeconds"}));
    if (const base::Json* causes = base::find(body, {"details", "causes"});
        causes != nullptr && causes->is_array()) {
        for (const base::Json& cause : *causes) {
            status.causes.push_back({base::text_at(cause, {"reason"}), base::text_at(cause, {"message"}),
                                     base::text_at(cause, {"field"})});
        }
    }
    return status;
}

base::Status status_of(const client::Response& response) {
    const base::Result<base::Json> body = base::parse_json(response.body);
    if (body.ok() && base::text_at(*body, {"kind"}) == "Status") {
        base::Status status = status_from_json(*body);
        // A connection that was refused is no answer of the server: its code stays 0.
        if (status.code != 0 && status.code < 400) status.code = response.code;
        return status;
    }
    base::Status status;
    status.code = response.code;
    status.message = response.body;
    if (response.code == 404) {
        // upstream: rest.Request.newUnstructuredResponseError
        status.reason = base::Reason::NotFound;
        status.message = "the server could not find the requested resource";
    }
    return status;
}

base::Status with_source(std::string_view verb, std::string_view source, base::Status status) {
    if (source.empty()) return status;
    status.message =
        "error when " + std::string(verb) + " \"" + std::string(source) + "\": " + status.message;
    return status;
}

std::string message_for(const base::Status& status) {
    if (is_client_error(status)) return status.message;
    if (status.reason == base::Reason::Unauthorized) {
        return "error: You must be logged in to the server (" + status.message + ")";
    }
    if (status.reason == base::Reason::Unknown) return "Error from server: " + status.message;
    return "Error from server (" + std::string(base::to_string(status.reason)) + "): " + status.message;
}

std::string error_text(const std::vector<base::Status>& errors) {
    if (errors.empty()) return {};
    if (errors.size() == 1) return one_error(errors.front());
    std::string text;
    for (const base::Status& status : errors) text += message_for(status) + "\n";
    return text;
}

}  // namespace kubetab::kubectl
