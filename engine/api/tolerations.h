// Tolerations: whether a pod tolerates a taint.
// upstream: staging/src/k8s.io/api/core/v1/toleration.go ToleratesTaint
#pragma once

#include <vector>

#include "engine/api/core/affinity.h"
#include "engine/api/core/node.h"

namespace kubetab::api {

inline bool tolerates(const Toleration& toleration, const Taint& taint) {
    if (!toleration.effect.empty() && toleration.effect != taint.effect) return false;
    if (!toleration.key.empty() && toleration.key != taint.key) return false;
    if (toleration.operator_ == "Exists") return true;
    return (toleration.operator_.empty() || toleration.operator_ == "Equal") &&
           toleration.value == taint.value;
}

inline bool tolerates(const std::vector<Toleration>& tolerations, const Taint& taint) {
    for (const Toleration& toleration : tolerations) {
        if (tolerates(toleration, taint)) return true;
    }
    return false;
}

}  // namespace kubetab::api
