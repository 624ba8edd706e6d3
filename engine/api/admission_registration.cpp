#include "engine/api/admission_registration.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<AdmissionServiceReference>::doc =
    "A service in the cluster that answers for a webhook.";

std::span<const Field> Describe<AdmissionServiceReference>::fields() {
    using T = AdmissionServiceReference;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always()
            .documented("The name of the service."),
        field<T>("namespace", &T::namespace_).required().always()
            .documented("The namespace of the service."),
        field<T>("path", &T::path)
            .documented("The path of the URL that is asked."),
        field<T>("port", &T::port).preset("443")
            .documented("The port of the service."),
    };
    return table;
}

const std::string_view Describe<WebhookClientConfig>::doc =
    "Where a webhook answers: at a URL or at a service.";

std::span<const Field> Describe<WebhookClientConfig>::fields() {
    using T = WebhookClientConfig;
    static const std::vector<Field> table{
        field<T>("caBundle", &T::caBundle)
            .documented("Certificates that the webhook's own is checked with, in PEM."),
        field<T>("service", &T::service)
            .documented("The service that answers; not together with url."),
        field<T>("url", &T::url)
            .documented("The address that answers, beginning with https; not together with service."),
    };
    return table;
}

const std::string_view Describe<RuleWithOperations>::doc =
    "Which requests are meant, by operation and resource.";

std::span<const Field> Describe<RuleWithOperations>::fields() {
    using T = RuleWithOperations;
    static const std::vector<Field> table{
        field<T>("apiGroups", &T::apiGroups)
            .documented("API groups of the requests; * for all."),
        field<T>("apiVersions", &T::apiVersions)
            .documented("API versions of the requests; * for all."),
        field<T>("operations", &T::operations).one_of("*|CONNECT|CREATE|DELETE|UPDATE")
            .documented("What is being done to the object; * for all."),
        field<T>("resources", &T::resources)
            .documented("Resources of the requests, such as pods, pods/log or */*."),
        field<T>("scope", &T::scope).preset(R"("*")")
            .documented("Whether Cluster or Namespaced objects are meant; * for both."),
    };
    return table;
}

const std::string_view Describe<NamedRuleWithOperations>::doc =
    "Which requests are meant, by operation, resource and name.";

std::span<const Field> Describe<NamedRuleWithOperations>::fields() {
    using T = NamedRuleWithOperations;
    static const std::vector<Field> table{
        field<T>("apiGroups", &T::apiGroups)
            .documented("API groups of the requests; * for all."),
        field<T>("apiVersions", &T::apiVersions)
            .documented("API versions of the requests; * for all."),
        field<T>("operations", &T::operations).one_of("*|CONNECT|CREATE|DELETE|UPDATE")
            .documented("What is being done to the object; * for all."),
        field<T>("resourceNames", &T::resourceNames)
            .documented("Names of objects; all when left out."),
        field<T>("resources", &T::resources)
            .documented("Resources of the requests, such as pods, pods/log or */*."),
        field<T>("scope", &T::scope).preset(R"("*")")
            .documented("Whether Cluster or Namespaced objects are meant; * for both."),
    };
    return table;
}

const std::string_view Describe<MatchCondition>::doc =
    "A condition in CEL that a request has to meet.";

std::span<const Field> Describe<MatchCondition>::fields() {
    using T = MatchCondition;
    static const std::vector<Field> table{
        field<T>("expression", &T::expression).required().always()
            .documented("The condition, which gives true or false."),
        field<T>("name", &T::name).required().always()
            .documented("A name for the condition."),
    };
    return table;
}

const std::string_view Describe<MutatingWebhook>::doc =
    "A server that may change objects before they are stored.";

