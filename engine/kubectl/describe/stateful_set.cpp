#include <fmt/format.h>

#include "engine/kubectl/describe/describers.h"
#include "engine/kubectl/describe/pod_parts.h"

namespace kubetab::kubectl::describe {
namespace {

void write_claim_templates(const Json& claims, Writer& writer) {
    if (claims.empty()) {
        writer.field(0, "Volume Claims", "<none>");
        return;
    }
    writer.add("Volume Claims:\n");
    for (const Json& claim : claims) {
        writer.add(fmt::format("  Name:\t{}\n", base::text_at(claim, {"metadata", "name"})));
        writer.add(fmt::format("  StorageClass:\t{}\n", base::text_at(claim, {"spec", "storageClassName"})));
        write_labels(writer, "  Labels", map_at(claim, {"metadata", "labels"}));
        write_annotations(writer, "  Annotations", map_at(claim, {"metadata", "annotations"}));
        writer.add(fmt::format("  Capacity:\t{}\n",
                               value_at(claim, {"spec", "resources", "requests", "storage"}, "<default>")));
        writer.add(fmt::format("  Access Modes:\t[{}]\n",
                               join_values(array_at(claim, {"spec", "accessModes"}), " ")));
    }
}

}  // namespace

void describe_stateful_set(const Subject& subject, Writer& writer) {
    const Json& set = subject.object;
    write_name(subject, writer);
    writer.field(0, "CreationTimestamp", date_of(base::text_at(set, {"metadata", "creationTimestamp"})));
    writer.field(0, "Selector", format_selector(base::find(set, {"spec", "selector"})));
    write_labels_and_annotations(subject, writer);
    writer.field(0, "Replicas",
                 fmt::format("{} desired | {} total", base::int_at(set, {"spec", "replicas"}),
                             base::int_at(set, {"status", "replicas"})));
    writer.field(0, "Update Strategy", base::text_at(set, {"spec", "updateStrategy", "type"}));
    const Json* rolling = base::find(set, {"spec", "updateStrategy", "rollingUpdate"});
    if (rolling != nullptr && rolling->is_object()) {
        const std::string partition = value_at(*rolling, {"partition"});
        const std::string unavailable = value_at(*rolling, {"maxUnavailable"});
        if (!partition.empty()) writer.field(1, "Partition", partition);
        if (!unavailable.empty()) writer.field(1, "MaxUnavailable", unavailable);
    }
    writer.field(0, "Pods Status", pods_status(subject));
    write_pod_template(map_at(set, {"spec", "template"}), writer);
    write_claim_templates(array_at(set, {"spec", "volumeClaimTemplates"}), writer);
    write_events(subject, writer);
}

}  // namespace kubetab::kubectl::describe
