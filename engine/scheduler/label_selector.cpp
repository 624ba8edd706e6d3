#include "engine/scheduler/label_selector.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace kubetab::scheduler {
namespace {

bool holds(const api::Texts& values, std::string_view value) {
    return std::find(values.begin(), values.end(), value) != values.end();
}

SelectorOperator operator_of(std::string_view text) {
    if (text == "NotIn") return SelectorOperator::NotIn;
    if (text == "Exists") return SelectorOperator::Exists;
    if (text == "DoesNotExist") return SelectorOperator::DoesNotExist;
    return SelectorOperator::In;
}

}  // namespace

bool SelectorRequirement::matches(const base::StringMap& labels) const {
    const api::Text* value = labels.get(key);
    switch (operator_) {
        case SelectorOperator::In: return value != nullptr && holds(values, *value);
        case SelectorOperator::NotIn: return value == nullptr || !holds(values, *value);
        case SelectorOperator::Exists: return value != nullptr;
        case SelectorOperator::DoesNotExist: return value == nullptr;
    }
    return false;
}

CompiledSelector::CompiledSelector(const api::LabelSelector& selector) {
    for (const auto& [key, value] : selector.matchLabels) require_equal(key, value);
    for (const api::LabelSelectorRequirement& expression : selector.matchExpressions) {
        require({expression.key, operator_of(expression.operator_), expression.values});
    }
}

CompiledSelector::CompiledSelector(const api::Box<api::LabelSelector>& selector)
    : CompiledSelector(selector ? CompiledSelector(*selector) : CompiledSelector()) {
    nothing_ = !selector;
}

void CompiledSelector::require(SelectorRequirement requirement) {
    std::sort(requirement.values.begin(), requirement.values.end());
    const auto before = [](const SelectorRequirement& a, const SelectorRequirement& b) {
        return std::tie(a.key, a.operator_, a.values) < std::tie(b.key, b.operator_, b.values);
    };
    if (std::binary_search(requirements_->begin(), requirements_->end(), requirement, before))
        return;  // Said already.
    std::vector<SelectorRequirement>& requirements = requirements_.edit();
    requirements.insert(std::lower_bound(requirements.begin(), requirements.end(), requirement, before),
                        std::move(requirement));
}

void CompiledSelector::require_equal(const api::Text& key, const api::Text& value) {
    require({key, SelectorOperator::In, {value}});
}

bool CompiledSelector::matches(const base::StringMap& labels) const {
    if (nothing_) return false;
    for (const SelectorRequirement& requirement : *requirements_) {
        if (!requirement.matches(labels)) return false;
    }
    return true;
}

std::string CompiledSelector::text() const {
    static constexpr std::string_view kMarks[] = {"=", "!", "+", "-"};
    if (nothing_) return "<none>";
    std::string text;
    for (const SelectorRequirement& requirement : *requirements_) {
        text.append(requirement.key).append(kMarks[static_cast<std::size_t>(requirement.operator_)]);
        for (const std::string& value : requirement.values) text.append(value).append("|");
        text += ',';
    }
    return text;
}

const SelectorRequirement* CompiledSelector::any_equality() const {
    for (const SelectorRequirement& requirement : *requirements_) {
        if (requirement.operator_ == SelectorOperator::In && requirement.values.size() == 1)
            return &requirement;
    }
    return nullptr;
}

}  // namespace kubetab::scheduler
