// VolumeBinding: a pod goes where its volumes can be reached; volumes that wait for it are chosen, or asked
// for, with its node.
//
// upstream: pkg/scheduler/framework/plugins/volumebinding
// differs:  storage that is left is not counted, because no simulated driver publishes it.
#include <algorithm>
#include <set>

#include "engine/api/node_selection.h"
#include "engine/api/storage_terms.h"
#include "engine/base/stable_sort.h"
#include "engine/client/client.h"
#include "engine/client/event_recorder.h"
#include "engine/client/informer.h"
#include "engine/scheduler/label_selector.h"
#include "engine/scheduler/plugins/plugins.h"

namespace kubetab::scheduler {
namespace {

using api::PersistentVolume;
using api::PersistentVolumeClaim;
using api::Ref;

// Why a node does not do, as bits of Refusal::detail; told in this order.
constexpr std::int32_t kNodeConflict = 1;
constexpr std::int32_t kBindConflict = 2;
constexpr std::int32_t kNoVolume = 4;

constexpr const char* kNodeConflictText = "node(s) had volume node affinity conflict";
constexpr const char* kBindConflictText = "node(s) didn't find available persistent volumes to bind";
constexpr const char* kNoVolumeText =
    "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)";
constexpr const char* kUnboundText = "pod has unbound immediate PersistentVolumeClaims";

std::string quoted_claim(const std::string& name) {
    return "persistentvolumeclaim \"" + name + "\"";
}

bool reaches(const PersistentVolume& volume, const api::Node& node) {
    return !volume.spec.nodeAffinity->required ||
           api::matches_any_term(*volume.spec.nodeAffinity->required, node.metadata.labels,
                                 node.metadata.name);
}

// upstream: MatchTopologySelectorTerms
bool allows(const api::StorageClass& storage_class, const base::StringMap& labels) {
    const auto meets = [&](const api::TopologySelectorLabelRequirement& requirement) {
        const api::Text* value = labels.get(requirement.key);
        return value != nullptr && api::has_mode(requirement.values, *value);
    };
    const auto& terms = storage_class.allowedTopologies;
    return terms.empty() ||
           std::any_of(terms.begin(), terms.end(), [&](const api::TopologySelectorTerm& term) {
               return std::all_of(term.matchLabelExpressions.begin(), term.matchLabelExpressions.end(),
                                  meets);
           });
}

// What would be done for the claims that wait for the pod, on one node.
struct Plan {
    bool possible = true;
    std::vector<std::pair<Ref<PersistentVolume>, Ref<PersistentVolumeClaim>>> found{};
    std::vector<Ref<PersistentVolumeClaim>> made{};
};

class VolumeBinding : public Plugin {
public:
    explicit VolumeBinding(Surroundings& surroundings)
        : claims_(surroundings.informers.of<PersistentVolumeClaim>()),
          volumes_(surroundings.informers.of<PersistentVolume>()),
          classes_(surroundings.informers.of<api::StorageClass>()),
          client_(surroundings.client) {}
    std::string_view name() const override { return "VolumeBinding"; }

    PreFilterResult pre_filter(const PodInfo& pod) override;
    Refusal filter(const PodInfo& pod, const NodeInfo& node) override;
    void explain(const PodInfo& pod, std::int32_t detail, std::vector<std::string>& texts) const override;
    bool watches_storage() const override { return true; }
    bool useful(const ClusterEvent& event, const PodInfo& pod) override;
    Preparation prepare(const PodInfo& pod, const NodeInfo& node) override;
    Preparation progress(const PodInfo& pod) override;

private:
    // Why the pod can use none of the nodes for now, if the claim is to blame.
    std::string problem_of(const api::Pod& pod, const api::Volume& volume, const std::string& name,
                           const Ref<PersistentVolumeClaim>& claim) const;
    Plan plan(const api::Node& node) const;
    base::Result<void> carry_out(const Plan& plan, const std::string& node);

