#include "engine/scheduler/event_series.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace kubetab::scheduler {
namespace {

constexpr std::size_t kNoteMax = 1024;

std::string hexadecimal(std::int64_t number) {
    char text[16];
    const auto [end, error] = std::to_chars(text, text + sizeof text, number, 16);
    return error == std::errc{} ? std::string(text, end) : std::string("0");
}

api::ObjectReference reference_to(const api::Pod& pod) {
    api::ObjectReference reference;
    reference.apiVersion = "v1";
    reference.kind = "Pod";
    reference.name = pod.metadata.name;
    reference.namespace_ = pod.metadata.namespace_;
    reference.resourceVersion = pod.metadata.resourceVersion;
    reference.uid = pod.metadata.uid;
    return reference;
}

// upstream: schedule_one.go truncateMessage
std::string cut(const std::string& note) {
    static constexpr std::string_view kSuffix = " ...";
    if (note.size() <= kNoteMax) return note;
    return note.substr(0, kNoteMax - kSuffix.size()) + std::string(kSuffix);
}

}  // namespace

EventSeries::EventSeries(sim::Simulation& simulation, client::Client& client, std::string controller)
    : simulation_(simulation), client_(client), controller_(std::move(controller)) {}

void EventSeries::record(const api::Pod& regarding, const api::Pod* related, const EventNote& note,
                         Repeats repeats) {
    if (repeats == Repeats::Never) {
        create("", regarding, related, note);
        return;
    }
    std::string key = note.type + "/" + note.action + "/" + note.reason + "/" +
                      regarding.metadata.namespace_ + "/" + regarding.metadata.name + "/" +
                      regarding.metadata.uid + "/" + regarding.metadata.resourceVersion;
    const auto found = known_.find(key);
    if (found == known_.end()) {
        create(key, regarding, related, note);
        return;
    }
    Known& known = found->second;
    ++known.count;
    known.last = simulation_.now();
    if (known.count > 2) return;
    if (write(known)) return;
    known_.erase(found);  // The object is gone: the event starts anew.
    create(key, regarding, related, note);
}

void EventSeries::create(const std::string& key, const api::Pod& regarding, const api::Pod* related,
                         const EventNote& note) {
    last_name_ns_ = std::max(simulation_.now().ns, last_name_ns_ + 1);
    api::Event event;
    event.metadata.name = regarding.metadata.name + "." + hexadecimal(last_name_ns_);
    event.metadata.namespace_ =
        regarding.metadata.namespace_.empty() ? "default" : regarding.metadata.namespace_;
    event.involvedObject = reference_to(regarding);
    if (related != nullptr) event.related = reference_to(*related);
    event.type = note.type;
    event.reason = note.reason;
    event.action = note.action;
    event.message = cut(note.note);
    event.eventTime = api::MicroTime(simulation_.now());
    event.reportingComponent = controller_;
    event.reportingInstance = controller_ + "-control-plane";
    const base::Result<api::Ref<api::Event>> created = client_.create(std::move(event));
    if (!created.ok() || key.empty()) return;
    if (known_.size() >= kKnownMax) known_.clear();
    known_.insert_or_assign(key, Known{api::ObjectKey::of((*created)->metadata), 1, simulation_.now()});
}

bool EventSeries::write(const Known& known) {
    const base::Result<api::Ref<api::Event>> stored = client_.get<api::Event>(known.key);
    if (!stored.ok()) return false;
    api::Event event = **stored;
    api::EventSeries& series = event.series.edit();
    series.count = known.count;
    series.lastObservedTime = api::MicroTime(known.last);
    return client_.update(std::move(event)).ok();
}

void EventSeries::refresh() {
    for (const auto& [key, known] : known_) {
        if (known.count > 1) (void)write(known);
    }
}

void EventSeries::finish() {
    std::erase_if(known_, [&](const auto& entry) {
        const Known& known = entry.second;
        if (simulation_.now() - known.last < kFinishPeriod) return false;
        if (known.count > 1) (void)write(known);
        return true;
    });
}

}  // namespace kubetab::scheduler
