#include "engine/api/pod_status.h"

namespace kubetab::api {

bool is_pod_ready(const Pod& pod) {
    return is_condition_true(pod.status.conditions, "Ready");
}

bool is_pod_available(const Pod& pod, std::int32_t min_ready_seconds, Time now) {
    const PodCondition* ready = find_condition(pod.status.conditions, "Ready");
    if (ready == nullptr || ready->status != "True") return false;
    if (min_ready_seconds == 0) return true;
    return ready->lastTransitionTime.is_set() &&
           ready->lastTransitionTime.seconds + min_ready_seconds <= now.seconds;
}

bool is_pod_finished(const Pod& pod) {
    return pod.status.phase == "Succeeded" || pod.status.phase == "Failed";
}

bool is_pod_active(const Pod& pod) {
    return !is_pod_finished(pod) && !is_terminating(pod);
}

bool is_terminating(const Object& object) {
    return object.metadata.deletionTimestamp.is_set();
}

const ContainerStatus* find_container_status(const PodStatus& status, std::string_view container_name) {
    for (const auto* list : {&status.containerStatuses, &status.initContainerStatuses.all(),
                             &status.ephemeralContainerStatuses.all()}) {
        for (const ContainerStatus& candidate : *list) {
            if (candidate.name == container_name) return &candidate;
        }
    }
    return nullptr;
}

const Container* find_container(const PodSpec& spec, std::string_view container_name) {
    for (const auto* list : {&spec.containers, &spec.initContainers}) {
        for (const Container& candidate : *list) {
            if (candidate.name == container_name) return &candidate;
        }
    }
    return nullptr;
}

}  // namespace kubetab::api
