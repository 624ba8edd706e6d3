// The questions about who somebody is: SelfSubjectReview, TokenReview, TokenRequest. They are answered and
// never stored. Spelled as in YAML; what a field means stands in the tables beside it. upstream:
// staging/src/k8s.io/api/authentication/v1/types.go
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/api/object.h"
#include "engine/api/type.h"

namespace kubetab::api {

struct UserInfo {
    base::FlatMap<std::vector<Text>> extra{};
    std::vector<Text> groups{};
    Text uid{};
    Text username{};
};

struct SelfSubjectReviewStatus {
    UserInfo userInfo{};
};

struct SelfSubjectReview : Object {
    SelfSubjectReviewStatus status{};
};

struct TokenReviewSpec {
    std::vector<Text> audiences{};
    Text token{};
};

struct TokenReviewStatus {
    std::vector<Text> audiences{};
    bool authenticated{};
    Text error{};
    UserInfo user{};
};

struct TokenReview : Object {
    TokenReviewSpec spec{};
    TokenReviewStatus status{};
};

struct BoundObjectReference {
    Text apiVersion{};
    Text kind{};
    Text name{};
    Text uid{};
};

struct TokenRequestSpec {
    std::vector<Text> audiences{};
    Box<BoundObjectReference> boundObjectRef{};
    std::optional<std::int64_t> expirationSeconds{};
};

struct TokenRequestStatus {
    Time expirationTimestamp{};
    Text token{};
};

struct TokenRequest : Object {
    TokenRequestSpec spec{};
    TokenRequestStatus status{};
};

template <>
struct Describe<UserInfo> {
    static constexpr std::string_view name = "UserInfo";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<SelfSubjectReviewStatus> {
    static constexpr std::string_view name = "SelfSubjectReviewStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<SelfSubjectReview> {
    static constexpr std::string_view name = "SelfSubjectReview";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<TokenReviewSpec> {
    static constexpr std::string_view name = "TokenReviewSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<TokenReviewStatus> {
    static constexpr std::string_view name = "TokenReviewStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<TokenReview> {
    static constexpr std::string_view name = "TokenReview";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<BoundObjectReference> {
    static constexpr std::string_view name = "BoundObjectReference";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<TokenRequestSpec> {
    static constexpr std::string_view name = "TokenRequestSpec";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<TokenRequestStatus> {
    static constexpr std::string_view name = "TokenRequestStatus";
    static const std::string_view doc;
    static std::span<const Field> fields();
};
template <>
struct Describe<TokenRequest> {
    static constexpr std::string_view name = "TokenRequest";
    static const std::string_view doc;
    static std::span<const Field> fields();
};

template <>
const Kind& kind_of<SelfSubjectReview>();
template <>
const Kind& kind_of<TokenReview>();
template <>
const Kind& kind_of<TokenRequest>();

}  // namespace kubetab::api
