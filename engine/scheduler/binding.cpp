// From the choice of a node to the binding: what the plugins prepare there, most of all volumes.
// upstream: pkg/scheduler/schedule_one.go bindingCycle
#include <utility>
#include <vector>

#include "engine/api/kinds.h"
#include "engine/scheduler/scheduler.h"

namespace kubetab::scheduler {
namespace {

api::ObjectKey key_of(const PodInfo& pod) {
    return api::ObjectKey::of(pod.pod->metadata);
}

std::string pre_bind_text(std::string_view plugin, const std::string& message) {
    return "running PreBind plugin \"" + std::string(plugin) + "\": " + message;
}

}  // namespace

void Scheduler::bind(std::unique_ptr<QueuedPod> pod, Decision decision) {
    const api::Text identity = pod->info.identity();
    const std::string node_name = decision.node;
    client_.because(pod->woken_by, decision.message);
    decisions_.add(std::move(decision));
    cache_.add_pod(pod->info, node_name, true);
    nominations_.remove(identity);
    const NodeInfo* node = cache_.find_node(node_name);
    std::string_view plugin;
    const Preparation preparation = node == nullptr ? Preparation{} : prepare(pod->info, *node, plugin);
    if (preparation.state == Preparation::State::Failed)
        return give_up_bind(std::move(pod), pre_bind_text(plugin, preparation.message));
    if (preparation.state == Preparation::State::Ready) return finish_bind(std::move(pod), node_name);
    bindings_[identity] = {std::move(pod), node_name, plugin, simulation_.now()};
}

// Of several plugins the first that is not ready counts.
Preparation Scheduler::prepare(const PodInfo& pod, const NodeInfo& node, std::string_view& plugin) {
    for (const std::unique_ptr<Plugin>& each : plugins_) {
        Preparation preparation = each->prepare(pod, node);
        if (preparation.state == Preparation::State::Ready) continue;
        plugin = each->name();
        return preparation;
    }
    return {};
}

void Scheduler::finish_bind(std::unique_ptr<QueuedPod> pod, const std::string& node_name) {
    const base::Result<void> bound = client_.bind(key_of(pod->info), node_name);
    if (!bound.ok()) {
        return give_up_bind(std::move(pod),
                            "running Bind plugin \"DefaultBinder\": " + bound.error().message);
    }
    events_.record(*pod->info.pod, nullptr,
                   {.type = "Normal",
                    .reason = "Scheduled",
                    .action = "Binding",
                    .note = "Successfully assigned " + key_of(pod->info).text() + " to " + node_name},
                   Repeats::Never);
}

void Scheduler::give_up_bind(std::unique_ptr<QueuedPod> pod, const std::string& message) {
    const PodInfo forgotten = cache_.remove_pod(pod->info.identity());
    ClusterEvent event{.kind = ClusterEvent::Kind::AssignedPodRemoved};
    event.pod = &forgotten;
    queue_.move(event, pod->woken_by, simulation_.now());
    pod->refused_by = 0;
    fail(std::move(pod), {.reason = "SchedulerError", .message = message, .nominated = ""});
}

void Scheduler::follow_bindings() {
    std::vector<std::pair<Binding, Preparation>> over;
    for (auto it = bindings_.begin(); it != bindings_.end();) {
        Preparation preparation;
        for (const std::unique_ptr<Plugin>& plugin : plugins_) {
            if (plugin->name() == it->second.plugin) preparation = plugin->progress(it->second.pod->info);
        }
        if (preparation.state == Preparation::State::Waiting) {
            ++it;
            continue;
        }
        over.emplace_back(std::move(it->second), std::move(preparation));
        it = bindings_.erase(it);
    }
    for (auto& [binding, preparation] : over) {
        if (preparation.state == Preparation::State::Ready) {
            client_.because("its volumes are bound");
            finish_bind(std::move(binding.pod), binding.node);
        } else {
            give_up_bind(std::move(binding.pod), pre_bind_text(binding.plugin, preparation.message));
        }
    }
}

void Scheduler::expire_bindings() {
    std::vector<Binding> late;
    for (auto it = bindings_.begin(); it != bindings_.end();) {
        if (simulation_.now() - it->second.since < kBindTimeout) {
            ++it;
            continue;
        }
        late.push_back(std::move(it->second));
        it = bindings_.erase(it);
    }
    for (Binding& binding : late) {
        give_up_bind(std::move(binding.pod),
                     pre_bind_text(binding.plugin, "binding volumes: context deadline exceeded"));
    }
}

void Scheduler::storage_changed(const client::Change& change) {
    if (running_) follow_bindings();
    if (change.type == client::ChangeType::Deleted) return;
    ClusterEvent event{.kind = ClusterEvent::Kind::StorageChanged};
    event.storage_kind = change.kind;
    event.storage = change.object.get();
    queue_.move(event, change.revision, simulation_.now());
}

}  // namespace kubetab::scheduler