std::span<const Field> Describe<MutatingWebhook>::fields() {
    using T = MutatingWebhook;
    static const std::vector<Field> table{
        field<T>("admissionReviewVersions", &T::admissionReviewVersions).required().always()
            .documented("The versions of AdmissionReview that the webhook understands, best first."),
        field<T>("clientConfig", &T::clientConfig).required()
            .documented("Where the webhook answers."),
        field<T>("failurePolicy", &T::failurePolicy).preset(R"("Fail")").one_of("Fail|Ignore")
            .documented("What happens to requests when the webhook does not answer."),
        field<T>("matchConditions", &T::matchConditions).merge("name")
            .documented("Further conditions for asking the webhook, in CEL."),
        field<T>("matchPolicy", &T::matchPolicy).preset(R"("Equivalent")").one_of("Equivalent|Exact")
            .documented("Whether rules also mean the same object in another version."),
        field<T>("name", &T::name).required().always()
            .documented("A name for the webhook, like a domain with three parts or more."),
        field<T>("namespaceSelector", &T::namespaceSelector).preset("{}")
            .documented("Selects namespaces by label; only what is in them is shown to the webhook."),
        field<T>("objectSelector", &T::objectSelector).preset("{}")
            .documented("Selects objects by label; only these are shown to the webhook."),
        field<T>("reinvocationPolicy", &T::reinvocationPolicy).preset(R"("Never")").one_of("IfNeeded|Never")
            .documented("Whether the webhook is asked again after others have changed the object."),
        field<T>("rules", &T::rules)
            .documented("The requests that the webhook is asked about."),
        field<T>("sideEffects", &T::sideEffects).required().one_of("None|NoneOnDryRun|Some|Unknown")
            .documented("Whether asking the webhook changes anything else; dry runs need None or "
                        "NoneOnDryRun."),
        field<T>("timeoutSeconds", &T::timeoutSeconds).preset("10")
            .documented("How long the webhook may take to answer, 1 to 30 seconds."),
    };
    return table;
}

const std::string_view Describe<ValidatingWebhook>::doc =
    "A server that is asked about requests before they are carried out.";

std::span<const Field> Describe<ValidatingWebhook>::fields() {
    using T = ValidatingWebhook;
    static const std::vector<Field> table{
        field<T>("admissionReviewVersions", &T::admissionReviewVersions).required().always()
            .documented("The versions of AdmissionReview that the webhook understands, best first."),
        field<T>("clientConfig", &T::clientConfig).required()
            .documented("Where the webhook answers."),
        field<T>("failurePolicy", &T::failurePolicy).preset(R"("Fail")").one_of("Fail|Ignore")
            .documented("What happens to requests when the webhook does not answer."),
        field<T>("matchConditions", &T::matchConditions).merge("name")
            .documented("Further conditions for asking the webhook, in CEL."),
        field<T>("matchPolicy", &T::matchPolicy).preset(R"("Equivalent")").one_of("Equivalent|Exact")
            .documented("Whether rules also mean the same object in another version."),
        field<T>("name", &T::name).required().always()
            .documented("A name for the webhook, like a domain with three parts or more."),
        field<T>("namespaceSelector", &T::namespaceSelector).preset("{}")
            .documented("Selects namespaces by label; only what is in them is shown to the webhook."),
        field<T>("objectSelector", &T::objectSelector).preset("{}")
            .documented("Selects objects by label; only these are shown to the webhook."),
        field<T>("rules", &T::rules)
            .documented("The requests that the webhook is asked about."),
        field<T>("sideEffects", &T::sideEffects).required().one_of("None|NoneOnDryRun|Some|Unknown")
            .documented("Whether asking the webhook changes anything else; dry runs need None or "
                        "NoneOnDryRun."),
        field<T>("timeoutSeconds", &T::timeoutSeconds).preset("10")
            .documented("How long the webhook may take to answer, 1 to 30 seconds."),
    };
    return table;
}

const std::string_view Describe<MutatingWebhookConfiguration>::doc =
    "A MutatingWebhookConfiguration names servers that may change objects before "
    "they are stored.";

std::span<const Field> Describe<MutatingWebhookConfiguration>::fields() {
    using T = MutatingWebhookConfiguration;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("webhooks", &T::webhooks).merge("name")
            .documented("The webhooks, asked one after the other."),
    };
    return table;
}

const std::string_view Describe<ValidatingWebhookConfiguration>::doc =
    "A ValidatingWebhookConfiguration names servers that may refuse requests.";

