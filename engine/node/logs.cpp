// Which run of a container `kubectl logs` means, and why there may be none.
// upstream: pkg/kubelet/kubelet_pods.go validateContainerLogStatus, GetKubeletContainerLogs
#include <fmt/format.h>

#include "engine/node/kubelet.h"

namespace kubetab::node {
namespace {

using base::Reason;

LogView view(const runtime::ContainerLog& log, const std::string& run, bool ended, const LogRequest& request,
             sim::Instant now) {
    runtime::LogOptions options;
    options.tail_lines = request.tail_lines;
    options.limit_bytes = request.limit_bytes;
    options.timestamps = request.timestamps;
    options.since = request.since;
    if (request.since_seconds) options.since = now - sim::seconds(*request.since_seconds);
    return {log.text(options, request.from), log.next(), run, ended};
}

}  // namespace

base::Result<LogView> Kubelet::logs(const api::ObjectKey& pod, const LogRequest& request) const {
    if (!answers()) {
        return base::failure(
            Reason::InternalError,
            fmt::format("Get \"https://{0}:10250/containerLogs/{1}/{2}/{3}\": dial tcp {0}:10250: connect: "
                        "{4}",
                        spec_.address, pod.namespace_, pod.name, request.container,
                        power_ == Power::KubeletDown ? "connection refused" : "no route to host"));
    }
    const PodWorker* owner = worker(pod);
    if (owner == nullptr) {
        return base::failure(Reason::NotFound, fmt::format("pod \"{}\" not found", pod.name));
    }
    const ContainerSlot* slot = nullptr;
    for (const ContainerSlot& candidate : owner->slots()) {
        if (request.container.empty() ? !candidate.init : candidate.name == request.container) {
            slot = &candidate;
            break;
        }
    }
    if (slot == nullptr) {
        return base::failure(Reason::BadRequest, fmt::format("container {} is not valid for pod {}",
                                                             request.container, pod.name));
    }
    const auto fail = [&](const std::string& text) {
        return base::failure(Reason::BadRequest,
                             fmt::format("container \"{}\" in pod \"{}\" {}", slot->name, pod.name, text));
    };
    const auto last_run = [&] {
        return view(*slot->last->log, slot->last->url, true, request, context_.now());
    };
    const runtime::Container* run = owner->container(*slot);
    if (request.previous) {
        if (slot->last) return last_run();
        return base::failure(Reason::BadRequest,
                             fmt::format("previous terminated container \"{}\" in pod \"{}\" not found",
                                         slot->name, pod.name));
    }
    const bool ran = run != nullptr && run->state() != runtime::ContainerState::Created;
    if (ran && run->reason() != "StartError")
        return view(*run->log(), run->url(), !run->running(), request, context_.now());
    if (slot->last && slot->last->reason != "StartError") return last_run();
    std::string reason = slot->trouble->waiting_reason;
    if (reason == "ErrImagePull") return fail("is waiting to start: image can't be pulled");
    if (reason == "ImagePullBackOff") return fail("is waiting to start: trying and failing to pull image");
    if (reason.empty())
        reason = owner->pod()->spec->initContainers.empty() ? "ContainerCreating" : "PodInitializing";
    return fail("is waiting to start: " + reason);
}

}  // namespace kubetab::node
