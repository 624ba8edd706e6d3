#include "engine/kubectl/commands/debug_attached.h"

#include <optional>
#include <utility>

#include "engine/kubectl/commands/attaching.h"
#include "engine/kubectl/commands/object_watch.h"
#include "engine/kubectl/commands/pod_choice.h"
#include "engine/kubectl/describe/parts.h"
#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;
using base::text_at;

const Json* state_of(const Json& pod, const std::string& container) {
    for (const char* const list :
         {"initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses"}) {
        for (const Json& status : describe::array_at(pod, {"status", list})) {
            if (text_at(status, {"name"}) == container) return base::find(status, "state");
        }
    }
    return nullptr;
}

// upstream: DebugOptions.Run, handleAttachPod, waitForContainer
class AttachedDebug final : public sim::Process {
public:
    AttachedDebug(Context& context, std::vector<DebugTarget> targets)
        : context_(context), targets_(std::move(targets)) {}

    sim::Poll poll(sim::Io& io) override {
        while (next_ < targets_.size()) {
            if (interrupted_ && session_ == nullptr) return sim::Poll::done(kInterrupted);
            if (session_ == nullptr) {
                const base::Result<bool> begun = attach(targets_[next_]);
                if (!begun) return fail(begun.error());
                if (!*begun) return sim::Poll::change();
            }
            if (session_ != nullptr) {
                const sim::Poll poll = session_->poll(io);
                if (poll.state == sim::Poll::State::Waiting) return poll;
                if (interrupted_) return sim::Poll::done(kInterrupted);
            }
            session_.reset();
            watch_.reset();
            ++next_;
        }
        return sim::Poll::done(0);
    }

    void interrupt() override {
        interrupted_ = true;
        if (session_ == nullptr) return;
        session_->interrupt();
        if (session_->survives_interrupt()) interrupted_ = false;
    }
    bool survives_interrupt() const override { return session_ != nullptr && session_->survives_interrupt(); }

private:
    // False when the container neither runs nor has run. Leaves no session when it has ended.
    base::Result<bool> attach(const DebugTarget& target) {
        if (!watch_) TRY(watch_.emplace().start(context_, target.pod));
        Json pod;
        for (const ObjectWatch::Change& change : TRY(watch_->take())) {
            if (change.deleted)
                return base::failure(base::Reason::NotFound, "pods " + quote(target.pod.name) + " not found");
            pod = change.object;
            const Json* state = state_of(pod, target.container);
            if (state == nullptr) continue;
            if (state->contains("running")) return enter(pod, target.container);
            if (state->contains("terminated")) return print_log(pod, target.container);
            const std::string why = text_at(*state, {"waiting", "message"});
            if (!why.empty() && !context_.flags.truth("quiet"))
                context_.warn("container " + target.container + ": " + why);
        }
        return false;
    }

    // differs: what the container has printed before is shown too, because upstream loses it.
    base::Result<bool> enter(const Json& pod, const std::string& container) {
        if (!context_.flags.truth("tty")) TRY(print_log(pod, container));
        session_ = TRY(attach_to(context_, pod, container));
        return true;
    }

    base::Result<bool> print_log(const Json& pod, const std::string& container) {
        context_.out(TRY(send_raw(
            context_, make_request(context_, "GET", pod_path(pod, "log"), {{"container", container}}))));
        return true;
    }

    static constexpr int kFailed = 1;
    sim::Poll fail(const base::Status& error) {
        context_.err(error_text({error}));
        return sim::Poll::done(kFailed);
    }

    Context& context_;
    std::vector<DebugTarget> targets_;
    std::size_t next_ = 0;
    std::optional<ObjectWatch> watch_{};
    std::unique_ptr<sim::Process> session_{};
    bool interrupted_ = false;
};

}  // namespace

std::unique_ptr<sim::Process> debug_attached(Context& context, std::vector<DebugTarget> targets) {
    return std::make_unique<AttachedDebug>(context, std::move(targets));
}

}  // namespace kubetab::kubectl
