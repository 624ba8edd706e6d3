#include "engine/kubectl/commands/pod_choice.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>

#include "engine/api/values.h"
#include "engine/base/stable_sort.h"
#include "engine/kubectl/describe/parts.h"
#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;
using base::text_at;

constexpr const char* kDefaultContainer = "kubectl.kubernetes.io/default-container";
// Later than any instant: an absent time comes last.
constexpr std::int64_t kNever = INT64_MAX;

std::int64_t instant_of(const std::string& timestamp) {
    return api::parse_time_microseconds(timestamp).value_or(kNever);
}

std::optional<std::int64_t> ready_since(const Json& pod) {
    for (const Json& condition : describe::array_at(pod, {"status", "conditions"})) {
        if (text_at(condition, {"type"}) != "Ready" || text_at(condition, {"status"}) != "True") continue;
        return instant_of(text_at(condition, {"lastTransitionTime"}));
    }
    return std::nullopt;
}

std::int64_t most_restarts(const Json& pod) {
    std::int64_t most = 0;
    for (const Json& status : describe::array_at(pod, {"status", "containerStatuses"})) {
        most = std::max(most, base::int_at(status, {"restartCount"}));
    }
    return most;
}

int phase_rank(const Json& pod) {
    const std::string phase = text_at(pod, {"status", "phase"});
    if (phase == "Unknown") return 1;
    return phase == "Pending" ? 2 : 0;
}

// Smaller is better. upstream: kubectl/pkg/util/podutils ByLogging, ActivePods (reversed)
auto rank(const Json& pod, PodOrder order) {
    const std::optional<std::int64_t> ready = ready_since(pod);
    const std::int64_t restarts = most_restarts(pod);
    return std::tuple(text_at(pod, {"spec", "nodeName"}).empty(), phase_rank(pod), !ready.has_value(),
                      ready.value_or(kNever), order == PodOrder::Logging ? -restarts : restarts,
                      instant_of(text_at(pod, {"metadata", "creationTimestamp"})));
}

std::vector<std::string> names_in(const Json& pod, const char* list) {
    std::vector<std::string> names;
    for (const Json& container : describe::array_at(pod, {"spec", list})) {
        names.push_back(text_at(container, {"name"}));
    }
    return names;
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// Waits until a workload has a pod, and goes on with what is done with it.
class FirstPodProcess final : public sim::Process {
public:
    FirstPodProcess(Context& context, std::string in_namespace, std::string selector, PodOrder order,
                    WithPods then)
        : context_(context),
          namespace_(std::move(in_namespace)),
          selector_(std::move(selector)),
          order_(order),
          then_(std::move(then)),
          deadline_(context.now() + context.flags.duration("pod-running-timeout")) {}

    sim::Poll poll(sim::Io& io) override {
        if (next_ == nullptr) {
            if (interrupted_) return sim::Poll::done(kInterrupted);
            const base::Result<bool> found = look();
            if (!found) {
                io.err(error_text({found.error()}));
                return sim::Poll::done(1);
            }
            if (!*found) return sim::Poll::change(deadline_);
        }
        return next_->poll(io);
    }
    void interrupt() override {
        interrupted_ = true;
        if (next_ != nullptr) next_->interrupt();
    }
    bool survives_interrupt() const override { return next_ != nullptr && next_->survives_interrupt(); }

private:
    base::Result<bool> look() {
        const std::vector<Json> pods = TRY(list_pods(context_, namespace_, selector_, order_));
        if (!pods.empty()) {
            next_ = TRY(then_(pods));
            return true;
        }
        if (context_.now() < deadline_) return false;
        return client_error("timed out waiting for the condition");
    }

    Context& context_;
    std::string namespace_;
    std::string selector_;
    PodOrder order_;
    WithPods then_;
    sim::Instant deadline_;
    std::unique_ptr<sim::Process> next_{};
    bool interrupted_ = false;
};

}  // namespace

