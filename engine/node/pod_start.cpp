// How a PodWorker starts one container: back-off, image, configuration, creation, start, postStart.
// upstream: pkg/kubelet/kuberuntime/kuberuntime_container.go startContainer
#include <fmt/format.h>

#include "engine/base/words.h"
#include "engine/node/environment.h"
#include "engine/node/pod_worker.h"

namespace kubetab::node {

using client::EventType;

PodWorker::Outcome PodWorker::fail_start(ContainerSlot& slot, std::string reason, std::string message,
                                         std::string event) {
    slot.attempted = sync_number_;
    slot.starting = false;
    context_.record(*pod_, EventType::Warning, "Failed", "Error: " + (event.empty() ? reason : event),
                    field_path_of(slot));
    slot.trouble.edit().waiting_reason = std::move(reason);
    slot.trouble.edit().waiting_message = std::move(message);
    return Outcome::Failed;
}

// upstream: doBackOff
bool PodWorker::in_back_off(ContainerSlot& slot) {
    const runtime::Container* run = container(slot);
    if (run == nullptr || run->state() != runtime::ContainerState::Exited || slot.again) return false;
    // The back-off belongs to a container as it is defined; a changed one starts at once.
    if (spec_of(slot).image != slot.spec_image) {
        slot.trouble.edit().back_off = {};
        return false;
    }
    const sim::Instant finished = run->finished_at();
    if (!slot.trouble->back_off.waiting(finished, context_.now())) {
        slot.trouble.edit().back_off.next(finished, context_.now());
        return false;
    }
    context_.record(
        *pod_, EventType::Warning, "BackOff",
        "Back-off restarting failed container " + slot.name + " in pod " + pod_text(pod_->metadata),
        field_path_of(slot));
    slot.attempted = sync_number_;
    slot.trouble.edit().waiting_reason = "CrashLoopBackOff";
    slot.trouble.edit().waiting_message = "back-off " + go_seconds(slot.trouble->back_off.delay()) +
                                          " restarting failed container=" + slot.name +
                                          " pod=" + pod_text(pod_->metadata);
    return true;
}

PodWorker::Outcome PodWorker::start(ContainerSlot& slot) {
    if (slot.post_start == ContainerSlot::Hook::Running) {
        step_ = Step::Hook;
        return Outcome::Waiting;
    }
    if (!slot.starting && in_back_off(slot)) return Outcome::Failed;
    slot.starting = true;
    const api::Container& spec = spec_of(slot);
    const ImageAnswer image = context_.images->ensure({id_, pod_.get(), &spec, field_path_of(slot)});
    if (image.state == ImageAnswer::State::Waiting) {
        step_ = Step::Pulling;
        image_story_ = "image pulled";
        return Outcome::Waiting;
    }
    if (image.state == ImageAnswer::State::Failed) return fail_start(slot, image.reason, image.message);
    return run(slot, image);
}

// upstream: verifyRunAsNonRoot
std::string PodWorker::user_problem(const api::Container& container, const runtime::Image& image) const {
    const api::SecurityContext& own = *container.shared->securityContext;
    const api::PodSecurityContext& shared = *pod_->spec->shared->securityContext;
    if (!own.runAsNonRoot.value_or(shared.runAsNonRoot.value_or(false))) return {};
    const std::string where =
        " (pod: \"" + pod_text(pod_->metadata) + "\", container: " + container.name + ")";
    const std::optional<std::int64_t> user = own.runAsUser ? own.runAsUser : shared.runAsUser;
    if (user) return *user == 0 ? "container's runAsUser breaks non-root policy" + where : "";
    if (image.runs_as_root()) return "container has runAsNonRoot and image will run as root" + where;
    if (image.has_numeric_user()) return {};
    return "container has runAsNonRoot and image has non-numeric user (" + image.user +
           "), cannot verify user is non-root" + where;
}

// upstream: startSpec.getTargetID
std::string PodWorker::target_problem(const ContainerSlot& slot) const {
    for (const api::EphemeralContainer& container : pod_->spec->shared->ephemeralContainers) {
        const std::string& target = container.targetContainerName;
        if (container.name != slot.name || target.empty()) continue;
        const ContainerSlot* const found = this->slot(target);
        if (found == nullptr || found->current == 0) return "unable to find target container " + target;
    }
    return {};
}

void PodWorker::keep_last_run(ContainerSlot& slot) {
    runtime::Container* run = container(slot);
    if (run == nullptr) return;
    slot.last = LastRun{run->url(),        run->exit_code(),   run->reason(), run->message(),
                        run->started_at(), run->finished_at(), run->log()};
    context_.runtime->remove(slot.current);
    slot.current = 0;
    ++slot.restarts;
}

PodWorker::Outcome PodWorker::run(ContainerSlot& slot, const ImageAnswer& image) {
    const api::Container& spec = spec_of(slot);
    base::Result<Environment> environment = make_environment(context_, *pod_, spec, address_);
    if (!environment.ok()) {
        const std::string& message = environment.error().message;
        return fail_start(slot, "CreateContainerConfigError", message, message);
    }
    std::string problem = slot.ephemeral ? target_problem(slot) : "";
    if (problem.empty()) problem = user_problem(spec, *image.image);
    if (!problem.empty()) return fail_start(slot, "CreateContainerConfigError", problem, problem);

    runtime::ContainerConfig config;
    config.name = slot.name;
    config.hostname =
        pod_->spec->shared->hostname.empty() ? pod_->metadata.name : pod_->spec->shared->hostname;
    config.address = address_;
    config.image = image.image;
    config.command =
        spec.shared->command.empty() ? image.image->entrypoint : api::strings(spec.shared->command);
    const bool own_arguments = !spec.shared->command.empty() || !spec.shared->args.empty();
    const std::vector<std::string> arguments =
        own_arguments ? api::strings(spec.shared->args) : image.image->command;
    config.command.insert(config.command.end(), arguments.begin(), arguments.end());
    for (std::string& word : config.command) word = expand_variables(word, *environment);
    if (config.command.empty()) {
        const std::string message =
            "failed to generate container spec: failed to generate spec: no command specified";
        return fail_start(slot, "CreateContainerError", message, message);
    }
    Environment variables = std::move(environment).value();
    for (const auto& [name, value] : image.image->environment) variables.try_emplace(name, value);
    config.environment = context_.platform->environments.share(std::move(variables));
    config.working_directory =
        spec.shared->workingDir.empty() ? api::Text(image.image->working_directory) : spec.shared->workingDir;
    config.mounts = volumes_.get();
    config.read_only_root = spec.shared->securityContext->readOnlyRootFilesystem.value_or(false);
    config.memory_limit_bytes = spec.resources.limits.value_or("memory", {}).units();
    const bool runs_to_its_end =
        (slot.init && !slot.sidecar) || slot.ephemeral || pod_->spec->shared->restartPolicy != "Always";
    config.input = spec.shared->stdin_;
    config.input_once = spec.shared->stdinOnce;
    config.terminal = spec.shared->tty;
    config.cadence = runs_to_its_end ? sim::Cadence::Once : sim::Cadence::Heartbeat;
    config.owner = id_;

    keep_last_run(slot);
    runtime::Container& created = context_.runtime->create(std::move(config));
    slot.current = created.number();
    slot.image_reference = api::Text::repeated(image.reference);
    slot.image_id = api::Text::repeated(image.image->id());
    slot.spec_image = image.asked;
    slot.starting = false;
    slot.again = false;
    slot.post_start = ContainerSlot::Hook::None;
    const std::string path = field_path_of(slot);
    context_.record(*pod_, EventType::Normal, "Created", "Created container: " + slot.name, path);
    const base::Result<void> started = context_.runtime->start(created);
    host_.mark_changed(*this);
    if (!started.ok())
        return fail_start(slot, "RunContainerError", started.error().message, started.error().message);
    context_.record(*pod_, EventType::Normal, "Started", "Started container " + slot.name, path);
    return post_start(slot, created);
}

PodWorker::Outcome PodWorker::post_start(ContainerSlot& slot, runtime::Container& container) {
    const api::LifecycleHandler& hook = *spec_of(slot).shared->lifecycle->postStart;
    if (hook.exec && container.running()) {
        const std::optional<ExecOutcome> outcome = context_.execs->run(
            container,
            {ExecPurpose::PostStart, container.number(), api::strings(hook.exec->command), sim::hours(24)});
        if (!outcome) {
            slot.post_start = ContainerSlot::Hook::Running;
            step_ = Step::Hook;
            return Outcome::Waiting;
        }
        return post_start_over(slot, problem_of_hook(slot, *outcome));
    }
    if (hook.sleep && container.running()) {
        slot.post_start = ContainerSlot::Hook::Running;
        step_ = Step::Hook;
        slot.trouble.edit().hook_event =
            context_.schedule(Timer::Hook, sim::seconds(hook.sleep->seconds), container.number());
        return Outcome::Waiting;
    }
    const bool answers = context_.platform->hollow || !hook.httpGet ||
                         (!hook.httpGet->port.is_string && listener(hook.httpGet->port.number) != nullptr);
    if (!answers) {
        return post_start_over(slot, unanswered_hook(slot));
    }
    return post_start_over(slot, "");
}

std::string PodWorker::hook_and_place(const ContainerSlot& slot, const std::string& hook) const {
    return fmt::format("{} for Container \"{}\" in Pod \"{}_{}({})\" failed - error: ", hook, slot.name.str(),
                       pod_->metadata.name.str(), pod_->metadata.namespace_.str(), pod_->metadata.uid.str());
}

// upstream: pkg/kubelet/lifecycle/handlers.go [handlerRunner.Run]; cri-client remote_runtime.go [execSync]
std::string PodWorker::problem_of_hook(const ContainerSlot& slot, const ExecOutcome& outcome) const {
    if (outcome.exit_code == 0) return "";
    const std::vector<std::string> words =
        api::strings(spec_of(slot).shared->lifecycle->postStart->exec->command);
    const std::string command = base::words::join(words, " ");
    const std::string error =
        !outcome.start_error.empty()
            ? outcome.start_error
            : fmt::format("command '{}' exited with {}: {}", command, outcome.exit_code, outcome.errors);
    return hook_and_place(slot, "Exec lifecycle hook ([" + command + "])") + error +
           ", message: " + base::words::quote(outcome.output);
}

std::string PodWorker::unanswered_hook(const ContainerSlot& slot) const {
    const api::HTTPGetAction& get = *spec_of(slot).shared->lifecycle->postStart->httpGet;
    const std::string where = address_ + ":" + std::to_string(get.port.number);
    return hook_and_place(slot, "HTTP lifecycle hook (" + get.path.str() + ")") + "Get \"http://" + where +
           get.path.str() + "\": dial tcp " + where + ": connect: connection refused";
}

PodWorker::Outcome PodWorker::post_start_over(ContainerSlot& slot, const std::string& problem) {
    slot.attempted = sync_number_;
    slot.post_start = ContainerSlot::Hook::Done;
    if (problem.empty()) {
        if (slot.trouble) {
            slot.trouble.edit().waiting_reason.clear();
            slot.trouble.edit().waiting_message.clear();
        }
        return Outcome::Done;
    }
    // What went wrong may be secret, and is told in the status only.
    context_.record(*pod_, EventType::Warning, "FailedPostStartHook", "PostStartHook failed",
                    field_path_of(slot));
    runtime::Container* run = container(slot);
    if (run != nullptr) terminate(slot, grace(), "FailedPostStartHook");
    slot.trouble.edit().waiting_reason = "PostStartHookError";
    slot.trouble.edit().waiting_message = problem;
    return Outcome::Failed;
}

void PodWorker::exec_finished(const ExecOutcome& outcome) {
    for (ContainerSlot& slot : slots_) {
        if (slot.current != outcome.target) continue;
        if (outcome.purpose == ExecPurpose::PostStart && slot.post_start == ContainerSlot::Hook::Running) {
            (void)post_start_over(slot, problem_of_hook(slot, outcome));  // The sync goes on.
            if (step_ == Step::Hook) advance();
            return;
        }
        if (outcome.purpose == ExecPurpose::PreStop) {
            runtime::Container* run = container(slot);
            if (outcome.exit_code != 0) {
                context_.record(*pod_, EventType::Warning, "FailedPreStopHook", "PreStopHook failed",
                                field_path_of(slot));
            }
            if (run != nullptr) signal(slot, *run);
            return;
        }
    }
}

void PodWorker::hook_due(std::int64_t number) {
    for (ContainerSlot& slot : slots_) {
        if (slot.current != number) continue;
        if (slot.post_start == ContainerSlot::Hook::Running) {
            (void)post_start_over(slot, "");  // A sleep does not fail.
            if (step_ == Step::Hook) advance();
            return;
        }
        runtime::Container* run = container(slot);
        if (run != nullptr) signal(slot, *run);
        return;
    }
}

}  // namespace kubetab::node
