// kubetab bench: one line per figure, `name value unit`. Processor time is read here only; nothing in the
// engine sees it.

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <optional>
#include <utility>

#if defined(__GLIBC__) || defined(__EMSCRIPTEN__)
#include <malloc.h>
#endif

#include "engine/session/session.h"
#include "engine/tool/tool.h"

namespace kubetab::tool {
namespace {

constexpr sim::Duration kLongestRun = sim::minutes(30);
constexpr int kEventsPerLook = 20;
// What the window gives the engine in one frame. The longest call shows by how much single events overrun it.
constexpr double kSliceSeconds = 0.006;

// Of this process, so that others on the machine do not count.
double processor_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double seconds_of(const std::function<void()>& work) {
    const double begin = processor_seconds();
    work();
    return processor_seconds() - begin;
}

void figure(const std::string& name, double value, const char* unit) {
    std::printf("%s %.3f %s\n", name.c_str(), value, unit);
    std::fflush(stdout);
}

std::shared_ptr<api::Deployment> deployment(std::int32_t replicas, const std::string& name = "web") {
    auto object = std::make_shared<api::Deployment>();
    object->metadata.name = name;
    object->metadata.namespace_ = "default";
    object->spec.replicas = replicas;
    object->spec.selector.edit().matchLabels = {{"app", name}};
    api::PodTemplateSpec& pod = object->spec.template_.edit();
    pod.metadata.labels = {{"app", name}};
    api::Container& container = pod.spec.edit().containers.emplace_back();
    container.name = "web";
    container.image = "nginx:1.25";
    return object;
}

std::int32_t ready(const cluster::Cluster& cluster) {
    std::int32_t sum = 0;
    for (const auto& [key, object] : cluster.store().all(api::kind_of<api::Deployment>()))
        sum += static_cast<const api::Deployment&>(*object).status.readyReplicas;
    return sum;
}

// Looks now and then only, so that looking does not count.
void wait_for_ready(cluster::Cluster& cluster, std::int32_t pods) {
    const sim::Instant limit = cluster.now() + kLongestRun;
    while (ready(cluster) < pods && cluster.now() < limit) {
        for (int events = 0; events < kEventsPerLook; ++events) cluster.simulation().step();
    }
}

// Makes a Deployment and waits until all its pods are Ready.
void bring_up(cluster::Cluster& cluster, std::int32_t pods) {
    (void)cluster.server().create(api::kind_of<api::Deployment>(), deployment(pods), {.actor = "bench"});
    wait_for_ready(cluster, pods);
}

void pods_to_ready(const std::string& name, int nodes, std::int32_t pods) {
    cluster::Cluster cluster({.nodes = nodes, .system_pods = false});
    const sim::Instant began = cluster.now();
    const double seconds = seconds_of([&] { bring_up(cluster, pods); });
    figure(name + "_cpu", seconds, "s");
    figure(name + "_rate", ready(cluster) / seconds, "pods/s");
    figure(name + "_virtual", static_cast<double>((cluster.now() - began).whole_milliseconds()) / 1000, "s");
}

// The longest call of a window that scales a Deployment from its terminal.
void slices() {
    session::Session session({.cluster = {.nodes = 10}});
    session.submit(
        {.kind = session::Input::Kind::Line, .text = "kubectl create deployment web --image=nginx:1.25"});
    session.advance_to(session.now() + sim::minutes(1));
    session.submit(
        {.kind = session::Input::Kind::Line, .text = "kubectl scale deployment web --replicas=1000"});
    double longest = 0;
    int calls = 0;
    bool done = false;
    const sim::Instant target = session.now() + sim::minutes(3);
    while (!done) {
        const double begin = processor_seconds();
        done = session.advance_to(target, [&] { return processor_seconds() - begin > kSliceSeconds; });
        longest = std::max(longest, processor_seconds() - begin);
        ++calls;
    }
    figure("scale_1000_ready", ready(session.cluster()), "pods");
    figure("scale_1000_slices", calls, "calls");
    figure("scale_1000_longest_slice", longest * 1000, "ms");
}

// Bytes that malloc has given out; none where it does not tell.
std::optional<std::size_t> allocated() {
#if defined(__GLIBC__)
    const auto info = mallinfo2();
    return info.uordblks + info.hblkhd;
#elif defined(__EMSCRIPTEN__)
    return static_cast<std::size_t>(mallinfo().uordblks);
#else
    return std::nullopt;
#endif
}

// What 10,000 pods need, with their events and all that watches them, over what their nodes need.
void memory() {
    constexpr std::int32_t kPods = 10'000;
    cluster::Cluster cluster({.nodes = 1000, .system_pods = false});
    cluster.simulation().run_until(cluster.now() + sim::minutes(1));
    const std::optional<std::size_t> before = allocated();
    if (!before) {
        std::fputs("kubetab: memory is measured only where malloc tells what it has given out\n", stderr);
        return;
    }
    bring_up(cluster, kPods);
    cluster.simulation().run_until(cluster.now() + sim::minutes(1));
    figure("memory_per_pod", static_cast<double>(*allocated() - *before) / kPods, "bytes");
}

// The largest cluster that Kubernetes supports.
void huge() {
    constexpr int kNodes = 5'000;
    constexpr std::int32_t kDeployments = 100;
    constexpr std::int32_t kPodsOfEach = 1'500;
    cluster::Cluster cluster({.nodes = kNodes, .system_pods = false});
    const std::optional<std::size_t> before = allocated();
    const double seconds = seconds_of([&] {
        for (std::int32_t i = 0; i < kDeployments; ++i) {
            (void)cluster.server().create(api::kind_of<api::Deployment>(),
                                          deployment(kPodsOfEach, "web-" + std::to_string(i)),
                                          {.actor = "bench"});
        }
        wait_for_ready(cluster, kDeployments * kPodsOfEach);
    });
    figure("pods_150000_nodes_5000_ready", ready(cluster), "pods");
    figure("pods_150000_nodes_5000_cpu", seconds, "s");
    if (before) figure("pods_150000_nodes_5000_memory", static_cast<double>(*allocated()) / 1e6, "MB");
}

// What it costs to bring up a small Deployment in a cluster of so many nodes with ten pods each, without what
// the cluster does anyway in that time.
double cost_in_cluster_of(int nodes) {
    cluster::Cluster cluster({.nodes = nodes, .system_pods = false});
    bring_up(cluster, nodes * 10);
    cluster.simulation().run_until(cluster.now() + sim::minutes(2));
    const sim::Duration window = sim::minutes(1);
    const double idle = seconds_of([&] { cluster.simulation().run_until(cluster.now() + window); });
    const double busy = seconds_of([&] {
        (void)cluster.server().create(api::kind_of<api::Deployment>(), deployment(100, "more"),
                                      {.actor = "bench"});
        cluster.simulation().run_until(cluster.now() + window);
    });
    return busy - idle;
}

void reconcile() {
    const double small = cost_in_cluster_of(100);
    const double large = cost_in_cluster_of(1000);
    figure("deployment_100_pods_in_100_nodes_cpu", small * 1000, "ms");
    figure("deployment_100_pods_in_1000_nodes_cpu", large * 1000, "ms");
    figure("deployment_100_pods_ratio_at_10_times_nodes", large / small, "times");
}

// With a readiness and a liveness probe every ten seconds.
void day() {
    cluster::Cluster cluster({.nodes = 5});
    std::shared_ptr<api::Deployment> object = deployment(50);
    api::Container& container = object->spec.template_.edit().spec.edit().containers.front();
    api::Probe& probe = container.shared.edit().readinessProbe.edit();
    probe.httpGet.edit().port = api::IntOrString(80);
    container.shared.edit().livenessProbe = container.shared.edit().readinessProbe;
    (void)cluster.server().create(api::kind_of<api::Deployment>(), std::move(object), {.actor = "bench"});
    const double seconds =
        seconds_of([&] { cluster.simulation().run_until(cluster.now() + sim::hours(24)); });
    figure("day_5_nodes_50_pods_cpu", seconds, "s");
    figure("day_5_nodes_50_pods_events", static_cast<double>(cluster.simulation().events_run()), "events");
}

void boot() {
    std::optional<session::Session> session;
    figure("boot_first_session", seconds_of([&] { session.emplace(session::SessionSpec{}); }) * 1000, "ms");
    session.reset();
    figure("boot_next_session", seconds_of([&] { session.emplace(session::SessionSpec{}); }) * 1000, "ms");
}

}  // namespace

int bench(const std::vector<std::string>& words) {
    const std::vector<std::pair<std::string, std::function<void()>>> all{
        {"boot", boot},
        {"pods", [] { pods_to_ready("pods_1000_nodes_10", 10, 1000); }},
        {"slices", slices},
        {"day", day},
        {"large", [] { pods_to_ready("pods_10000_nodes_1000", 1000, 10000); }},
        {"memory", memory},
        {"reconcile", reconcile},
        {"huge", huge},
    };
    bool found = words.empty();
    for (const auto& [name, run] : all) {
        if (!words.empty() && words[0] != name) continue;
        found = true;
        run();
    }
    if (!found) std::fputs("kubetab: bench [boot|pods|slices|day|large|memory|reconcile|huge]\n", stderr);
    return found ? 0 : 2;
}

}  // namespace kubetab::tool
