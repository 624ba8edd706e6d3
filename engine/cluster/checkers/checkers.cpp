#include "engine/cluster/checkers/checkers.h"

namespace kubetab::cluster {

std::vector<std::unique_ptr<Checker>> make_checkers(api::ApiServer& server) {
    std::vector<std::unique_ptr<Checker>> checkers;
    checkers.push_back(make_revisions_checker());
    checkers.push_back(make_generation_checker());
    checkers.push_back(make_binding_checker());
    checkers.push_back(make_allocatable_checker());
    checkers.push_back(make_addresses_checker());
    checkers.push_back(make_grace_checker());
    checkers.push_back(make_finalizers_checker());
    checkers.push_back(make_namespaces_checker());
    checkers.push_back(make_stateful_identity_checker());
    checkers.push_back(make_budgets_checker());
    checkers.push_back(make_quotas_checker());
    checkers.push_back(make_jobs_checker());
    checkers.push_back(make_volumes_checker());
    checkers.push_back(make_watch_replay_checker(server));
    checkers.push_back(make_nodes_checker());
    checkers.push_back(make_placement_checker());
    checkers.push_back(make_pod_status_checker());
    checkers.push_back(make_replica_sets_checker());
    checkers.push_back(make_deployments_checker());
    checkers.push_back(make_endpoints_checker());
    checkers.push_back(make_owners_checker());
    checkers.push_back(make_termination_checker());
    checkers.push_back(make_daemon_sets_checker());
    return checkers;
}

}  // namespace kubetab::cluster
