// kubectl top pod. upstream: staging/src/k8s.io/kubectl/pkg/cmd/top/top_pod.go

#include <fmt/format.h>

#include <algorithm>

#include "engine/api/values.h"
#include "engine/base/stable_sort.h"
#include "engine/kubectl/commands/policy_commands.h"
#include "engine/kubectl/commands/top.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

constexpr std::int64_t kCreationDelayMicroseconds = 2 * 60 * 1'000'000;
constexpr const char* kLine = "________";

struct ContainerAmount {
    std::string name{};
    UsageAmount used{};
};

struct PodAmount {
    std::string namespace_{};
    std::string name{};
    UsageAmount used{};
    std::vector<ContainerAmount> containers{};
};

PodAmount read_pod(const Context& context, const Json& metrics) {
    PodAmount pod;
    pod.namespace_ = base::text_at(metrics, {"metadata", "namespace"});
    pod.name = base::text_at(metrics, {"metadata", "name"});
    const Json* containers = base::find(metrics, "containers");
    for (const Json& each : containers == nullptr ? Json::array() : *containers) {
        const Json* usage = base::find(each, "usage");
        const UsageAmount used = usage == nullptr ? UsageAmount() : amount_of(*usage);
        pod.used.cpu_milli += used.cpu_milli;
        pod.used.memory_bytes += used.memory_bytes;
        pod.containers.push_back({base::text_at(each, {"name"}), used});
    }
    base::stable_sort(pod.containers, [](const auto& a, const auto& b) { return a.name < b.name; });
    base::stable_sort(pod.containers,
                      [&](const auto& a, const auto& b) { return sorts_before(context, a.used, b.used); });
    return pod;
}

// "2m5.5s", as Go prints a duration of more than a minute.
std::string duration_text(std::int64_t microseconds) {
    const std::int64_t seconds = microseconds / 1'000'000;
    std::string fraction = fmt::format("{:06}", microseconds % 1'000'000);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    std::string text = seconds >= 3600 ? std::to_string(seconds / 3600) + "h" : "";
    text += std::to_string(seconds / 60 % 60) + "m" + std::to_string(seconds % 60);
    return text + (fraction.empty() ? "" : "." + fraction) + "s";
}

// upstream: checkPodAge
base::Result<void> check_age(const Context& context, const Json& pod) {
    const auto made = api::parse_time_microseconds(base::text_at(pod, {"metadata", "creationTimestamp"}));
    const std::int64_t age = context.now().unix_microseconds() - made.value_or(0);
    if (age <= kCreationDelayMicroseconds) return {};
    return client_error("Metrics not available for pod " + base::text_at(pod, {"metadata", "namespace"}) +
                        "/" + base::text_at(pod, {"metadata", "name"}) + ", age: " + duration_text(age));
}

// Why nothing is known of any pod; no failure when there are no pods. upstream: verifyEmptyMetrics
base::Result<void> explain_nothing(Context& context, const std::string& in_namespace) {
    const std::string path =
        "/api/v1" + (in_namespace.empty() ? std::string() : "/namespaces/" + in_namespace) + "/pods";
    const Json list = TRY(list_json(context, path, top_query(context)));
    const Json* pods = base::find(list, "items");
    if (pods == nullptr || pods->empty()) return {};
    for (const Json& pod : *pods) TRY(check_age(context, pod));
    return client_error("metrics not available yet");
}

using Row = TableRows::value_type;

void add_rows(const PodAmount& pod, bool with_namespace, bool with_containers, TableRows& rows) {
    Row row;
    if (with_namespace) row.emplace_back(pod.namespace_);
    row.emplace_back(pod.name);
    if (!with_containers) {
        row.emplace_back(cpu_cell(pod.used));
        row.emplace_back(memory_cell(pod.used));
        rows.push_back(std::move(row));
        return;
    }
    for (const ContainerAmount& container : pod.containers) {
        Row line = row;
        for (const std::string& cell :
             {container.name, cpu_cell(container.used), memory_cell(container.used)})
            line.push_back(cell);
        rows.push_back(std::move(line));
    }
}

// upstream: printPodResourcesSum
void add_sum(const std::vector<PodAmount>& pods, std::size_t columns, TableRows& rows) {
    UsageAmount total;
    for (const PodAmount& pod : pods) {
        total.cpu_milli += pod.used.cpu_milli;
        total.memory_bytes += pod.used.memory_bytes;
    }
    Row line(columns - 2);
    Row sum(columns - 2);
    for (const char* cell : {kLine, kLine}) line.emplace_back(cell);
    for (const std::string& cell : {cpu_cell(total), memory_cell(total)}) sum.push_back(cell);
    rows.push_back(std::move(line));
    rows.push_back(std::move(sum));
}

// upstream: PrintPodMetrics
void print_pods(Context& context, std::vector<PodAmount> pods) {
    const Flags& flags = context.flags;
    const bool with_namespace = flags.truth("all-namespaces");
    const bool with_containers = flags.truth("containers");
    base::stable_sort(
        pods, [&](const PodAmount& a, const PodAmount& b) { return sorts_before(context, a.used, b.used); });
    TableRows rows;
    std::size_t columns = 3;
    if (!flags.truth("no-headers")) {
        Row header;
        if (with_namespace) header.emplace_back("NAMESPACE");
        if (with_containers) header.emplace_back("POD");
        for (const char* title : {"NAME", "CPU(cores)", "MEMORY(bytes)"}) header.emplace_back(title);
        columns = header.size();
        rows.push_back(std::move(header));
    }
    for (const PodAmount& pod : pods) add_rows(pod, with_namespace, with_containers, rows);
    if (flags.truth("sum")) add_sum(pods, columns, rows);
    print_usage(context, std::move(rows));
}

Outcome run_top_pod(Context& context) {
    const auto good = check_top(context, "only one of NAME or selector can be provided");
    if (!good) return good.error();
    const bool everywhere = context.flags.truth("all-namespaces");
    const std::string space = everywhere ? "" : context.current_namespace;
    const auto metrics = read_metrics(context, "pods", space);
    if (!metrics) return metrics.error();
    if (metrics->empty()) {
        const auto why = explain_nothing(context, space);
        if (!why) return why.error();
        context.err(everywhere ? "No resources found\n" : "No resources found in " + space + " namespace.\n");
        return 0;
    }
    std::vector<PodAmount> pods;
    for (const Json& each : *metrics) pods.push_back(read_pod(context, each));
    print_pods(context, std::move(pods));
    return 0;
}

}  // namespace

CommandSpec top_pod_command() {
    return {
        .path = "top pod",
        .aliases = {"pods", "po"},
        .summary = "Display resource (CPU/memory) usage of pods",
        .usage = "top pod [NAME | -l label] [options]",
        .examples =
            "  # What the pods of the namespace use\n  kubectl top pod\n\n"
            "  # What each container of a pod uses\n  kubectl top pod POD_NAME --containers\n\n"
            "  # What all pods use, the greediest first\n  kubectl top pod -A --sort-by=cpu",
        .flags =
            FlagTable{{"all-namespaces", 'A', FlagType::Bool, "false", "Show the pods of all namespaces"},
                      {"containers", 0, FlagType::Bool, "false", "Show each container by itself"},
                      {"field-selector", 0, FlagType::Text, "", "Selector of fields to filter on"},
                      {"sum", 0, FlagType::Bool, "false", "Show what all of them use together"}} +
            top_flags(),
        .run = run_top_pod,
        .group = "",
    };
}

}  // namespace kubetab::kubectl
