#include "engine/api/core/limit_range.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<LimitRangeItem>::doc =
    "What one pod, container or claim of a namespace may ask for, and what it gets when it asks for nothing.";

std::span<const Field> Describe<LimitRangeItem>::fields() {
    using T = LimitRangeItem;
    static const std::vector<Field> table{
        field<T>("default", &T::default_)
            .documented("The limits that a container gets which sets none, by resource."),
        field<T>("defaultRequest", &T::defaultRequest)
            .documented("The requests that a container gets which makes none, by resource."),
        field<T>("max", &T::max)
            .documented("The most that one may use, by resource."),
        field<T>("maxLimitRequestRatio", &T::maxLimitRequestRatio)
            .documented("How many times the request a limit may be at most, by resource."),
        field<T>("min", &T::min)
            .documented("The least that one may use, by resource."),
        field<T>("type", &T::type).required().always()
            .documented("What is limited: Container, Pod or PersistentVolumeClaim."),
    };
    return table;
}

const std::string_view Describe<LimitRangeSpec>::doc = "The bounds that a LimitRange sets.";

std::span<const Field> Describe<LimitRangeSpec>::fields() {
    using T = LimitRangeSpec;
    static const std::vector<Field> table{
        field<T>("limits", &T::limits).required().always()
            .documented("The bounds, one entry for each type."),
    };
    return table;
}

const std::string_view Describe<LimitRange>::doc =
    "A LimitRange bounds what each single object of a namespace may ask for, and fills in what containers leave out.";

std::span<const Field> Describe<LimitRange>::fields() {
    using T = LimitRange;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("What you want: the bounds of what one object may ask for."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
