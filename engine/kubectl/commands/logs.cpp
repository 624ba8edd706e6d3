// kubectl logs. upstream: kubectl/pkg/cmd/logs/logs.go, kubectl/pkg/polymorphichelpers/logsforobject.go
#include <algorithm>
#include <memory>
#include <utility>

#include "engine/api/values.h"
#include "engine/kubectl/commands/log_printing.h"
#include "engine/kubectl/commands/mutation.h"
#include "engine/kubectl/commands/pod_choice.h"
#include "engine/kubectl/commands/pod_commands.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;
using base::text_at;

constexpr std::string_view kUsage =
    "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\n"
    "POD or TYPE/NAME is a required argument for the logs command";
constexpr std::int32_t kLinesOfSelected = 10;  // upstream: selectorTail

// What the command line asks for.
struct LogsRequest {
    std::string resource{};   // "POD" or "TYPE/NAME"; empty with a selector
    std::string container{};  // "" for the default one
    LogPrinting printing{};
};

base::Result<void> check_flags(const Context& context, const LogsRequest& request) {
    const Flags& flags = context.flags;
    if (flags.changed("since-time") && flags.duration("since").ns != 0) {
        return client_error("at most one of `sinceTime` or `sinceSeconds` may be specified");
    }
    if (flags.truth("all-containers") && !request.container.empty()) {
        return client_error("--all-containers=true should not be specified with container name " +
                            request.container);
    }
    if (context.arguments.size() == 2 && flags.changed("container")) {
        return client_error("only one of -c or an inline [CONTAINER] arg is allowed");
    }
    if (flags.number("limit-bytes") < 0) return client_error("--limit-bytes must be greater than 0");
    if (flags.duration("since").ns < 0) return client_error("--since must be greater than 0");
    if (flags.number("tail") < -1) return client_error("--tail must be greater than or equal to -1");
    return refuse_flags(context, {{"insecure-skip-tls-verify-backend", "the kubelets use no certificates"}});
}

base::Result<QueryParameters> log_parameters(const Context& context) {
    const Flags& flags = context.flags;
    QueryParameters query;
    if (flags.truth("previous")) query.emplace_back("previous", "true");
    if (flags.truth("timestamps")) query.emplace_back("timestamps", "true");
    if (const std::string& since = flags.text("since-time"); !since.empty()) {
        if (!api::parse_time_microseconds(since)) {
            return client_error("parsing time " + quote(since) +
                                " as \"2006-01-02T15:04:05Z07:00\": cannot parse " + quote(since) +
                                " as \"2006\"");
        }
        query.emplace_back("sinceTime", since);
    }
    if (const sim::Duration since = flags.duration("since"); since.ns > 0) {
        query.emplace_back("sinceSeconds", std::to_string((since + sim::milliseconds(500)).whole_seconds()));
    }
    if (flags.number("limit-bytes") > 0) {
        query.emplace_back("limitBytes", std::to_string(flags.number("limit-bytes")));
    }
    const bool few = !flags.text("selector").empty() && !flags.changed("tail");
    const std::int32_t tail = few ? kLinesOfSelected : flags.number("tail");
    if (tail >= 0) query.emplace_back("tailLines", std::to_string(tail));
    return query;
}

base::Result<LogsRequest> read_request(const Context& context) {
    const Flags& flags = context.flags;
    const bool selects = !flags.text("selector").empty();
    if (context.arguments.empty() ? !selects : context.arguments.size() > 2) {
        return usage_error(context.path(), kUsage);
    }
    if (context.arguments.size() == 1 && selects) {
        return usage_error(context.path(), "only a selector (-l) or a POD name is allowed");
    }
    LogsRequest request;
    request.container = flags.text("container");
    if (!context.arguments.empty()) request.resource = context.arguments.front();
    if (context.arguments.size() == 2) {
        if (request.container.empty()) request.container = context.arguments.back();
    }
    TRY(check_flags(context, request));
    request.printing.query = TRY(log_parameters(context));
    request.printing.follow = flags.truth("follow");
    request.printing.ignore_errors = flags.truth("ignore-errors");
    request.printing.prefix = flags.changed("prefix") ? flags.truth("prefix") : flags.truth("all-pods");
    return request;
}

// upstream: logsForObjectWithClient
base::Result<std::vector<LogTarget>> targets_of(Context& context, const Json& pod,
                                                const std::string& container) {
    const std::string name = text_at(pod, {"metadata", "name"});
    const ContainerNames names = container_names(pod);
    std::vector<LogTarget> targets;
    const auto add = [&](const std::string& chosen) {
        targets.push_back({pod_path(pod, "log"), name, chosen});
    };
    if (context.flags.truth("all-containers")) {
        for (const std::string& each : names.init) add(each);
        for (const std::string& each : names.main) add(each);
        for (const std::string& each : names.ephemeral) add(each);
        return targets;
    }
    const std::string chosen = container.empty() ? default_container(context, pod) : container;
    if (!names.has(chosen)) {
        return client_error("container " + chosen + " is not valid for pod " + name);
    }
    add(chosen);
    return targets;
}

