#include "engine/client/event_recorder.h"

#include <algorithm>

#include "engine/base/digest.h"

namespace kubetab::client {
namespace {

constexpr std::size_t kAggregateFrom = 10;
constexpr int kNameTries = 8;
constexpr sim::Duration kAggregateGap = sim::minutes(10);
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

// Of the Event about that object with that suffix.
api::ObjectKey key_of(const api::ObjectReference& involved, std::int64_t suffix) {
    return {involved.namespace_.empty() ? "default" : involved.namespace_,
            involved.name + "." + hexadecimal(suffix)};
}

}  // namespace

EventRecorder::EventRecorder(sim::Simulation& simulation, Client& client, std::string component,
                             std::string host)
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

bool EventRecorder::spam(Key object) {
    if (buckets_.size() >= kCacheSize) buckets_.clear();
    Bucket& bucket = buckets_[object];
    if (bucket.refilled == sim::Instant{}) bucket.refilled = simulation_.now();
    const std::int64_t refill = (simulation_.now() - bucket.refilled).ns / kRefill.ns;
    bucket.tokens = std::min(kBurst, bucket.tokens + refill);
    bucket.refilled = bucket.refilled + kRefill * refill;
    if (bucket.tokens == 0) return true;
    --bucket.tokens;
    return false;
}

bool EventRecorder::aggregated(Key group, Key message) {
    if (aggregates_.size() >= kCacheSize) {
        aggregates_.clear();
        more_.clear();
    }
    Aggregate& aggregate = aggregates_[group];
    if (aggregate.message == 0 || simulation_.now() - aggregate.last > kAggregateGap) {
        aggregate.message = message;
        if (std::vector<Key>* const old = more_.find(group)) old->clear();
    }
    aggregate.last = simulation_.now();
    if (aggregate.message == message) return false;
    std::vector<Key>& more = more_[group];
    if (std::find(more.begin(), more.end(), message) != more.end()) return false;
    // This one is forgotten (upstream: any), so that what was known before goes on being counted by itself.
    if (more.size() + 2 >= kAggregateFrom) return true;
    more.push_back(message);
    return false;
}

bool EventRecorder::raise_count(std::int64_t suffix, const api::ObjectReference& involved,
                                const std::string& message) {
    const base::Result<api::Ref<api::Event>> stored = client_.get<api::Event>(key_of(involved, suffix));
    if (!stored.ok()) return false;
    api::Event event = **stored;
    ++event.count;
    event.lastTimestamp = api::Time(simulation_.now());
    event.message = message;
    return client_.update(std::move(event)).ok();
}

void EventRecorder::create(Key key, const api::ObjectReference& involved, const EventText& text) {
    std::int64_t suffix = simulation_.now().ns + static_cast<std::int64_t>(seen_.size());
    api::Event event;
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
    // Another recorder may have told of the object in the same instant, under the same name.
    for (int attempt = 0;; ++attempt) {
        const api::ObjectKey name = key_of(involved, suffix);
        event.metadata.name = name.name;
        event.metadata.namespace_ = name.namespace_;
        const base::Result<api::Ref<api::Event>> created = client_.create(event);
        if (created.ok()) break;
        // The namespace is going away: upstream drops the event too.
        if (created.error().reason != base::Reason::AlreadyExists || attempt == kNameTries) return;
        ++suffix;
    }
    if (seen_.size() >= kCacheSize) seen_.clear();
    seen_[key] = suffix;
}

void EventRecorder::record_for(api::ObjectReference involved, const EventText& text) {
    involved.fieldPath = text.field_path;
    base::Digest digest;
    for (const api::Text* part : {&involved.kind, &involved.namespace_, &involved.name}) digest.add(*part);
    digest.add(static_cast<std::int64_t>(involved.uid.hash()));  // Spelled out it would be kept.
    digest.add(static_cast<std::int64_t>(text.type));
    if (spam(digest.value())) return;

    EventText shown = text;
    digest.add(text.reason);
    const Key group = digest.value();
    digest.add(text.field_path);
    base::Digest message;
    message.add(text.message);
    if (aggregated(group, message.value())) {
        shown.message = "(combined from similar events): " + text.message;
        digest.add("combined");
    } else {
        digest.add(static_cast<std::int64_t>(message.value()));
    }
    const std::int64_t* const suffix = seen_.find(digest.value());
    if (suffix != nullptr && raise_count(*suffix, involved, shown.message)) return;
    create(digest.value(), involved, shown);
}

}  // namespace kubetab::client
