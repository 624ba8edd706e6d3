#include "engine/controllers/replica_calculator.h"

#include <algorithm>

#include "engine/api/pod_status.h"

namespace kubetab::controllers {
namespace {

using api::Pod;
using api::Ref;
using base::Result;

constexpr sim::Duration kInitialization = sim::minutes(5);   // upstream: cpuInitializationPeriod
constexpr sim::Duration kReadinessDelay = sim::seconds(30);  // upstream: delayOfInitialReadinessStatus
constexpr sim::Duration kWindow = sim::seconds(15);          // of the metrics server
constexpr std::int64_t kToleranceParts = 10;                 // a tenth

base::Status failed(std::string message) {
    return base::failure(base::Reason::Unknown, std::move(message));
}

}  // namespace

// As 1.0 - ratio in floating point: exactly a tenth above is not small, exactly a tenth below is.
bool ReplicaCalculator::Ratio::small() const {
    return used >= wanted ? (used - wanted) * kToleranceParts < wanted
                          : (wanted - used) * kToleranceParts <= wanted;
}

std::int32_t ReplicaCalculator::Ratio::of(std::int64_t pods) const {
    return static_cast<std::int32_t>((used * pods + wanted - 1) / wanted);
}

// upstream: resourceMetricsClient.GetResourceMetric
Result<ReplicaCalculator::Samples> ReplicaCalculator::read(const ResourceQuestion& question) const {
    const std::string about = "unable to get metrics for resource " + question.resource + ": ";
    const Result<std::vector<Ref<api::PodMetrics>>> all = metrics_.pods_in(question.in_namespace);
    if (!all.ok()) {
        return failed(about + "unable to fetch metrics from resource metrics API: " + all.error().message);
    }
    Samples samples;
    bool any = false;
    for (const Ref<api::PodMetrics>& pod : *all) {
        if (!question.selector->matches(pod->metadata.labels)) continue;
        any = true;
        bool found = false;
        Sample sample{0, pod->timestamp};
        for (const api::ContainerMetrics& container : pod->containers) {
            if (!question.container.empty() && container.name != question.container) continue;
            const api::Quantity* used = container.usage.get(question.resource);
            found = true;
            if (used != nullptr) sample.milli += used->milli();
        }
        if (!found) {
            return failed(about + "failed to get container metrics: container " + question.container +
                          " not present in metrics for pod " + pod->metadata.namespace_ + "/" +
                          pod->metadata.name);
        }
        const bool measured = question.resource == "cpu" || question.resource == "memory";
        if (measured) samples[pod->metadata.name] = sample;
    }
    if (!any) return failed(about + "no metrics returned from resource metrics API");
    return samples;
}

// What a pod uses while it starts says little. upstream: groupPods
bool ReplicaCalculator::is_unready(const Pod& pod, const Sample& sample) const {
    const api::PodCondition* ready = api::find_condition(pod.status.conditions, "Ready");
    if (ready == nullptr || !pod.status.startTime.is_set()) return true;
    const sim::Instant started = pod.status.startTime.instant();
    const sim::Instant changed = ready->lastTransitionTime.instant();
    const bool is_false = ready->status == "False";
    if (started + kInitialization > now_) return is_false || sample.at.instant() < changed + kWindow;
    return is_false && started + kReadinessDelay > changed;
}

ReplicaCalculator::Groups ReplicaCalculator::group(const ResourceQuestion& question,
                                                   const Samples& samples) const {
    Groups groups;
    for (const Ref<Pod>& pod : *question.pods) {
        const api::Text& name = pod->metadata.name;
        const auto sample = samples.find(name);
        if (api::is_terminating(*pod) || pod->status.phase == "Failed") {
            groups.ignored.insert(name);
        } else if (pod->status.phase == "Pending") {
            groups.unready.insert(name);
        } else if (sample == samples.end()) {
            groups.missing.insert(name);
        } else if (question.resource == "cpu" && is_unready(*pod, sample->second)) {
            groups.unready.insert(name);
        } else {
            ++groups.ready;
        }
    }
    return groups;
}

// upstream: calculatePodRequests
Result<ReplicaCalculator::Requests> ReplicaCalculator::requests_of(const ResourceQuestion& question) {
    Requests requests;
    for (const Ref<Pod>& pod : *question.pods) {
        std::vector<const api::Container*> containers;
        for (const api::Container& container : pod->spec->containers) containers.push_back(&container);
        for (const api::Container& container : pod->spec->initContainers) {
            if (container.shared->restartPolicy == "Always") containers.push_back(&container);
        }
        std::int64_t& total = requests[pod->metadata.name];
        for (const api::Container* container : containers) {
            if (!question.container.empty() && container->name != question.container) continue;
            const api::Quantity* request = container->resources.requests.get(question.resource);
            if (request == nullptr) {
                return failed("missing request for " + question.resource + " in container " +
                              container->name + " of Pod " + pod->metadata.name);
            }
            total += request->milli();
        }
    }
    return requests;
}

// upstream: GetResourceUtilizationRatio, GetMetricUsageRatio
Result<ReplicaCalculator::Measured> ReplicaCalculator::measure(const ResourceQuestion& question,
                                                               const Samples& samples,
                                                               const Requests& requests) {
    const api::MetricTarget& target = *question.target;
    std::int64_t used = 0;
    std::int64_t requested = 0;
    std::int64_t pods = 0;
    for (const auto& [name, sample] : samples) {
        const auto request = requests.find(name);
        if (!target.averageValue && request == requests.end()) continue;
        used += sample.milli;
        requested += target.averageValue ? 0 : request->second;
        ++pods;
    }
    Measured measured;
    if (target.averageValue) {
        measured.average_milli = used / pods;
        measured.ratio = {measured.average_milli, std::max<std::int64_t>(target.averageValue->milli(), 1)};
        return measured;
    }
    if (requested == 0) return failed("no metrics returned matched known pods");
    const std::int64_t percent = used * 100 / requested;
    measured.average_milli = used / pods;
    measured.utilization = static_cast<std::int32_t>(percent);
    measured.ratio = {percent, target.averageUtilization.value_or(1)};
    return measured;
}

// What is not known counts against scaling: as all that was requested on the way down, as nothing on the way
// up.
void ReplicaCalculator::assume(const ResourceQuestion& question, const Groups& groups, const Ratio& ratio,
                               const Requests& requests, Samples& samples) {
    const api::MetricTarget& target = *question.target;
    for (const api::Text& name : groups.missing) {
        if (!ratio.below() && !ratio.above()) break;
        std::int64_t assumed = 0;
        if (ratio.below() && target.averageValue) assumed = target.averageValue->milli();
        if (ratio.below() && !target.averageValue)
            assumed = requests.at(name) * std::max(100, target.averageUtilization.value_or(0)) / 100;
        samples[name].milli = assumed;
    }
    if (!ratio.above()) return;
    for (const api::Text& name : groups.unready) samples[name].milli = 0;
}

// upstream: GetResourceReplicas, calcPlainMetricReplicas
Result<CalculatedReplicas> ReplicaCalculator::calculate(const ResourceQuestion& question) const {
    Samples samples = TRY(read(question));
    if (question.pods->empty()) return failed("no pods returned by selector while calculating replica count");
    const Groups groups = group(question, samples);
    for (const auto* names : {&groups.ignored, &groups.unready}) {
        for (const api::Text& name : *names) samples.erase(name);
    }
    if (samples.empty()) return failed("did not receive metrics for targeted pods (pods might be unready)");
    Requests requests;
    if (!question.target->averageValue) requests = TRY(requests_of(question));

    const Measured first = TRY(measure(question, samples, requests));
    const Ratio ratio = first.ratio;
    CalculatedReplicas result{question.current, first.utilization, first.average_milli};
    const bool all_known = (groups.unready.empty() || !ratio.above()) && groups.missing.empty();
    if (all_known) {
        if (!ratio.small()) result.replicas = ratio.of(groups.ready);
        return result;
    }
    assume(question, groups, ratio, requests, samples);
    const Ratio second = TRY(measure(question, samples, requests)).ratio;
    const bool turned = (ratio.below() && second.above()) || (ratio.above() && second.below());
    if (second.small() || turned) return result;
    const std::int32_t wanted = second.of(static_cast<std::int64_t>(samples.size()));
    const bool backwards =
        (second.below() && wanted > question.current) || (second.above() && wanted < question.current);
    if (!backwards) result.replicas = wanted;
    return result;
}

}  // namespace kubetab::controllers
