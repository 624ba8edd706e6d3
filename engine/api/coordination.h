// Lease. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/coordination/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct LeaseSpec {
    MicroTime acquireTime{};
    std::optional<Text> holderIdentity{};
    std::optional<std::int32_t> leaseDurationSeconds{};
    std::optional<std::int32_t> leaseTransitions{};
    std::optional<Text> preferredHolder{};
    MicroTime renewTime{};
    std::optional<Text> strategy{};
};

struct Lease : Object {
    LeaseSpec spec{};
};

template <>
struct Describe<LeaseSpec> {
    static constexpr std::string_view name = "LeaseSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<Lease> {
    static constexpr std::string_view name = "Lease";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

}  // namespace kubetab::api
