#include "engine/client/event_recorder.h"

#include <array>

namespace kubetab::client {
namespace {

constexpr std::size_t kAggregateFrom = 10;
constexpr sim::Duration kAggregateGap = sim::minutes(10);
constexpr std::int64_t kBurst = 25;
constexpr sim::Duration kRefill = sim::seconds(300);

std::string hexadecimal(std::int64_t number) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (int shift = 60; shift >= 0; shift -= 4) {
        const std::int64_t digit = number >> shift & 15;
        if (digit != 0 || !text.empty()) text += kDigits[static_cast<std::size_t>(digit)];
    }
    return text;
}

}  // namespace

EventRecorder::EventRecorder(sim::Simulation& simulation, Client& client, std::string component, std::string host)
    : simulation_(simulation), client_(client), component_(std::move(component)), host_(std::move(host)) {}

api::ObjectReference EventRecorder::reference_to(const api::Kind& kind, const api::Object& object) {
    api::ObjectReference reference;
    reference.apiVersion = kind.api_version();
    reference.kind = kind.kind;
    reference.name = object.metadata.name;
    reference.namespace_ = object.metadata.namespace_;
    reference.resourceVersion = object.metadata.resourceVersion;
    reference.uid = object.metadata.uid;
    return reference;
}

bool EventRecorder::spam(const std::string& key) {
    if (buckets_.size() >= kCacheSize) buckets_.clear();
    const auto [it, added] = buckets_.try_emplace(key);
    Bucket& bucket = it->second;
    if (added) bucket.refilled = simulation_.now();
    const std::int64_t refill = (simulation_.now() - bucket.refilled).ns / kRefill.ns;
    bucket.tokens = std::min(kBurst, bucket.tokens + refill);
    bucket.refilled = bucket.refilled + kRefill * refill;
    if (bucket.tokens == 0) return true;
    --bucket.tokens;
    return false;
}

bool EventRecorder::aggregated(const std::string& key, const std::string& message) {
    if (aggregates_.size() >= kCacheSize) aggregates_.clear();
    Aggregate& aggregate = aggregates_[key];
    if (simulation_.now() - aggregate.last > kAggregateGap) aggregate.messages.clear();
    aggregate.last = simulation_.now();
    aggregate.messages.insert(message);
    if (aggregate.messages.size() < kAggregateFrom) return false;
    // One is forgotten (upstream: any), so that what was known before goes on being counted by itself.
    aggregate.messages.erase(message);
    return true;
}

bool EventRecorder::raise_count(Seen& seen, const std::string& message) {
    const base::Result<api::Ref<api::Event>> stored = client_.get<api::Event>(seen.key);
    if (!stored.ok()) return false;
    api::Event event = **stored;
    event.count = ++seen.count;
    event.lastTimestamp = api::Time(simulation_.now());
    event.message = message;
    return client_.update(std::move(event)).ok();
}

void EventRecorder::create(const std::string& key, const api::ObjectReference& involved, const EventText& text) {
    api::Event event;
    event.metadata.name = involved.name + "." + hexadecimal(simulation_.now().ns + static_cast<std::int64_t>(seen_.size()));
    event.metadata.namespace_ = involved.namespace_.empty() ? "default" : involved.namespace_;
    event.involvedObject = involved;
    event.type = text.type == EventType::Normal ? "Normal" : "Warning";
    event.reason = text.reason;
    event.message = text.message;
    event.count = 1;
    event.firstTimestamp = api::Time(simulation_.now());
    event.lastTimestamp = event.firstTimestamp;
    event.source.component = component_;
    event.source.host = host_;
    event.reportingComponent = component_;
    event.reportingInstance = host_;
    const base::Result<api::Ref<api::Event>> created = client_.create(std::move(event));
    if (!created.ok()) return;  // The namespace is going away: upstream drops the event too.
    if (seen_.size() >= kCacheSize) seen_.clear();
    seen_.insert_or_assign(key, Seen{api::ObjectKey::of((*created)->metadata), 1});
}

void EventRecorder::record_for(api::ObjectReference involved, const EventText& text) {
    involved.fieldPath = text.field_path;
    const std::string object = involved.kind + "/" + involved.namespace_ + "/" + involved.name + "/" + involved.uid;
    const std::string type = text.type == EventType::Normal ? "Normal" : "Warning";
    if (spam(object + "/" + type)) return;

    EventText shown = text;
    const std::string group = object + "/" + type + "/" + text.reason;
    std::string key = group + "/" + text.field_path;
    if (aggregated(group, text.message)) {
        shown.message = "(combined from similar events): " + text.message;
        key += "/combined";
    } else {
        key += "/" + text.message;
    }
    const auto seen = seen_.find(key);
    if (seen != seen_.end() && raise_count(seen->second, shown.message)) return;
    create(key, involved, shown);
}

}  // namespace kubetab::client
