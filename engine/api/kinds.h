// The kinds that most of the engine works with. Others stand in headers of their own, with their kind_of.
#pragma once

#include "engine/api/apps.h"
#include "engine/api/coordination.h"
#include "engine/api/core/config.h"
#include "engine/api/core/endpoints.h"
#include "engine/api/core/event.h"
#include "engine/api/core/node.h"
#include "engine/api/core/pod.h"
#include "engine/api/core/service.h"
#include "engine/api/discovery.h"
#include "engine/api/object.h"

namespace kubetab::api {

template <>
const Kind& kind_of<ConfigMap>();
template <>
const Kind& kind_of<Endpoints>();
template <>
const Kind& kind_of<Event>();
template <>
const Kind& kind_of<Namespace>();
template <>
const Kind& kind_of<Node>();
template <>
const Kind& kind_of<Pod>();
template <>
const Kind& kind_of<Secret>();
template <>
const Kind& kind_of<Service>();
template <>
const Kind& kind_of<ServiceAccount>();
template <>
const Kind& kind_of<Deployment>();
template <>
const Kind& kind_of<ReplicaSet>();
template <>
const Kind& kind_of<Lease>();
template <>
const Kind& kind_of<EndpointSlice>();

}  // namespace kubetab::api
