#include <fmt/format.h>

#include "engine/kubectl/commands/commands.h"
#include "engine/kubectl/commands/object_watch.h"
#include "engine/kubectl/resources.h"

namespace kubetab::kubectl {
namespace {

using base::int_at;
using base::Json;
using base::text_at;

struct Progress {
    std::string text{};
    bool done = false;
};

std::string revision_of(const Json& object) {
    return text_at(object, {"metadata", "annotations", "deployment.kubernetes.io/revision"});
}

bool is_observed(const Json& object) {
    return int_at(object, {"metadata", "generation"}) <= int_at(object, {"status", "observedGeneration"});
}

bool has_exceeded_deadline(const Json& deployment) {
    const Json* conditions = base::find(deployment, {"status", "conditions"});
    if (conditions == nullptr || !conditions->is_array()) return false;
    for (const Json& condition : *conditions) {
        if (text_at(condition, {"type"}) == "Progressing") {
            return text_at(condition, {"reason"}) == "ProgressDeadlineExceeded";
        }
    }
    return false;
}

// upstream: staging/src/k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go DeploymentStatusViewer
base::Result<Progress> deployment_progress(const Json& deployment, std::int32_t revision) {
    const std::string name = text_at(deployment, {"metadata", "name"});
    if (revision > 0 && revision_of(deployment) != std::to_string(revision)) {
        return client_error(fmt::format("desired revision ({}) is different from the running revision ({})",
                                        revision, revision_of(deployment)));
    }
    if (!is_observed(deployment)) return Progress{"Waiting for deployment spec update to be observed...\n"};
    if (has_exceeded_deadline(deployment)) {
        return client_error(fmt::format("deployment \"{}\" exceeded its progress deadline", name));
    }
    const std::string start = fmt::format("Waiting for deployment \"{}\" rollout to finish: ", name);
    const std::int64_t desired = int_at(deployment, {"spec", "replicas"}, 1);
    const std::int64_t updated = int_at(deployment, {"status", "updatedReplicas"});
    const std::int64_t total = int_at(deployment, {"status", "replicas"});
    const std::int64_t available = int_at(deployment, {"status", "availableReplicas"});
    if (updated < desired) {
        return Progress{start +
                        fmt::format("{} out of {} new replicas have been updated...\n", updated, desired)};
    }
    if (total > updated)
        return Progress{start + fmt::format("{} old replicas are pending termination...\n", total - updated)};
    if (available < updated) {
        return Progress{start +
                        fmt::format("{} of {} updated replicas are available...\n", available, updated)};
    }
    return Progress{fmt::format("deployment \"{}\" successfully rolled out\n", name), true};
}

base::Result<void> require_rolling_update(const Json& object) {
    if (text_at(object, {"spec", "updateStrategy", "type"}) == "RollingUpdate") return {};
    return client_error("rollout status is only available for RollingUpdate strategy type");
}

base::Result<Progress> daemon_set_progress(const Json& set, std::int32_t) {
    TRY(require_rolling_update(set));
    if (!is_observed(set)) return Progress{"Waiting for daemon set spec update to be observed...\n"};
    const std::string name = text_at(set, {"metadata", "name"});
    const std::string start = fmt::format("Waiting for daemon set \"{}\" rollout to finish: ", name);
    const std::int64_t desired = int_at(set, {"status", "desiredNumberScheduled"});
    const std::int64_t updated = int_at(set, {"status", "updatedNumberScheduled"});
    const std::int64_t available = int_at(set, {"status", "numberAvailable"});
    if (updated < desired) {
        return Progress{start +
                        fmt::format("{} out of {} new pods have been updated...\n", updated, desired)};
    }
    if (available < desired) {
        return Progress{start + fmt::format("{} of {} updated pods are available...\n", available, desired)};
    }
    return Progress{fmt::format("daemon set \"{}\" successfully rolled out\n", name), true};
}

base::Result<Progress> stateful_set_progress(const Json& set, std::int32_t) {
    TRY(require_rolling_update(set));
    const std::int64_t observed = int_at(set, {"status", "observedGeneration"});
    if (observed == 0 || !is_observed(set))
        return Progress{"Waiting for statefulset spec update to be observed...\n"};
    const std::int64_t desired = int_at(set, {"spec", "replicas"}, 1);
    const std::int64_t ready = int_at(set, {"status", "readyReplicas"});
    const std::int64_t updated = int_at(set, {"status", "updatedReplicas"});
    if (ready < desired)
        return Progress{fmt::format("Waiting for {} pods to be ready...\n", desired - ready)};
    const Json* rolling = base::find(set, {"spec", "updateStrategy", "rollingUpdate"});
    if (rolling != nullptr && rolling->is_object()) {
        const std::int64_t wanted = desired - int_at(*rolling, {"partition"});
        if (updated < wanted) {
            return Progress{fmt::format(
                "Waiting for partitioned roll out to finish: {} out of {} new pods have been updated...\n",
                updated, wanted)};
        }
        return Progress{
            fmt::format("partitioned roll out complete: {} new pods have been updated...\n", updated), true};
    }
    const std::string update = text_at(set, {"status", "updateRevision"});
    const std::string current = text_at(set, {"status", "currentRevision"});
    if (update != current) {
        return Progress{
            fmt::format("waiting for statefulset rolling update to complete {} pods at revision {}...\n",
                        updated, update)};
    }
    return Progress{fmt::format("statefulset rolling update complete {} pods at revision {}...\n",
                                int_at(set, {"status", "currentReplicas"}), current),
                    true};
}

using ProgressFunction = base::Result<Progress> (*)(const Json&, std::int32_t);

ProgressFunction progress_function(const ApiResource& resource) {
    if (resource.todays_group() != "apps") return nullptr;
    if (resource.kind == "Deployment") return deployment_progress;
    if (resource.kind == "DaemonSet") return daemon_set_progress;
    if (resource.kind == "StatefulSet") return stateful_set_progress;
    return nullptr;
}

// Follows one object after the other until its rollout has finished.
class StatusProcess : public sim::Process {
public:
    StatusProcess(Context& context, Found found)
        : context_(context), found_(std::move(found)), failed_(!found_.errors.empty()) {
        const sim::Duration timeout = context.flags.duration("timeout");
        if (timeout.ns > 0) timeout_ = timeout;
    }

