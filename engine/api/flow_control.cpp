#include "engine/api/flow_control.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<ExemptPriorityLevelConfiguration>::doc =
    "Seats of a level that never waits.";

std::span<const Field> Describe<ExemptPriorityLevelConfiguration>::fields() {
    using T = ExemptPriorityLevelConfiguration;
    static const std::vector<Field> table{
        field<T>("lendablePercent", &T::lendablePercent).preset("0")
            .documented("How many percent of the seats other levels may borrow."),
        field<T>("nominalConcurrencyShares", &T::nominalConcurrencyShares).preset("0")
            .documented("The share of the server's seats, compared with the other levels."),
    };
    return table;
}

const std::string_view Describe<QueuingConfiguration>::doc =
    "How requests wait.";

std::span<const Field> Describe<QueuingConfiguration>::fields() {
    using T = QueuingConfiguration;
    static const std::vector<Field> table{
        field<T>("handSize", &T::handSize)
            .documented("How many queues a flow is dealt, of which it takes the shortest."),
        field<T>("queueLengthLimit", &T::queueLengthLimit)
            .documented("How many requests may wait in a queue."),
        field<T>("queues", &T::queues)
            .documented("How many queues there are."),
    };
    return table;
}

const std::string_view Describe<LimitResponse>::doc =
    "What happens to requests that find no seat.";

std::span<const Field> Describe<LimitResponse>::fields() {
    using T = LimitResponse;
    static const std::vector<Field> table{
        field<T>("queuing", &T::queuing)
            .documented("How they wait, when type is Queue."),
        field<T>("type", &T::type).required().always().one_of("Queue|Reject")
            .documented("Whether they wait or are refused."),
    };
    return table;
}

const std::string_view Describe<LimitedPriorityLevelConfiguration>::doc =
    "Seats of a level, and what happens when they are taken.";

std::span<const Field> Describe<LimitedPriorityLevelConfiguration>::fields() {
    using T = LimitedPriorityLevelConfiguration;
    static const std::vector<Field> table{
        field<T>("borrowingLimitPercent", &T::borrowingLimitPercent)
            .documented("How many percent of its seats the level may borrow from others; without limit "
                        "when left out."),
        field<T>("lendablePercent", &T::lendablePercent).preset("0")
            .documented("How many percent of the seats other levels may borrow."),
        field<T>("limitResponse", &T::limitResponse)
            .documented("What happens to requests that find no seat."),
        field<T>("nominalConcurrencyShares", &T::nominalConcurrencyShares).preset("30")
            .documented("The share of the server's seats, compared with the other levels."),
    };
    return table;
}

const std::string_view Describe<PriorityLevelConfigurationCondition>::doc =
    "A judgement of the object.";

std::span<const Field> Describe<PriorityLevelConfigurationCondition>::fields() {
    using T = PriorityLevelConfigurationCondition;
    static const std::vector<Field> table{
        field<T>("lastTransitionTime", &T::lastTransitionTime).always()
            .documented("When the status last changed from one value to another."),
        field<T>("message", &T::message)
            .documented("The judgement in a sentence for people."),
        field<T>("reason", &T::reason)
            .documented("The judgement's cause in one CamelCase word, for programs."),
        field<T>("status", &T::status)
            .documented("True, False or Unknown."),
        field<T>("type", &T::type)
            .documented("What is judged."),
    };
    return table;
}

const std::string_view Describe<PriorityLevelConfigurationSpec>::doc =
    "How many requests of a level are worked on at a time.";

std::span<const Field> Describe<PriorityLevelConfigurationSpec>::fields() {
    using T = PriorityLevelConfigurationSpec;
    static const std::vector<Field> table{
        field<T>("exempt", &T::exempt)
            .documented("Seats, when type is Exempt."),
        field<T>("limited", &T::limited)
            .documented("Seats and queues, when type is Limited."),
        field<T>("type", &T::type).required().always().one_of("Exempt|Limited")
            .documented("Whether requests of the level are limited."),
    };
    return table;
}

const std::string_view Describe<PriorityLevelConfigurationStatus>::doc =
    "What was found out about a level.";

std::span<const Field> Describe<PriorityLevelConfigurationStatus>::fields() {
    using T = PriorityLevelConfigurationStatus;
    static const std::vector<Field> table{
        field<T>("conditions", &T::conditions).merge("type")
            .documented("Judgements of the level."),
    };
    return table;
}

const std::string_view Describe<PriorityLevelConfiguration>::doc =
    "A PriorityLevelConfiguration limits how many requests of a sort are worked on "
    "at a time.";

std::span<const Field> Describe<PriorityLevelConfiguration>::fields() {
    using T = PriorityLevelConfiguration;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("What you want: seats and queues."),
        field<T>("status", &T::status)
            .documented("What was found out about the level."),
    };
    return table;
}

const std::string_view Describe<FlowDistinguisherMethod>::doc =
    "What tells the flows of a schema apart.";

std::span<const Field> Describe<FlowDistinguisherMethod>::fields() {
    using T = FlowDistinguisherMethod;
    static const std::vector<Field> table{
        field<T>("type", &T::type).required().always().one_of("ByNamespace|ByUser")
            .documented("ByUser or ByNamespace."),
    };
    return table;
}

const std::string_view Describe<PriorityLevelConfigurationReference>::doc =
    "A level, by name.";

std::span<const Field> Describe<PriorityLevelConfigurationReference>::fields() {
    using T = PriorityLevelConfigurationReference;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always()
            .documented("The name of the level."),
    };
    return table;
}

const std::string_view Describe<FlowGroupSubject>::doc =
    "A group of users who send requests.";

