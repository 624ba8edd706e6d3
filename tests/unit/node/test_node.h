// A node with its kubelet over the fake API server, and short ways to make pods and to look at them.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "engine/api/pod_status.h"
#include "engine/node/kubelet.h"
#include "tests/support/fake_api_server.h"

namespace kubetab::node::testing {

inline constexpr sim::Instant kStart{1'767'600'000LL * 1'000'000'000};

class TestNode {
public:
    explicit TestNode(NodeSpec spec = default_spec()) {
        kubelet = std::make_unique<Kubelet>(simulation, server, platform, std::move(spec));
    }

    static NodeSpec default_spec() {
        NodeSpec spec;
        spec.name = "node-1";
        spec.address = "192.168.1.11";
        spec.pod_cidr = "10.244.1.0/24";
        spec.images = {"nginx:1.25", "busybox:1.36"};
        return spec;
    }
    // A pod bound to the node, with one container.
    static api::Pod pod(const std::string& name, const std::string& image, api::Texts command = {},
                        const std::string& policy = "Always") {
        api::Pod pod;
        pod.metadata.name = name;
        pod.metadata.namespace_ = "default";
        api::PodSpec& spec = pod.spec.edit();
        spec.nodeName = "node-1";
        spec.shared.edit().restartPolicy = policy;
        spec.shared.edit().terminationGracePeriodSeconds = 30;
        api::Container container;
        container.name = "c";
        container.image = image;
        container.shared.edit().command = std::move(command);
        spec.containers.push_back(std::move(container));
        return pod;
    }
    static api::Texts shell(const std::string& script) { return {"sh", "-c", script}; }
    static api::Probe probe(std::int32_t period = 10, std::int32_t failures = 3) {
        api::Probe probe;
        probe.periodSeconds = period;
        probe.failureThreshold = failures;
        probe.successThreshold = 1;
        probe.timeoutSeconds = 1;
        return probe;
    }
    static api::Probe http_probe(const std::string& path, std::int32_t port, std::int32_t period = 10,
                                 std::int32_t failures = 3) {
        api::Probe result = probe(period, failures);
        result.httpGet.edit().path = path;
        result.httpGet.edit().port = api::IntOrString(port);
        return result;
    }

    void add(api::Pod pod) {
        pod.status.phase = "Pending";
        server.put(std::move(pod));
    }
    void run(sim::Duration duration) { server.run(duration); }
    api::Ref<api::Pod> find(const std::string& name) const { return server.find<api::Pod>("default", name); }
    api::PodStatus status(const std::string& name) const {
        const api::Ref<api::Pod> found = find(name);
        return found ? found->status : api::PodStatus{};
    }
    api::ContainerStatus container(const std::string& name, const std::string& of = "c") const {
        const api::PodStatus all = status(name);
        const api::ContainerStatus* found = api::find_container_status(all, of);
        return found == nullptr ? api::ContainerStatus{} : *found;
    }
    // "Running", "Waiting:Reason", "Terminated:Reason".
    std::string state(const std::string& name, const std::string& of = "c") const {
        const api::ContainerState state = container(name, of).state;
        if (state.running) return "Running";
        if (state.waiting) return "Waiting:" + state.waiting->reason;
        return state.terminated ? "Terminated:" + state.terminated->reason : "None";
    }
    // "True" or "False(Reason)".
    std::string condition(const std::string& name, const std::string& type) const {
        const api::PodStatus all = status(name);
        const api::PodCondition* found = api::find_condition(all.conditions, type);
        if (found == nullptr) return "absent";
        return found->reason.empty() ? found->status.str() : found->status + "(" + found->reason + ")";
    }
    bool ready(const std::string& name) const { return condition(name, "Ready") == "True"; }
    // Events of pods, oldest first, without those of the node.
    std::vector<std::string> events() const {
        std::vector<std::string> result;
        for (const std::string& text : server.events()) {
            if (text.find("Node node-1") == std::string::npos &&
                text.find("Starting kubelet") == std::string::npos) {
                result.push_back(text);
            }
        }
        return result;
    }
    bool has_event(const std::string& text) const {
        const std::vector<std::string> all = server.events();
        return std::find(all.begin(), all.end(), text) != all.end();
    }
    std::size_t count_events(const std::string& part) const {
        const std::vector<std::string> all = server.events();
        return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const std::string& text) {
            return text.find(part) != std::string::npos;
        }));
    }
    std::string log(const std::string& name, LogRequest request = {}) const {
        const base::Result<LogView> view = kubelet->logs({"default", name}, request);
        return view.ok() ? view->text : "error: " + view.error().message;
    }
    sim::Duration age() const { return simulation.now() - kStart; }

    sim::Simulation simulation{7, kStart};
    kubetab::testing::FakeApiServer server{simulation};
    runtime::Platform platform{};
    std::unique_ptr<Kubelet> kubelet{};
};

}  // namespace kubetab::node::testing