    sim::Poll poll(sim::Io& io) override {
        while (next_ < found_.infos.size()) {
            const base::Result<bool> done = advance(io);
            if (!done.ok()) {
                io.err(error_text({done.error()}));
                return sim::Poll::done(1);
            }
            if (!*done) return sim::Poll::change(deadline_);
            following_ = false;
            ++next_;
        }
        io.err(error_text(found_.errors));
        return sim::Poll::done(failed_ ? 1 : 0);
    }

private:
    // True when the present object needs no more attention.
    base::Result<bool> advance(sim::Io& io) {
        const Info& info = found_.infos[next_];
        const ProgressFunction progress = progress_function(info.resource);
        if (progress == nullptr) {
            return client_error(
                fmt::format("no status viewer has been implemented for {}", info.resource.kind));
        }
        if (!following_) {
            TRY(watch_.start(context_, info));
            following_ = true;
            if (timeout_) deadline_ = io.now() + *timeout_;
        }
        for (const ObjectWatch::Change& change : TRY(watch_.take())) {
            if (change.deleted) return client_error("object has been deleted");
            const Progress now = TRY(progress(change.object, context_.flags.number("revision")));
            io.out(now.text);
            if (now.done || !context_.flags.truth("watch")) return true;
        }
        if (deadline_ && io.now() >= *deadline_) return client_error("timed out waiting for the condition");
        return false;
    }

    Context& context_;
    Found found_;
    bool failed_;
    std::size_t next_ = 0;
    bool following_ = false;
    ObjectWatch watch_{};
    std::optional<sim::Duration> timeout_{};
    std::optional<sim::Instant> deadline_{};
};

Outcome run(Context& context) {
    if (context.arguments.empty() && context.flags.list("filename").empty()) {
        return client_error("required resource not specified");
    }
    if (context.flags.number("revision") < 0) {
        return client_error("revision must be a positive integer: " +
                            std::to_string(context.flags.number("revision")));
    }
    ResourceQuery query = query_of(context);
    query.allow_bare_types = true;
    query.refresh = true;
    query.continue_on_error = true;
    Found found = find_resources(context, query);
    if (found.infos.empty() && !found.errors.empty()) return found.errors;
    return std::make_unique<StatusProcess>(context, std::move(found));
}

}  // namespace

CommandSpec rollout_status_command() {
    CommandSpec command;
    command.path = "rollout status";
    command.summary = "Show the status of the rollout";
    command.usage = "rollout status (TYPE NAME | TYPE/NAME) [options]";
    command.examples = "  # Follow the rollout of a deployment\n  kubectl rollout status deployment/nginx\n";
    command.flags =
        FlagTable{{"revision", 0, FlagType::Int, "0", "Follow this revision; 0 means the latest one"},
                  {"timeout", 0, FlagType::Duration, "0s", "How long to wait; zero means without end"},
                  {"watch", 'w', FlagType::Bool, "true", "Follow the rollout until it has finished"}} +
        filename_flags("identifying the resource to get from a server.") + selector_flag();
    command.run = run;
    return command;
}

}  // namespace kubetab::kubectl
