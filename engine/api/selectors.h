// Selectors of objects by label or by field, as `kubectl get -l` and `--field-selector` write them.
//
// Values: cheap to copy, comparable by text(). The texts of failures are upstream's, without a prefix.
// upstream: staging/src/k8s.io/apimachinery/pkg/labels/selector.go, pkg/fields/selector.go
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/api/meta.h"
#include "engine/api/object.h"
#include "engine/base/flat_map.h"
#include "engine/base/status.h"

namespace kubetab::api {

// One condition on one label.
struct Requirement {
    enum class Operator : std::uint8_t {
        Exists,
        DoesNotExist,
        Equals,
        DoubleEquals,
        NotEquals,
        In,
        NotIn,
        GreaterThan,
        LessThan,
    };

    Text key{};
    Operator comparison = Operator::Exists;
    Texts values{};  // sorted

    bool matches(const base::StringMap& labels) const;
    // "app=web", "tier in (a,b)", "!canary"
    std::string text() const;
};

// All requirements together. Without any it matches everything, unless it is none().
class Selector {
public:
    Selector() = default;
    static Selector none();
    // Matches exactly these labels, as a Service's selector does.
    static Selector of_labels(const base::StringMap& labels);
    // Reads the syntax of `kubectl get -l`.
    static base::Result<Selector> parse(std::string_view text);
    // An absent selector matches nothing, an empty one everything. upstream: LabelSelectorAsSelector
    static base::Result<Selector> of(const Box<LabelSelector>& selector);

    bool matches(const base::StringMap& labels) const;
    bool matches_nothing() const { return none_; }
    bool empty() const { return !none_ && requirements_.empty(); }
    const std::vector<Requirement>& requirements() const { return requirements_; }
    std::string text() const;

private:
    void sort_by_key();

    std::vector<Requirement> requirements_{};  // by key
    bool none_ = false;
};

// As `kubectl describe` prints a selector: "<none>" when it is empty. upstream: FormatLabelSelector
std::string format_label_selector(const Box<LabelSelector>& selector);

// Conditions on fields, all of which must hold.
class FieldSelector {
public:
    struct Term {
        std::string field{};
        std::string value{};
        bool equal = true;  // else the value must differ
    };

    static base::Result<FieldSelector> parse(std::string_view text);
    bool matches(const base::StringMap& fields) const;
    bool empty() const { return terms_.empty(); }
    const std::vector<Term>& terms() const { return terms_; }
    std::string text() const;
    // Fails with "field label not supported: x" when the kind cannot be selected by one of the fields.
    base::Result<void> check(const Kind& kind) const;

private:
    std::vector<Term> terms_{};
};

// The fields that objects of a kind can be selected by, with the object's values.
base::StringMap selectable_fields(const Kind& kind, const Object& object);

}  // namespace kubetab::api