std::span<const Field> Describe<FlowGroupSubject>::fields() {
    using T = FlowGroupSubject;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always()
            .documented("The name of the group; * for everybody."),
    };
    return table;
}

const std::string_view Describe<FlowUserSubject>::doc =
    "A user who sends requests.";

std::span<const Field> Describe<FlowUserSubject>::fields() {
    using T = FlowUserSubject;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always()
            .documented("The name of the user; * for everybody."),
    };
    return table;
}

const std::string_view Describe<FlowServiceAccountSubject>::doc =
    "A service account.";

std::span<const Field> Describe<FlowServiceAccountSubject>::fields() {
    using T = FlowServiceAccountSubject;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always()
            .documented("The name of the account; * for all of the namespace."),
        field<T>("namespace", &T::namespace_).required().always()
            .documented("The namespace of the account."),
    };
    return table;
}

const std::string_view Describe<FlowSubject>::doc =
    "Who sends the requests.";

std::span<const Field> Describe<FlowSubject>::fields() {
    using T = FlowSubject;
    static const std::vector<Field> table{
        field<T>("group", &T::group)
            .documented("The group, when kind is Group."),
        field<T>("kind", &T::kind).required().always().one_of("Group|ServiceAccount|User")
            .documented("What sends them: Group, ServiceAccount or User."),
        field<T>("serviceAccount", &T::serviceAccount)
            .documented("The account, when kind is ServiceAccount."),
        field<T>("user", &T::user)
            .documented("The user, when kind is User."),
    };
    return table;
}

const std::string_view Describe<NonResourcePolicyRule>::doc =
    "Requests for paths that are no resources.";

std::span<const Field> Describe<NonResourcePolicyRule>::fields() {
    using T = NonResourcePolicyRule;
    static const std::vector<Field> table{
        field<T>("nonResourceURLs", &T::nonResourceURLs).required().always()
            .documented("The paths, such as /healthz or /metrics/*; * for all."),
        field<T>("verbs", &T::verbs).required().always()
            .documented("The verbs of the requests; * for all."),
    };
    return table;
}

const std::string_view Describe<ResourcePolicyRule>::doc =
    "Requests for resources.";

std::span<const Field> Describe<ResourcePolicyRule>::fields() {
    using T = ResourcePolicyRule;
    static const std::vector<Field> table{
        field<T>("apiGroups", &T::apiGroups).required().always()
            .documented("API groups of the requests; * for all."),
        field<T>("clusterScope", &T::clusterScope)
            .documented("Whether requests without a namespace are meant, too."),
        field<T>("namespaces", &T::namespaces)
            .documented("Namespaces of the requests; * for all."),
        field<T>("resources", &T::resources).required().always()
            .documented("Resources of the requests; * for all."),
        field<T>("verbs", &T::verbs).required().always()
            .documented("The verbs of the requests; * for all."),
    };
    return table;
}

const std::string_view Describe<PolicyRulesWithSubjects>::doc =
    "Requests, by who sends them and what they ask for.";

std::span<const Field> Describe<PolicyRulesWithSubjects>::fields() {
    using T = PolicyRulesWithSubjects;
    static const std::vector<Field> table{
        field<T>("nonResourceRules", &T::nonResourceRules)
            .documented("Requests for paths that are no resources."),
        field<T>("resourceRules", &T::resourceRules)
            .documented("Requests for resources."),
        field<T>("subjects", &T::subjects).required().always()
            .documented("Who sends them."),
    };
    return table;
}

const std::string_view Describe<FlowSchemaSpec>::doc =
    "Which requests belong to which level.";

std::span<const Field> Describe<FlowSchemaSpec>::fields() {
    using T = FlowSchemaSpec;
    static const std::vector<Field> table{
        field<T>("distinguisherMethod", &T::distinguisherMethod)
            .documented("What tells the flows apart; one flow when left out."),
        field<T>("matchingPrecedence", &T::matchingPrecedence).always()
            .documented("The order among schemas: the smallest number that fits decides."),
        field<T>("priorityLevelConfiguration", &T::priorityLevelConfiguration).required()
            .documented("The level that the requests belong to."),
        field<T>("rules", &T::rules)
            .documented("Which requests belong to the level."),
    };
    return table;
}

const std::string_view Describe<FlowSchemaCondition>::doc =
    "A judgement of the object.";

std::span<const Field> Describe<FlowSchemaCondition>::fields() {
    using T = FlowSchemaCondition;
    static const std::vector<Field> table{
        field<T>("lastTransitionTime", &T::lastTransitionTime).always()
            .documented("When the status last changed from one value to another."),
        field<T>("message", &T::message)
            .documented("The judgement in a sentence for people."),
        field<T>("reason", &T::reason)
            .documented("The judgement's cause in one CamelCase word, for programs."),
        field<T>("status", &T::status)
            .documented("True, False or Unknown."),
        field<T>("type", &T::type)
            .documented("What is judged."),
    };
    return table;
}

const std::string_view Describe<FlowSchemaStatus>::doc =
    "What was found out about a schema.";

std::span<const Field> Describe<FlowSchemaStatus>::fields() {
    using T = FlowSchemaStatus;
    static const std::vector<Field> table{
        field<T>("conditions", &T::conditions).merge("type")
            .documented("Judgements of the schema."),
    };
    return table;
}

const std::string_view Describe<FlowSchema>::doc =
    "A FlowSchema sorts requests to the API server into priority levels.";

std::span<const Field> Describe<FlowSchema>::fields() {
    using T = FlowSchema;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("What you want: requests and their level."),
        field<T>("status", &T::status)
            .documented("What was found out about the schema."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
