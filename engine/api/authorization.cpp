#include "engine/api/authorization.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<FieldSelectorRequirement>::doc = "A test of one field.";

std::span<const Field> Describe<FieldSelectorRequirement>::fields() {
    using T = FieldSelectorRequirement;
    static const std::vector<Field> table{
        field<T>("key", &T::key).required().always()
            .documented("Path of the field."),
        field<T>("operator", &T::operator_).required().always()
            .documented("In, NotIn, Exists or DoesNotExist."),
        field<T>("values", &T::values)
            .documented("What In and NotIn compare with."),
    };
    return table;
}

const std::string_view Describe<FieldSelectorAttributes>::doc = "The field selector of a request, as text or taken apart.";

std::span<const Field> Describe<FieldSelectorAttributes>::fields() {
    using T = FieldSelectorAttributes;
    static const std::vector<Field> table{
        field<T>("rawSelector", &T::rawSelector)
            .documented("The selector as the request has it."),
        field<T>("requirements", &T::requirements)
            .documented("The tests, all of which must hold."),
    };
    return table;
}

const std::string_view Describe<LabelSelectorAttributes>::doc = "The label selector of a request, as text or taken apart.";

std::span<const Field> Describe<LabelSelectorAttributes>::fields() {
    using T = LabelSelectorAttributes;
    static const std::vector<Field> table{
        field<T>("rawSelector", &T::rawSelector)
            .documented("The selector as the request has it."),
        field<T>("requirements", &T::requirements)
            .documented("The tests, all of which must hold."),
    };
    return table;
}

const std::string_view Describe<ResourceAttributes>::doc = "What would be done with a resource.";

std::span<const Field> Describe<ResourceAttributes>::fields() {
    using T = ResourceAttributes;
    static const std::vector<Field> table{
        field<T>("fieldSelector", &T::fieldSelector)
            .documented("The selection by fields; it may only narrow what is asked for."),
        field<T>("group", &T::group)
            .documented("API group of the resource; \"*\" is every one."),
        field<T>("labelSelector", &T::labelSelector)
            .documented("The selection by labels; it may only narrow what is asked for."),
        field<T>("name", &T::name)
            .documented("Name of the object; \"\" is all of them."),
        field<T>("namespace", &T::namespace_)
            .documented("Namespace; \"\" is all of them, or none for what has no namespace."),
        field<T>("resource", &T::resource)
            .documented("The resource; \"*\" is every one."),
        field<T>("subresource", &T::subresource)
            .documented("The subresource; \"\" is none."),
        field<T>("verb", &T::verb)
            .documented("What would be done: get, list, create and so on; \"*\" is everything."),
        field<T>("version", &T::version)
            .documented("API version of the resource; \"*\" is every one."),
    };
    return table;
}

const std::string_view Describe<NonResourceAttributes>::doc = "What would be done with a path that is no resource.";

std::span<const Field> Describe<NonResourceAttributes>::fields() {
    using T = NonResourceAttributes;
    static const std::vector<Field> table{
        field<T>("path", &T::path)
            .documented("The path that is asked for."),
        field<T>("verb", &T::verb)
            .documented("What would be done: the HTTP method in small letters."),
    };
    return table;
}

const std::string_view Describe<SelfSubjectAccessReviewSpec>::doc = "What the asker would do; one of the two is set.";

std::span<const Field> Describe<SelfSubjectAccessReviewSpec>::fields() {
    using T = SelfSubjectAccessReviewSpec;
    static const std::vector<Field> table{
        field<T>("nonResourceAttributes", &T::nonResourceAttributes)
            .documented("Something with a path."),
        field<T>("resourceAttributes", &T::resourceAttributes)
            .documented("Something with a resource."),
    };
    return table;
}

const std::string_view Describe<SubjectAccessReviewSpec>::doc = "Who would do what; one of the two kinds of attributes is set.";

std::span<const Field> Describe<SubjectAccessReviewSpec>::fields() {
    using T = SubjectAccessReviewSpec;
    static const std::vector<Field> table{
        field<T>("extra", &T::extra)
            .documented("What else an authenticator would say of the user."),
        field<T>("groups", &T::groups)
            .documented("Groups that the user is in."),
        field<T>("nonResourceAttributes", &T::nonResourceAttributes)
            .documented("Something with a path."),
        field<T>("resourceAttributes", &T::resourceAttributes)
            .documented("Something with a resource."),
        field<T>("uid", &T::uid)
            .documented("UID of the user."),
        field<T>("user", &T::user)
            .documented("Name of the user."),
    };
    return table;
}