std::span<const Field> Describe<ValidatingWebhookConfiguration>::fields() {
    using T = ValidatingWebhookConfiguration;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("webhooks", &T::webhooks).merge("name")
            .documented("The webhooks, all of which have to agree."),
    };
    return table;
}

const std::string_view Describe<MatchResources>::doc =
    "Which requests a policy is about.";

std::span<const Field> Describe<MatchResources>::fields() {
    using T = MatchResources;
    static const std::vector<Field> table{
        field<T>("excludeResourceRules", &T::excludeResourceRules)
            .documented("Requests that are left out again."),
        field<T>("matchPolicy", &T::matchPolicy).preset(R"("Equivalent")").one_of("Equivalent|Exact")
            .documented("Whether rules also mean the same object in another version."),
        field<T>("namespaceSelector", &T::namespaceSelector).preset("{}")
            .documented("Selects namespaces by label; only what is in them is meant."),
        field<T>("objectSelector", &T::objectSelector).preset("{}")
            .documented("Selects objects by label; only these are meant."),
        field<T>("resourceRules", &T::resourceRules)
            .documented("The requests, by operation and resource."),
    };
    return table;
}

const std::string_view Describe<AuditAnnotation>::doc =
    "A note for the audit log.";

std::span<const Field> Describe<AuditAnnotation>::fields() {
    using T = AuditAnnotation;
    static const std::vector<Field> table{
        field<T>("key", &T::key).required().always()
            .documented("The name of the note."),
        field<T>("valueExpression", &T::valueExpression).required().always()
            .documented("The text of the note, in CEL."),
    };
    return table;
}

const std::string_view Describe<ParamKind>::doc =
    "The kind of the objects that hold a policy's parameters.";

std::span<const Field> Describe<ParamKind>::fields() {
    using T = ParamKind;
    static const std::vector<Field> table{
        field<T>("apiVersion", &T::apiVersion)
            .documented("Group and version of the kind, such as v1 or example.com/v1."),
        field<T>("kind", &T::kind)
            .documented("The kind, such as ConfigMap."),
    };
    return table;
}

const std::string_view Describe<ParamRef>::doc =
    "The objects that hold the parameters for a binding.";

std::span<const Field> Describe<ParamRef>::fields() {
    using T = ParamRef;
    static const std::vector<Field> table{
        field<T>("name", &T::name)
            .documented("The name of the object; not together with selector."),
        field<T>("namespace", &T::namespace_)
            .documented("The namespace of the object; that of the request when left out."),
        field<T>("parameterNotFoundAction", &T::parameterNotFoundAction).one_of("Allow|Deny")
            .documented("What happens when there is no such object."),
        field<T>("selector", &T::selector)
            .documented("Selects the objects by label; not together with name."),
    };
    return table;
}

const std::string_view Describe<Validation>::doc =
    "A condition in CEL, and what is said when it is not met.";

std::span<const Field> Describe<Validation>::fields() {
    using T = Validation;
    static const std::vector<Field> table{
        field<T>("expression", &T::expression).required().always()
            .documented("The condition, which gives true for what is fine."),
        field<T>("message", &T::message)
            .documented("What is said when the condition is not met."),
        field<T>("messageExpression", &T::messageExpression)
            .documented("The same as a CEL expression; stronger than message."),
        field<T>("reason", &T::reason).one_of("Forbidden|Invalid|RequestEntityTooLarge|Unauthorized")
            .documented("The reason in the answer to a request that is refused."),
    };
    return table;
}

const std::string_view Describe<Variable>::doc =
    "A CEL expression under a name that other expressions use.";

std::span<const Field> Describe<Variable>::fields() {
    using T = Variable;
    static const std::vector<Field> table{
        field<T>("expression", &T::expression).required().always()
            .documented("The expression."),
        field<T>("name", &T::name).required().always()
            .documented("The name, used as variables.name."),
    };
    return table;
}

const std::string_view Describe<ExpressionWarning>::doc =
    "Something doubtful about the types in an expression.";