base::Result<std::unique_ptr<sim::Process>> print_logs(Context& context, const LogsRequest& request,
                                                       const std::vector<Json>& pods) {
    std::vector<LogTarget> targets;
    for (const Json& pod : pods) {
        for (LogTarget& target : TRY(targets_of(context, pod, request.container))) {
            targets.push_back(std::move(target));
        }
    }
    const auto most = static_cast<std::size_t>(std::max(0, context.flags.number("max-log-requests")));
    if (request.printing.follow && targets.size() > 1 && targets.size() > most) {
        return client_error("you are attempting to follow " + std::to_string(targets.size()) +
                            " log streams, but maximum allowed concurrency is " + std::to_string(most) +
                            ", use --max-log-requests to increase the limit");
    }
    return std::unique_ptr<sim::Process>(
        std::make_unique<LogPrinter>(context, std::move(targets), request.printing));
}

base::Result<std::unique_ptr<sim::Process>> logs_of_selected(Context& context, const LogsRequest& request) {
    const std::vector<Json> pods =
        TRY(list_pods(context, context.current_namespace, context.flags.text("selector"), PodOrder::Logging));
    if (pods.empty()) context.err("No resources found in " + context.current_namespace + " namespace.\n");
    return print_logs(context, request, pods);
}

base::Result<std::unique_ptr<sim::Process>> logs_of_workload(Context& context, const LogsRequest& request,
                                                             std::vector<Json> pods) {
    if (!context.flags.truth("all-pods")) {
        if (pods.size() > 1) {
            context.err("Found " + std::to_string(pods.size()) + " pods, using pod/" +
                        text_at(pods.front(), {"metadata", "name"}) + "\n");
        }
        pods.resize(1);
    }
    return print_logs(context, request, pods);
}

base::Result<std::unique_ptr<sim::Process>> logs(Context& context) {
    const LogsRequest request = TRY(read_request(context));
    if (request.resource.empty()) return logs_of_selected(context, request);
    const base::Result<Info> info = find_pod_or_owner(context, request.resource);
    if (!info) {
        const bool missing = info.error().reason == base::Reason::NotFound && !is_client_error(info.error());
        if (!missing) return info.error();
        return client_error("error from server (NotFound): " + info.error().message + " in namespace " +
                            quote(context.current_namespace));
    }
    return with_pods_of(context, *info, PodOrder::Logging, "cannot get the logs from",
                        [&context, request](const std::vector<Json>& pods) {
                            return logs_of_workload(context, request, pods);
                        });
}

Outcome run(Context& context) {
    base::Result<std::unique_ptr<sim::Process>> process = logs(context);
    if (!process) return process.error();
    return std::move(*process);
}

}  // namespace

CommandSpec logs_command() {
    FlagTable flags = {
        {"all-containers", 0, FlagType::Bool, "false", "Print the logs of all containers of the pods"},
        {"all-pods", 0, FlagType::Bool, "false", "Print the logs of all pods of the workload; sets --prefix"},
        {"container", 'c', FlagType::Text, "", "Print the logs of this container"},
        {"follow", 'f', FlagType::Bool, "false", "Go on printing what the containers write, until Ctrl+C"},
        {"ignore-errors", 0, FlagType::Bool, "false", "Go on when one of several logs cannot be had"},
        {"insecure-skip-tls-verify-backend", 0, FlagType::Bool, "false", "Not supported"},
        {"limit-bytes", 0, FlagType::Int, "0", "Print at most this many bytes; 0 means all"},
        {"max-log-requests", 0, FlagType::Int, "5", "How many logs to follow at once with a selector"},
        {"pod-running-timeout", 0, FlagType::Duration, "20s", "How long to wait until there is a pod"},
        {"prefix", 0, FlagType::Bool, "false", "Begin each line with its pod and container"},
        {"previous", 'p', FlagType::Bool, "false", "Print the log of the container's run before this one"},
        {"since", 0, FlagType::Duration, "0s", "Print what is newer than 5s, 2m or 3h; 0 means all"},
        {"since-time", 0, FlagType::Text, "", "Print what is newer than this time (RFC3339)"},
        {"tail", 0, FlagType::Int, "-1", "Print the last lines only; -1 means all, and 10 with a selector"},
        {"timestamps", 0, FlagType::Bool, "false", "Begin each line with its time"},
    };
    return {
        .path = "logs",
        .aliases = {},
        .summary = "Print the logs for a container in a pod",
        .usage = "logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER] [options]",
        .examples =
            "  # What the only container of a pod has printed\n  kubectl logs web-0\n\n"
            "  # Go on printing; Ctrl+C ends it\n  kubectl logs -f deploy/web\n\n"
            "  # What the container printed before it was restarted\n  kubectl logs web-0 --previous\n\n"
            "  # The last lines of all containers of some pods\n"
            "  kubectl logs -l app=web --all-containers --tail=20 --prefix",
        .flags = flags + selector_flag(),
        .run = run,
        .group = "Troubleshooting and Debugging Commands",
    };
}

}  // namespace kubetab::kubectl
