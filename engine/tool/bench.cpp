// kubetab bench: one line per figure, `name value unit`. Real time is read here only; nothing in the engine sees it.

#include <chrono>
#include <cstdio>
#include <functional>
#include <utility>

#include "engine/session/script_session.h"
#include "engine/tool/tool.h"

namespace kubetab::tool {
namespace {

double seconds_of(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void figure(const char* name, double value, const char* unit) { std::printf("%s %.3f %s\n", name, value, unit); }

std::shared_ptr<api::Object> deployment(std::int32_t replicas) {
    auto object = std::make_shared<api::Deployment>();
    object->metadata.name = "web";
    object->metadata.namespace_ = "default";
    object->spec.replicas = replicas;
    object->spec.selector.edit().matchLabels = {{"app", "web"}};
    api::PodTemplateSpec& pod = object->spec.template_.edit();
    pod.metadata.labels = {{"app", "web"}};
    api::Container& container = pod.spec.edit().containers.emplace_back();
    container.name = "web";
    container.image = "nginx:1.25";
    return object;
}

std::int32_t ready(cluster::Cluster& cluster) {
    const auto stored = cluster.server().get(api::kind_of<api::Deployment>(), {"default", "web"});
    return stored.ok() ? static_cast<const api::Deployment&>(**stored).status.readyReplicas : 0;
}

void pods_to_ready(const char* name, int nodes, std::int32_t pods) {
    cluster::Cluster cluster({.nodes = nodes, .system_pods = false});
    cluster.simulation().run_until(cluster.now() + sim::seconds(20));
    const sim::Instant began = cluster.now();
    const double seconds = seconds_of([&] {
        (void)cluster.server().create(api::kind_of<api::Deployment>(), deployment(pods), {.actor = "bench"});
        while (ready(cluster) < pods && cluster.now() - began < sim::minutes(30)) cluster.simulation().step();
    });
    figure((std::string(name) + "_cpu").c_str(), seconds, "s");
    figure((std::string(name) + "_rate").c_str(), ready(cluster) / seconds, "pods/s");
    figure((std::string(name) + "_virtual").c_str(), static_cast<double>((cluster.now() - began).whole_milliseconds()) / 1000, "s");
}

void one_day() {
    cluster::Cluster cluster({.nodes = 5});
    (void)cluster.server().create(api::kind_of<api::Deployment>(), deployment(50), {.actor = "bench"});
    const double seconds = seconds_of([&] { cluster.simulation().run_until(cluster.now() + sim::hours(24)); });
    figure("day_5_nodes_50_pods", seconds, "s");
    figure("day_events", static_cast<double>(cluster.simulation().events_run()), "events");
}

}  // namespace

int bench(const std::vector<std::string>& words) {
    const std::vector<std::pair<std::string, std::function<void()>>> all{
        {"1000", [] { pods_to_ready("pods_1000_nodes_10", 10, 1000); }},
        {"10000", [] { pods_to_ready("pods_10000_nodes_1000", 1000, 10000); }},
        {"day", [] { one_day(); }},
    };
    bool found = words.empty();
    for (const auto& [name, run] : all) {
        if (!words.empty() && words[0] != name) continue;
        found = true;
        run();
    }
    if (!found) std::fputs("kubetab: bench [1000|10000|day]\n", stderr);
    return found ? 0 : 2;
}

}  // namespace kubetab::tool
