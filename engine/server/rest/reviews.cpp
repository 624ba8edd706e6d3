// Rest: reviews and token requests. upstream: pkg/registry/authorization, pkg/registry/authentication,
// pkg/registry/core/serviceaccount/storage/token.go

#include "engine/api/validation/reviews.h"
#include "engine/api/codec.h"
#include "engine/api/defaults.h"
#include "engine/server/managed_fields/history.h"
#include "engine/server/managed_fields/recording.h"
#include "engine/server/rest/rest.h"

namespace kubetab::server {

using api::Kind;
using api::Object;
using api::Request;
using api::Response;
using base::Reason;
using base::Result;

namespace {

std::vector<std::string> texts_of(const std::vector<api::Text>& values) {
    return {values.begin(), values.end()};
}

std::vector<api::Text> texts_of(const std::vector<std::string>& values) {
    return {values.begin(), values.end()};
}

api::UserInfo info_of(const User& user) {
    api::UserInfo info;
    info.username = user.name;
    info.uid = user.uid;
    info.groups = texts_of(user.groups);
    for (const auto& [key, values] : user.extra) info.extra[key] = texts_of(values);
    return info;
}

// upstream: pkg/registry/authorization/util/helpers.go
template <class Spec>
Attributes attributes_of(const Spec& spec) {
    Attributes attributes;
    if (!spec.resourceAttributes) {
        attributes.on_resource = false;
        attributes.verb = spec.nonResourceAttributes->verb;
        attributes.path = spec.nonResourceAttributes->path;
        return attributes;
    }
    const api::ResourceAttributes& asked = *spec.resourceAttributes;
    attributes.verb = asked.verb;
    attributes.namespace_ = asked.namespace_;
    attributes.group = asked.group;
    attributes.resource = asked.resource;
    attributes.subresource = asked.subresource;
    attributes.name = asked.name;
    return attributes;
}

api::SubjectAccessReviewStatus status_of(const Decision& decision) {
    api::SubjectAccessReviewStatus status;
    status.allowed = decision.allowed;
    status.reason = decision.reason;
    return status;
}

void answer_subject(const Rbac& rbac, api::SubjectAccessReview& review) {
    User user{.name = review.spec.user, .uid = review.spec.uid, .groups = texts_of(review.spec.groups)};
    review.status = status_of(rbac.authorize(user, attributes_of(review.spec)));
}

Result<void> answer_rules(const Rbac& rbac, const User& user, api::SelfSubjectRulesReview& review) {
    if (review.spec.namespace_.empty()) return base::failure(Reason::BadRequest, "no namespace on request");
    const HeldRules held = rbac.rules_for(user, review.spec.namespace_);
    review.spec = {};
    review.status = {};
    for (const api::PolicyRule& rule : held.rules) {
        if (!rule.resources.empty()) {
            review.status.resourceRules.push_back(
                {rule.apiGroups, rule.resourceNames, rule.resources, rule.verbs});
        }
        if (!rule.nonResourceURLs.empty())
            review.status.nonResourceRules.push_back({rule.nonResourceURLs, rule.verbs});
    }
    review.status.evaluationError = held.missing;
    return {};
}

Result<void> answer_token(const Tokens& tokens, api::TokenReview& review) {
    if (review.spec.token.empty())
        return base::failure(Reason::BadRequest, "token is required for TokenReview in authentication");
    review.status = {};
    std::vector<std::string> audiences = texts_of(review.spec.audiences);
    if (audiences.empty()) audiences = {std::string(kTokenIssuer)};
    const Result<Tokens::Owner> owner = tokens.check(review.spec.token, audiences);
    if (!owner.ok()) {
        review.status.error = owner.error().message;
        return {};
    }
    review.status.authenticated = true;
    review.status.user = info_of(owner->user);
    review.status.audiences = texts_of(owner->audiences);
    return {};
}

}  // namespace

Result<void> Rest::answer_review(const RequestInfo& info, Object& object) {
    const Kind& kind = *info.kind;
    const std::vector<api::FieldError> errors = api::validate_review(kind, object);
    if (!errors.empty()) return api::invalid(kind, "", errors);
    if (&kind == &api::kind_of<api::SelfSubjectReview>()) {
        static_cast<api::SelfSubjectReview&>(object).status.userInfo = info_of(info.user);
    } else if (&kind == &api::kind_of<api::SelfSubjectAccessReview>()) {
        auto& review = static_cast<api::SelfSubjectAccessReview&>(object);
        review.status = status_of(rbac_.authorize(info.user, attributes_of(review.spec)));
    } else if (&kind == &api::kind_of<api::SelfSubjectRulesReview>()) {
        return answer_rules(rbac_, info.user, static_cast<api::SelfSubjectRulesReview&>(object));
    } else if (&kind == &api::kind_of<api::TokenReview>()) {
        return answer_token(tokens_, static_cast<api::TokenReview&>(object));
    } else {
        answer_subject(rbac_, static_cast<api::SubjectAccessReview&>(object));
    }
    return {};
}

Response Rest::review(const Request& request, const RequestInfo& info) {
    std::vector<std::string> warnings;
    const Result<std::shared_ptr<Object>> object = read_body(request, info, warnings);
    if (!object.ok()) return refuse(object.error());
    if (wants_managers(request)) {
        const Writer writer = writer_of(request, info, server_.now());
        record_create(*info.kind, **object, {.writer = &writer});
    }
    if (const Result<void> answered = answer_review(info, **object); !answered.ok())
        return refuse(answered.error());
    Response response;
    response.code = 201;
    response.body = api::encode(*info.kind, **object);
    response.warnings = std::move(warnings);
    return response;
}

Response Rest::token(const Request& request, const RequestInfo& info) {
    RequestInfo body = info;
    body.kind = &api::kind_of<api::TokenRequest>();
    body.served = body.kind;
    std::vector<std::string> warnings;
    const Result<std::shared_ptr<Object>> object = read_body(request, body, warnings);
    if (!object.ok()) return refuse(object.error());
    auto& wanted = static_cast<api::TokenRequest&>(**object);
    if (const Result<void> made = tokens_.issue({info.namespace_, info.name}, wanted); !made.ok())
        return refuse(made.error());
    Response response;
    response.code = 201;
    response.body = api::encode(*body.kind, wanted);
    response.warnings = std::move(warnings);
    return response;
}

}  // namespace kubetab::server
