// Pod security policy: what the labels of a namespace ask of its pods.
// upstream: k8s.io/pod-security-admission api/helpers.go, api/constants.go
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/api/validation.h"
#include "engine/base/flat_map.h"

namespace kubetab::server {

enum class PodSecurityLevel { Privileged, Baseline, Restricted };

// A level as it was at a minor version of Kubernetes.
struct LevelVersion {
    static constexpr int kLatest = 32;

    PodSecurityLevel level = PodSecurityLevel::Privileged;
    std::string version = "latest";  // as the label says it

    // At most kLatest, from which on nothing is known.
    int minor() const;
    // "restricted:latest"
    std::string text() const;
    bool operator==(const LevelVersion&) const = default;
};

struct PodSecurityPolicy {
    LevelVersion enforce{};
    LevelVersion audit{};
    LevelVersion warn{};  // of enforce, when that is stricter and no label says otherwise

    // A malformed label enforces the strictest and warns of nothing; `errors` says what is wrong.
    static PodSecurityPolicy of(const base::StringMap& labels, std::vector<api::FieldError>& errors);
    bool lenient() const {
        return enforce.level == PodSecurityLevel::Privileged && warn.level == PodSecurityLevel::Privileged;
    }
};

}  // namespace kubetab::server
