#include "engine/controllers/stateful_set_pods.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "engine/api/codec.h"
#include "engine/api/kinds.h"
#include "engine/api/pod_status.h"
#include "engine/controllers/pod_control.h"
#include "engine/controllers/revision_history.h"

namespace kubetab::controllers {
namespace {

using api::OwnerReference;
using api::PersistentVolumeClaim;
using api::StatefulSet;

constexpr std::string_view kPodName = "statefulset.kubernetes.io/pod-name";
constexpr std::string_view kPodIndex = "apps.kubernetes.io/pod-index";
constexpr std::string_view kRevision = "controller-revision-hash";

std::string claim_name(const StatefulSet& set, const api::VolumeClaimTemplate& claim, std::int32_t ordinal) {
    return claim.metadata.name + "-" + set.metadata.name + "-" + std::to_string(ordinal);
}

std::int32_t ordinal_or_zero(const StatefulSet& set, const api::Pod& pod) {
    return ordinal_of(set, pod).value_or(0);
}

// Whether the pod's ordinal is beyond those that the set wants.
bool is_scaled_away(const StatefulSet& set, const api::Pod& pod) {
    const std::int32_t place = ordinal_or_zero(set, pod) - start_ordinal(set);
    return place < 0 || place >= set.spec.replicas.value_or(1);
}

bool set_owner(std::vector<OwnerReference>& owners, const OwnerReference& owner, bool wanted) {
    const auto found = std::find_if(owners.begin(), owners.end(),
                                    [&](const OwnerReference& each) { return each.uid == owner.uid; });
    if ((found != owners.end()) == wanted) return false;
    if (wanted) owners.push_back(owner);
    else owners.erase(found);
    return true;
}

}  // namespace

std::int32_t start_ordinal(const StatefulSet& set) {
    return set.spec.ordinals->start;
}

std::optional<std::int32_t> ordinal_of(const StatefulSet& set, const api::Pod& pod) {
    const std::string& name = pod.metadata.name;
    const std::string prefix = set.metadata.name + "-";
    if (!name.starts_with(prefix)) return std::nullopt;
    std::int32_t ordinal = 0;
    const char* end = name.data() + name.size();
    const auto read = std::from_chars(name.data() + prefix.size(), end, ordinal);
    if (read.ec != std::errc{} || read.ptr != end || ordinal < 0) return std::nullopt;
    return ordinal;
}

bool is_ordered(const StatefulSet& set) {
    return set.spec.podManagementPolicy != "Parallel";
}

std::string revision_of(const api::Pod& pod) {
    const api::Text* revision = pod.metadata.labels.get(kRevision);
    return revision == nullptr ? "" : revision->str();
}

api::Pod make_stateful_pod(const StatefulSet& set, const api::PodTemplateSpec& pod_template,
                           const std::string& revision, std::int32_t ordinal) {
    api::Pod pod;
    pod.metadata.name = set.metadata.name + "-" + std::to_string(ordinal);
    pod.metadata.generateName = set.metadata.name + "-";
    pod.metadata.namespace_ = set.metadata.namespace_;
    pod.metadata.labels = pod_template.metadata.labels;
    pod.metadata.annotations = pod_template.metadata.annotations;
    pod.metadata.finalizers = pod_template.metadata.finalizers;
    pod.metadata.ownerReferences.push_back(controller_reference(api::kind_of<StatefulSet>(), set.metadata));
    pod.metadata.labels[kRevision] = revision;
    pod.spec = pod_template.spec;
    give_identity(set, pod);
    api::PodSpec& spec = pod.spec.edit();
    spec.shared.edit().hostname = pod.metadata.name;
    spec.shared.edit().subdomain = set.spec.serviceName;
    give_storage(set, pod);
    return pod;
}

bool has_identity(const StatefulSet& set, const api::Pod& pod) {
    const api::Text* name = pod.metadata.labels.get(kPodName);
    return ordinal_of(set, pod) && name != nullptr && *name == pod.metadata.name;
}

void give_identity(const StatefulSet& set, api::Pod& pod) {
    pod.metadata.labels[kPodName] = pod.metadata.name;
    pod.metadata.labels[kPodIndex] = std::to_string(ordinal_or_zero(set, pod));
}

bool has_storage(const StatefulSet& set, const api::Pod& pod) {
    const std::vector<api::Volume>& volumes = pod.spec->volumes;
    const std::int32_t ordinal = ordinal_or_zero(set, pod);
    return std::all_of(
        set.spec.volumeClaimTemplates.begin(), set.spec.volumeClaimTemplates.end(),
        [&](const api::VolumeClaimTemplate& claim) {
            return std::any_of(volumes.begin(), volumes.end(), [&](const api::Volume& volume) {
                return volume.name == claim.metadata.name && volume.source->persistentVolumeClaim &&
                       volume.source->persistentVolumeClaim->claimName == claim_name(set, claim, ordinal);
            });
        });
}

// A claim takes the place of a volume of the same name. upstream: updateStorage
void give_storage(const StatefulSet& set, api::Pod& pod) {
    if (set.spec.volumeClaimTemplates.empty()) return;
    std::vector<api::Volume> volumes;
    for (const api::VolumeClaimTemplate& claim : set.spec.volumeClaimTemplates) {
        api::Volume& volume = volumes.emplace_back();
        volume.name = claim.metadata.name;
        volume.source.edit().persistentVolumeClaim.edit().claimName =
            claim_name(set, claim, ordinal_or_zero(set, pod));
    }
    const std::size_t claims = volumes.size();
    for (const api::Volume& volume : pod.spec->volumes) {
        const auto named = [&](const api::Volume& other) { return other.name == volume.name; };
        const auto end = volumes.begin() + static_cast<std::ptrdiff_t>(claims);
        if (std::none_of(volumes.begin(), end, named)) volumes.push_back(volume);
    }
    pod.spec.edit().volumes = std::move(volumes);
}

std::vector<PersistentVolumeClaim> claims_of(const StatefulSet& set, std::int32_t ordinal) {
    std::vector<PersistentVolumeClaim> claims;
    for (const api::VolumeClaimTemplate& wanted : set.spec.volumeClaimTemplates) {
        PersistentVolumeClaim& claim = claims.emplace_back();
        claim.metadata = wanted.metadata;
        claim.metadata.name = claim_name(set, wanted, ordinal);
        claim.metadata.namespace_ = set.metadata.namespace_;
        for (const auto& [key, value] : set.spec.selector->matchLabels) claim.metadata.labels[key] = value;
        claim.spec = wanted.spec;
    }
    return claims;
}

bool apply_retention(const StatefulSet& set, const api::Pod& pod, PersistentVolumeClaim& claim) {
    const auto& policy = *set.spec.persistentVolumeClaimRetentionPolicy;
    const bool pod_owns = policy.whenScaled == "Delete" && is_scaled_away(set, pod);
    const bool set_owns = policy.whenDeleted == "Delete" && !pod_owns;
    const OwnerReference by_set = controller_reference(api::kind_of<StatefulSet>(), set.metadata);
    const OwnerReference by_pod = controller_reference(api::kind_of<api::Pod>(), pod.metadata);
    std::vector<OwnerReference>& owners = claim.metadata.ownerReferences.edit();
    const bool changed = set_owner(owners, by_set, set_owns);
    return set_owner(owners, by_pod, pod_owns) || changed;
}

bool is_running_and_ready(const api::Pod& pod) {
    return pod.status.phase == "Running" && api::is_pod_ready(pod);
}

bool is_running_and_available(const api::Pod& pod, std::int32_t min_ready_seconds, sim::Instant now) {
    return is_running_and_ready(pod) && api::is_pod_available(pod, min_ready_seconds, api::Time(now));
}

bool is_healthy(const api::Pod& pod) {
    return is_running_and_ready(pod) && !api::is_terminating(pod);
}

}  // namespace kubetab::controllers
