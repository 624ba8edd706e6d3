#include "engine/scheduler/pod_counters.h"

#include <algorithm>

#include "engine/base/ensure.h"

namespace kubetab::scheduler {

bool PodClause::matches(const api::Pod& pod) const {
    return (all_namespaces ||
            std::binary_search(namespaces.begin(), namespaces.end(), pod.metadata.namespace_)) &&
           selector.matches(pod.metadata.labels);
}

std::string PodClause::text() const {
    std::string text = selector.text();
    if (all_namespaces) return text + ";*";
    for (const std::string& name : namespaces) text.append(";").append(name);
    return text;
}

bool PodCounters::Counter::matches(const PodInfo& pod) const {
    if (terminating == Terminating::Ignored && pod.is_terminating()) return false;
    return std::all_of(clauses.begin(), clauses.end(),
                       [&](const PodClause& clause) { return clause.matches(*pod.pod); });
}

void PodCounters::Counter::add(std::int32_t slot, std::int32_t number) {
    const auto at = static_cast<std::size_t>(slot);
    if (at >= of_slot.size()) of_slot.resize(at + 1);
    of_slot[at] += number;
    ENSURE(of_slot[at] >= 0);
}

const std::vector<std::int32_t>& PodCounters::count(const std::vector<PodClause>& clauses,
                                                    Terminating terminating, std::size_t slots) {
    std::string key = terminating == Terminating::Counted ? "+" : "-";
    for (const PodClause& clause : clauses) key.append(clause.text()).append("&");
    const auto found = counters_.find(key);
    if (found != counters_.end()) {
        Counter& counter = *found->second;
        counter.used = ++clock_;
        if (counter.of_slot.size() < slots) counter.of_slot.resize(slots);
        return counter.of_slot;
    }
    if (counters_.size() >= std::max(kCountersMin, kCellsMax / std::max<std::size_t>(slots, 1)))
        drop_oldest();

    auto counter = std::make_unique<Counter>();
    counter->clauses = clauses;
    counter->terminating = terminating;
    counter->of_slot.resize(slots);
    counter->used = ++clock_;
    for (const PodClause& clause : clauses) {
        const SelectorRequirement* equality = clause.selector.any_equality();
        if (equality != nullptr) counter->bucket = equality->key + "=" + equality->values.front();
    }
    walk_([&](const PodInfo& pod, std::int32_t slot) {
        if (counter->matches(pod)) counter->add(slot, 1);
    });
    buckets_[counter->bucket].push_back(counter.get());
    return counters_.emplace(std::move(key), std::move(counter)).first->second->of_slot;
}

void PodCounters::change(const PodInfo& pod, std::int32_t slot, std::int32_t number) {
    if (counters_.empty()) return;
    const auto change_bucket = [&](const std::string& name) {
        const Bucket* bucket = buckets_.find(name);
        if (bucket == nullptr) return;
        for (Counter* counter : *bucket) {
            if (counter->matches(pod)) counter->add(slot, number);
        }
    };
    change_bucket("");
    std::string name;
    for (const auto& [key, value] : pod.labels()) {
        name.assign(key).append("=").append(value);
        change_bucket(name);
    }
}

void PodCounters::drop_oldest() {
    const auto oldest =
        std::min_element(counters_.begin(), counters_.end(),
                         [](const auto& a, const auto& b) { return a.second->used < b.second->used; });
    Bucket& bucket = buckets_[oldest->second->bucket];
    std::erase(bucket, oldest->second.get());
    if (bucket.empty()) buckets_.erase(oldest->second->bucket);
    counters_.erase(oldest);
}

void AffinityCounters::change(const PodInfo& pod, std::int32_t slot, std::int32_t number) {
    if (!pod.affinities) return;
    change_all(TermKind::RequiredAnti, pod.affinities->required_anti, slot, number);
    change_all(TermKind::Required, pod.affinities->required, slot, number);
    change_all(TermKind::Preferred, pod.affinities->preferred, slot, number);
    change_all(TermKind::PreferredAnti, pod.affinities->preferred_anti, slot, number);
}

void AffinityCounters::change_all(TermKind kind, const std::vector<AffinityTerm>& terms, std::int32_t slot,
                                  std::int32_t number) {
    for (const AffinityTerm& term : terms) {
        std::string key =
            std::to_string(static_cast<int>(kind)) + ";" + std::to_string(term.weight) + ";" + term.text();
        const auto [it, is_new] = terms_.try_emplace(std::move(key));
        CarriedTerm& carried = it->second;
        if (is_new) {
            carried.kind = kind;
            carried.term = term;
        }
        const auto at = static_cast<std::size_t>(slot);
        if (at >= carried.of_slot.size()) carried.of_slot.resize(at + 1);
        carried.of_slot[at] += number;
        carried.total += number;
        ENSURE(carried.of_slot[at] >= 0);
        if (carried.total == 0) terms_.erase(it);
    }
}

}  // namespace kubetab::scheduler
