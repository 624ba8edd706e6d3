#include "engine/runtime/container_runtime.h"

#include <algorithm>
#include <utility>

#include "engine/base/ensure.h"
#include "engine/runtime/connections.h"
#include "engine/shell/shell_process.h"

namespace kubetab::runtime {
namespace {

using base::Reason;

constexpr sim::Duration kShortestWait = sim::milliseconds(1);
constexpr sim::Duration kWatchInterval = sim::seconds(1);
constexpr std::int32_t kStartError = 128;

std::string_view base_name(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

bool is_shell(std::string_view name) {
    return name == "sh" || name == "ash" || name == "bash";
}

std::string exec_failure(const std::string& command) {
    const bool is_path = command.find('/') != std::string::npos;
    return "exec: \"" + command + "\": " +
           (is_path ? "stat " + command + ": no such file or directory"
                    : "executable file not found in $PATH");
}

}  // namespace

ContainerRuntime::ContainerRuntime(sim::Simulation& simulation, Platform& platform, const std::string& name,
                                   Listener& listener)
    : simulation_(simulation), platform_(platform), listener_(listener) {
    component_ = simulation_.add("containerd/" + name, *this);
}

ContainerRuntime::~ContainerRuntime() {
    simulation_.remove(component_);
}

Container* ContainerRuntime::find(std::int64_t number) {
    const auto place = place_of(number);
    return place == containers_.end() || (*place)->number() != number ? nullptr : place->get();
}

void ContainerRuntime::remove(std::int64_t number) {
    if (find(number) != nullptr) containers_.erase(place_of(number));
}

std::vector<std::unique_ptr<Container>>::iterator ContainerRuntime::place_of(std::int64_t number) {
    return std::lower_bound(containers_.begin(), containers_.end(), number,
                            [](const std::unique_ptr<Container>& container, std::int64_t wanted) {
                                return container->number() < wanted;
                            });
}

Container& ContainerRuntime::create(ContainerConfig config) {
    const std::int64_t number = ++last_number_;
    std::string url(Container::kScheme);
    url += simulation_.random().hex(64);
    return *containers_.emplace_back(
        std::make_unique<Container>(*this, number, base::Text::unique(url), std::move(config)));
}

base::Result<std::unique_ptr<sim::Process>> ContainerRuntime::make_process(
    Container& container, const std::vector<std::string>& command, bool first) {
    ENSURE(!command.empty());
    const Image& image = *container.config_.image;
    const shell::CommandTable& table = platform_.executables.commands(image);
    const std::string_view name = base_name(command.front());

    sim::Invocation invocation;
    invocation.words = command;
    invocation.words.front() = name;
    invocation.now = simulation_.now();
    invocation.files = &container.files();
    invocation.environment = container.environment();
    invocation.directory = container.config_.working_directory;

    const bool has_shell = image.tools == Tools::Debian || (image.tools == Tools::Busybox && name != "bash");
    if (is_shell(name) && has_shell) {
        shell::ShellOptions options;
        options.commands = &table;
        options.files = invocation.files;
        options.dialect = name == "bash" ? shell::Dialect::Bash : shell::Dialect::Ash;
        options.environment = invocation.environment;
        options.directory = invocation.directory;
        options.name = name;
        options.first_process = first;
        return shell::start_shell(invocation, std::move(options));
    }
    sim::Command* found = is_shell(name) ? nullptr : table.find(name);
    if (found == nullptr) return base::failure(Reason::NotFound, exec_failure(command.front()));
    return found->start(invocation);
}

base::Result<void> ContainerRuntime::start(Container& container) {
    ENSURE(container.state_ == ContainerState::Created);
    container.started_at_ = simulation_.now();
    base::Result<std::unique_ptr<sim::Process>> process =
        make_process(container, std::exchange(container.config_.command, {}), true);
    if (!process.ok()) {
        container.message_ =
            "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc "
            "create "
            "failed: unable to start container process: error during container init: " +
            process.error().message + ": unknown";
        container.state_ = ContainerState::Exited;
        container.exit_code_ = kStartError;
        container.reason_ = "StartError";
        container.started_at_ = {};
        container.finished_at_ = simulation_.now();
        return base::failure(Reason::Unknown, container.message_);
    }
    container.process_ = std::move(process).value();
    container.state_ = ContainerState::Running;
    poll(container);
    return {};
}

base::Result<std::unique_ptr<sim::Process>> ContainerRuntime::exec(Container& container,
                                                                   const std::vector<std::string>& command) {
    base::Result<std::unique_ptr<sim::Process>> process = make_process(container, command, false);
    if (!process.ok()) {
        return base::failure(
            Reason::InternalError,
            "Internal error occurred: error executing command in container: failed to exec in "
            "container: failed to start exec \"" +
                std::string(container.id()) +
                "\": OCI runtime exec failed: exec failed: unable to start container process: " +
                process.error().message + ": unknown");
    }
    return std::unique_ptr<sim::Process>(
        std::make_unique<ExecProcess>(container, std::move(process).value()));
}

std::unique_ptr<sim::Process> ContainerRuntime::attach(Container& container, const AttachOptions& options) {
    return std::make_unique<AttachProcess>(container, options);
}

void ContainerRuntime::terminate(Container& container) {
    if (!container.running()) return;
    if (platform_.hollow) return container.exit(0, "");
    if (!container.process_->handles_terminate()) return;
    container.process_->terminate();
    wake(container);
}

void ContainerRuntime::kill(Container& container, std::int32_t exit_code, std::string reason) {
    if (container.running()) finish(container, exit_code, std::move(reason));
}

void ContainerRuntime::lose_all(std::int32_t exit_code, const std::string& reason) {
    for (const std::unique_ptr<Container>& container : containers_) {
        if (!container->running()) continue;
        simulation_.cancel(container->timer_);
        container->end_connections();
        container->process_.reset();
        container->state_ = ContainerState::Exited;
        container->exit_code_ = exit_code;
        container->reason_ = reason;
        container->finished_at_ = simulation_.now();
        container->log_->flush(simulation_.now());
    }
}

void ContainerRuntime::wake(Container& container) {
    if (!container.running() && container.state_ != ContainerState::Created) return;
    simulation_.cancel(container.timer_);
    container.timer_ = simulation_.schedule({.component = component_, .value = container.number_});
}

void ContainerRuntime::handle(const sim::Event& event) {
    Container* container = find(event.value);
    if (container == nullptr || !container->running()) return;
    container->timer_ = 0;
    if (paused_) return held_.push_back(container->number_);
    poll(*container);
}

void ContainerRuntime::set_paused(bool paused) {
    paused_ = paused;
    if (paused) return;
    for (const std::int64_t number : std::exchange(held_, {})) {
        Container* container = find(number);
        if (container != nullptr && container->timer_ == 0) wake(*container);
    }
}

void ContainerRuntime::poll(Container& container) {
    if (container.exit_request_) return finish(container, *container.exit_request_, container.reason_);
    const sim::Poll poll = container.process_->poll(container);
    if (poll.state == sim::Poll::State::Done) return finish(container, poll.exit_code, "");
    if (container.exit_request_) return finish(container, *container.exit_request_, container.reason_);

    simulation_.cancel(container.timer_);
    container.timer_ = 0;
    sim::Duration wait{};
    container.busy_ = poll.wake && *poll.wake - simulation_.now() <= kShortestWait;
    if (poll.wake) {
        wait = std::max(*poll.wake - simulation_.now(), kShortestWait);
    } else if (poll.on_change) {
        wait = kWatchInterval;
    } else if (poll.on_input) {
        if (container.input_open()) return;  // Waits for somebody to type.
        return finish(container, 0, "");     // Its input is at its end.
    } else {
        return;  // Waits for a signal.
    }
    container.timer_ = simulation_.schedule({.component = component_,
                                             .after = wait,
                                             .cadence = container.config_.cadence,
                                             .value = container.number_});
}

void ContainerRuntime::finish(Container& container, std::int32_t code, std::string reason) {
    simulation_.cancel(container.timer_);
    container.timer_ = 0;
    container.end_connections();
    container.process_.reset();
    container.log_->flush(simulation_.now());
    container.state_ = ContainerState::Exited;
    container.exit_code_ = code;
    if (reason.empty()) reason = code == 0 ? "Completed" : "Error";
    container.reason_ = reason;
    container.finished_at_ = simulation_.now();
    listener_.container_exited(container);
}

}  // namespace kubetab::runtime
