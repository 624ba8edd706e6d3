// Tables of the kinds that configure the control plane. upstream: pkg/printers/internalversion/printers.go

#include "engine/api/admission_registration.h"
#include "engine/api/certificates.h"
#include "engine/api/core/component_status.h"
#include "engine/api/flow_control.h"
#include "engine/api/runtime_class.h"
#include "engine/api/selectors.h"
#include "engine/api/storage_capacity.h"
#include "engine/base/human_duration.h"
#include "engine/server/tables/table.h"

namespace kubetab::server {
namespace {

using api::Object;
using base::Json;
using sim::Instant;

constexpr Column kName{"Name", "string", "name", 0, "Its name."};
constexpr Column kAge{"Age", "string", "", 0, "Time since it was made."};

template <class Configuration>
TableKind webhooks_table() {
    return {{kName, {"Webhooks", "integer", "", 0, "How many webhooks it names."}, kAge},
            [](const Object& object, Instant now) -> Json {
                const auto& configuration = static_cast<const Configuration&>(object);
                return {object.metadata.name.str(), configuration.webhooks.size(), age_cell(object, now)};
            }};
}

std::string decision_of(const api::CertificateSigningRequestStatus& status) {
    const auto has = [&](std::string_view type) {
        for (const api::CertificateSigningRequestCondition& condition : status.conditions) {
            if (condition.type == type) return true;
        }
        return false;
    };
    std::string text = has("Denied") ? "Denied" : has("Approved") ? "Approved" : "Pending";
    if (has("Failed")) text += ",Failed";
    if (!status.certificate.data.empty()) text += ",Issued";
    return text;
}

std::string health_of(const api::ComponentCondition& condition) {
    if (condition.status == "True") return "Healthy";
    return condition.status == "False" ? "Unhealthy" : "Unknown";
}

std::string parameters_of(const api::ValidatingAdmissionPolicyBindingSpec& spec) {
    if (!spec.paramRef) return "<unset>";
    if (spec.paramRef->name.empty()) {
        const base::Result<api::Selector> selector = api::Selector::of(spec.paramRef->selector);
        return selector.ok() ? selector->text() : "<unset>";
    }
    const std::string space = spec.paramRef->namespace_.empty() ? "" : spec.paramRef->namespace_ + "/";
    return space + spec.paramRef->name;
}

std::string missing_level(const api::FlowSchema& schema) {
    for (const api::FlowSchemaCondition& condition : schema.status.conditions) {
        if (condition.type == "Dangling") return condition.status;
    }
    return "?";
}

Json number_or_none(const std::optional<std::int32_t>& number) {
    return number ? Json(std::to_string(*number)) : Json("<none>");
}

}  // namespace

TableKind component_status_table() {
    return {{kName,
             {"Status", "string", "", 0, "Whether it is well."},
             {"Message", "string", "", 0, "What it answers."},
             {"Error", "string", "", 0, "What went wrong."}},
            [](const Object& object, Instant) -> Json {
                const auto& component = static_cast<const api::ComponentStatus&>(object);
                for (const api::ComponentCondition& condition : component.conditions) {
                    if (condition.type == "Healthy")
                        return {object.metadata.name.str(), health_of(condition), condition.message.str(),
                                condition.error.str()};
                }
                return {object.metadata.name.str(), "Unknown", "", ""};
            }};
}

TableKind mutating_webhooks_table() {
    return webhooks_table<api::MutatingWebhookConfiguration>();
}

TableKind validating_webhooks_table() {
    return webhooks_table<api::ValidatingWebhookConfiguration>();
}

TableKind admission_policy_table() {
    return {
        {kName,
         {"Validations", "integer", "", 0, "How many conditions it has."},
         {"ParamKind", "string", "", 0, "The kind of its parameters."},
         kAge},
        [](const Object& object, Instant now) -> Json {
            const auto& spec = static_cast<const api::ValidatingAdmissionPolicy&>(object).spec;
            const std::string parameters =
                spec.paramKind ? spec.paramKind->apiVersion + "/" + spec.paramKind->kind : "<unset>";
            return {object.metadata.name.str(), spec.validations.size(), parameters, age_cell(object, now)};
        }};
}

TableKind admission_policy_binding_table() {
    return {{kName,
             {"PolicyName", "string", "", 0, "The policy."},
             {"ParamRef", "string", "", 0, "The objects with its parameters."},
             kAge},
            [](const Object& object, Instant now) -> Json {
                const auto& spec = static_cast<const api::ValidatingAdmissionPolicyBinding&>(object).spec;
                return {object.metadata.name.str(), spec.policyName.str(), parameters_of(spec),
                        age_cell(object, now)};
            }};
}

TableKind signing_request_table() {
    return {{kName,
             kAge,
             {"SignerName", "string", "", 0, "Who is to sign."},
             {"Requestor", "string", "", 0, "Who asks."},
             {"RequestedDuration", "string", "", 0, "How long it should be good."},
             {"Condition", "string", "", 0, "What became of it."}},
            [](const Object& object, Instant now) -> Json {
                const auto& request = static_cast<const api::CertificateSigningRequest&>(object);
                constexpr std::int64_t kSecond = 1'000'000'000;
                const std::optional<std::int32_t>& duration = request.spec.expirationSeconds;
                return {object.metadata.name.str(),
                        age_cell(object, now),
                        request.spec.signerName.str(),
                        request.spec.username.str(),
                        duration ? base::human_duration(*duration * kSecond) : "<none>",
                        decision_of(request.status)};
            }};
}

TableKind flow_schema_table() {
    return {{kName,
             {"PriorityLevel", "string", "", 0, "The level of its requests."},
             {"MatchingPrecedence", "string", "", 0, "Its place among schemas."},
             {"DistinguisherMethod", "string", "", 0, "What tells its flows apart."},
             kAge,
             {"MissingPL", "string", "", 0, "Whether the level is missing."}},
            [](const Object& object, Instant now) -> Json {
                const auto& schema = static_cast<const api::FlowSchema&>(object);
                const std::string method =
                    schema.spec.distinguisherMethod ? schema.spec.distinguisherMethod->type.str() : "<none>";
                return {object.metadata.name.str(),
                        schema.spec.priorityLevelConfiguration.name.str(),
                        std::to_string(schema.spec.matchingPrecedence),
                        method,
                        age_cell(object, now),
                        missing_level(schema)};
            }};
}

TableKind priority_level_table() {
    return {{kName,
             {"Type", "string", "", 0, "Whether it is limited."},
             {"NominalConcurrencyShares", "string", "", 0, "Its share of seats."},
             {"Queues", "string", "", 0, "How many queues it has."},
             {"HandSize", "string", "", 0, "How many queues a flow is dealt."},
             {"QueueLengthLimit", "string", "", 0, "How many requests a queue holds."},
             kAge},
            [](const Object& object, Instant now) -> Json {
                const auto& spec = static_cast<const api::PriorityLevelConfiguration&>(object).spec;
                std::optional<std::int32_t> queues;
                std::optional<std::int32_t> hand;
                std::optional<std::int32_t> length;
                if (spec.limited && spec.limited->limitResponse.queuing) {
                    const api::QueuingConfiguration& queuing = *spec.limited->limitResponse.queuing;
                    queues = queuing.queues;
                    hand = queuing.handSize;
                    length = queuing.queueLengthLimit;
                }
                return {object.metadata.name.str(),
                        spec.type.str(),
                        number_or_none(spec.limited->nominalConcurrencyShares),
                        number_or_none(queues),
                        number_or_none(hand),
                        number_or_none(length),
                        age_cell(object, now)};
            }};
}

TableKind runtime_class_table() {
    return {{kName, {"Handler", "string", "", 0, "Its name in the container runtime."}, kAge},
            [](const Object& object, Instant now) -> Json {
                const auto& runtime = static_cast<const api::RuntimeClass&>(object);
                return {object.metadata.name.str(), runtime.handler.str(), age_cell(object, now)};
            }};
}

TableKind storage_capacity_table() {
    return {{kName,
             {"StorageClassName", "string", "", 0, "The class of the volumes."},
             {"Capacity", "string", "", 0, "How much is left."}},
            [](const Object& object, Instant) -> Json {
                const auto& capacity = static_cast<const api::CSIStorageCapacity&>(object);
                return {object.metadata.name.str(), capacity.storageClassName.str(),
                        capacity.capacity ? capacity.capacity->text() : "<unset>"};
            }};
}

}  // namespace kubetab::server
