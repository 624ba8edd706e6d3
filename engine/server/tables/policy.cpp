// The table of disruption budgets. upstream: pkg/printers/internalversion/printers.go

#include "engine/api/policy.h"
#include "engine/server/tables/table.h"

namespace kubetab::server {
namespace {

using base::Json;

std::string amount(const std::optional<api::IntOrString>& value) {
    return value ? value->to_string() : "N/A";
}

Json budget_cells(const api::Object& object, sim::Instant now) {
    const auto& budget = static_cast<const api::PodDisruptionBudget&>(object);
    return {budget.metadata.name, amount(budget.spec.minAvailable), amount(budget.spec.maxUnavailable),
            budget.status.disruptionsAllowed, age_cell(budget, now)};
}

}  // namespace

TableKind pod_disruption_budget_table() {
    return {{{"Name", "string", "name", 0, "Its name, unique in its namespace."},
             {"Min Available", "string", "", 0, "The fewest pods that must be left."},
             {"Max Unavailable", "string", "", 0, "The most pods that may be missing."},
             {"Allowed Disruptions", "integer", "", 0, "Pods that may be evicted now."},
             {"Age", "string", "", 0, "Time since it was made."}},
            &budget_cells};
}

}  // namespace kubetab::server
