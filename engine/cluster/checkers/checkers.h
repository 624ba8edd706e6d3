// The checkers, one per invariant, each in the file of its name.
#pragma once

#include <memory>
#include <vector>

#include "engine/api/access.h"
#include "engine/cluster/checkers/checker.h"

namespace kubetab::cluster {

// Of single writes.
std::unique_ptr<Checker> make_revisions_checker();
std::unique_ptr<Checker> make_generation_checker();
std::unique_ptr<Checker> make_binding_checker();
std::unique_ptr<Checker> make_allocatable_checker();
std::unique_ptr<Checker> make_addresses_checker();
std::unique_ptr<Checker> make_grace_checker();
std::unique_ptr<Checker> make_finalizers_checker();
std::unique_ptr<Checker> make_namespaces_checker();
std::unique_ptr<Checker> make_stateful_identity_checker();
std::unique_ptr<Checker> make_budgets_checker();
std::unique_ptr<Checker> make_quotas_checker();
std::unique_ptr<Checker> make_jobs_checker();
std::unique_ptr<Checker> make_volumes_checker();
// Of what watchers are told.
std::unique_ptr<Checker> make_watch_replay_checker(api::ApiServer& server);
// Of a cluster at rest.
std::unique_ptr<Checker> make_nodes_checker();
std::unique_ptr<Checker> make_placement_checker();
std::unique_ptr<Checker> make_pod_status_checker();
std::unique_ptr<Checker> make_replica_sets_checker();
std::unique_ptr<Checker> make_deployments_checker();
std::unique_ptr<Checker> make_endpoints_checker();
std::unique_ptr<Checker> make_owners_checker();
std::unique_ptr<Checker> make_termination_checker();
std::unique_ptr<Checker> make_daemon_sets_checker();

// All of them. The server must outlive them.
std::vector<std::unique_ptr<Checker>> make_checkers(api::ApiServer& server);

}  // namespace kubetab::cluster
