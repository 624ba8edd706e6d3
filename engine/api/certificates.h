// CertificateSigningRequest. Spelled as in YAML; what a field means stands in the table beside it.
// upstream: staging/src/k8s.io/api/certificates/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/api/meta.h"
#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct CertificateSigningRequestCondition {
    Time lastTransitionTime{};
    Time lastUpdateTime{};
    Text message{};
    Text reason{};
    Text status{};
    Text type{};
};

struct CertificateSigningRequestSpec {
    std::optional<std::int32_t> expirationSeconds{};
    base::FlatMap<std::vector<Text>> extra{};
    std::vector<Text> groups{};
    Bytes request{};
    Text signerName{};
    Text uid{};
    std::vector<Text> usages{};
    Text username{};
};

struct CertificateSigningRequestStatus {
    Bytes certificate{};
    std::vector<CertificateSigningRequestCondition> conditions{};
};

struct CertificateSigningRequest : Object {
    CertificateSigningRequestSpec spec{};
    CertificateSigningRequestStatus status{};
};

template <>
struct Describe<CertificateSigningRequestCondition> {
    static constexpr std::string_view name = "CertificateSigningRequestCondition";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CertificateSigningRequestSpec> {
    static constexpr std::string_view name = "CertificateSigningRequestSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CertificateSigningRequestStatus> {
    static constexpr std::string_view name = "CertificateSigningRequestStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<CertificateSigningRequest> {
    static constexpr std::string_view name = "CertificateSigningRequest";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<CertificateSigningRequest>();

}  // namespace kubetab::api
