// HorizontalPodAutoscaler. upstream: kubectl/pkg/describe/describe.go [describeHorizontalPodAutoscalerV2]

#include <fmt/format.h>

#include "engine/kubectl/describe/parts.h"
#include "engine/kubectl/describe/policy_describers.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl::describe {
namespace {

constexpr std::string_view kUnknown = "<unknown>";

const Json& metric_at(const Json& list, std::size_t index) {
    static const Json kNone = Json::object();
    return index < list.size() ? list[index] : kNone;
}

// What a resource is of what is requested, or as an amount.
void write_resource(const Json& spec, const Json& status, std::string_view source, std::string_view what,
                    Writer& writer) {
    const std::string average = value_at(status, {source, "current", "averageValue"}, kUnknown);
    writer.write(1, what);
    if (base::find(spec, {source, "target", "averageValue"}) != nullptr) {
        writer.add(fmt::format(":\t{} / {}\n", average, value_at(spec, {source, "target", "averageValue"})));
        return;
    }
    std::string current = value_at(status, {source, "current", "averageUtilization"});
    current = current.empty() ? std::string(kUnknown) : current + "% (" + average + ")";
    std::string target = value_at(spec, {source, "target", "averageUtilization"});
    target = target.empty() ? "<auto>" : target + "%";
    writer.write(1, fmt::format("(as a percentage of request):\t{} / {}\n", current, target));
}

// What is counted as a whole, or for each pod.
void write_amount(const Json& spec, const Json& status, std::string_view source, std::string_view what,
                  Writer& writer) {
    const bool averaged = source == "external"
                              ? base::find(spec, {source, "target", "averageValue"}) != nullptr
                              : value_at(spec, {source, "target", "type"}) == "AverageValue";
    const std::string_view value = averaged ? "averageValue" : "value";
    writer.write(1, fmt::format("{} (target {}):\t{} / {}\n", what, averaged ? "average value" : "value",
                                value_at(status, {source, "current", value}, kUnknown),
                                value_at(spec, {source, "target", value})));
}

void write_metric(const Json& spec, const Json& status, Writer& writer) {
    const std::string type = value_at(spec, {"type"});
    const auto name_in = [&](std::string_view source) {
        return quote(value_at(spec, {source, "metric", "name"}));
    };
    if (type == "External") {
        write_amount(spec, status, "external", name_in("external"), writer);
    } else if (type == "Object") {
        const std::string what = fmt::format("{} on {}/{}", name_in("object"),
                                             value_at(spec, {"object", "describedObject", "kind"}),
                                             value_at(spec, {"object", "describedObject", "name"}));
        write_amount(spec, status, "object", what, writer);
    } else if (type == "Pods") {
        writer.write(1, fmt::format("{} on pods:\t{} / {}\n", name_in("pods"),
                                    value_at(status, {"pods", "current", "averageValue"}, kUnknown),
                                    value_at(spec, {"pods", "target", "averageValue"})));
    } else if (type == "Resource") {
        const std::string what = "resource " + value_at(spec, {"resource", "name"}) + " on pods";
        write_resource(spec, status, "resource", what, writer);
    } else if (type == "ContainerResource") {
        const std::string what = fmt::format("resource {} of container \"{}\" on pods",
                                             value_at(spec, {"containerResource", "name"}),
                                             value_at(spec, {"containerResource", "container"}));
        write_resource(spec, status, "containerResource", what, writer);
    } else {
        writer.write(1, fmt::format("<unknown metric type {}>\n", quote(type)));
    }
}

// upstream: printDirectionBehavior
void write_direction(const Json& behavior, std::string_view field, std::string_view title, Writer& writer) {
    if (base::find(behavior, field) == nullptr) return;
    writer.write(1, fmt::format("{}:\n", title));
    const std::string window = value_at(behavior, {field, "stabilizationWindowSeconds"});
    if (!window.empty()) writer.write(2, fmt::format("Stabilization Window: {} seconds\n", window));
    const Json& policies = array_at(behavior, {field, "policies"});
    if (policies.empty()) return;
    writer.write(2, fmt::format("Select Policy: {}\n", value_at(behavior, {field, "selectPolicy"}, "Max")));
    writer.write(2, "Policies:\n");
    for (const Json& policy : policies) {
        writer.write(3,
                     fmt::format("- Type: {}\tValue: {}\tPeriod: {} seconds\n", value_at(policy, {"type"}),
                                 value_at(policy, {"value"}, "0"), value_at(policy, {"periodSeconds"}, "0")));
    }
}

void write_conditions(const Json& conditions, Writer& writer) {
    if (conditions.empty()) return;
    writer.add("Conditions:\n");
    writer.write(1, "Type\tStatus\tReason\tMessage\n");
    writer.write(1, "----\t------\t------\t-------\n");
    for (const Json& condition : conditions) {
        writer.write(
            1, fmt::format("{}\t{}\t{}\t{}\n", value_at(condition, {"type"}), value_at(condition, {"status"}),
                           value_at(condition, {"reason"}), value_at(condition, {"message"})));
    }
}

}  // namespace

void describe_horizontal_pod_autoscaler(const Subject& subject, Writer& writer) {
    const Json& autoscaler = subject.object;
    write_name(subject, writer);
    write_labels_and_annotations(subject, writer);
    writer.field(0, "CreationTimestamp", date_of(value_at(autoscaler, {"metadata", "creationTimestamp"})));
    const std::string kind = value_at(autoscaler, {"spec", "scaleTargetRef", "kind"});
    writer.field(0, "Reference", kind + "/" + value_at(autoscaler, {"spec", "scaleTargetRef", "name"}));
    writer.field(0, "Metrics", "( current / target )");
    const Json& metrics = array_at(autoscaler, {"spec", "metrics"});
    const Json& current = array_at(autoscaler, {"status", "currentMetrics"});
    for (std::size_t i = 0; i < metrics.size(); ++i) write_metric(metrics[i], metric_at(current, i), writer);
    writer.field(0, "Min replicas", value_at(autoscaler, {"spec", "minReplicas"}, "<unset>"));
    writer.field(0, "Max replicas", value_at(autoscaler, {"spec", "maxReplicas"}));
    if (const Json* behavior = base::find(autoscaler, {"spec", "behavior"}); behavior != nullptr) {
        writer.add("Behavior:\n");
        write_direction(*behavior, "scaleUp", "Scale Up", writer);
        write_direction(*behavior, "scaleDown", "Scale Down", writer);
    }
    writer.add(fmt::format("{} pods:\t{} current / {} desired\n", kind,
                           value_at(autoscaler, {"status", "currentReplicas"}, "0"),
                           value_at(autoscaler, {"status", "desiredReplicas"}, "0")));
    write_conditions(array_at(autoscaler, {"status", "conditions"}), writer);
    write_events(subject, writer);
}

}  // namespace kubetab::kubectl::describe
