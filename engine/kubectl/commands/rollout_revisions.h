// The revisions of a workload: a deployment's replica sets, or the controller revisions of a set.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/kubectl/resources.h"

namespace kubetab::kubectl {

struct Revision {
    std::int64_t number = 0;
    std::string change_cause{};  // "" when none was noted
    base::Json pod_template{};
    base::Json object{};  // the ReplicaSet or ControllerRevision
};

// Sorted by number. `info.object` must have been read.
base::Result<std::vector<Revision>> revisions_of(Context& context, const Info& info);
// "Pod Template: …" with tabs, as history and undo print it.
std::string template_text(const base::Json& pod_template);
// True when two templates are the same but for the pod-template-hash label.
bool same_template(base::Json left, base::Json right);

}  // namespace kubetab::kubectl
