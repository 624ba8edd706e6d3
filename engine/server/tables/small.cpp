// Tables of the kinds with a few plain columns.
// upstream: pkg/printers/internalversion/printers.go

#include "engine/api/scheduling.h"
#include "engine/server/tables/table.h"

namespace kubetab::server {
namespace {

using base::Json;

constexpr Column kName{"Name", "string", "name", 0, "The name, unique in its namespace."};
constexpr Column kAge{"Age", "string", "", 0, "Time since the object was created."};

std::size_t entries(const api::ConfigMap& map) {
    return map.data.size() + map.binaryData.size();
}

Json config_map_cells(const api::Object& object, sim::Instant now) {
    const auto& map = static_cast<const api::ConfigMap&>(object);
    return {map.metadata.name, entries(map), age_cell(map, now)};
}

Json secret_cells(const api::Object& object, sim::Instant now) {
    const auto& secret = static_cast<const api::Secret&>(object);
    return {secret.metadata.name, secret.type, secret.data.size(), age_cell(secret, now)};
}

Json service_account_cells(const api::Object& object, sim::Instant now) {
    const auto& account = static_cast<const api::ServiceAccount&>(object);
    return {account.metadata.name, account.secrets.size(), age_cell(account, now)};
}

Json namespace_cells(const api::Object& object, sim::Instant now) {
    const auto& space = static_cast<const api::Namespace&>(object);
    return {space.metadata.name, space.status.phase, age_cell(space, now)};
}

Json lease_cells(const api::Object& object, sim::Instant now) {
    const auto& lease = static_cast<const api::Lease&>(object);
    return {lease.metadata.name, lease.spec.holderIdentity.value_or(""), age_cell(lease, now)};
}

Json priority_class_cells(const api::Object& object, sim::Instant now) {
    const auto& priority_class = static_cast<const api::PriorityClass&>(object);
    return {priority_class.metadata.name, priority_class.value, priority_class.globalDefault,
            age_cell(priority_class, now), priority_class.preemptionPolicy.value_or("").str()};
}

std::string lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

api::Time first_of(const api::Event& event) {
    if (event.firstTimestamp.is_set()) return event.firstTimestamp;
    return event.eventTime.is_set() ? api::Time(event.eventTime.instant()) : api::Time();
}

api::Time last_of(const api::Event& event) {
    if (event.series.has_value()) return api::Time(event.series->lastObservedTime.instant());
    return event.lastTimestamp.is_set() ? event.lastTimestamp : first_of(event);
}

std::string source_of(const api::Event& event) {
    std::string component =
        event.source.component.empty() ? event.reportingComponent : event.source.component;
    const std::string& host = event.source.host.empty() ? event.reportingInstance : event.source.host;
    return host.empty() ? component : component + ", " + host;
}

Json event_cells(const api::Object& object, sim::Instant now) {
    const auto& event = static_cast<const api::Event&>(object);
    std::string target = lower(event.involvedObject.kind);
    if (!event.involvedObject.name.empty()) target += "/" + event.involvedObject.name;
    std::int32_t count = event.series.has_value() ? event.series->count : event.count;
    if (count == 0) count = 1;
    std::string message = event.message;
    while (!message.empty() && (message.back() == '\n' || message.back() == ' ')) message.pop_back();
    return {age_since(last_of(event), now),
            event.type,
            event.reason,
            target,
            event.involvedObject.fieldPath,
            source_of(event),
            message,
            age_since(first_of(event), now),
            count,
            event.metadata.name};
}

}  // namespace

TableKind config_map_table() {
    return {{kName, {"Data", "string", "", 0, "How many entries it holds."}, kAge}, &config_map_cells};
}

TableKind secret_table() {
    return {{kName,
             {"Type", "string", "", 0, "What kind of secret it is."},
             {"Data", "string", "", 0, "How many entries it holds."},
             kAge},
            &secret_cells};
}

TableKind service_account_table() {
    return {{kName, {"Secrets", "string", "", 0, "How many secrets it lists."}, kAge},
            &service_account_cells};
}

TableKind namespace_table() {
    return {{kName, {"Status", "string", "", 0, "Active or Terminating."}, kAge}, &namespace_cells};
}

TableKind lease_table() {
    return {{kName, {"Holder", "string", "", 0, "Who holds it."}, kAge}, &lease_cells};
}

TableKind priority_class_table() {
    return {{kName,
             {"Value", "integer", "", 0, "The priority that its pods get."},
             {"Global-Default", "boolean", "", 0, "Whether pods that name no class get it."},
             kAge,
             {"PreemptionPolicy", "string", "", 0, "Whether its pods may have others removed."}},
            &priority_class_cells};
}

TableKind event_table() {
    return {{{"Last Seen", "string", "", 0, "Time since it happened last."},
             {"Type", "string", "", 0, "Normal or Warning."},
             {"Reason", "string", "", 0, "What happened, in one word."},
             {"Object", "string", "", 0, "What it happened to."},
             {"Subobject", "string", "", 1, "Which part of the object."},
             {"Source", "string", "", 1, "Who reports it."},
             {"Message", "string", "", 0, "What happened, in words."},
             {"First Seen", "string", "", 1, "Time since it happened first."},
             {"Count", "string", "", 1, "How often it happened."},
             {"Name", "string", "name", 1, "The event's own name."}},
            &event_cells};
}

}  // namespace kubetab::server
