#include "engine/api/patch/json_patch.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/json.h"

namespace kubetab::api {
namespace {

using base::failure;
using base::Json;
using base::Reason;
using base::Result;

// upstream: apiserver/pkg/endpoints/handlers/patch.go maxJSONPatchOperations
constexpr std::size_t kMaxOperations = 10'000;

std::vector<std::string> tokens_of(std::string_view pointer) {
    std::vector<std::string> tokens;
    while (!pointer.empty()) {
        pointer.remove_prefix(1);
        const std::size_t end = pointer.find('/');
        std::string token;
        for (std::size_t i = 0; i < std::min(end, pointer.size()); ++i) {
            const bool escape = pointer[i] == '~' && i + 1 < pointer.size() &&
                                (pointer[i + 1] == '0' || pointer[i + 1] == '1');
            if (escape) token += pointer[++i] == '0' ? '~' : '/';
            else token += pointer[i];
        }
        tokens.push_back(std::move(token));
        pointer = end == std::string_view::npos ? std::string_view() : pointer.substr(end);
    }
    return tokens;
}

std::optional<std::size_t> index_of(const std::string& token) {
    if (token.empty() || token.size() > 9) return std::nullopt;
    std::size_t index = 0;
    for (const char c : token) {
        if (c < '0' || c > '9') return std::nullopt;
        index = index * 10 + static_cast<std::size_t>(c - '0');
    }
    return index;
}

// The member or element, or nullptr.
Json* child_of(Json& parent, const std::string& token) {
    if (parent.is_object()) {
        const auto it = parent.find(token);
        return it == parent.end() ? nullptr : &*it;
    }
    const std::optional<std::size_t> index = parent.is_array() ? index_of(token) : std::nullopt;
    return index && *index < parent.size() ? &parent[*index] : nullptr;
}

class Patcher {
public:
    explicit Patcher(Json document) : document_(std::move(document)) {}

    Result<void> apply(const Json& operation) {
        const std::string op = base::text_at(operation, {"op"});
        path_ = base::text_at(operation, {"path"});
        const Json* value = base::find(operation, "value");
        if (op == "add") return add(path_, value != nullptr ? *value : Json());
        if (op == "remove") return remove(path_);
        if (op == "replace") return replace(value != nullptr ? *value : Json());
        if (op == "test") return test(value != nullptr ? *value : Json());
        if (op == "move" || op == "copy") return transfer(op, base::text_at(operation, {"from"}));
        return failure(Reason::BadRequest, "Unexpected kind: " + op);
    }
    Json take() { return std::move(document_); }

private:
    // The container that holds the last token.
    Json* container(const std::vector<std::string>& tokens) {
        Json* current = &document_;
        for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
            current = child_of(*current, tokens[i]);
            if (current == nullptr) return nullptr;
        }
        return current->is_structured() ? current : nullptr;
    }

    Json* find(const std::string& path) {
        Json* current = &document_;
        for (const std::string& token : tokens_of(path)) {
            current = child_of(*current, token);
            if (current == nullptr) return nullptr;
        }
        return current;
    }

    static Result<void> missing(const std::string& op, const std::string& path) {
        return failure(Reason::Invalid, op + " operation does not apply: doc is missing path: \"" + path +
                                            "\": missing value");
    }

    Result<void> add(const std::string& path, const Json& value) {
        const std::vector<std::string> tokens = tokens_of(path);
        if (tokens.empty()) {
            document_ = value;
            return {};
        }
        Json* parent = container(tokens);
        if (parent == nullptr) return missing("add", path);
        if (parent->is_object()) {
            (*parent)[tokens.back()] = value;
            return {};
        }
        if (tokens.back() == "-") {
            parent->push_back(value);
            return {};
        }
        const std::optional<std::size_t> index = index_of(tokens.back());
        if (!index || *index > parent->size()) {
            return failure(Reason::Invalid, "error in add for path: '" + path +
                                                "': Unable to access invalid index: " + tokens.back() +
                                                ": invalid index referenced");
        }
        parent->insert(parent->begin() + static_cast<std::ptrdiff_t>(*index), value);
        return {};
    }

    Result<void> remove(const std::string& path) {
        const std::vector<std::string> tokens = tokens_of(path);
        Json* parent = tokens.empty() ? nullptr : container(tokens);
        if (parent == nullptr) return missing("remove", path);
        if (child_of(*parent, tokens.back()) == nullptr) {
            return failure(Reason::Invalid, "error in remove for path: '" + path +
                                                "': Unable to remove nonexistent key: " + tokens.back() +
                                                ": missing value");
        }
        if (parent->is_object()) parent->erase(tokens.back());
        else parent->erase(*index_of(tokens.back()));
        return {};
    }

    Result<void> replace(const Json& value) {
        Json* place = find(path_);
        if (place == nullptr) return missing("replace", path_);
        *place = value;
        return {};
    }

    Result<void> test(const Json& value) {
        const Json* place = find(path_);
        const bool equal = place == nullptr ? value.is_null() : *place == value;
        if (equal) return {};
        return failure(Reason::Invalid, "testing path " + path_ + " value failed: test failed");
    }

    Result<void> transfer(const std::string& op, const std::string& from) {
        const Json* source = find(from);
        if (source == nullptr) return missing(op, from);
        const Json value = *source;
        if (op == "move") TRY(remove(from));
        return add(path_, value);
    }

    Json document_;
    std::string path_{};
};

Result<void> check_operation(const Json& operation) {
    if (!operation.is_object()) return failure(Reason::BadRequest, "a JSON patch must be a list of objects");
    const Json* path = base::find(operation, "path");
    const std::string text = base::text_at(operation, {"path"});
    if (path == nullptr || !path->is_string() || (!text.empty() && text.front() != '/')) {
        return failure(Reason::BadRequest, "a JSON patch operation needs a path that begins with '/'");
    }
    const std::string from = base::text_at(operation, {"from"});
    if (!from.empty() && from.front() != '/') {
        return failure(Reason::BadRequest, "the \"from\" of a JSON patch operation begins with '/'");
    }
    return {};
}

}  // namespace

Result<Json> apply_json_patch(Json document, const Json& patch) {
    if (!patch.is_array()) {
        return failure(Reason::BadRequest, "json: cannot unmarshal " +
                                               std::string(patch.is_object() ? "object" : patch.type_name()) +
                                               " into Go value of type jsonpatch.Patch");
    }
    if (patch.size() > kMaxOperations) {
        return failure(Reason::RequestEntityTooLarge, "The allowed maximum operations in a JSON patch is " +
                                                          std::to_string(kMaxOperations) + ", got " +
                                                          std::to_string(patch.size()));
    }
    Patcher patcher(std::move(document));
    for (const Json& operation : patch) {
        TRY(check_operation(operation));
        TRY(patcher.apply(operation));
    }
    return patcher.take();
}

}  // namespace kubetab::api
