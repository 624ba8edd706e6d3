#include <fmt/format.h>

#include "engine/kubectl/describe/describers.h"
#include "engine/kubectl/describe/pod_parts.h"

namespace kubetab::kubectl::describe {

void describe_daemon_set(const Subject& subject, Writer& writer) {
    const Json& set = subject.object;
    const auto count = [&set, &writer](std::string_view title, std::string_view field) {
        writer.add(fmt::format("{}: {}\n", title, base::int_at(set, {"status", field})));
    };
    writer.field(0, "Name", subject.name());
    writer.field(0, "Selector", format_selector(base::find(set, {"spec", "selector"})));
    writer.field(0, "Node-Selector",
                 format_labels(map_at(set, {"spec", "template", "spec", "nodeSelector"})));
    write_labels_and_annotations(subject, writer);
    count("Desired Number of Nodes Scheduled", "desiredNumberScheduled");
    count("Current Number of Nodes Scheduled", "currentNumberScheduled");
    count("Number of Nodes Scheduled with Up-to-date Pods", "updatedNumberScheduled");
    count("Number of Nodes Scheduled with Available Pods", "numberAvailable");
    count("Number of Nodes Misscheduled", "numberMisscheduled");
    writer.field(0, "Pods Status", pods_status(subject));
    write_pod_template(map_at(set, {"spec", "template"}), writer);
    write_events(subject, writer);
}

}  // namespace kubetab::kubectl::describe
