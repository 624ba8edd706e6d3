#include <fmt/format.h>

#include <optional>

#include "engine/base/stable_sort.h"
#include "engine/kubectl/describe/describers.h"
#include "engine/kubectl/describe/pod_parts.h"

namespace kubetab::kubectl::describe {
namespace {

struct Revisions {
    std::vector<Json> old{};
    std::optional<Json> current{};
};

// True when a replica set's template is the deployment's, apart from the hash label.
bool same_template(const Json& replica_set, const Json& deployment) {
    Json theirs = map_at(replica_set, {"spec", "template"});
    Json ours = map_at(deployment, {"spec", "template"});
    for (Json* side : {&theirs, &ours}) {
        const Json* labels = base::find(*side, {"metadata", "labels"});
        if (labels == nullptr || !labels->is_object()) continue;
        (*side)["metadata"]["labels"].erase("pod-template-hash");
    }
    return theirs == ours;
}

bool controlled_by(const Json& object, const std::string& uid) {
    for (const Json& owner : array_at(object, {"metadata", "ownerReferences"})) {
        if (truth_at(owner, {"controller"})) return base::text_at(owner, {"uid"}) == uid;
    }
    return false;
}

// upstream: staging/src/k8s.io/kubectl/pkg/util/deployment GetAllReplicaSets
Revisions revisions_of(const Subject& subject) {
    Revisions result;
    const Json* selector = base::find(subject.object, {"spec", "selector"});
    if (selector == nullptr) return result;
    base::Result<std::vector<Json>> listed =
        subject.lookup.list("/apis/apps/v1/namespaces/" + subject.namespace_name() + "/replicasets",
                            {{"labelSelector", selector_query(*selector)}});
    if (!listed.ok()) return result;
    const std::string uid = base::text_at(subject.object, {"metadata", "uid"});
    std::vector<Json> owned;
    for (Json& replica_set : *listed) {
        if (controlled_by(replica_set, uid)) owned.push_back(std::move(replica_set));
    }
    base::stable_sort(owned, [](const Json& a, const Json& b) {
        const std::string time_a = base::text_at(a, {"metadata", "creationTimestamp"});
        const std::string time_b = base::text_at(b, {"metadata", "creationTimestamp"});
        if (time_a != time_b) return time_a < time_b;
        return base::text_at(a, {"metadata", "name"}) < base::text_at(b, {"metadata", "name"});
    });
    for (Json& replica_set : owned) {
        if (!result.current && same_template(replica_set, subject.object)) {
            result.current = std::move(replica_set);
        } else {
            result.old.push_back(std::move(replica_set));
        }
    }
    return result;
}

std::string replica_set_text(const Json& replica_set) {
    return fmt::format("{} ({}/{} replicas created)", base::text_at(replica_set, {"metadata", "name"}),
                       base::int_at(replica_set, {"status", "replicas"}),
                       base::int_at(replica_set, {"spec", "replicas"}));
}

}  // namespace

void describe_deployment(const Subject& subject, Writer& writer) {
    const Json& deployment = subject.object;
    write_name(subject, writer);
    writer.field(0, "CreationTimestamp",
                 date_of(base::text_at(deployment, {"metadata", "creationTimestamp"})));
    write_labels_and_annotations(subject, writer);
    writer.field(0, "Selector", format_selector(base::find(deployment, {"spec", "selector"})));
    writer.field(0, "Replicas",
                 fmt::format("{} desired | {} updated | {} total | {} available | {} unavailable",
                             base::int_at(deployment, {"spec", "replicas"}),
                             base::int_at(deployment, {"status", "updatedReplicas"}),
                             base::int_at(deployment, {"status", "replicas"}),
                             base::int_at(deployment, {"status", "availableReplicas"}),
                             base::int_at(deployment, {"status", "unavailableReplicas"})));
    writer.field(0, "StrategyType", base::text_at(deployment, {"spec", "strategy", "type"}));
    writer.field(0, "MinReadySeconds", std::to_string(base::int_at(deployment, {"spec", "minReadySeconds"})));
    const Json* rolling = base::find(deployment, {"spec", "strategy", "rollingUpdate"});
    if (rolling != nullptr && rolling->is_object()) {
        writer.field(0, "RollingUpdateStrategy",
                     fmt::format("{} max unavailable, {} max surge", value_at(*rolling, {"maxUnavailable"}),
                                 value_at(*rolling, {"maxSurge"})));
    }
    write_pod_template(map_at(deployment, {"spec", "template"}), writer);
    write_condition_reasons(array_at(deployment, {"status", "conditions"}), writer);

    const Revisions revisions = revisions_of(subject);
    std::vector<std::string> old;
    for (const Json& replica_set : revisions.old) old.push_back(replica_set_text(replica_set));
    writer.field(0, "OldReplicaSets", or_none(join(old, ", ")));
    writer.field(0, "NewReplicaSet", revisions.current ? replica_set_text(*revisions.current) : "<none>");
    write_events(subject, writer);
}

}  // namespace kubetab::kubectl::describe