    client::Informer<PersistentVolumeClaim>& claims_;
    client::Informer<PersistentVolume>& volumes_;
    client::Informer<api::StorageClass>& classes_;
    client::Client* client_;
    // Of this cycle.
    std::vector<Ref<PersistentVolumeClaim>> bound_{};
    std::vector<Ref<PersistentVolumeClaim>> waiting_{};
};

// upstream: podHasPVCs
std::string VolumeBinding::problem_of(const api::Pod& pod, const api::Volume& volume, const std::string& name,
                                      const Ref<PersistentVolumeClaim>& claim) const {
    if (!claim && volume.source->ephemeral)
        return "waiting for ephemeral volume controller to create the " + quoted_claim(name);
    if (!claim) return quoted_claim(name) + " not found";
    if (claim->status.phase == "Lost") {
        return quoted_claim(name) + " bound to non-existent persistentvolume \"" + claim->spec.volumeName +
               "\"";
    }
    if (claim->metadata.deletionTimestamp.is_set()) return quoted_claim(name) + " is being deleted";
    const api::OwnerReference* owner = api::controller_of(claim->metadata);
    if (volume.source->ephemeral && (owner == nullptr || owner->uid != pod.metadata.uid)) {
        return "PVC " + api::ObjectKey::of(claim->metadata).text() + " was not created for pod " +
               api::ObjectKey::of(pod.metadata).text() + " (pod is not owner)";
    }
    return {};
}

PreFilterResult VolumeBinding::pre_filter(const PodInfo& pod) {
    bound_.clear();
    waiting_.clear();
    bool immediate = false;
    for (const api::Volume& volume : pod.spec().volumes) {
        const std::string name = api::claim_name(pod.pod->metadata, volume);
        if (name.empty()) continue;
        const Ref<PersistentVolumeClaim> claim = claims_.find({pod.namespace_(), name});
        std::string problem = problem_of(*pod.pod, volume, name, claim);
        if (!problem.empty()) return PreFilterResult::reject(std::move(problem));
        if (is_bound(*claim)) {
            bound_.push_back(claim);
            continue;
        }
        const Ref<api::StorageClass> storage_class = classes_.find({"", class_of(*claim)});
        const bool delayed = storage_class && claim->spec.volumeName.empty() &&
                             storage_class->volumeBindingMode.value_or("") == "WaitForFirstConsumer";
        if (delayed) waiting_.push_back(claim);
        else immediate = true;
    }
    if (immediate) return PreFilterResult::reject(kUnboundText);
    return bound_.empty() && waiting_.empty() ? PreFilterResult::skip() : PreFilterResult::run();
}

// upstream: FindPodVolumes
Refusal VolumeBinding::filter(const PodInfo&, const NodeInfo& node) {
    std::int32_t detail = 0;
    for (const Ref<PersistentVolumeClaim>& claim : bound_) {
        const Ref<PersistentVolume> volume = volumes_.find({"", claim->spec.volumeName});
        if (!volume) detail |= kNoVolume;
        else if (!reaches(*volume, *node.node)) detail |= kNodeConflict;
    }
    if (!waiting_.empty() && !plan(*node.node).possible) detail |= kBindConflict;
    return detail == 0 ? Refusal{} : Refusal{Verdict::Unresolvable, 0, detail};
}

void VolumeBinding::explain(const PodInfo&, std::int32_t detail, std::vector<std::string>& texts) const {
    if ((detail & kNodeConflict) != 0) texts.emplace_back(kNodeConflictText);
    if ((detail & kBindConflict) != 0) texts.emplace_back(kBindConflictText);
    if ((detail & kNoVolume) != 0) texts.emplace_back(kNoVolumeText);
}

// upstream: findMatchingVolumes, checkVolumeProvisions
Plan VolumeBinding::plan(const api::Node& node) const {
    Plan plan;
    std::vector<Ref<PersistentVolumeClaim>> smallest_first = waiting_;
    base::stable_sort(smallest_first,
                      [](const Ref<PersistentVolumeClaim>& a, const Ref<PersistentVolumeClaim>& b) {
                          return request_of(*a) < request_of(*b);
                      });
    const std::vector<Ref<PersistentVolume>> volumes = volumes_.all();
    std::set<api::Text> taken;
    const api::VolumeSearch search{
        .reachable = [&node](const PersistentVolume& volume) { return reaches(volume, node); },
        .taken = &taken,
        .delayed = true};
    for (const Ref<PersistentVolumeClaim>& claim : smallest_first) {
        const std::string selected = claim->metadata.annotations.value_or(api::kSelectedNode, "");
        if (!selected.empty() && selected != node.metadata.name) return {.possible = false};
        const Ref<PersistentVolume> volume =
            selected.empty() ? find_matching_volume(*claim, volumes, search) : nullptr;
        if (volume) {
            taken.insert(volume->metadata.name);
            plan.found.emplace_back(volume, claim);
            continue;
        }
        const Ref<api::StorageClass> storage_class = classes_.find({"", class_of(*claim)});
        const bool makes = storage_class && storage_class->provisioner != api::kNoProvisioner;
        if (!makes || !allows(*storage_class, node.metadata.labels)) return {.possible = false};
        plan.made.push_back(claim);
    }
    return plan;
}

// A claim that the pod uses, or any volume or class, may be what it waits for.
bool VolumeBinding::useful(const ClusterEvent& event, const PodInfo& pod) {
    if (event.kind != ClusterEvent::Kind::StorageChanged) return event.concerns_node();
    if (event.storage_kind != &api::kind_of<PersistentVolumeClaim>()) return true;
    if (event.storage->metadata.namespace_ != pod.namespace_()) return false;
    const auto& volumes = pod.spec().volumes;
    return std::any_of(volumes.begin(), volumes.end(), [&](const api::Volume& volume) {
        return api::claim_name(pod.pod->metadata, volume) == event.storage->metadata.name.str();
    });
}

// upstream: AssumePodVolumes, bindAPIUpdate
base::Result<void> VolumeBinding::carry_out(const Plan& plan, const std::string& node) {
    for (const auto& [volume, claim] : plan.found) {
        if (is_for(*volume, *claim)) continue;
        PersistentVolume next = *volume;
        next.spec.claimRef =
            client::EventRecorder::reference_to(api::kind_of<PersistentVolumeClaim>(), *claim);
        next.metadata.annotations[api::kBoundByController] = "yes";
        TRY(client_->update(std::move(next)));
    }
    for (const Ref<PersistentVolumeClaim>& claim : plan.made) {
        if (claim->metadata.annotations.value_or(api::kSelectedNode, "") == node) continue;
        PersistentVolumeClaim next = *claim;
        next.metadata.annotations[api::kSelectedNode] = node;
        TRY(client_->update(std::move(next)));
    }
    return {};
}

Preparation VolumeBinding::prepare(const PodInfo& pod, const NodeInfo& node) {
    if (pre_filter(pod).kind != PreFilterResult::Kind::Run || waiting_.empty()) return {};
    if (client_ == nullptr) return {};
    const base::Result<void> written = carry_out(plan(*node.node), node.name);
    if (written.ok()) return {Preparation::State::Waiting, {}};
    return {Preparation::State::Failed, "binding volumes: " + written.error().message};
}

// upstream: checkBindings
Preparation VolumeBinding::progress(const PodInfo& pod) {
    bool all = true;
    for (const api::Volume& volume : pod.spec().volumes) {
        const std::string name = api::claim_name(pod.pod->metadata, volume);
        if (name.empty()) continue;
        const Ref<PersistentVolumeClaim> claim = claims_.find({pod.namespace_(), name});
        if (!claim) {
            return {Preparation::State::Failed, "binding volumes: could not get PVC \"" + pod.namespace_() +
                                                    "/" + name + "\": " + quoted_claim(name) + " not found"};
        }
        all = all && is_bound(*claim);
    }
    return {all ? Preparation::State::Ready : Preparation::State::Waiting, {}};
}

}  // namespace

std::unique_ptr<Plugin> make_volume_binding(Surroundings& surroundings) {
    return std::make_unique<VolumeBinding>(surroundings);
}

}  // namespace kubetab::scheduler
