#include "engine/runtime/container.h"

#include <utility>

#include "engine/runtime/container_runtime.h"

namespace kubetab::runtime {

Container::Container(ContainerRuntime& runtime, std::int64_t number, base::Text url, ContainerConfig config)
    : runtime_(runtime), number_(number), url_(std::move(url)), config_(std::move(config)) {}

Container::~Container() {
    end_connections();
    process_.reset();  // Its programs unregister here.
}

sim::Instant Container::now() const {
    return runtime_.simulation().now();
}

Environment Container::environment() const {
    Environment all;
    if (config_.environment) all = *config_.environment;
    if (!config_.hostname.empty()) all["HOSTNAME"] = config_.hostname;
    return all;
}

Network* Container::network() const {
    return runtime_.platform().network;
}

sim::FileSystem& Container::files() {
    if (!files_) {
        files_ =
            std::make_unique<ContainerFiles>(*this, runtime_.platform().executables.files(config_.image));
    }
    return *files_;
}

void Container::add_program(Program& program) {
    Program** last = &programs_;
    while (*last != nullptr) last = &(*last)->next_;
    *last = &program;
}

void Container::remove_program(Program& program) {
    Program** place = &programs_;
    while (*place != &program) place = &(*place)->next_;
    *place = program.next_;
}

bool Container::listens_on(std::int32_t port) const {
    for (const Program* program = programs_; program != nullptr; program = program->next_) {
        if (program->listens_on(port)) return true;
    }
    return false;
}

std::optional<HttpResponse> Container::serve(const HttpRequest& request) {
    for (Program* program = programs_; program != nullptr; program = program->next_) {
        if (program->listens_on(request.port)) return program->serve(request);
    }
    return std::nullopt;
}

Usage Container::usage() const {
    Usage total;
    if (!running()) return total;
    total.memory_bytes = 512 * 1024;
    // A loop without a pause takes all that one thread can get.
    if (busy_) total.cpu_milli = 1000;
    for (const Program* program = programs_; program != nullptr; program = program->next_) {
        const Usage usage = program->usage(now());
        total.cpu_milli += usage.cpu_milli;
        total.memory_bytes += usage.memory_bytes;
    }
    return total;
}

void Container::print(Stream stream, std::string_view text) {
    log_->write(stream, text, now());
    for (Connection* connection : connections_) connection->printed(stream, text);
}

std::optional<std::string> Container::read() {
    if (!typed_.empty()) return std::string(std::exchange(typed_, {}));
    if (input_open()) return std::nullopt;
    return std::string();
}

void Container::type(std::string_view text) {
    if (!running() || !input_open()) return;
    typed_ += text;
    if (text.empty()) input_ended_ = true;
    wake();
}

void Container::interrupt() {
    if (!running()) return;
    process_->interrupt();
    wake();
}

void Container::end_connections() {
    for (Connection* connection : std::exchange(connections_, {})) connection->ended();
}

void Container::exit(std::int32_t code, std::string reason) {
    if (exit_request_) return;
    exit_request_ = code;
    reason_ = std::move(reason);
    wake();
}

void Container::wake() {
    runtime_.wake(*this);
}

}  // namespace kubetab::runtime
