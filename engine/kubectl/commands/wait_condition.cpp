#include "engine/kubectl/commands/wait_condition.h"

#include <utility>

#include "engine/kubectl/describe/parts.h"
#include "engine/kubectl/errors.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

constexpr std::string_view kCondition = "condition=";
constexpr std::string_view kPath = "jsonpath=";

bool same(std::string_view a, std::string_view b) {
    return lower(a) == lower(b);
}

// A state reported for an older generation says nothing about this one.
bool is_outdated(const Json& object, const Json& condition) {
    const std::int64_t generation = base::int_at(object, {"metadata", "generation"}, -1);
    const std::int64_t by_object = base::int_at(object, {"status", "observedGeneration"}, generation);
    const std::int64_t observed = base::int_at(condition, {"observedGeneration"}, by_object);
    return observed < generation;
}

}  // namespace

base::Result<WaitCondition> WaitCondition::parse(std::string_view text) {
    WaitCondition condition;
    if (same(text, "delete")) {
        condition.kind_ = Kind::Deleted;
        return condition;
    }
    if (same(text, "create")) return condition;
    if (starts_with(text, kCondition)) {
        condition.kind_ = Kind::Condition;
        const std::string_view rest = text.substr(kCondition.size());
        const std::size_t equals = rest.find('=');
        condition.name_ = rest.substr(0, equals);
        condition.value_ = equals == std::string_view::npos ? "true" : std::string(rest.substr(equals + 1));
        return condition;
    }
    if (starts_with(text, kPath)) return parse_path(text.substr(kPath.size()));
    return client_error("unrecognized condition: " + quote(text));
}

// upstream: processJSONPathInput
base::Result<WaitCondition> WaitCondition::parse_path(std::string_view text) {
    WaitCondition condition;
    condition.kind_ = Kind::Path;
    // "==" inside a filter belongs to the path.
    const std::size_t end = text.rfind('}');
    const std::size_t equals = text.find('=', end == std::string_view::npos ? 0 : end);
    const std::string_view path = text.substr(0, equals);
    if (path.empty()) {
        return client_error(
            "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or "
            "--for=jsonpath='{.status.readyReplicas}'");
    }
    if (equals != std::string_view::npos) {
        std::string_view value = text.substr(equals + 1);
        const bool quoted = value.size() >= 2 && value.front() == value.back() &&
                            (value.front() == '\'' || value.front() == '"');
        if (quoted) value = value.substr(1, value.size() - 2);
        if (value.empty()) {
            return client_error(
                "jsonpath wait has to have a value after equal sign, like "
                "--for=jsonpath='{.status.readyReplicas}'=3");
        }
        condition.value_ = value;
    }
    condition.path_ = TRY(JsonPath::parse(TRY(relaxed_path(path)), true));
    return condition;
}

base::Result<bool> WaitCondition::met(const Json& object, std::string_view uid) const {
    if (kind_ == Kind::Created) return true;
    if (kind_ == Kind::Deleted) return !uid.empty() && base::text_at(object, {"metadata", "uid"}) != uid;
    if (kind_ == Kind::Condition) return has_condition(object);
    return has_value(object);
}

// upstream: ConditionalWait.checkCondition
bool WaitCondition::has_condition(const Json& object) const {
    for (const Json& condition : describe::array_at(object, {"status", "conditions"})) {
        if (!same(base::text_at(condition, {"type"}), name_)) continue;
        return !is_outdated(object, condition) && same(base::text_at(condition, {"status"}), *value_);
    }
    return false;
}

// upstream: JSONPathWait.checkCondition
base::Result<bool> WaitCondition::has_value(const Json& object) const {
    const auto results = TRY(path_.find(object));
    if (results.empty() || results.front().empty()) return false;
    if (results.size() > 1) return client_error("given jsonpath expression matches more than one list");
    if (results.front().size() > 1)
        return client_error("given jsonpath expression matches more than one value");
    if (!value_) return true;
    const Json& found = results.front().front();
    if (found.is_structured()) {
        return client_error("jsonpath leads to a nested object or list which is not supported");
    }
    return trim(describe::text_of(&found)) == trim(*value_);
}

}  // namespace kubetab::kubectl
