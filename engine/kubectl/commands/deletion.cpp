#include "engine/kubectl/commands/deletion.h"

#include <utility>

#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

class GoneProcess : public sim::Process {
public:
    GoneProcess(Context& context, std::vector<Doomed> doomed, sim::Duration timeout,
                std::function<int()> then)
        : context_(context),
          doomed_(std::move(doomed)),
          deadline_(context.now() + timeout),
          then_(std::move(then)) {}

    sim::Poll poll(sim::Io&) override {
        if (interrupted_) return sim::Poll::done(130);
        while (!doomed_.empty()) {
            const Doomed& next = doomed_.front();
            const auto live = get_json(context_, next.info.path());
            const bool gone =
                !live.ok() || (!next.uid.empty() && base::text_at(*live, {"metadata", "uid"}) != next.uid);
            if (!live && live.error().reason != base::Reason::NotFound &&
                live.error().reason != base::Reason::Forbidden) {
                return sim::Poll::done(report(context_, {live.error()}));
            }
            if (gone) {
                doomed_.erase(doomed_.begin());
                continue;
            }
            if (context_.now() < deadline_) return sim::Poll::change(deadline_);
            return sim::Poll::done(
                report(context_, {client_error("timed out waiting for the condition on " +
                                               next.info.resource.plural + "/" + next.info.name)}));
        }
        return sim::Poll::done(then_());
    }
    void interrupt() override { interrupted_ = true; }

private:
    Context& context_;
    std::vector<Doomed> doomed_;
    sim::Instant deadline_;
    std::function<int()> then_;
    bool interrupted_ = false;
};

}  // namespace

int report(Context& context, const std::vector<base::Status>& errors) {
    context.err(error_text(errors));
    return errors.empty() ? 0 : 1;
}

base::Result<Doomed> delete_info(Context& context, const Info& info, const DeletionOptions& options) {
    Json body = {{"propagationPolicy", options.propagation}};
    if (options.grace_period_seconds >= 0) body["gracePeriodSeconds"] = options.grace_period_seconds;
    if (options.dry_run == DryRun::Server) body["dryRun"] = Json::array({"All"});
    const auto answer = delete_object(context, info.path(), body);
    if (!answer) return with_source("deleting", info.source, answer.error());
    std::string uid = base::text_at(*answer, {"details", "uid"});
    if (base::text_at(*answer, {"kind"}) != "Status") uid = base::text_at(*answer, {"metadata", "uid"});
    return Doomed{info, std::move(uid)};
}

void print_deleted(Context& context, const Info& info, const DeletionOptions& options) {
    const std::string kind = info.resource.qualified_singular();
    if (context.flags.text("output") == "name") return context.out(kind + "/" + info.name + "\n");
    std::string operation = options.grace_period_seconds == 0 ? "force deleted" : "deleted";
    if (options.dry_run == DryRun::Client) operation += " (dry run)";
    if (options.dry_run == DryRun::Server) operation += " (server dry run)";
    context.out(kind + " \"" + info.name + "\" " + operation + "\n");
}

std::unique_ptr<sim::Process> wait_until_gone(Context& context, std::vector<Doomed> doomed,
                                              std::optional<sim::Duration> timeout,
                                              std::function<int()> then) {
    return std::make_unique<GoneProcess>(context, std::move(doomed), timeout.value_or(sim::hours(24 * 7)),
                                         std::move(then));
}

base::Result<std::string> propagation_of(const Context& context) {
    const std::string& value = context.flags.text("cascade");
    if (value == "background" || value == "true") return std::string("Background");
    if (value == "orphan" || value == "false") return std::string("Orphan");
    if (value == "foreground") return std::string("Foreground");
    return client_error("invalid cascade value (" + value +
                        "). Must be \"background\", \"foreground\", or \"orphan\"");
}

}  // namespace kubetab::kubectl
