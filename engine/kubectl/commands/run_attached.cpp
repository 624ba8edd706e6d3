#include "engine/kubectl/commands/run_attached.h"

#include <optional>
#include <utility>

#include "engine/kubectl/commands/attaching.h"
#include "engine/kubectl/commands/deletion.h"
#include "engine/kubectl/commands/object_watch.h"
#include "engine/kubectl/commands/pod_choice.h"
#include "engine/kubectl/describe/parts.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;
using base::text_at;

bool is_ready(const Json& pod) {
    for (const Json& condition : describe::array_at(pod, {"status", "conditions"})) {
        if (text_at(condition, {"type"}) == "Ready") return text_at(condition, {"status"}) == "True";
    }
    return false;
}

bool has_ended(const Json& pod) {
    const std::string phase = text_at(pod, {"status", "phase"});
    return phase == "Succeeded" || phase == "Failed";
}

// upstream: RunOptions.Run from `if o.Attach` on
class AttachedRun final : public sim::Process {
public:
    AttachedRun(Context& context, std::vector<Info> made)
        : context_(context), made_(std::move(made)), pod_(made_.front().object) {
        wait();
    }

    sim::Poll poll(sim::Io& io) override {
        if (interrupted_ && (session_ == nullptr || !session_->survives_interrupt()))
            return end(kInterrupted);
        if (session_ == nullptr && !session_ended_) {
            const base::Result<bool> attached = attach();
            if (!attached) return fail(attached.error());
            if (!*attached) return sim::Poll::change(deadline_);
        }
        if (session_ != nullptr) {
            const sim::Poll poll = session_->poll(io);
            if (poll.state == sim::Poll::State::Waiting) return poll;
            session_.reset();
            session_ended_ = true;
            wait();
        }
        return wait_for_end();
    }

    void interrupt() override {
        interrupted_ = true;
        if (session_ == nullptr) return;
        session_->interrupt();
        if (session_->survives_interrupt()) interrupted_ = false;
    }
    bool survives_interrupt() const override { return session_ != nullptr && session_->survives_interrupt(); }

private:
    const Info& pod_info() const { return made_.front(); }
    void wait() { deadline_ = context_.now() + context_.flags.duration("pod-running-timeout"); }

    // Learns what has become of the pod.
    base::Result<void> look() {
        if (!watching_) TRY(watch_.start(context_, pod_info()));
        watching_ = true;
        for (const ObjectWatch::Change& change : TRY(watch_.take())) {
            if (change.deleted) {
                return base::failure(base::Reason::NotFound, "pods " + quote(pod_info().name) + " not found");
            }
            pod_ = change.object;
        }
        return {};
    }

    // False when the pod does not run yet. upstream: handleAttachPod
    base::Result<bool> attach() {
        TRY(look());
        const bool ended = has_ended(pod_);
        if (!ended && !is_ready(pod_)) {
            if (context_.now() < deadline_) return false;
            return client_error("timed out waiting for the condition");
        }
        // differs: what the pod has printed before is shown too, because upstream loses it.
        const bool terminal = context_.flags.truth("tty");
        if (ended || !terminal)
            context_.out(TRY(send_raw(context_, make_request(context_, "GET", pod_path(pod_, "log")))));
        session_ended_ = ended;
        if (!ended) session_ = TRY(attach_to(context_, pod_, ""));
        return true;
    }

    sim::Poll wait_for_end() {
        const std::string restart = text_at(pod_, {"spec", "restartPolicy"});
        if (restart == "Always" || context_.flags.truth("leave-stdin-open")) return end(0);
        if (const base::Result<void> looked = look(); !looked) return fail(looked.error());
        const bool ended =
            restart == "Never" ? has_ended(pod_) : text_at(pod_, {"status", "phase"}) == "Succeeded";
        if (ended) return end_as_pod();
        if (context_.now() < deadline_) return sim::Poll::change(deadline_);
        return fail(client_error("timed out waiting for the condition"));
    }

    sim::Poll end_as_pod() {
        if (text_at(pod_, {"status", "phase"}) == "Succeeded") return end(0);
        const std::string name = text_at(pod_, {"metadata", "namespace"}) + "/" + pod_info().name;
        const Json& statuses = describe::array_at(pod_, {"status", "containerStatuses"});
        const Json* state =
            statuses.empty() ? nullptr : base::find(statuses.front(), {"state", "terminated"});
        const auto code = state == nullptr ? 0 : static_cast<int>(base::int_at(*state, {"exitCode"}));
        if (code == 0) return fail(client_error("pod " + name + " failed with unknown exit code"));
        const sim::Poll poll = end(code);
        context_.err("pod " + name + " terminated (" + text_at(*state, {"reason"}) + ")\n" +
                     text_at(*state, {"message"}));
        return poll;
    }

    sim::Poll fail(const base::Status& error) {
        const sim::Poll poll = end(1);
        context_.err(error_text({error}));
        return poll;
    }

    // upstream: removeCreatedObjects
    sim::Poll end(int code) {
        if (!context_.flags.truth("rm")) return sim::Poll::done(code);
        for (const Info& info : made_) {
            const base::Result<Doomed> deleted = delete_info(context_, info, {});
            if (deleted && !context_.flags.truth("quiet")) print_deleted(context_, info, {});
            const bool gone = !deleted && deleted.error().reason == base::Reason::NotFound;
            if (!deleted && !gone) context_.err(error_text({deleted.error()}));
        }
        return sim::Poll::done(code);
    }

    Context& context_;
    std::vector<Info> made_;
    Json pod_;
    ObjectWatch watch_{};
    bool watching_ = false;
    std::unique_ptr<sim::Process> session_{};
    bool session_ended_ = false;
    bool interrupted_ = false;
    sim::Instant deadline_{};
};

}  // namespace

std::unique_ptr<sim::Process> run_attached(Context& context, std::vector<Info> made) {
    return std::make_unique<AttachedRun>(context, std::move(made));
}

}  // namespace kubetab::kubectl
