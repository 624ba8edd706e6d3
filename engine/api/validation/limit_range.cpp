// upstream: pkg/apis/core/validation/validation.go [ValidateLimitRange]

#include <set>

#include "engine/api/ratio.h"
#include "engine/api/resource_names.h"
#include "engine/api/validation/limits.h"
#include "engine/api/validation/resource_names.h"

namespace kubetab::api {
namespace {

using Amounts = base::FlatMap<Quantity>;

constexpr std::string_view kPod = "Pod";
constexpr std::string_view kContainer = "Container";
constexpr std::string_view kClaim = "PersistentVolumeClaim";

// What one entry says of one resource; null where it says nothing.
struct Bounds {
    const std::string& resource;
    const Quantity* min;
    const Quantity* max;
    const Quantity* usual;    // default
    const Quantity* request;  // defaultRequest
    const Quantity* ratio;
};

void validate_type(const std::string& type, const Path& path, Errors& errors) {
    const std::size_t before = errors.count();
    errors.check(path, type, qualified_name);
    const bool standard = type == kPod || type == kContainer || type == kClaim;
    if (errors.count() > before || standard || type.find('/') != std::string::npos) return;
    errors.invalid(path, go_quoted(type), "must be a standard limit type or fully qualified");
}

void validate_names(const LimitRangeItem& item, const Amounts& amounts, const Path& path, Errors& errors) {
    const bool of_containers = item.type == kPod || item.type == kContainer;
    const auto validate = of_containers ? validate_container_resource_name : validate_resource_name;
    for (const auto& [name, quantity] : amounts) validate(name, path.key(name), errors);
}

// Both must be known, and `low` not above `high`; `shown` is the one that the error names as the bad value.
void in_order(const Quantity* low, std::string_view low_name, const Quantity* high,
              std::string_view high_name, const Path& path, const Quantity* shown, Errors& errors) {
    if (low == nullptr || high == nullptr || !(*high < *low)) return;
    errors.invalid(path, go_text(*shown, shown->text()),
                   std::string(low_name) + " value " + low->text() + " is greater than " +
                       std::string(high_name) + " value " + high->text());
}

void validate_ratio(const Bounds& bounds, const Path& path, Errors& errors) {
    if (bounds.ratio == nullptr) return;
    const Quantity& ratio = *bounds.ratio;
    if (ratio < Quantity::of_units(1))
        errors.invalid(path, go_text(ratio, ratio.text()), "ratio " + ratio.text() + " is less than 1");
    const bool bounded = bounds.min != nullptr && bounds.max != nullptr && bounds.min->sign() > 0;
    if (!bounded || !is_product_more(ratio, *bounds.min, *bounds.max)) return;
    errors.invalid(
        path, go_text(ratio, ratio.text()),
        "ratio " + ratio.text() + " is greater than max/min = " + ratio_text(*bounds.max, *bounds.min));
}

void validate_bounds(const Bounds& bounds, const Path& item, Errors& errors) {
    const Path at_min = item.child("min").key(bounds.resource);
    const Path at_request = item.child("defaultRequest").key(bounds.resource);
    const Path at_usual = item.child("default").key(bounds.resource);
    in_order(bounds.min, "min", bounds.max, "max", at_min, bounds.min, errors);
    in_order(bounds.min, "min", bounds.request, "default request", at_request, bounds.request, errors);
    in_order(bounds.request, "default request", bounds.max, "max", at_request, bounds.request, errors);
    in_order(bounds.request, "default request", bounds.usual, "default limit", at_request, bounds.request,
             errors);
    in_order(bounds.min, "min", bounds.usual, "default", at_usual, bounds.min, errors);
    in_order(bounds.usual, "default", bounds.max, "max", at_usual, bounds.max, errors);
    validate_ratio(bounds, item.child("maxLimitRequestRatio").key(bounds.resource), errors);
    const bool equal = bounds.usual == nullptr || bounds.request == nullptr ||
                       *bounds.usual == *bounds.request || may_overcommit(bounds.resource);
    if (equal) return;
    errors.invalid(at_request, go_text(*bounds.request, bounds.request->text()),
                   "default value " + bounds.usual->text() + " must equal to defaultRequest value " +
                       bounds.request->text() + " in " + bounds.resource);
}

void validate_item(const LimitRangeItem& item, const Path& path, Errors& errors) {
    validate_names(item, item.max, path.child("max"), errors);
    validate_names(item, item.min, path.child("min"), errors);
    const bool defaults = item.type != kPod;
    constexpr std::string_view kNotOfPods = "may not be specified when `type` is 'Pod'";
    if (defaults) {
        validate_names(item, item.default_, path.child("default"), errors);
        validate_names(item, item.defaultRequest, path.child("defaultRequest"), errors);
    } else {
        if (!item.default_.empty()) errors.forbidden(path.child("default"), kNotOfPods);
        if (!item.defaultRequest.empty()) errors.forbidden(path.child("defaultRequest"), kNotOfPods);
    }
    if (item.type == kClaim && !item.min.contains("storage") && !item.max.contains("storage")) {
        errors.required(path.child("limits"),
                        "either minimum or maximum storage value is required, but neither was provided");
    }
    validate_names(item, item.maxLimitRequestRatio, path.child("maxLimitRequestRatio"), errors);

    std::set<std::string> resources;
    for (const Amounts* amounts : {&item.max, &item.min, &item.maxLimitRequestRatio}) {
        for (const auto& [name, quantity] : *amounts) resources.insert(name);
    }
    if (defaults) {
        for (const auto& [name, quantity] : item.default_) resources.insert(name);
        for (const auto& [name, quantity] : item.defaultRequest) resources.insert(name);
    }
    for (const std::string& name : resources) {
        validate_bounds({.resource = name,
                         .min = item.min.get(name),
                         .max = item.max.get(name),
                         .usual = defaults ? item.default_.get(name) : nullptr,
                         .request = defaults ? item.defaultRequest.get(name) : nullptr,
                         .ratio = item.maxLimitRequestRatio.get(name)},
                        path, errors);
    }
}

}  // namespace

void validate_limit_range(const LimitRange& object, Errors& errors) {
    std::set<std::string> types;
    for (std::size_t i = 0; i < object.spec.limits.size(); ++i) {
        const LimitRangeItem& item = object.spec.limits[i];
        const Path path = Path("spec").child("limits").index(i);
        validate_type(item.type, path.child("type"), errors);
        if (!types.insert(item.type).second) errors.duplicate(path.child("type"), go_quoted(item.type));
        validate_item(item, path, errors);
    }
}

}  // namespace kubetab::api
