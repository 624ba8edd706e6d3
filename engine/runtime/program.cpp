#include "engine/runtime/program.h"

#include "engine/base/ensure.h"
#include "engine/runtime/container.h"
#include "engine/runtime/container_files.h"

namespace kubetab::runtime {

Program::Program(const sim::Invocation& invocation)
    : container_(ContainerFiles::container_of(invocation.files)) {
    ENSURE(container_ != nullptr);  // Only tables of images hold programs.
    container_->add_program(*this);
}

Program::~Program() {
    container_->remove_program(*this);
}

sim::Poll Program::poll(sim::Io& io) {
    if (signal_ != Signal::None) {
        const std::optional<int> code = on_signal(io, std::exchange(signal_, Signal::None));
        if (code) return sim::Poll::done(*code);
    }
    return step(io);
}

std::optional<int> Program::on_signal(sim::Io& io, Signal signal) {
    (void)io;
    return signal == Signal::Interrupt ? 130 : 0;
}

void Program::print(Stream stream, std::string_view text) const {
    container_->print(stream, text);
}

sim::Instant Program::now() const {
    return container_->now();
}

void Program::check_memory() const {
    const std::int64_t limit = container_->config().memory_limit_bytes;
    if (limit > 0 && usage(now()).memory_bytes > limit) container_->exit(137, "OOMKilled");
}

void Program::wake() const {
    container_->wake();
}

}  // namespace kubetab::runtime
