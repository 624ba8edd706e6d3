#include <fmt/format.h>

#include "engine/kubectl/describe/describers.h"
#include "engine/kubectl/describe/pod_parts.h"

namespace kubetab::kubectl::describe {
namespace {

void write_replicas(const Subject& subject, Writer& writer) {
    writer.field(0, "Replicas",
                 fmt::format("{} current / {} desired", base::int_at(subject.object, {"status", "replicas"}),
                             base::int_at(subject.object, {"spec", "replicas"})));
    writer.field(0, "Pods Status", pods_status(subject));
    write_pod_template(map_at(subject.object, {"spec", "template"}), writer);
    write_condition_reasons(array_at(subject.object, {"status", "conditions"}), writer);
}

}  // namespace

void describe_replica_set(const Subject& subject, Writer& writer) {
    write_name(subject, writer);
    writer.field(0, "Selector", format_selector(base::find(subject.object, {"spec", "selector"})));
    write_labels_and_annotations(subject, writer);
    const std::string controller = controller_of(subject.object);
    if (!controller.empty()) writer.field(0, "Controlled By", controller);
    write_replicas(subject, writer);
    write_events(subject, writer);
}

void describe_replication_controller(const Subject& subject, Writer& writer) {
    write_name(subject, writer);
    writer.field(0, "Selector", format_labels(map_at(subject.object, {"spec", "selector"})));
    write_labels_and_annotations(subject, writer);
    write_replicas(subject, writer);
    write_events(subject, writer);
}

}  // namespace kubetab::kubectl::describe
