#include "engine/runtime/programs/kuard_keygen.h"

#include <fmt/format.h>

#include "engine/runtime/calendar.h"

namespace kubetab::runtime {
namespace {

constexpr std::size_t kHistory = 20;

}  // namespace

void Keygen::start(KeygenSettings settings, sim::Instant now) {
    settings_ = std::move(settings);
    made_ = 0;
    announced_ = false;
    done_ = false;
    if (!settings_.enable) return;
    ++workload_;
    started_ = now;
    next_ = now;
    state_ =
        static_cast<std::uint64_t>(now.ns) * 0x9e3779b97f4a7c15ULL + static_cast<std::uint64_t>(workload_);
}

std::optional<sim::Instant> Keygen::next() const {
    if (!working()) return std::nullopt;
    return next_;
}

std::optional<std::int32_t> Keygen::exit_code() const {
    if (!settings_.enable || !done_ || !settings_.exit_on_complete) return std::nullopt;
    return settings_.exit_code;
}

std::string Keygen::say(const std::string& text) {
    history_.push_front({lines_++, text});
    if (history_.size() > kHistory) history_.pop_back();
    return text;
}

std::string Keygen::key() {
    static constexpr std::string_view kAlphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text = "SHA256:";
    for (int i = 0; i < 43; ++i) {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        text += kAlphabet[state_ >> 58];
    }
    return text;
}

std::string Keygen::step(sim::Instant now) {
    if (!working() || now < next_) return {};
    const std::string prefix = slash_time(now) + " ";
    const std::string id = fmt::format("(ID {}", workload_);
    std::string text;
    if (!announced_) {
        announced_ = true;
        text = prefix + say(id + ") Workload starting") + "\n";
    } else if (!settings_.memq_server.empty() && !settings_.memq_queue.empty()) {
        // FIXME: the queue of another pod is not asked; it counts as unreachable.
        next_ = now + sim::seconds(1);
        return prefix +
               say(id + ") Error talking to server: Post \"" + settings_.memq_server + "/queues/" +
                   settings_.memq_queue +
                   "/dequeue\": dial tcp: connect: connection refused. Retrying after 1s.") +
               "\n";
    } else {
        ++made_;
        const std::string total = settings_.num_to_gen > 0 ? std::to_string(settings_.num_to_gen) : "Inf";
        text = prefix + say(fmt::format("{} {}/{}) Item done: {}", id, made_, total, key())) + "\n";
    }
    const bool enough = settings_.num_to_gen > 0 && made_ >= settings_.num_to_gen;
    const bool late = settings_.time_to_run > 0 && now - started_ >= sim::seconds(settings_.time_to_run);
    if (enough || late) {
        done_ = true;
        return text + prefix + say(id + ") Workload exiting") + "\n";
    }
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    next_ = now + sim::milliseconds(700 + static_cast<std::int64_t>(state_ >> 40) % 2600);  // A 4096-bit key.
    return text;
}

}  // namespace kubetab::runtime
