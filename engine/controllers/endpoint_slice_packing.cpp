#include "engine/controllers/endpoint_slice_packing.h"

#include <algorithm>
#include <deque>
#include <string>
#include <utility>

#include "engine/api/codec.h"
#include "engine/base/stable_sort.h"

namespace kubetab::controllers {
namespace {

using api::Endpoint;
using api::EndpointSlice;
using api::Ref;

// Which endpoint it is, whatever its conditions.
std::string identity(const Endpoint& endpoint) {
    std::string text =
        endpoint.targetRef->uid + "/" + endpoint.hostname.value_or("") + "/" + endpoint.nodeName.value_or("");
    for (const std::string& address : endpoint.addresses) text += "/" + address;
    return text;
}

bool same_ports(const PortList& a, const PortList& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const auto& x, const auto& y) { return api::equal(x, y); });
}

bool same_labels(const EndpointSlice& slice, const EndpointSlice& blank) {
    return slice.metadata.labels == blank.metadata.labels;
}

class Packer {
public:
    Packer(const EndpointSlice& blank, std::size_t limit) : blank_(blank), limit_(limit) {}

    void pack(const std::vector<Ref<EndpointSlice>>& existing, const EndpointGroup& group, SlicePlan& plan) {
        pending_.clear();
        updated_.clear();
        unchanged_.clear();
        for (const Endpoint& endpoint : group.endpoints) pending_.emplace(identity(endpoint), endpoint);
        for (const Ref<EndpointSlice>& slice : existing) keep(slice, plan);
        order_of(group);
        fill_updated();
        place_rest(group, plan);
        for (EndpointSlice& slice : updated_) plan.update.push_back(std::move(slice));
    }

private:
    void keep(const Ref<EndpointSlice>& slice, SlicePlan& plan) {
        std::vector<Endpoint> kept;
        bool changed = !same_labels(*slice, blank_);
        for (const Endpoint& endpoint : slice->endpoints) {
            const auto wanted = pending_.find(identity(endpoint));
            if (wanted == pending_.end()) {
                changed = true;
                continue;
            }
            changed = changed || !api::equal(endpoint, wanted->second);
            kept.push_back(wanted->second);
            pending_.erase(wanted);
        }
        if (!changed) {
            unchanged_.push_back(slice);
        } else if (kept.empty()) {
            plan.remove.push_back(slice);
        } else {
            EndpointSlice next = *slice;
            next.metadata.labels = blank_.metadata.labels;
            next.endpoints = std::move(kept);
            updated_.push_back(std::move(next));
        }
    }

    // What is not in a slice yet, in the group's order.
    void order_of(const EndpointGroup& group) {
        waiting_.clear();
        for (const Endpoint& endpoint : group.endpoints) {
            if (pending_.erase(identity(endpoint)) > 0) waiting_.push_back(endpoint);
        }
    }

    void fill(EndpointSlice& slice) {
        while (!waiting_.empty() && slice.endpoints.size() < limit_) {
            slice.endpoints.push_back(std::move(waiting_.front()));
            waiting_.pop_front();
        }
    }

    void fill_updated() {
        base::stable_sort(
            updated_, [](const auto& a, const auto& b) { return a.endpoints.size() > b.endpoints.size(); });
        for (EndpointSlice& slice : updated_) fill(slice);
    }

    // The unchanged slice that becomes fullest without overflowing.
    std::vector<Ref<EndpointSlice>>::iterator slice_to_fill() {
        auto best = unchanged_.end();
        for (auto it = unchanged_.begin(); it != unchanged_.end(); ++it) {
            if ((*it)->endpoints.size() + waiting_.size() > limit_) continue;
            if (best == unchanged_.end() || (*it)->endpoints.size() > (*best)->endpoints.size()) best = it;
        }
        return best;
    }

    void place_rest(const EndpointGroup& group, SlicePlan& plan) {
        while (!waiting_.empty()) {
            const auto old = waiting_.size() < limit_ ? slice_to_fill() : unchanged_.end();
            if (old != unchanged_.end()) {
                EndpointSlice next = **old;
                unchanged_.erase(old);
                fill(next);
                updated_.push_back(std::move(next));
                continue;
            }
            EndpointSlice fresh = blank_;
            fresh.ports = group.ports;
            fill(fresh);
            plan.create.push_back(std::move(fresh));
        }
    }

    const EndpointSlice& blank_;
    std::size_t limit_;
    std::map<std::string, Endpoint> pending_{};
    std::deque<Endpoint> waiting_{};
    std::vector<EndpointSlice> updated_{};
    std::vector<Ref<EndpointSlice>> unchanged_{};
};

void keep_placeholder(std::size_t existing, const EndpointSlice& blank, SlicePlan& plan) {
    if (existing != plan.remove.size() || !plan.create.empty()) return;
    const bool is_one = plan.remove.size() == 1 && plan.remove[0]->endpoints.empty() &&
                        plan.remove[0]->ports.empty() && same_labels(*plan.remove[0], blank);
    if (is_one) plan.remove.clear();
    else plan.create.push_back(blank);
}

void reuse_names(SlicePlan& plan) {
    while (!plan.create.empty() && !plan.remove.empty()) {
        EndpointSlice next = std::move(plan.create.front());
        plan.create.erase(plan.create.begin());
        const api::ObjectMeta& old = plan.remove.front()->metadata;
        const base::StringMap labels = next.metadata.labels;
        next.metadata = old;
        next.metadata.labels = labels;
        plan.remove.erase(plan.remove.begin());
        plan.update.push_back(std::move(next));
    }
}

}  // namespace

SlicePlan pack(const std::vector<Ref<EndpointSlice>>& existing, const std::vector<EndpointGroup>& groups,
               const EndpointSlice& blank, std::size_t endpoints_per_slice) {
    SlicePlan plan;
    std::vector<Ref<EndpointSlice>> rest = existing;
    for (const EndpointGroup& group : groups) {
        std::vector<Ref<EndpointSlice>> own;
        for (const Ref<EndpointSlice>& slice : rest) {
            if (same_ports(slice->ports, group.ports)) own.push_back(slice);
        }
        std::erase_if(rest,
                      [&](const Ref<EndpointSlice>& slice) { return same_ports(slice->ports, group.ports); });
        Packer(blank, endpoints_per_slice).pack(own, group, plan);
    }
    plan.remove.insert(plan.remove.end(), rest.begin(), rest.end());
    keep_placeholder(existing.size(), blank, plan);
    reuse_names(plan);
    return plan;
}

}  // namespace kubetab::controllers
