// PodDisruptionBudget. upstream: kubectl/pkg/describe/describe.go

#include <fmt/format.h>

#include "engine/kubectl/describe/parts.h"
#include "engine/kubectl/describe/policy_describers.h"

namespace kubetab::kubectl::describe {

void describe_pod_disruption_budget(const Subject& subject, Writer& writer) {
    const Json& budget = subject.object;
    write_name(subject, writer);
    const std::string least = value_at(budget, {"spec", "minAvailable"});
    const std::string most = value_at(budget, {"spec", "maxUnavailable"});
    if (!least.empty()) writer.field(0, "Min available", least);
    else if (!most.empty()) writer.field(0, "Max unavailable", most);
    const Json* selector = base::find(budget, {"spec", "selector"});
    writer.field(0, "Selector", selector == nullptr ? "<unset>" : format_selector(selector));
    writer.add("Status:\n");
    const auto count = [&](std::string_view title, std::string_view name) {
        writer.add(fmt::format("    {}:\t{}\n", title, value_at(budget, {"status", name}, "0")));
    };
    count("Allowed disruptions", "disruptionsAllowed");
    count("Current", "currentHealthy");
    count("Desired", "desiredHealthy");
    count("Total", "expectedPods");
    write_events(subject, writer);
}

}  // namespace kubetab::kubectl::describe