std::span<const Field> Describe<ExpressionWarning>::fields() {
    using T = ExpressionWarning;
    static const std::vector<Field> table{
        field<T>("fieldRef", &T::fieldRef).required().always()
            .documented("The field that holds the expression."),
        field<T>("warning", &T::warning).required().always()
            .documented("What is doubtful, for each type."),
    };
    return table;
}

const std::string_view Describe<TypeChecking>::doc =
    "What checking the types of all expressions found.";

std::span<const Field> Describe<TypeChecking>::fields() {
    using T = TypeChecking;
    static const std::vector<Field> table{
        field<T>("expressionWarnings", &T::expressionWarnings)
            .documented("The doubtful expressions."),
    };
    return table;
}

const std::string_view Describe<ValidatingAdmissionPolicySpec>::doc =
    "What requests have to fulfil, and which requests.";

std::span<const Field> Describe<ValidatingAdmissionPolicySpec>::fields() {
    using T = ValidatingAdmissionPolicySpec;
    static const std::vector<Field> table{
        field<T>("auditAnnotations", &T::auditAnnotations)
            .documented("Notes for the audit log."),
        field<T>("failurePolicy", &T::failurePolicy).preset(R"("Fail")").one_of("Fail|Ignore")
            .documented("What happens to requests when an expression cannot be worked out."),
        field<T>("matchConditions", &T::matchConditions).merge("name")
            .documented("Further conditions for the policy to be asked, in CEL."),
        field<T>("matchConstraints", &T::matchConstraints)
            .documented("The requests that the policy is about."),
        field<T>("paramKind", &T::paramKind)
            .documented("The kind of the objects with parameters; none when left out."),
        field<T>("validations", &T::validations)
            .documented("The conditions."),
        field<T>("variables", &T::variables).merge("name")
            .documented("Expressions that the others use by name."),
    };
    return table;
}

const std::string_view Describe<ValidatingAdmissionPolicyStatus>::doc =
    "What was found out about a policy.";

std::span<const Field> Describe<ValidatingAdmissionPolicyStatus>::fields() {
    using T = ValidatingAdmissionPolicyStatus;
    static const std::vector<Field> table{
        field<T>("conditions", &T::conditions)
            .documented("Judgements of the policy."),
        field<T>("observedGeneration", &T::observedGeneration)
            .documented("The metadata.generation that the status is about."),
        field<T>("typeChecking", &T::typeChecking)
            .documented("What checking the types of the expressions found."),
    };
    return table;
}

const std::string_view Describe<ValidatingAdmissionPolicy>::doc =
    "A ValidatingAdmissionPolicy says in CEL what requests have to fulfil; a "
    "binding puts it to use.";

std::span<const Field> Describe<ValidatingAdmissionPolicy>::fields() {
    using T = ValidatingAdmissionPolicy;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("What you want: requests and conditions."),
        field<T>("status", &T::status)
            .documented("What was found out about the policy."),
    };
    return table;
}

const std::string_view Describe<ValidatingAdmissionPolicyBindingSpec>::doc =
    "Where a policy is put to use, and what it does there.";

std::span<const Field> Describe<ValidatingAdmissionPolicyBindingSpec>::fields() {
    using T = ValidatingAdmissionPolicyBindingSpec;
    static const std::vector<Field> table{
        field<T>("matchResources", &T::matchResources)
            .documented("Requests it is limited to."),
        field<T>("paramRef", &T::paramRef)
            .documented("The objects with parameters."),
        field<T>("policyName", &T::policyName)
            .documented("The policy that is put to use."),
        field<T>("validationActions", &T::validationActions)
            .documented("What follows when a condition is not met: Deny, Warn, Audit."),
    };
    return table;
}

const std::string_view Describe<ValidatingAdmissionPolicyBinding>::doc =
    "A ValidatingAdmissionPolicyBinding puts a policy to use.";

std::span<const Field> Describe<ValidatingAdmissionPolicyBinding>::fields() {
    using T = ValidatingAdmissionPolicyBinding;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("What you want: which policy, where, and what it does."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
