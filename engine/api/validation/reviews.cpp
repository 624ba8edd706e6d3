#include "engine/api/validation/reviews.h"

#include "engine/api/validation/errors.h"

namespace kubetab::api {
namespace {

constexpr std::int64_t kShortestToken = 10 * 60;
constexpr std::int64_t kLongestToken = std::int64_t{1} << 32;

std::string go_text(const NonResourceAttributes& value) {
    return "authorization.NonResourceAttributes{Path:" + go_quoted(value.path) +
           ", Verb:" + go_quoted(value.verb) + "}";
}

template <class Selector>
void validate_selector(const Selector& selector, const Path& path, Errors& errors) {
    const bool parsed = !selector.requirements.empty();
    const bool raw = !selector.rawSelector.empty();
    if (raw && parsed) {
        errors.invalid(path.child("rawSelector"), go_quoted(selector.rawSelector),
                       "may not specified at the same time as requirements");
    }
    if (!raw && !parsed) {
        errors.required(path.child("requirements"),
                        "when " + path.text() + " is specified, requirements or rawSelector is required");
    }
}

// What self reviews and reviews of others share.
template <class Spec>
void validate_attributes(const Spec& spec, Errors& errors) {
    const Path path("spec");
    const bool resource = spec.resourceAttributes.has_value();
    const bool other = spec.nonResourceAttributes.has_value();
    if (resource && other) {
        errors.invalid(path.child("nonResourceAttributes"), go_text(*spec.nonResourceAttributes),
                       "cannot be specified in combination with resourceAttributes");
    }
    if (!resource && !other) {
        errors.invalid(path.child("resourceAttributes"), "\"null\"",
                       "exactly one of nonResourceAttributes or resourceAttributes must be specified");
    }
    if (!resource) return;
    const Path attributes = path.child("resourceAttributes");
    if (spec.resourceAttributes->fieldSelector)
        validate_selector(*spec.resourceAttributes->fieldSelector, attributes.child("fieldSelector"), errors);
    if (spec.resourceAttributes->labelSelector)
        validate_selector(*spec.resourceAttributes->labelSelector, attributes.child("labelSelector"), errors);
}

void validate_subject_review(const SubjectAccessReviewSpec& spec, Errors& errors) {
    if (spec.user.empty() && spec.groups.empty()) {
        errors.invalid(Path("spec").child("user"), "\"\"", "at least one of user or group must be specified");
    }
    validate_attributes(spec, errors);
}

void validate_local_review(const LocalSubjectAccessReview& review, Errors& errors) {
    validate_subject_review(review.spec, errors);
    const Path path("spec");
    if (review.spec.resourceAttributes &&
        review.spec.resourceAttributes->namespace_ != review.metadata.namespace_) {
        errors.invalid(path.child("resourceAttributes").child("namespace"),
                       go_quoted(review.spec.resourceAttributes->namespace_),
                       "must match metadata.namespace");
    }
    if (review.spec.nonResourceAttributes) {
        errors.invalid(path.child("nonResourceAttributes"), go_text(*review.spec.nonResourceAttributes),
                       "disallowed on this kind of request");
    }
}

void validate_token_request(const TokenRequest& request, Errors& errors) {
    const Path path = Path("spec").child("expirationSeconds");
    const std::int64_t seconds = request.spec.expirationSeconds.value_or(0);
    if (seconds < kShortestToken)
        errors.invalid(path, seconds, "may not specify a duration less than 10 minutes");
    if (seconds > kLongestToken)
        errors.invalid(path, seconds, "may not specify a duration larger than 2^32 seconds");
}

// upstream: validation.go ValidatePodBinding
void validate_binding(const Binding& binding, Errors& errors) {
    const Path target("target");
    if (!binding.target.kind.empty() && binding.target.kind != "Node")
        errors.unsupported(target.child("kind"), go_quoted(binding.target.kind), {"Node", "<empty>"});
    if (binding.target.name.empty()) errors.required(target.child("name"), "");
}

// differs: only the name is looked at, because labels and annotations of a question change nothing.
void validate_no_name(const Object& object, std::string_view detail, Errors& errors) {
    const ObjectMeta& metadata = object.metadata;
    if (metadata.name.empty() && metadata.generateName.empty()) return;
    errors.invalid(Path("metadata"),
                   "v1.ObjectMeta{Name:" + go_quoted(metadata.name) + ", GenerateName:" +
                       go_quoted(metadata.generateName) + ", Namespace:" + go_quoted(metadata.namespace_) +
                       ", SelfLink:\"\", UID:\"\", ResourceVersion:\"\", Generation:0, "
                       "CreationTimestamp:time.Date(1, time.January, 1, 0, 0, 0, 0, time.UTC), "
                       "DeletionTimestamp:<nil>, DeletionGracePeriodSeconds:(*int64)(nil), "
                       "Labels:map[string]string(nil), Annotations:map[string]string(nil), "
                       "OwnerReferences:[]v1.OwnerReference(nil), Finalizers:[]string(nil), "
                       "ManagedFields:[]v1.ManagedFieldsEntry(nil)}",
                   detail);
}

}  // namespace

std::vector<FieldError> validate_review(const Kind& kind, const Object& object) {
    Errors errors;
    if (&kind == &kind_of<SelfSubjectAccessReview>()) {
        validate_attributes(static_cast<const SelfSubjectAccessReview&>(object).spec, errors);
        validate_no_name(object, "must be empty", errors);
    } else if (&kind == &kind_of<SubjectAccessReview>()) {
        validate_subject_review(static_cast<const SubjectAccessReview&>(object).spec, errors);
        validate_no_name(object, "must be empty", errors);
    } else if (&kind == &kind_of<LocalSubjectAccessReview>()) {
        validate_local_review(static_cast<const LocalSubjectAccessReview&>(object), errors);
        validate_no_name(object, "must be empty except for namespace", errors);
    } else if (&kind == &kind_of<Binding>()) {
        validate_binding(static_cast<const Binding&>(object), errors);
    } else if (&kind == &kind_of<TokenRequest>()) {
        validate_token_request(static_cast<const TokenRequest&>(object), errors);
    }
    return errors.take();
}

}  // namespace kubetab::api
