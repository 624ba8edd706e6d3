// The descriptions of what bounds and scales workloads. describers.cpp lists them.
#pragma once

#include "engine/kubectl/describe/subject.h"

namespace kubetab::kubectl::describe {

void describe_horizontal_pod_autoscaler(const Subject& subject, Writer& writer);
void describe_limit_range(const Subject& subject, Writer& writer);
void describe_pod_disruption_budget(const Subject& subject, Writer& writer);
void describe_resource_quota(const Subject& subject, Writer& writer);

// The scopes of a quota and what each of them means; nothing when it has none. `bullet` begins each meaning.
void write_quota_scopes(const Json& quota, int level, std::string_view bullet, Writer& writer);

}  // namespace kubetab::kubectl::describe
