// Which kinds describe pods, and where.
#pragma once

#include "engine/api/core/pod_spec.h"
#include "engine/api/object.h"

namespace kubetab::server {

// The pod itself, or the template of those that an object's controller makes.
struct PodDescription {
    const api::ObjectMeta* metadata = nullptr;
    const api::PodSpec* spec = nullptr;  // null for kinds that describe no pod
};

// Points into the object.
PodDescription pod_description(const api::Kind& kind, const api::Object& object);

}  // namespace kubetab::server
