// One function per kind, each in <kind>.cpp. describers.cpp lists them.
#pragma once

#include "engine/kubectl/describe/subject.h"

namespace kubetab::kubectl::describe {

void describe_pod(const Subject& subject, Writer& writer);
void describe_service(const Subject& subject, Writer& writer);
void describe_node(const Subject& subject, Writer& writer);
void describe_namespace(const Subject& subject, Writer& writer);
void describe_config_map(const Subject& subject, Writer& writer);
void describe_secret(const Subject& subject, Writer& writer);
void describe_service_account(const Subject& subject, Writer& writer);
void describe_endpoints(const Subject& subject, Writer& writer);
void describe_endpoint_slice(const Subject& subject, Writer& writer);
void describe_ingress(const Subject& subject, Writer& writer);
void describe_ingress_class(const Subject& subject, Writer& writer);
void describe_network_policy(const Subject& subject, Writer& writer);
void describe_persistent_volume(const Subject& subject, Writer& writer);
void describe_persistent_volume_claim(const Subject& subject, Writer& writer);
void describe_storage_class(const Subject& subject, Writer& writer);
void describe_csi_node(const Subject& subject, Writer& writer);
void describe_priority_class(const Subject& subject, Writer& writer);
void describe_replication_controller(const Subject& subject, Writer& writer);
void describe_deployment(const Subject& subject, Writer& writer);
void describe_replica_set(const Subject& subject, Writer& writer);
void describe_daemon_set(const Subject& subject, Writer& writer);
void describe_stateful_set(const Subject& subject, Writer& writer);
void describe_role(const Subject& subject, Writer& writer);
void describe_role_binding(const Subject& subject, Writer& writer);
void describe_job(const Subject& subject, Writer& writer);
void describe_cron_job(const Subject& subject, Writer& writer);
// Any other kind: every field, in alphabetical order.
void describe_generic(const Subject& subject, Writer& writer);

}  // namespace kubetab::kubectl::describe
