#include "engine/api/node_selection.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

namespace kubetab::api {
namespace {

bool is_among(const Texts& values, std::string_view value) {
    return std::find(values.begin(), values.end(), value) != values.end();
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// `value` is null when the node has no such label.
bool matches_node(const NodeSelectorRequirement& requirement, const Text* value) {
    const std::string& operator_ = requirement.operator_;
    if (operator_ == "Exists") return value != nullptr;
    if (operator_ == "DoesNotExist") return value == nullptr;
    if (operator_ == "NotIn") return value == nullptr || !is_among(requirement.values, *value);
    if (value == nullptr) return false;
    if (operator_ == "In") return is_among(requirement.values, *value);
    if (requirement.values.size() != 1) return false;
    const std::optional<std::int64_t> left = whole_number(*value);
    const std::optional<std::int64_t> right = whole_number(requirement.values.front());
    if (!left || !right) return false;
    return operator_ == "Gt" ? *left > *right : operator_ == "Lt" && *left < *right;
}

}  // namespace

bool matches_term(const NodeSelectorTerm& term, const base::StringMap& labels, std::string_view node_name) {
    if (term.matchExpressions.empty() && term.matchFields.empty()) return false;
    for (const NodeSelectorRequirement& expression : term.matchExpressions) {
        if (!matches_node(expression, labels.get(expression.key))) return false;
    }
    for (const NodeSelectorRequirement& field : term.matchFields) {
        const Text name(node_name);
        if (!matches_node(field, field.key == "metadata.name" ? &name : nullptr)) return false;
    }
    return true;
}

bool matches_any_term(const NodeSelector& selector, const base::StringMap& labels,
                      std::string_view node_name) {
    for (const NodeSelectorTerm& term : selector.nodeSelectorTerms) {
        if (matches_term(term, labels, node_name)) return true;
    }
    return false;
}

bool has_required_affinity(const PodSpec& spec) {
    return !spec.shared->nodeSelector.empty() ||
           spec.shared->affinity->nodeAffinity->requiredDuringSchedulingIgnoredDuringExecution;
}

bool matches_required_affinity(const PodSpec& spec, const base::StringMap& labels,
                               std::string_view node_name) {
    for (const auto& [key, value] : spec.shared->nodeSelector) {
        const Text* found = labels.get(key);
        if (found == nullptr || *found != value) return false;
    }
    const auto& required =
        spec.shared->affinity->nodeAffinity->requiredDuringSchedulingIgnoredDuringExecution;
    return !required || matches_any_term(*required, labels, node_name);
}

}  // namespace kubetab::api
