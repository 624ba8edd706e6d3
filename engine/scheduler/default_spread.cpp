#include "engine/scheduler/default_spread.h"

#include "engine/client/informer.h"

namespace kubetab::scheduler {
namespace {

bool selects(const base::StringMap& selector, const base::StringMap& labels) {
    if (selector.empty()) return false;
    for (const auto& [key, value] : selector) {
        const api::Text* found = labels.get(key);
        if (found == nullptr || *found != value) return false;
    }
    return true;
}

}  // namespace

const CompiledSelector* DefaultSpread::selector_for(const PodInfo& pod) {
    const api::OwnerReference* owner = api::controller_of(pod.pod->metadata);
    api::Ref<api::ReplicaSet> replica_set;
    if (owner != nullptr && owner->kind == "ReplicaSet") {
        replica_set = surroundings_.informers.of<api::ReplicaSet>().find({pod.namespace_(), owner->name});
        if (replica_set && replica_set->metadata.uid != owner->uid) replica_set = nullptr;
    }
    const std::string key = owner != nullptr ? owner->uid.str() : pod.namespace_();
    if (known_.size() >= kKnownMax && !known_.contains(key)) known_.clear();
    const auto [it, is_new] = known_.try_emplace(key);
    Known& known = it->second;
    if (is_new || known.services_version != surroundings_.services_version ||
        known.replica_set != replica_set.get() || known.labels != pod.labels()) {
        known.labels = pod.labels();
        known.services_version = surroundings_.services_version;
        known.replica_set = replica_set.get();
        known.selector = work_out(pod, replica_set.get());
        known.keep = std::move(replica_set);
    }
    return known.selector.matches_everything() ? nullptr : &known.selector;
}

CompiledSelector DefaultSpread::work_out(const PodInfo& pod, const api::ReplicaSet* replica_set) const {
    CompiledSelector selector;
    if (replica_set != nullptr) selector = CompiledSelector(*replica_set->spec.selector);
    const auto& services = surroundings_.informers.of<api::Service>();
    for (const api::Ref<api::Service>& service : services.in_namespace(pod.namespace_())) {
        if (!selects(service->spec.selector, pod.labels())) continue;
        for (const auto& [key, value] : service->spec.selector) selector.require_equal(key, value);
    }
    return selector;
}

}  // namespace kubetab::scheduler
