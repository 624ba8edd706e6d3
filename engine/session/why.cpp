#include "engine/session/why.h"

#include <algorithm>
#include <type_traits>

#include "engine/api/batch.h"
#include "engine/api/codec.h"
#include "engine/api/core/replication_controller.h"
#include "engine/api/daemon_set.h"
#include "engine/api/stateful_set.h"

namespace kubetab::session {
namespace {

using api::ChangeType;
using api::Pod;
using store::Write;

bool is_person(const std::string& actor) {
    return actor == "kubectl";
}

std::string actor_name(const std::string& actor) {
    if (is_person(actor)) return "You";
    if (actor.starts_with("kubelet/")) return "kubelet " + actor.substr(8);
    return actor;
}

std::string kind_word(const api::Kind& kind) {
    return std::string(kind.singular);
}

// What changed in a pod, in the words of its life.
std::string pod_action(const Pod& before, const Pod& after) {
    if (before.spec->nodeName.empty() && !after.spec->nodeName.empty())
        return "chose " + after.spec->nodeName;
    if (!before.metadata.deletionTimestamp.is_set() && after.metadata.deletionTimestamp.is_set()) {
        return "asked it to end";
    }
    const auto ready = [](const Pod& pod) {
        return std::any_of(
            pod.status.conditions.begin(), pod.status.conditions.end(),
            [](const api::PodCondition& c) { return c.type == "Ready" && c.status == "True"; });
    };
    const bool became_ready = !ready(before) && ready(after);
    if (before.status.phase != after.status.phase) {
        return "reported " + after.status.phase + (became_ready ? " and ready" : "");
    }
    if (ready(before) != ready(after)) return became_ready ? "found it ready" : "found it not ready";
    const auto restarts = [](const Pod& pod) {
        std::int32_t sum = 0;
        for (const api::ContainerStatus& status : pod.status.containerStatuses) sum += status.restartCount;
        return sum;
    };
    if (restarts(before) < restarts(after)) return "restarted it";
    for (const api::ContainerStatus& status : after.status.containerStatuses) {
        if (status.state.waiting.has_value() && !status.state.waiting->reason.empty()) {
            return "waits: " + status.state.waiting->reason;
        }
    }
    return "updated its status";
}

template <class Spec>
std::string spec_action(const Spec& before, const Spec& after) {
    return api::equal(before.template_, after.template_) ? "changed its spec" : "changed its template";
}

// Of what has a number of pods.
template <class Set>
std::string replicas_action(const api::Object& before, const api::Object& after) {
    const auto& then = static_cast<const Set&>(before);
    const auto& now = static_cast<const Set&>(after);
    const std::int32_t from = then.spec.replicas.value_or(0);
    const std::int32_t to = now.spec.replicas.value_or(0);
    if (from != to) return "scaled it from " + std::to_string(from) + " to " + std::to_string(to);
    if (!api::equal(then.spec, now.spec)) return spec_action(then.spec, now.spec);
    if (std::is_same_v<Set, api::Deployment>) return "updated its status";
    return "counted " + std::to_string(now.status.readyReplicas) + " ready";
}

std::string daemon_set_action(const api::Object& before, const api::Object& after) {
    const auto& then = static_cast<const api::DaemonSet&>(before);
    const auto& now = static_cast<const api::DaemonSet&>(after);
    if (!api::equal(then.spec, now.spec)) return spec_action(then.spec, now.spec);
    return "counted " + std::to_string(now.status.numberReady) + " ready";
}

std::string job_action(const api::Job& before, const api::Job& after) {
    const bool suspended = after.spec.suspend.value_or(false);
    if (before.spec.suspend.value_or(false) != suspended) return suspended ? "suspended it" : "resumed it";
    if (before.status.conditions.size() < after.status.conditions.size()) {
        return "set it to " + after.status.conditions.back().type;
    }
    return "counted " + std::to_string(after.status.succeeded) + " succeeded and " +
           std::to_string(after.status.failed) + " failed";
}

std::string node_action(const api::Node& before, const api::Node& after) {
    if (before.spec.unschedulable != after.spec.unschedulable) {
        return after.spec.unschedulable ? "cordoned it" : "uncordoned it";
    }
    if (before.spec.taints.size() != after.spec.taints.size()) {
        return after.spec.taints.size() > before.spec.taints.size() ? "tainted it" : "removed a taint";
    }
    const auto ready = [](const api::Node& node) {
        for (const api::NodeCondition& condition : node.status.conditions) {
            if (condition.type == "Ready") return condition.status.str();
        }
        return std::string("Unknown");
    };
    if (ready(before) != ready(after)) return "set Ready to " + ready(after);
    return "reported its status";
}

std::string update_action(const Write& write) {
    const api::Object& before = *write.previous;
    const api::Object& after = *write.object;
    if (write.kind == &api::kind_of<Pod>()) {
        return pod_action(static_cast<const Pod&>(before), static_cast<const Pod&>(after));
    }
    struct Entry {
        const api::Kind* kind;
        std::string (*action)(const api::Object& before, const api::Object& after);
    };
    const Entry entries[] = {
        {&api::kind_of<api::Deployment>(), replicas_action<api::Deployment>},
        {&api::kind_of<api::ReplicaSet>(), replicas_action<api::ReplicaSet>},
        {&api::kind_of<api::StatefulSet>(), replicas_action<api::StatefulSet>},
        {&api::kind_of<api::ReplicationController>(), replicas_action<api::ReplicationController>},
        {&api::kind_of<api::DaemonSet>(), daemon_set_action},
    };
    for (const Entry& entry : entries) {
        if (write.kind == entry.kind) return entry.action(before, after);
    }
    if (write.kind == &api::kind_of<api::Job>()) {
        return job_action(static_cast<const api::Job&>(before), static_cast<const api::Job&>(after));
    }
    if (write.kind == &api::kind_of<api::Node>()) {
        return node_action(static_cast<const api::Node&>(before), static_cast<const api::Node&>(after));
    }
    return "changed it";
}

// "scaled it from 3 to 5" becomes "scaled deployment web from 3 to 5", "changed its template" "changed the
// template of deployment web"; what does not speak of the object gets it in brackets.
std::string naming(const std::string& action, const std::string& object) {
    const std::size_t it = action.find(" it");
    if (it == std::string::npos) return action + " (" + object + ")";
    const std::string rest = action.substr(it + 3);
    if (rest.starts_with("s ")) return action.substr(0, it) + " the " + rest.substr(2) + " of " + object;
    return action.substr(0, it + 1) + object + rest;
}

std::string action_of(const Write& write, bool same_object) {
    const std::string object =
        same_object ? "it" : kind_word(*write.kind) + " " + write.object->metadata.name;
    if (write.type == ChangeType::Added) return "made " + object;
    if (write.type == ChangeType::Deleted) return "removed " + object;
    const std::string action = update_action(write);
    return same_object ? action : naming(action, object);
}

WhyStep step_of(const Write& write, bool same_object) {
    WhyStep step;
    step.revision = write.revision;
    step.when = write.when;
    step.actor = actor_name(write.cause.actor);
    step.action = action_of(write, same_object);
    step.reason = write.cause.reason;
    step.kind = write.kind;
    step.key = api::ObjectKey::of(write.object->metadata);
    step.by_person = is_person(write.cause.actor);
    return step;
}

}  // namespace

std::vector<WhyStep> causal_chain(const store::Store& store, const api::Kind& kind, const api::ObjectKey& key,
                                  std::int64_t revision) {
    std::vector<WhyStep> steps;
    std::int64_t cause = 0;
    const auto& log = store.log();
    std::string uid;
    for (auto write = log.rbegin(); write != log.rend() && steps.size() < kWhyLimit; ++write) {
        if (write->revision > revision || write->kind != &kind) continue;
        if (api::ObjectKey::of(write->object->metadata) != key) continue;
        if (uid.empty()) uid = write->object->metadata.uid;
        if (write->object->metadata.uid != uid) break;
        steps.push_back(step_of(*write, true));
        cause = write->cause.revision;
        if (write->type == ChangeType::Added) break;
    }
    while (cause > 0 && steps.size() < kWhyLimit) {
        const Write* write = store.find_write(cause);
        if (write == nullptr) break;
        const bool same = write->kind == &kind && api::ObjectKey::of(write->object->metadata) == key;
        steps.push_back(step_of(*write, same));
        if (write->cause.revision >= cause) break;
        cause = write->cause.revision;
    }
    return steps;
}

std::optional<Tick> tick_of(const Write& write) {
    if (write.kind == &api::kind_of<api::Lease>()) return std::nullopt;
    Tick tick;
    tick.when = write.when;
    tick.revision = write.revision;
    if (is_person(write.cause.actor)) {
        tick.kind = Tick::Kind::Command;
        tick.label = action_of(write, false);
    } else if (write.kind == &api::kind_of<api::Event>()) {
        const auto& event = static_cast<const api::Event&>(*write.object);
        if (event.type != "Warning") return std::nullopt;
        tick.kind = Tick::Kind::Warning;
        tick.label = event.reason;
    }
    return tick;
}

}  // namespace kubetab::session