base::Result<Info> find_pod_or_owner(Context& context, const std::string& typed) {
    ResourceQuery query;
    query.arguments = {typed};
    if (typed.find('/') == std::string::npos) query.arguments = {"pods", typed};
    Found found = find_resources(context, query);
    if (!found.errors.empty()) return found.errors.front();
    if (found.infos.size() != 1) return client_error("expected a resource");
    return std::move(found.infos.front());
}

// upstream: SelectorsForObject
base::Result<std::string> pod_selector(const Info& info) {
    const std::string& kind = info.resource.kind;
    const Json& selector = describe::map_at(info.object, {"spec", "selector"});
    if (kind == "Service" || kind == "ReplicationController") {
        if (!selector.empty()) return describe::format_labels(selector);
        if (kind == "Service") {
            return client_error("invalid service '" + info.name + "': Service is defined without a selector");
        }
        return client_error("replication controller '" + info.name + "' has no selector");
    }
    const bool known = info.resource.todays_group() == "apps" || kind == "Job";
    if (!known || kind == "ControllerRevision") {
        const std::string version = info.resource.version;
        return client_error("selector for *" + version + "." + kind + " not implemented");
    }
    return describe::selector_query(selector);
}

base::Result<std::vector<Json>> list_pods(Context& context, const std::string& in_namespace,
                                          const std::string& selector, PodOrder order) {
    const Json list = TRY(
        list_json(context, "/api/v1/namespaces/" + in_namespace + "/pods", {{"labelSelector", selector}}));
    std::vector<Json> pods;
    for (const Json& pod : describe::array_at(list, {"items"})) pods.push_back(pod);
    base::stable_sort(pods, [&](const Json& a, const Json& b) { return rank(a, order) < rank(b, order); });
    return pods;
}

bool ContainerNames::has(std::string_view name) const {
    return contains(init, name) || contains(main, name) || contains(ephemeral, name);
}

ContainerNames container_names(const Json& pod) {
    return {names_in(pod, "initContainers"), names_in(pod, "containers"),
            names_in(pod, "ephemeralContainers")};
}

// upstream: podcmd.FindOrDefaultContainerByName
std::string default_container(Context& context, const Json& pod) {
    const ContainerNames names = container_names(pod);
    const std::string chosen = text_at(pod, {"metadata", "annotations", kDefaultContainer});
    if (names.has(chosen)) return chosen;
    if (names.main.empty()) return "";
    if (names.main.size() + names.init.size() + names.ephemeral.size() > 1) {
        std::vector<std::string> all = names.main;
        for (const std::string& name : names.ephemeral) all.push_back(name + " (ephem)");
        for (const std::string& name : names.init) all.push_back(name + " (init)");
        context.err("Defaulted container " + quote(names.main.front()) + " out of: " + join(all, ", ") +
                    "\n");
    }
    return names.main.front();
}

// upstream: GetFirstPod, AttachablePodForObject
base::Result<std::unique_ptr<sim::Process>> with_pods_of(Context& context, const Info& info, PodOrder order,
                                                         std::string_view attempt, WithPods then) {
    if (info.resource.kind == "Pod" && info.resource.group.empty()) return then({info.object});
    const base::Result<std::string> selector = pod_selector(info);
    if (!selector) {
        return client_error(std::string(attempt) + " *" + info.resource.version + "." + info.resource.kind +
                            ": " + selector.error().message);
    }
    const std::vector<Json> pods = TRY(list_pods(context, info.namespace_, *selector, order));
    if (!pods.empty()) return then(pods);
    return std::unique_ptr<sim::Process>(
        std::make_unique<FirstPodProcess>(context, info.namespace_, *selector, order, std::move(then)));
}

std::string pod_path(const Json& pod, std::string_view subresource) {
    return "/api/v1/namespaces/" + text_at(pod, {"metadata", "namespace"}) + "/pods/" +
           text_at(pod, {"metadata", "name"}) + "/" + std::string(subresource);
}

}  // namespace kubetab::kubectl
