// kubectl wait. upstream: kubectl/pkg/cmd/wait/wait.go, condition.go, delete.go, create.go, json.go
#include <memory>
#include <optional>
#include <utility>

#include "engine/kubectl/commands/mutation.h"
#include "engine/kubectl/commands/object_watch.h"
#include "engine/kubectl/commands/pod_commands.h"
#include "engine/kubectl/commands/wait_condition.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/resources.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;
using base::text_at;

constexpr sim::Duration kForEver = sim::hours(24 * 7);  // upstream: a negative timeout means a week

// Waits for one object after the other; all of them share one time limit.
class WaitProcess : public sim::Process {
public:
    WaitProcess(Context& context, WaitCondition condition, ResourceQuery query)
        : context_(context), condition_(std::move(condition)), query_(std::move(query)) {
        const sim::Duration timeout = context.flags.duration("timeout");
        once_ = timeout.ns == 0;
        deadline_ = context.now() + (timeout.ns < 0 ? kForEver : timeout);
    }

    sim::Poll poll(sim::Io& io) override {
        if (interrupted_) return sim::Poll::done(kInterrupted);
        if (!looked_up_ && !look_up()) return sim::Poll::change(deadline_);
        while (next_ < found_.infos.size()) {
            const base::Result<bool> met = advance(io.now());
            if (met && !*met) return sim::Poll::change(deadline_);
            if (!met) errors_.push_back(met.error());
            watching_ = false;
            ++next_;
        }
        if (found_.infos.empty() && errors_.empty() && condition_.kind() != WaitCondition::Kind::Deleted) {
            errors_.push_back(client_error("no matching resources found"));
        }
        io.err(error_text(errors_));
        return sim::Poll::done(errors_.empty() ? 0 : 1);
    }
    void interrupt() override { interrupted_ = true; }

private:
    // False when the objects do not exist yet and are to be waited for.
    bool look_up() {
        found_ = find_resources(context_, query_);
        std::vector<base::Status> errors;
        bool missing = found_.infos.empty() && found_.errors.empty();
        for (const base::Status& error : found_.errors) {
            const bool not_found = error.reason == base::Reason::NotFound && !is_client_error(error);
            missing = missing || not_found;
            if (not_found && condition_.kind() == WaitCondition::Kind::Deleted) continue;
            errors.push_back(error);
        }
        const bool may_come = condition_.kind() == WaitCondition::Kind::Created && missing && !once_;
        if (may_come && context_.now() < deadline_) return false;
        errors_ = std::move(errors);
        looked_up_ = true;
        return true;
    }

    // True when the present object needs no more waiting.
    base::Result<bool> advance(sim::Instant now) {
        const Info& info = found_.infos[next_];
        if (!watching_) {
            watching_ = true;
            TRY(watch_.start(context_, info));
            const bool deleting = condition_.kind() == WaitCondition::Kind::Deleted;
            if (!watch_.existed() && !deleting) return missing(info);
            if (!watch_.existed()) return print(info, info.object);
        }
        for (const ObjectWatch::Change& change : TRY(watch_.take())) {
            const bool met = change.deleted ? condition_.kind() == WaitCondition::Kind::Deleted
                                            : TRY(condition_.met(change.object, uid_of(info.object)));
            if (met) return print(info, change.object);
        }
        if (!once_ && now < deadline_) return false;
        return client_error("timed out waiting for the condition on " + info.resource.plural + "/" +
                            info.name);
    }

    static std::string uid_of(const Json& object) { return text_at(object, {"metadata", "uid"}); }

    static base::Status missing(const Info& info) {
        const std::string group = info.resource.group.empty() ? "" : "." + info.resource.group;
        return base::failure(base::Reason::NotFound,
                             info.resource.plural + group + " " + quote(info.name) + " not found");
    }

    base::Result<bool> print(const Info& info, const Json& object) {
        TRY(print_result(context_, info, object, "condition met"));
        return true;
    }

    Context& context_;
    WaitCondition condition_;
    ResourceQuery query_;
    Found found_{};
    std::vector<base::Status> errors_{};
    std::size_t next_ = 0;
    ObjectWatch watch_{};
    bool watching_ = false;
    bool looked_up_ = false;
    bool once_ = false;
    bool interrupted_ = false;
    sim::Instant deadline_{};
};

Outcome run(Context& context) {
    base::Result<WaitCondition> condition = WaitCondition::parse(context.flags.text("for"));
    if (!condition) return condition.error();
    if (const auto output = check_output(context); !output) return output.error();
    const auto refused =
        refuse_flags(context, {{"local", "wait asks the server, there is nothing to wait for in a file"}});
    if (!refused) return refused.error();
    ResourceQuery query = query_of(context);
    query.continue_on_error = true;
    query.refresh = true;
    return std::make_unique<WaitProcess>(context, std::move(*condition), std::move(query));
}

}  // namespace

CommandSpec wait_command() {
    FlagTable flags = {
        {"all", 0, FlagType::Bool, "false", "Wait for all objects of the type in the namespace"},
        {"all-namespaces", 'A', FlagType::Bool, "false", "Look in all namespaces"},
        {"field-selector", 0, FlagType::Text, "",
         "Selector (field query) to filter on, supports '=', '==', and '!='"},
        {"for", 0, FlagType::Text, "",
         "What to wait for: delete, create, condition=NAME[=VALUE] or jsonpath='{.path}'[=VALUE]"},
        {"local", 0, FlagType::Bool, "false", "Not supported"},
        {"timeout", 0, FlagType::Duration, "30s", "How long to wait; 0 looks once, below 0 means a week"},
    };
    return {
        .path = "wait",
        .aliases = {},
        .summary = "Experimental: Wait for a specific condition on one or many resources",
        .usage =
            "wait ([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) "
            "[--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]] [options]",
        .examples =
            "  # Wait until a pod is ready\n  kubectl wait --for=condition=Ready pod/web-0\n\n"
            "  # Wait until a pod has gone, for a minute at most\n"
            "  kubectl wait --for=delete pod/web-0 --timeout=60s\n\n"
            "  # Wait until a field has a value\n"
            "  kubectl wait --for=jsonpath='{.status.phase}'=Running pod/web-0",
        .flags = flags + filename_flags("to wait for") + selector_flag() + output_flags(),
        .run = run,
        .group = "Advanced Commands",
    };
}

}  // namespace kubetab::kubectl
