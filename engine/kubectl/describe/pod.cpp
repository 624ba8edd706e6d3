#include <fmt/format.h>

#include <algorithm>

#include "engine/kubectl/describe/describers.h"
#include "engine/kubectl/describe/pod_parts.h"

namespace kubetab::kubectl::describe {
namespace {

void write_head(const Subject& subject, Writer& writer) {
    const Json& pod = subject.object;
    write_name(subject, writer);
    const std::string priority = value_at(pod, {"spec", "priority"});
    const std::string priority_class = base::text_at(pod, {"spec", "priorityClassName"});
    const std::string runtime_class = base::text_at(pod, {"spec", "runtimeClassName"});
    const std::string account = base::text_at(pod, {"spec", "serviceAccountName"});
    const std::string node = base::text_at(pod, {"spec", "nodeName"});
    const std::string start = base::text_at(pod, {"status", "startTime"});
    if (!priority.empty()) writer.field(0, "Priority", priority);
    if (!priority_class.empty()) writer.field(0, "Priority Class Name", priority_class);
    if (!runtime_class.empty()) writer.field(0, "Runtime Class Name", runtime_class);
    if (!account.empty()) writer.field(0, "Service Account", account);
    writer.field(0, "Node", node.empty() ? "<none>" : node + "/" + base::text_at(pod, {"status", "hostIP"}));
    if (!start.empty()) writer.field(0, "Start Time", date_of(start));
    write_labels_and_annotations(subject, writer);
}

void write_phase(const Subject& subject, Writer& writer) {
    const Json& pod = subject.object;
    const std::string phase = base::text_at(pod, {"status", "phase"});
    const std::string deleted = base::text_at(pod, {"metadata", "deletionTimestamp"});
    if (!deleted.empty() && phase != "Failed" && phase != "Succeeded") {
        writer.field(0, "Status", "Terminating (lasts " + age_of(deleted, subject.now) + ")");
        writer.field(0, "Termination Grace Period",
                     value_at(pod, {"metadata", "deletionGracePeriodSeconds"}, "0") + "s");
    } else {
        writer.field(0, "Status", phase);
    }
    const std::string reason = base::text_at(pod, {"status", "reason"});
    const std::string message = base::text_at(pod, {"status", "message"});
    if (!reason.empty()) writer.field(0, "Reason", reason);
    if (!message.empty()) writer.field(0, "Message", message);
    const std::string profile = base::text_at(pod, {"spec", "securityContext", "seccompProfile", "type"});
    if (!profile.empty()) writer.field(0, "SeccompProfile", profile);
    if (profile == "Localhost") {
        writer.field(0, "LocalhostProfile",
                     base::text_at(pod, {"spec", "securityContext", "seccompProfile", "localhostProfile"}));
    }
}

void write_addresses(const Json& pod, Writer& writer) {
    writer.field(0, "IP", base::text_at(pod, {"status", "podIP"}));
    const Json& addresses = array_at(pod, {"status", "podIPs"});
    if (addresses.empty()) {
        writer.field(0, "IPs", "<none>");
    } else {
        writer.add("IPs:\n");
        for (const Json& address : addresses) writer.field(1, "IP", base::text_at(address, {"ip"}));
    }
    const std::string controller = controller_of(pod);
    const std::string nominated = base::text_at(pod, {"status", "nominatedNodeName"});
    if (!controller.empty()) writer.field(0, "Controlled By", controller);
    if (!nominated.empty()) writer.field(0, "NominatedNodeName", nominated);
}

void write_all_containers(const Json& pod, Writer& writer) {
    const Json& init = array_at(pod, {"spec", "initContainers"});
    const Json& ephemeral = array_at(pod, {"spec", "ephemeralContainers"});
    if (!init.empty()) {
        write_containers({.title = "Init Containers",
                          .containers = init,
                          .statuses = base::find(pod, {"status", "initContainerStatuses"}),
                          .pod = &pod},
                         writer);
    }
    write_containers({.title = "Containers",
                      .containers = array_at(pod, {"spec", "containers"}),
                      .statuses = base::find(pod, {"status", "containerStatuses"}),
                      .pod = &pod},
                     writer);
    if (!ephemeral.empty()) {
        write_containers({.title = "Ephemeral Containers",
                          .containers = ephemeral,
                          .statuses = base::find(pod, {"status", "ephemeralContainerStatuses"}),
                          .pod = &pod},
                         writer);
    }
}

void write_conditions(const Json& pod, Writer& writer) {
    const Json& conditions = array_at(pod, {"status", "conditions"});
    const Json& gates = array_at(pod, {"spec", "readinessGates"});
    if (!gates.empty()) {
        writer.add("Readiness Gates:\n  Type\tStatus\n");
        for (const Json& gate : gates) {
            const std::string type = base::text_at(gate, {"conditionType"});
            std::string status = "<none>";
            for (const Json& condition : conditions) {
                if (base::text_at(condition, {"type"}) == type) status = base::text_at(condition, {"status"});
            }
            writer.add(fmt::format("  {} \t{} \n", type, status));
        }
    }
    if (conditions.empty()) return;
    writer.add("Conditions:\n  Type\tStatus\n");
    for (const Json& condition : conditions) {
        writer.add(fmt::format("  {} \t{} \n", base::text_at(condition, {"type"}),
                               base::text_at(condition, {"status"})));
    }
}

}  // namespace

// upstream: staging/src/k8s.io/kubectl/pkg/describe/describe.go describePod
void describe_pod(const Subject& subject, Writer& writer) {
    const Json& pod = subject.object;
    write_head(subject, writer);
    write_phase(subject, writer);
    write_addresses(pod, writer);
    write_all_containers(pod, writer);
    write_conditions(pod, writer);
    write_volumes(array_at(pod, {"spec", "volumes"}), writer, "");
    writer.field(0, "QoS Class", value_at(pod, {"status", "qosClass"}, "BestEffort"));
    write_labels(writer, "Node-Selectors", map_at(pod, {"spec", "nodeSelector"}));
    write_tolerations(writer, "Tolerations", array_at(pod, {"spec", "tolerations"}));
    write_spread_constraints(array_at(pod, {"spec", "topologySpreadConstraints"}), writer, "");
    write_events(subject, writer);
}

}  // namespace kubetab::kubectl::describe
