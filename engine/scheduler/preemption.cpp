#include "engine/scheduler/preemption.h"

#include <algorithm>
#include <tuple>

#include "engine/api/pod_status.h"
#include "engine/base/ensure.h"
#include "engine/base/stable_sort.h"

namespace kubetab::scheduler {
namespace {

constexpr std::string_view kNever = "not eligible due to preemptionPolicy=Never.";
constexpr std::string_view kTerminating = "not eligible due to a terminating pod on the nominated node.";
constexpr std::string_view kNotHelpful = "Preemption is not helpful for scheduling";
constexpr std::string_view kNoVictims = "No preemption victims found for incoming pod";

// A pod that has not started counts as starting now. upstream: util.GetPodStartTime
std::int64_t start_of(const PodInfo& pod, sim::Instant now) {
    const api::Time start = pod.pod->status.startTime;
    return start.is_set() ? start.seconds : now.unix_seconds();
}

// What makes a candidate cheaper than another, smallest first. upstream: pickOneNodeForPreemption
std::tuple<std::int32_t, std::int64_t, std::size_t, std::int64_t> cost_of(const std::vector<PodInfo>& victims,
                                                                          sim::Instant now) {
    ENSURE(!victims.empty());
    const std::int32_t highest = victims.front().priority;
    std::int64_t sum = 0;
    std::int64_t earliest = start_of(victims.front(), now);
    for (const PodInfo& victim : victims) {
        sum += std::int64_t{victim.priority} + (std::int64_t{1} << 31);
        if (victim.priority == highest) earliest = std::min(earliest, start_of(victim, now));
    }
    return {highest, sum, victims.size(), -earliest};
}

}  // namespace

bool is_being_preempted(const api::Pod& pod) {
    if (!pod.metadata.deletionTimestamp.is_set()) return false;
    const api::PodCondition* target = api::find_condition(pod.status.conditions, "DisruptionTarget");
    return target != nullptr && target->status == "True" && target->reason == "PreemptionByScheduler";
}

std::string Preemption::ineligible(const PodInfo& pod, const Diagnosis& diagnosis) const {
    if (pod.spec().preemptionPolicy.value_or("") == "Never") return std::string(kNever);
    const std::string& nominated = pod.pod->status.nominatedNodeName;
    const NodeInfo* node = nominated.empty() ? nullptr : framework_.cache().find_node(nominated);
    if (node == nullptr) return {};
    const std::size_t position = framework_.cache().position(node->slot);
    if (position < diagnosis.refusals.size() &&
        diagnosis.refusals[position].verdict == Verdict::Unresolvable) {
        return {};
    }
    for (const CachedPod* other : node->pods) {
        if (other->info.priority < pod.priority && is_being_preempted(*other->info.pod)) {
            return std::string(kTerminating);
        }
    }
    return {};
}

// The most important first. upstream: util.MoreImportantPod
std::vector<PodInfo> Preemption::lower_pods(const PodInfo& pod, Slot slot) const {
    std::vector<PodInfo> pods;
    for (const CachedPod* other : framework_.cache().node(slot).pods) {
        if (other->info.priority < pod.priority) pods.push_back(other->info);
    }
    return pods;
}

void Preemption::spare(const Question& question, std::vector<PodInfo> lower,
                       const std::map<std::string, bool>& assumed, Candidate& candidate) {
    const PodInfo& pod = question.pod;
    // A total order: no two pods have the same identity.
    const auto more_important = [&](const PodInfo& a, const PodInfo& b) {
        return std::tuple(-std::int64_t{a.priority}, start_of(a, question.now), a.identity()) <
               std::tuple(-std::int64_t{b.priority}, start_of(b, question.now), b.identity());
    };
    base::stable_sort(lower, more_important);
    DisruptionAllowances allowances = question.allowances;
    std::vector<PodInfo> guarded;
    std::vector<PodInfo> others;
    for (const PodInfo& other : lower) (allowances.breaks(other) ? guarded : others).push_back(other);
    Cache& cache = framework_.cache();
    const std::string node_name = cache.node(candidate.slot).name;
    const auto is_spared = [&](const PodInfo& other) {
        cache.add_pod(other, node_name, assumed.at(other.identity()));
        framework_.count_again(pod);
        if (framework_.filter(pod, candidate.slot).fits()) return true;
        (void)cache.remove_pod(other.identity());
        framework_.count_again(pod);
        candidate.victims.push_back(other);
        return false;
    };
    for (const PodInfo& other : guarded) candidate.budgets_broken += is_spared(other) ? 0U : 1U;
    for (const PodInfo& other : others) (void)is_spared(other);
    base::stable_sort(candidate.victims, more_important);
}

// upstream: SelectVictimsOnNode
std::optional<Preemption::Candidate> Preemption::dry_run(const Question& question, Slot slot,
                                                         std::vector<std::string>& texts) {
    const PodInfo& pod = question.pod;
    Cache& cache = framework_.cache();
    const std::string node_name = cache.node(slot).name;
    std::vector<PodInfo> lower = lower_pods(pod, slot);
    if (lower.empty()) {
        texts.emplace_back(kNoVictims);
        return std::nullopt;
    }
    std::map<std::string, bool> assumed;
    for (const PodInfo& other : lower) {
        assumed[other.identity()] = cache.find_pod(other.identity())->assumed;
        (void)cache.remove_pod(other.identity());
    }
    framework_.count_again(pod);
    const Refusal refusal = framework_.filter(pod, slot);
    Candidate candidate{.slot = slot};
    if (refusal.fits()) {
        spare(question, lower, assumed, candidate);
    } else {
        texts = framework_.texts_of(pod, refusal, question.diagnosis);
    }
    for (const PodInfo& other : lower) {
        if (cache.find_pod(other.identity()) == nullptr) {
            cache.add_pod(other, node_name, assumed[other.identity()]);
        }
    }
    framework_.count_again(pod);
    if (!refusal.fits() || candidate.victims.empty()) return std::nullopt;
    return candidate;
}

// upstream: findCandidates, DryRunPreemption
std::vector<Preemption::Candidate> Preemption::find_candidates(const Question& question,
                                                               std::map<std::string, std::size_t>& counts) {
    const Diagnosis& diagnosis = question.diagnosis;
    std::vector<Slot> potential;
    const std::vector<Slot>& order = framework_.cache().order();
    for (std::size_t i = 0; i < diagnosis.refusals.size(); ++i) {
        if (diagnosis.refusals[i].verdict == Verdict::Unschedulable) potential.push_back(order[i]);
    }
    if (order.size() > potential.size()) counts[std::string(kNotHelpful)] = order.size() - potential.size();

    const std::size_t wanted = std::max(kCandidatesMin, potential.size() * kCandidatesPercentage / 100);
    const std::size_t offset =
        potential.empty() ? 0 : static_cast<std::size_t>(random_.below(potential.size()));
    std::vector<Candidate> candidates;
    bool harmless = false;  // whether one of them breaks no budget
    for (std::size_t i = 0; i < potential.size() && (candidates.size() < wanted || !harmless); ++i) {
        std::vector<std::string> texts;
        const Slot slot = potential[(offset + i) % potential.size()];
        std::optional<Candidate> candidate = dry_run(question, slot, texts);
        if (candidate) {
            harmless = harmless || candidate->budgets_broken == 0;
            candidates.push_back(std::move(*candidate));
        }
        for (const std::string& text : texts) ++counts[text];
    }
    return candidates;
}

PreemptionResult Preemption::attempt(const Question& question) {
    PreemptionResult result;
    const std::string why_not = ineligible(question.pod, question.diagnosis);
    if (!why_not.empty()) {
        result.message = "preemption: " + why_not;
        return result;
    }
    std::map<std::string, std::size_t> counts;
    std::vector<Candidate> candidates = find_candidates(question, counts);
    if (candidates.empty()) {
        const std::size_t all = framework_.cache().order().size();
        result.nominated = "";
        result.message = "preemption: " + availability_message(all, {counts.begin(), counts.end()});
        return result;
    }
    const auto best =
        std::min_element(candidates.begin(), candidates.end(), [&](const Candidate& a, const Candidate& b) {
            return std::pair(a.budgets_broken, cost_of(a.victims, question.now)) <
                   std::pair(b.budgets_broken, cost_of(b.victims, question.now));
        });
    result.nominated = framework_.cache().node(best->slot).name;
    result.victims = std::move(best->victims);
    return result;
}

}  // namespace kubetab::scheduler
