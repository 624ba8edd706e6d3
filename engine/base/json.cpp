#include "engine/base/json.h"

#include <utility>
#include <vector>

#include "engine/base/large_json.h"

namespace kubetab::base {
namespace {

// Builds the value while it counts depth, so that a hostile document cannot exhaust the stack.
class LimitedReader : public nlohmann::json_sax<Json> {
public:
    bool null() override { return put(nullptr); }
    bool boolean(bool value) override { return put(value); }
    bool number_integer(number_integer_t value) override { return put(value); }
    bool number_unsigned(number_unsigned_t value) override { return put(value); }
    bool number_float(number_float_t value, const string_t&) override { return put(value); }
    bool string(string_t& value) override { return put(std::move(value)); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(Json::object()); }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool end_array() override { return close(); }
    bool key(string_t& value) override {
        key_ = std::move(value);
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const Json::exception& error) override {
        position_ = position;
        error_ = error.what();
        return false;
    }

    Json take() { return std::move(root_); }
    const std::string& error() const { return error_; }
    std::size_t position() const { return position_; }

private:
    Json* place(Json value) {
        if (stack_.empty()) {
            root_ = std::move(value);
            return &root_;
        }
        Json& parent = *stack_.back();
        if (parent.is_array()) {
            parent.push_back(std::move(value));
            return &parent.back();
        }
        Json& slot = parent[key_];
        slot = std::move(value);
        return &slot;
    }
    bool put(Json value) {
        place(std::move(value));
        return true;
    }
    bool open(Json value) {
        if (stack_.size() >= static_cast<std::size_t>(kMaxDepth)) {
            error_ = "nested deeper than 128 levels";
            return false;
        }
        stack_.push_back(place(std::move(value)));
        return true;
    }
    bool close() {
        stack_.pop_back();
        return true;
    }

    Json root_{};
    std::vector<Json*> stack_{};
    std::string key_{};
    std::string error_{};
    std::size_t position_ = 0;
};

// "[json.exception.parse_error.101] parse error at line 1, column 5: syntax error ..." without the library's
// prefix.
std::string plain_error(const std::string& text) {
    const std::size_t close = text.find("] ");
    return close == std::string::npos ? text : text.substr(close + 2);
}

}  // namespace

Result<Json> parse_json(std::string_view text) {
    return parse_large_json(text, kMaxDocumentBytes);
}

Result<Json> parse_large_json(std::string_view text, std::size_t max_bytes) {
    if (text.size() > max_bytes) {
        return failure(Reason::RequestEntityTooLarge,
                       "Request entity too large: limit is " + std::to_string(max_bytes));
    }
    LimitedReader reader;
    if (!Json::sax_parse(text, &reader)) return failure(Reason::BadRequest, plain_error(reader.error()));
    return reader.take();
}

const Json* find(const Json& value, std::string_view key) {
    if (!value.is_object()) return nullptr;
    const auto it = value.find(std::string(key));
    return it == value.end() ? nullptr : &*it;
}

const Json* find(const Json& value, std::initializer_list<std::string_view> path) {
    const Json* current = &value;
    for (const std::string_view key : path) {
        current = find(*current, key);
        if (current == nullptr) return nullptr;
    }
    return current;
}

std::string text_at(const Json& value, std::initializer_list<std::string_view> path) {
    const Json* found = find(value, path);
    return found != nullptr && found->is_string() ? found->get<std::string>() : std::string();
}

std::int64_t int_at(const Json& value, std::initializer_list<std::string_view> path, std::int64_t otherwise) {
    const Json* found = find(value, path);
    return found != nullptr && found->is_number_integer() ? found->get<std::int64_t>() : otherwise;
}

}  // namespace kubetab::base
