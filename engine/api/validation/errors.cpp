#include "engine/api/validation/errors.h"

#include <algorithm>
#include <span>

namespace kubetab::api {
namespace {

struct TypeRow {
    std::string_view text;
    std::string_view cause;
    bool prints_value;
};

const TypeRow& row_of(FieldErrorType type) {
    static constexpr TypeRow kRows[] = {
        {"Not found", "FieldValueNotFound", true},
        {"Required value", "FieldValueRequired", false},
        {"Duplicate value", "FieldValueDuplicate", true},
        {"Invalid value", "FieldValueInvalid", true},
        {"Unsupported value", "FieldValueNotSupported", true},
        {"Forbidden", "FieldValueForbidden", false},
        {"Too long", "FieldValueTooLong", false},
        {"Too many", "FieldValueTooMany", true},
        {"Invalid value", "FieldValueTypeInvalid", true},
    };
    return kRows[static_cast<std::size_t>(type)];
}

}  // namespace

// upstream: Error.ErrorBody
std::string FieldError::body() const {
    const TypeRow& row = row_of(type);
    std::string result(row.text);
    if (row.prints_value && !value.empty()) result += ": " + value;
    if (!detail.empty()) result += ": " + detail;
    return result;
}

std::string Path::text() const {
    std::string text;
    for (const Part& part : std::span(parts_.data(), count_)) {
        if (part.index == kRoot) text += part.name;
        if (part.index == kChild) text.append(".").append(part.name);
        if (part.index == kKey) text.append("[").append(part.name).append("]");
        if (part.index >= 0) text += "[" + std::to_string(part.index) + "]";
    }
    return text;
}

void Errors::unsupported(const Path& path, std::string value,
                         std::initializer_list<std::string_view> supported) {
    std::string detail;
    for (const std::string_view choice : supported) {
        detail += detail.empty() ? "supported values: " : ", ";
        detail += go_quoted(choice);
    }
    add(FieldErrorType::Unsupported, path, std::move(value), detail);
}

void Errors::one_of(const Path& path, std::string_view value,
                    std::initializer_list<std::string_view> supported) {
    if (std::find(supported.begin(), supported.end(), value) != supported.end()) return;
    unsupported(path, go_quoted(value), supported);
}

void Errors::check(const Path& path, std::string_view value, NameRule rule) {
    const Complaints found = rule(value);
    if (!found.empty()) complaints(path, go_quoted(value), found);
}

void Errors::complaints(const Path& path, const std::string& printed, const Complaints& complaints) {
    for (const std::string& complaint : complaints) invalid(path, printed, complaint);
}

// upstream: NewInvalid
base::Status invalid(const Kind& kind, std::string_view name, const std::vector<FieldError>& errors) {
    std::vector<std::string> texts;
    base::Status status = base::failure(base::Reason::Invalid, "");
    for (const FieldError& error : errors) {
        std::string text = error.text();
        if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(std::move(text));
        status.causes.push_back({std::string(row_of(error.type).cause), error.body(), error.path});
    }
    status.group = kind.group;
    status.kind = kind.kind;
    status.name = name;
    const std::string all = texts.size() == 1 ? texts.front() : "[" + joined(texts, ", ") + "]";
    status.message = kind.qualified_kind() + " " + go_quoted(name) + " is invalid: " + all;
    return status;
}

}  // namespace kubetab::api