const std::string_view Describe<SubjectAccessReviewStatus>::doc = "Whether it is allowed.";

std::span<const Field> Describe<SubjectAccessReviewStatus>::fields() {
    using T = SubjectAccessReviewStatus;
    static const std::vector<Field> table{
        field<T>("allowed", &T::allowed).required().always()
            .documented("True when somebody allows it."),
        field<T>("denied", &T::denied)
            .documented("True when somebody forbids it, whoever else allows it."),
        field<T>("evaluationError", &T::evaluationError)
            .documented("What went wrong when it was decided; the answer may still be right."),
        field<T>("reason", &T::reason)
            .documented("Why it is allowed or not."),
    };
    return table;
}

const std::string_view Describe<SelfSubjectAccessReview>::doc = "A SelfSubjectAccessReview asks whether the asker may do something.";

std::span<const Field> Describe<SelfSubjectAccessReview>::fields() {
    using T = SelfSubjectAccessReview;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, labels and what else every object has."),
        field<T>("spec", &T::spec).required()
            .documented("What the asker would do."),
        field<T>("status", &T::status)
            .documented("What the API server answers."),
    };
    return table;
}

const std::string_view Describe<SubjectAccessReview>::doc = "A SubjectAccessReview asks whether somebody may do something.";

std::span<const Field> Describe<SubjectAccessReview>::fields() {
    using T = SubjectAccessReview;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, labels and what else every object has."),
        field<T>("spec", &T::spec).required()
            .documented("Who would do what."),
        field<T>("status", &T::status)
            .documented("What the API server answers."),
    };
    return table;
}

const std::string_view Describe<LocalSubjectAccessReview>::doc =
    "A LocalSubjectAccessReview asks whether somebody may do something in one namespace.";

std::span<const Field> Describe<LocalSubjectAccessReview>::fields() {
    return Describe<SubjectAccessReview>::fields();
}

const std::string_view Describe<SelfSubjectRulesReviewSpec>::doc = "Where the rights are asked for.";

std::span<const Field> Describe<SelfSubjectRulesReviewSpec>::fields() {
    using T = SelfSubjectRulesReviewSpec;
    static const std::vector<Field> table{
        field<T>("namespace", &T::namespace_)
            .documented("The namespace that is asked about."),
    };
    return table;
}

const std::string_view Describe<NonResourceRule>::doc = "A right about paths.";

std::span<const Field> Describe<NonResourceRule>::fields() {
    using T = NonResourceRule;
    static const std::vector<Field> table{
        field<T>("nonResourceURLs", &T::nonResourceURLs)
            .documented("The paths; a \"*\" at the end stands for any rest."),
        field<T>("verbs", &T::verbs).required().always()
            .documented("What may be done."),
    };
    return table;
}

const std::string_view Describe<ResourceRule>::doc = "A right about resources.";

std::span<const Field> Describe<ResourceRule>::fields() {
    using T = ResourceRule;
    static const std::vector<Field> table{
        field<T>("apiGroups", &T::apiGroups)
            .documented("API groups of the resources."),
        field<T>("resourceNames", &T::resourceNames)
            .documented("Names of the objects; none means all of them."),
        field<T>("resources", &T::resources)
            .documented("Which resources it is about."),
        field<T>("verbs", &T::verbs).required().always()
            .documented("What may be done."),
    };
    return table;
}

const std::string_view Describe<SubjectRulesReviewStatus>::doc = "What may be done.";

std::span<const Field> Describe<SubjectRulesReviewStatus>::fields() {
    using T = SubjectRulesReviewStatus;
    static const std::vector<Field> table{
        field<T>("evaluationError", &T::evaluationError)
            .documented("What went wrong when the rights were gathered."),
        field<T>("incomplete", &T::incomplete).required().always()
            .documented("True when there may be more rights than these."),
        field<T>("nonResourceRules", &T::nonResourceRules).required().always()
            .documented("Rights about paths."),
        field<T>("resourceRules", &T::resourceRules).required().always()
            .documented("Rights about resources."),
    };
    return table;
}

const std::string_view Describe<SelfSubjectRulesReview>::doc = "A SelfSubjectRulesReview asks for everything that the asker may do in a namespace.";

std::span<const Field> Describe<SelfSubjectRulesReview>::fields() {
    using T = SelfSubjectRulesReview;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, labels and what else every object has."),
        field<T>("spec", &T::spec).required()
            .documented("The namespace that is asked about."),
        field<T>("status", &T::status)
            .documented("What the API server answers."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
