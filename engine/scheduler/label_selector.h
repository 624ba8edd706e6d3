// CompiledSelector: a label selector made ready for many matches, with a canonical text to find equal ones.
//
// An absent selector matches nothing, an empty one everything, as upstream. Requirements are kept sorted, so
// that two selectors that say the same in another order have the same text.
//
// upstream: staging/src/k8s.io/apimachinery/pkg/labels/selector.go, pkg/apis/meta/v1/helpers.go
// LabelSelectorAsSelector
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/core/affinity.h"
#include "engine/api/meta.h"
#include "engine/base/flat_map.h"

namespace kubetab::scheduler {

enum class SelectorOperator : std::uint8_t { In, NotIn, Exists, DoesNotExist };

struct SelectorRequirement {
    api::Text key{};
    SelectorOperator operator_ = SelectorOperator::In;
    api::Texts values{};  // sorted

    bool matches(const base::StringMap& labels) const;
};

class CompiledSelector {
public:
    // Matches everything until something is required.
    CompiledSelector() = default;
    explicit CompiledSelector(const api::LabelSelector& selector);
    // Absent: matches nothing.
    explicit CompiledSelector(const api::Box<api::LabelSelector>& selector);

    void require(SelectorRequirement requirement);
    void require_equal(const api::Text& key, const api::Text& value);

    bool matches(const base::StringMap& labels) const;
    bool matches_nothing() const { return nothing_; }
    bool matches_everything() const { return !nothing_ && requirements_->empty(); }
    std::string text() const;
    // A label that every match carries, or null: {key, value}.
    const SelectorRequirement* any_equality() const;

private:
    bool nothing_ = false;
    api::Box<std::vector<SelectorRequirement>> requirements_{};  // shared between copies
};

}  // namespace kubetab::scheduler
