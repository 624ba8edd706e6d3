// The kubelet's own HTTP server: how it is, its pods, what they use, and their logs.
//
// upstream: pkg/kubelet/server/server.go, server/stats/summary.go
// differs: /stats/summary tells only what is simulated; /metrics, /configz, /logs and /runningpods are not
// there.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "engine/api/codec.h"
#include "engine/base/json.h"
#include "engine/base/words.h"
#include "engine/node/kubelet.h"

namespace kubetab::node {
namespace {

using base::Json;
using runtime::HttpRequest;
using runtime::HttpResponse;

HttpResponse no_such_page() {
    return HttpResponse::text(404, "404 page not found\n");
}

std::vector<std::string> parts_of(std::string_view path) {
    std::vector<std::string> parts = base::words::split(path, '/');
    std::erase(parts, "");
    return parts;
}

// upstream: encodePods
HttpResponse pods_answer(const std::vector<api::Ref<api::Pod>>& pods) {
    Json items = Json::array();
    for (const api::Ref<api::Pod>& pod : pods) {
        Json item = api::to_json(api::kind_of<api::Pod>(), *pod);
        item.erase("apiVersion");  // The list says it for all.
        item.erase("kind");
        items.push_back(std::move(item));
    }
    const Json list = {
        {"kind", "PodList"}, {"apiVersion", "v1"}, {"metadata", Json::object()}, {"items", std::move(items)}};
    return HttpResponse::json(200, list.dump() + "\n");
}

std::optional<std::int64_t> number_of(const HttpRequest& request, std::string_view name) {
    const std::string_view text = request.query(name);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

bool has_container(const api::PodSpec& spec, const std::string& name) {
    const auto named = [&](const auto& containers) {
        return std::any_of(containers.begin(), containers.end(),
                           [&](const auto& container) { return container.name == name; });
    };
    return named(spec.containers) || named(spec.initContainers) || named(spec.shared->ephemeralContainers);
}

// upstream: getContainerLogs
HttpResponse log_answer(const Kubelet& kubelet, const HttpRequest& request,
                        const std::vector<std::string>& parts) {
    const api::ObjectKey key{parts[1], parts[2]};
    const std::string& container = parts[3];
    const api::Pod* found = nullptr;
    const std::vector<api::Ref<api::Pod>> pods = kubelet.pods();
    for (const api::Ref<api::Pod>& pod : pods) {
        if (api::ObjectKey::of(pod->metadata) == key) found = pod.get();
    }
    if (found == nullptr)
        return HttpResponse::text(404, fmt::format("pod \"{}\" does not exist\n", key.name));
    if (!has_container(*found->spec, container)) {
        return HttpResponse::text(
            404, fmt::format("container \"{}\" not found in pod \"{}\"\n", container, key.name));
    }
    if (request.query("follow") == "true")
        return HttpResponse::text(400,
                                  "a log is followed by kubectl logs -f, and not through a proxy here\n");
    LogRequest wanted;
    wanted.container = container;
    wanted.previous = request.query("previous") == "true";
    wanted.timestamps = request.query("timestamps") == "true";
    wanted.tail_lines = number_of(request, "tailLines");
    wanted.limit_bytes = number_of(request, "limitBytes");
    wanted.since_seconds = number_of(request, "sinceSeconds");
    const base::Result<LogView> view = kubelet.logs(key, wanted);
    return view.ok() ? HttpResponse::text(200, view->text) : HttpResponse::text(400, view.error().message);
}

Json processor(const std::string& time, std::int64_t milli) {
    return {{"time", time}, {"usageNanoCores", milli * 1'000'000}};
}

Json memory(const std::string& time, std::int64_t bytes) {
    return {{"time", time}, {"workingSetBytes", bytes}};
}

Json pod_usage(const Kubelet& kubelet, const api::Pod& pod, const std::string& time,
               runtime::Usage& of_node) {
    runtime::Usage sum;
    Json containers = Json::array();
    for (const api::ContainerStatus& status : pod.status.containerStatuses) {
        if (!status.state.running) continue;
        const runtime::Usage used = kubelet.usage(api::ObjectKey::of(pod.metadata), status.name);
        sum.cpu_milli += used.cpu_milli;
        sum.memory_bytes += used.memory_bytes;
        containers.push_back({{"name", status.name},
                              {"startTime", api::format_time(status.state.running->startedAt.seconds)},
                              {"cpu", processor(time, used.cpu_milli)},
                              {"memory", memory(time, used.memory_bytes)}});
    }
    of_node.cpu_milli += sum.cpu_milli;
    of_node.memory_bytes += sum.memory_bytes;
    return {
        {"podRef",
         {{"name", pod.metadata.name}, {"namespace", pod.metadata.namespace_}, {"uid", pod.metadata.uid}}},
        {"startTime", api::format_time(pod.status.startTime.seconds)},
        {"containers", std::move(containers)},
        {"cpu", processor(time, sum.cpu_milli)},
        {"memory", memory(time, sum.memory_bytes)}};
}

HttpResponse summary_answer(const Kubelet& kubelet, sim::Instant now) {
    const std::string time = api::format_time(api::Time(now).seconds);
    runtime::Usage sum;
    Json pods = Json::array();
    for (const api::Ref<api::Pod>& pod : kubelet.pods()) {
        if (pod->status.phase == "Running") pods.push_back(pod_usage(kubelet, *pod, time, sum));
    }
    const Json summary = {{"node",
                           {{"nodeName", kubelet.spec().name},
                            {"cpu", processor(time, sum.cpu_milli)},
                            {"memory", memory(time, sum.memory_bytes)}}},
                          {"pods", std::move(pods)}};
    return HttpResponse::json(200, summary.dump(1, ' '));
}

}  // namespace

HttpResponse Kubelet::own_answer(const HttpRequest& request) const {
    const std::vector<std::string> parts = parts_of(request.path());
    const std::string first = parts.empty() ? "" : parts.front();
    if (first == "healthz") {
        const bool known =
            parts.size() == 1 ||
            (parts.size() == 2 && (parts[1] == "log" || parts[1] == "ping" || parts[1] == "syncloop"));
        return known ? HttpResponse::text(200, "ok") : no_such_page();
    }
    if (first == "containerLogs" && parts.size() == 4) {
        if (request.method == "GET") return log_answer(*this, request, parts);
        return HttpResponse::text(405, "405: Method Not Allowed");
    }
    const bool stats = parts.size() == 2 && first == "stats" && parts[1] == "summary";
    const bool list = parts.size() == 1 && first == "pods";
    if (!stats && !list) return no_such_page();
    if (request.method != "GET") return HttpResponse::text(405, "405: Method Not Allowed");
    return stats ? summary_answer(*this, context_.now()) : pods_answer(pods());
}

std::vector<api::Ref<api::Pod>> Kubelet::pods() const {
    std::vector<api::Ref<api::Pod>> pods;
    for (const std::unique_ptr<PodWorker>& known : workers_) pods.push_back(known->pod());
    return pods;
}

std::optional<api::ObjectKey> Kubelet::host_listener(std::int32_t port) {
    for (const std::unique_ptr<PodWorker>& known : workers_) {
        const bool of_host = known->pod()->spec->shared->hostNetwork;
        if (of_host && known->listener(port) != nullptr) return known->key();
    }
    return std::nullopt;
}

}  // namespace kubetab::node
