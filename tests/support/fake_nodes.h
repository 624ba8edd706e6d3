// FakeNodes: stands in for scheduler and kubelets in tests: binds pods round robin, makes them Running and
// Ready a little later, and ends those that are being deleted. Pods whose first image is "broken" never
// become ready.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/client/informer.h"
#include "engine/sim/simulation.h"
#include "tests/support/fake_api_server.h"

namespace kubetab::testing {

class FakeNodes : public sim::Component {
public:
    FakeNodes(sim::Simulation& simulation, FakeApiServer& server, std::vector<std::string> nodes)
        : simulation_(simulation), server_(server), nodes_(std::move(nodes)), pods_(server) {
        component_ = simulation_.add("fake-nodes", *this);
        pods_.on_change([this](const client::Change& change) { changed(change); });
    }
    ~FakeNodes() override { simulation_.remove(component_); }
    FakeNodes(const FakeNodes&) = delete;
    FakeNodes& operator=(const FakeNodes&) = delete;

    void set_start_time(sim::Duration time) { start_time_ = time; }
    void set_stop_time(sim::Duration time) { stop_time_ = time; }

    void handle(const sim::Event& event) override {
        const api::ObjectKey key = api::ObjectKey::parse(event.key);
        if (!server_.find<api::Pod>(key.namespace_, key.name)) return;
        if (event.kind == kStop) server_.erase<api::Pod>(key.namespace_, key.name);
        else server_.change<api::Pod>(key.namespace_, key.name, [this](api::Pod& pod) { make_ready(pod); });
    }

    static void set_ready(api::Pod& pod, bool ready, sim::Instant now) {
        std::erase_if(pod.status.conditions.edit(),
                      [](const auto& condition) { return condition.type == "Ready"; });
        api::PodCondition condition;
        condition.type = "Ready";
        condition.status = ready ? "True" : "False";
        condition.lastTransitionTime = api::Time(now);
        pod.status.conditions.push_back(condition);
    }

private:
    static constexpr std::int32_t kStart = 1;
    static constexpr std::int32_t kStop = 2;

    void changed(const client::Change& change) {
        if (change.type == client::ChangeType::Deleted) return;
        const auto pod = api::cast<api::Pod>(change.object);
        const api::ObjectKey key = api::ObjectKey::of(pod->metadata);
        const bool was_deleted = change.previous && change.previous->metadata.deletionTimestamp.is_set();
        if (pod->metadata.deletionTimestamp.is_set() && !was_deleted) {
            simulation_.schedule(
                {.component = component_, .after = stop_time_, .kind = kStop, .key = key.text()});
        }
        if (change.type != client::ChangeType::Added || nodes_.empty()) return;
        if (!server_.find<api::Pod>(key.namespace_, key.name)) return;
        server_.change<api::Pod>(key.namespace_, key.name, [this](api::Pod& bound) {
            if (bound.spec->nodeName.empty()) bound.spec.edit().nodeName = nodes_[next_++ % nodes_.size()];
        });
        simulation_.schedule(
            {.component = component_, .after = start_time_, .kind = kStart, .key = key.text()});
    }

    void make_ready(api::Pod& pod) {
        const bool broken = !pod.spec->containers.empty() && pod.spec->containers.front().image == "broken";
        if (broken || pod.metadata.deletionTimestamp.is_set()) return;
        pod.status.phase = "Running";
        pod.status.podIP = "10.244.0." + std::to_string(++last_address_);
        pod.status.podIPs = {{pod.status.podIP}};
        set_ready(pod, true, simulation_.now());
    }

    sim::Simulation& simulation_;
    FakeApiServer& server_;
    std::vector<std::string> nodes_;
    client::Informer<api::Pod> pods_;
    sim::ComponentId component_ = 0;
    sim::Duration start_time_ = sim::milliseconds(500);
    sim::Duration stop_time_ = sim::milliseconds(500);
    std::size_t next_ = 0;
    int last_address_ = 0;
};

}  // namespace kubetab::testing
