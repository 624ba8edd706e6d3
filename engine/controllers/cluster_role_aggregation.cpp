#include "engine/controllers/cluster_role_aggregation.h"

#include <algorithm>

#include "engine/api/selectors.h"

namespace kubetab::controllers {

using api::ClusterRole;
using api::PolicyRule;

ClusterRoleAggregation::ClusterRoleAggregation(sim::Simulation& simulation,
                                               client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "clusterrole-aggregation-controller"),
      roles_(informers.of<ClusterRole>()) {
    enqueue_all(roles_.revision());
    roles_.on_change([this](const client::Change& change) { enqueue_all(change.revision); });
}

// Any role may be one that another gathers from. upstream: enqueue
void ClusterRoleAggregation::enqueue_all(std::int64_t revision) {
    for (const auto& [key, object] : roles_.objects()) {
        if (static_cast<const ClusterRole&>(*object).aggregationRule) enqueue(key, revision);
    }
}

// upstream: syncClusterRole
base::Result<client::Requeue> ClusterRoleAggregation::reconcile(const api::ObjectKey& key) {
    const api::Ref<ClusterRole> stored = roles_.find(key);
    if (!stored || !stored->aggregationRule) return client::Requeue::none();
    std::vector<PolicyRule> rules;
    for (const api::LabelSelector& label_selector : stored->aggregationRule->clusterRoleSelectors) {
        const api::Selector selector = TRY(api::Selector::of(label_selector));
        for (const auto& [other, object] : roles_.objects()) {
            if (other == key || !selector.matches(object->metadata.labels)) continue;
            for (const PolicyRule& rule : static_cast<const ClusterRole&>(*object).rules) {
                if (std::find(rules.begin(), rules.end(), rule) == rules.end()) rules.push_back(rule);
            }
        }
    }
    if (rules == stored->rules) return client::Requeue::none();
    ClusterRole role = *stored;
    role.rules = std::move(rules);
    client_.because("the roles it gathers from have changed");
    TRY(client_.update(std::move(role)));
    return client::Requeue::none();
}

}  // namespace kubetab::controllers
