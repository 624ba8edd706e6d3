// Errors: where validators note what they find.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/api/validation.h"
#include "engine/api/validation/name_rules.h"
#include "engine/api/validation/value_text.h"
#include "engine/base/ensure.h"

namespace kubetab::api {

inline constexpr std::string_view kNotNegative = "must be greater than or equal to 0";
inline constexpr std::string_view kPositive = "must be greater than zero";
inline constexpr std::string_view kImmutable = "field is immutable";

// A field by the way from the root: Path("spec").child("ports").index(0). Its text is made only for an error,
// because nearly every object is valid. The names must outlive the path.
class Path {
public:
    explicit Path(std::string_view root) { add({root, kRoot}); }
    Path child(std::string_view name) const { return with({name, kChild}); }
    Path index(std::size_t index) const { return with({{}, static_cast<std::int32_t>(index)}); }
    Path key(std::string_view key) const { return with({key, kKey}); }
    std::string text() const;

private:
    static constexpr std::int32_t kRoot = -1;
    static constexpr std::int32_t kChild = -2;
    static constexpr std::int32_t kKey = -3;
    struct Part {
        std::string_view name{};
        std::int32_t index = kRoot;  // or what the name is
    };
    // The deepest field of any kind has 16 parts.
    static constexpr std::size_t kPartsMax = 24;

    void add(Part part) {
        ENSURE(count_ < kPartsMax);
        parts_[count_++] = part;
    }
    Path with(Part part) const {
        Path path = *this;
        path.add(part);
        return path;
    }

    std::array<Part, kPartsMax> parts_{};
    std::size_t count_ = 0;
};

class Errors {
public:
    void required(const Path& path, std::string_view detail = {}) {
        add(FieldErrorType::Required, path, {}, detail);
    }
    void forbidden(const Path& path, std::string_view detail) {
        add(FieldErrorType::Forbidden, path, {}, detail);
    }
    // The value as Go prints it.
    void invalid(const Path& path, std::string value, std::string_view detail) {
        add(FieldErrorType::Invalid, path, std::move(value), detail);
    }
    void invalid(const Path& path, std::int64_t value, std::string_view detail) {
        add(FieldErrorType::Invalid, path, std::to_string(value), detail);
    }
    void duplicate(const Path& path, std::string value) {
        add(FieldErrorType::Duplicate, path, std::move(value), {});
    }
    void not_found(const Path& path, std::string value) {
        add(FieldErrorType::NotFound, path, std::move(value), {});
    }
    void too_long(const Path& path, std::size_t bytes) {
        add(FieldErrorType::TooLong, path, {}, "may not be more than " + std::to_string(bytes) + " bytes");
    }
    void too_many(const Path& path, std::size_t count, std::size_t limit) {
        add(FieldErrorType::TooMany, path, std::to_string(count),
            "must have at most " + std::to_string(limit) + " items");
    }
    // `value` as Go prints it.
    void unsupported(const Path& path, std::string value, std::initializer_list<std::string_view> supported);
    // Unsupported unless `value` is one of `supported`.
    void one_of(const Path& path, std::string_view value, std::initializer_list<std::string_view> supported);
    // One error for each complaint of the rule about `value`.
    void check(const Path& path, std::string_view value, NameRule rule);
    void complaints(const Path& path, const std::string& printed, const Complaints& complaints);
    void not_negative(const Path& path, std::int64_t value) {
        if (value < 0) invalid(path, value, kNotNegative);
    }
    void add(FieldErrorType type, const Path& path, std::string value, std::string_view detail) {
        list_.push_back({type, path.text(), std::move(value), std::string(detail)});
    }

    void add(FieldError error) { list_.push_back(std::move(error)); }

    std::size_t count() const { return list_.size(); }
    std::vector<FieldError> take() { return std::move(list_); }

private:
    std::vector<FieldError> list_{};
};

}  // namespace kubetab::api
