#include "engine/controllers/deletion_ranking.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "engine/api/pod_status.h"

namespace kubetab::controllers {
namespace {

int phase_order(const std::string& phase) {
    if (phase == "Pending") return 0;
    return phase == "Unknown" ? 1 : 2;
}

std::int32_t deletion_cost(const api::Pod& pod) {
    const api::Text* text = pod.metadata.annotations.get("controller.kubernetes.io/pod-deletion-cost");
    if (text == nullptr) return 0;
    std::int32_t cost = 0;
    const auto read = std::from_chars(text->data(), text->data() + text->size(), cost);
    return read.ec == std::errc{} && read.ptr == text->data() + text->size() ? cost : 0;
}

// Since when it is ready; unset when it is not.
api::Time ready_since(const api::Pod& pod) {
    const api::PodCondition* ready = api::find_condition(pod.status.conditions, "Ready");
    return ready != nullptr && ready->status == "True" ? ready->lastTransitionTime : api::Time{};
}

// floor(log2(age in nanoseconds)), or -1 when there is no age.
int age_bucket(api::Time since, sim::Instant now) {
    const std::int64_t age = (now - since.instant()).ns;
    return age > 0 ? static_cast<int>(std::bit_width(static_cast<std::uint64_t>(age))) - 1 : -1;
}

// Which of two moments is later counts only by powers of two; within one the uid decides, so that it is not
// always the newest pods that go.
bool younger_first(api::Time a, api::Time b, const RankedPod& pod_a, const RankedPod& pod_b,
                   sim::Instant now) {
    if (!a.is_set() || !b.is_set()) return !a.is_set();
    const int bucket_a = age_bucket(a, now);
    const int bucket_b = age_bucket(b, now);
    if (bucket_a != bucket_b) return bucket_a < bucket_b;
    return pod_a.pod->metadata.uid < pod_b.pod->metadata.uid;
}

// Most restarts of a container, then of a sidecar.
std::pair<std::int32_t, std::int32_t> restarts(const api::Pod& pod) {
    std::pair<std::int32_t, std::int32_t> most{};
    for (const api::ContainerStatus& status : pod.status.containerStatuses) {
        most.first = std::max(most.first, status.restartCount);
    }
    for (const api::Container& container : pod.spec->initContainers) {
        if (container.shared->restartPolicy != "Always") continue;
        for (const api::ContainerStatus& status : pod.status.initContainerStatuses) {
            if (status.name == container.name) most.second = std::max(most.second, status.restartCount);
        }
    }
    return most;
}

// A merge sort of our own: the rule above is no strict order (uid and restarts can disagree), on which the
// libraries' sorts may differ between builds.
void sort_by_rank(std::vector<RankedPod>& pods, sim::Instant now) {
    std::vector<RankedPod> merged(pods.size());
    for (std::size_t width = 1; width < pods.size(); width *= 2) {
        for (std::size_t start = 0; start < pods.size(); start += 2 * width) {
            const std::size_t middle = std::min(start + width, pods.size());
            const std::size_t end = std::min(start + 2 * width, pods.size());
            std::size_t left = start;
            std::size_t right = middle;
            for (std::size_t to = start; to < end; ++to) {
                const bool take_right =
                    left == middle || (right < end && goes_before(pods[right], pods[left], now));
                merged[to] = std::move(take_right ? pods[right++] : pods[left++]);
            }
        }
        std::swap(pods, merged);
    }
}

}  // namespace

bool goes_before(const RankedPod& a, const RankedPod& b, sim::Instant now) {
    const api::Pod& x = *a.pod;
    const api::Pod& y = *b.pod;
    if (x.spec->nodeName.empty() != y.spec->nodeName.empty()) return x.spec->nodeName.empty();
    const int phase_x = phase_order(x.status.phase);
    const int phase_y = phase_order(y.status.phase);
    if (phase_x != phase_y) return phase_x < phase_y;
    if (api::is_pod_ready(x) != api::is_pod_ready(y)) return !api::is_pod_ready(x);
    const std::int32_t cost_x = deletion_cost(x);
    const std::int32_t cost_y = deletion_cost(y);
    if (cost_x != cost_y) return cost_x < cost_y;
    if (a.related_on_node != b.related_on_node) return a.related_on_node > b.related_on_node;
    const api::Time ready_x = ready_since(x);
    const api::Time ready_y = ready_since(y);
    if (ready_x != ready_y) return younger_first(ready_x, ready_y, a, b, now);
    const auto restarts_x = restarts(x);
    const auto restarts_y = restarts(y);
    if (restarts_x != restarts_y) return restarts_x > restarts_y;
    const api::Time created_x = x.metadata.creationTimestamp;
    const api::Time created_y = y.metadata.creationTimestamp;
    if (created_x != created_y) return younger_first(created_x, created_y, a, b, now);
    return false;
}

std::vector<api::Ref<api::Pod>> pods_to_delete(const std::vector<api::Ref<api::Pod>>& pods,
                                               const std::vector<api::Ref<api::Pod>>& related,
                                               std::size_t count, sim::Instant now) {
    if (count >= pods.size()) return pods;
    std::map<std::string, std::int64_t> on_node;
    for (const api::Ref<api::Pod>& pod : related) {
        if (api::is_pod_active(*pod)) ++on_node[pod->spec->nodeName];
    }
    std::vector<RankedPod> ranked;
    ranked.reserve(pods.size());
    for (const api::Ref<api::Pod>& pod : pods) ranked.push_back({pod, on_node[pod->spec->nodeName]});
    sort_by_rank(ranked, now);

    std::vector<api::Ref<api::Pod>> result;
    for (std::size_t i = 0; i < count; ++i) result.push_back(ranked[i].pod);
    return result;
}

}  // namespace kubetab::controllers
