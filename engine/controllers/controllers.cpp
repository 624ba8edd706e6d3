#include "engine/controllers/controllers.h"

#include "engine/controllers/api_service_availability.h"
#include "engine/controllers/attach_detach.h"
#include "engine/controllers/cloud_node_lifecycle.h"
#include "engine/controllers/cluster_role_aggregation.h"
#include "engine/controllers/cron_job.h"
#include "engine/controllers/csi_nodes.h"
#include "engine/controllers/custom_resource_finalizer.h"
#include "engine/controllers/custom_resource_names.h"
#include "engine/controllers/daemon_set.h"
#include "engine/controllers/deployment.h"
#include "engine/controllers/disruption.h"
#include "engine/controllers/endpoint_slice.h"
#include "engine/controllers/endpoints.h"
#include "engine/controllers/ephemeral_volume.h"
#include "engine/controllers/garbage_collector.h"
#include "engine/controllers/horizontal_pod_autoscaler.h"
#include "engine/controllers/job.h"
#include "engine/controllers/job_orphans.h"
#include "engine/controllers/namespace.h"
#include "engine/controllers/node_ipam.h"
#include "engine/controllers/node_lifecycle.h"
#include "engine/controllers/node_ttl.h"
#include "engine/controllers/pod_garbage_collector.h"
#include "engine/controllers/replica_set.h"
#include "engine/controllers/resource_quota.h"
#include "engine/controllers/root_ca_publisher.h"
#include "engine/controllers/service_account.h"
#include "engine/controllers/service_load_balancer.h"
#include "engine/controllers/stateful_set.h"
#include "engine/controllers/taint_eviction.h"
#include "engine/controllers/ttl_after_finished.h"
#include "engine/controllers/volume_binder.h"
#include "engine/controllers/volume_protection.h"
#include "engine/controllers/volume_provisioner.h"
#include "engine/controllers/volume_resizer.h"

namespace kubetab::controllers {

std::vector<std::unique_ptr<client::Controller>> make_controllers(sim::Simulation& simulation,
                                                                  client::InformerFactory& informers,
                                                                  const Options& options) {
    std::vector<std::unique_ptr<client::Controller>> controllers;
    // What every namespace has.
    controllers.push_back(std::make_unique<ServiceAccountController>(simulation, informers));
    controllers.push_back(std::make_unique<RootCaPublisher>(simulation, informers, options.ca_certificate));
    if (options.tokens != nullptr) {
        controllers.push_back(std::make_unique<ServiceAccountTokensController>(
            simulation, informers, *options.tokens, options.ca_certificate));
    }
    // Roles.
    controllers.push_back(std::make_unique<ClusterRoleAggregation>(simulation, informers));
    controllers.push_back(std::make_unique<CertificateSigner>(simulation, informers, options.sign));
    // Custom resources.
    controllers.push_back(std::make_unique<CustomResourceNames>(simulation, informers));
    controllers.push_back(std::make_unique<CustomResourceFinalizer>(simulation, informers));
    // Workloads.
    controllers.push_back(std::make_unique<DeploymentController>(simulation, informers));
    controllers.push_back(std::make_unique<ReplicaSetController>(simulation, informers));
    controllers.push_back(std::make_unique<ReplicationControllerController>(simulation, informers));
    controllers.push_back(std::make_unique<DaemonSetController>(simulation, informers));
    controllers.push_back(std::make_unique<StatefulSetController>(simulation, informers));
    controllers.push_back(std::make_unique<CronJobController>(simulation, informers));
    controllers.push_back(std::make_unique<JobController>(simulation, informers));
    controllers.push_back(std::make_unique<JobOrphansController>(simulation, informers));
    controllers.push_back(std::make_unique<TtlAfterFinishedController>(simulation, informers));
    if (options.metrics != nullptr) {
        controllers.push_back(
            std::make_unique<HorizontalPodAutoscalerController>(simulation, informers, *options.metrics));
    }
    // Services.
    controllers.push_back(std::make_unique<EndpointsController>(simulation, informers));
    controllers.push_back(std::make_unique<EndpointSliceController>(simulation, informers));
    controllers.push_back(std::make_unique<ApiServiceAvailability>(simulation, informers));
    // Nodes.
    controllers.push_back(std::make_unique<NodeIpamController>(simulation, informers, options.node_ranges));
    controllers.push_back(std::make_unique<NodeTtlController>(simulation, informers));
    controllers.push_back(std::make_unique<NodeLifecycleController>(simulation, informers));
    controllers.push_back(std::make_unique<TaintEvictionController>(simulation, informers));
    // What the cloud does, if there is one. upstream: cloud-controller-manager
    if (options.cloud != nullptr) {
        controllers.push_back(
            std::make_unique<ServiceLoadBalancerController>(simulation, informers, *options.cloud));
        controllers.push_back(
            std::make_unique<CloudNodeLifecycleController>(simulation, informers, *options.cloud));
    }
    // Storage.
    controllers.push_back(std::make_unique<VolumeBinder>(simulation, informers));
    controllers.push_back(std::make_unique<VolumeProvisioner>(simulation, informers));
    controllers.push_back(std::make_unique<CsiNodes>(simulation, informers));
    controllers.push_back(std::make_unique<EphemeralVolumeController>(simulation, informers));
    controllers.push_back(std::make_unique<AttachDetachController>(simulation, informers));
    controllers.push_back(std::make_unique<VolumeResizer>(simulation, informers));
    controllers.push_back(std::make_unique<ClaimProtection>(simulation, informers));
    controllers.push_back(std::make_unique<VolumeProtection>(simulation, informers));
    // What namespaces may use, and whom an eviction may take.
    controllers.push_back(std::make_unique<ResourceQuotaController>(simulation, informers));
    controllers.push_back(std::make_unique<DisruptionController>(simulation, informers));
    // What nobody needs any more.
    controllers.push_back(std::make_unique<GarbageCollector>(simulation, informers.server()));
    controllers.push_back(std::make_unique<PodGarbageCollector>(simulation, informers));
    controllers.push_back(std::make_unique<NamespaceController>(simulation, informers));
    return controllers;
}

}  // namespace kubetab::controllers
