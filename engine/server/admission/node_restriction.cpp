// NodeRestriction: who is a node (system:node:NAME of the group system:nodes) changes nothing but its own
// Node, its own lease and its own pods. The kubelets of the simulation are trusted and not asked; this shows
// to clients that are, or impersonate, a node. upstream: plugin/pkg/admission/noderestriction/admission.go

#include <algorithm>
#include <set>

#include "engine/api/codec.h"
#include "engine/api/coordination.h"
#include "engine/api/validation/value_text.h"
#include "engine/server/admission.h"
#include "engine/server/authorization/user.h"

namespace kubetab::server {

using base::Result;

namespace {

constexpr std::string_view kNodePrefix = "system:node:";
constexpr std::string_view kNodeGroup = "system:nodes";
constexpr std::string_view kMirrorPod = "kubernetes.io/config.mirror";
constexpr std::string_view kReserved = "node-restriction.kubernetes.io";

// upstream: k8s.io/kubelet/pkg/apis/well_known_labels.go
constexpr std::string_view kKubeletLabels[] = {
    "beta.kubernetes.io/arch",
    "beta.kubernetes.io/instance-type",
    "beta.kubernetes.io/os",
    "failure-domain.beta.kubernetes.io/region",
    "failure-domain.beta.kubernetes.io/zone",
    "kubernetes.io/arch",
    "kubernetes.io/hostname",
    "kubernetes.io/os",
    "node.kubernetes.io/instance-type",
    "topology.kubernetes.io/region",
    "topology.kubernetes.io/zone",
};

bool in_domain(std::string_view domain, std::string_view parent) {
    if (domain == parent) return true;
    return domain.ends_with(parent) && domain[domain.size() - parent.size() - 1] == '.';
}

bool may_set(std::string_view label) {
    const std::size_t slash = label.find('/');
    const std::string_view domain = slash == std::string_view::npos ? "" : label.substr(0, slash);
    if (in_domain(domain, kReserved)) return false;
    if (!in_domain(domain, "kubernetes.io") && !in_domain(domain, "k8s.io")) return true;
    for (const std::string_view open : {"kubelet.kubernetes.io", "node.kubernetes.io"}) {
        if (in_domain(domain, open)) return true;
    }
    return std::find(std::begin(kKubeletLabels), std::end(kKubeletLabels), label) != std::end(kKubeletLabels);
}

// The labels that differ and are not the kubelet's to set, separated by ", ".
std::string forbidden_labels(const base::StringMap& now, const base::StringMap& before) {
    std::set<std::string> names;
    const auto look = [&names](const base::StringMap& here, const base::StringMap& there) {
        for (const auto& [name, value] : here) {
            const auto* other = there.get(name);
            if ((other == nullptr || *other != value) && !may_set(name)) names.insert(name);
        }
    };
    look(now, before);
    look(before, now);
    std::string text;
    for (const std::string& name : names) text.append(text.empty() ? "" : ", ").append(name);
    return text;
}

bool same_taints(const api::Node& a, const api::Node& b) {
    return std::equal(a.spec.taints.begin(), a.spec.taints.end(), b.spec.taints.begin(), b.spec.taints.end(),
                      [](const api::Taint& one, const api::Taint& other) {
                          return one.key == other.key && one.value == other.value &&
                                 one.effect == other.effect;
                      });
}

std::string refuse_node(const AdmissionRequest& request, const std::string& node) {
    const auto& object = static_cast<const api::Node&>(request.object);
    const std::string quoted = api::go_quoted(node);
    const bool creates = request.operation == Operation::Create;
    if (creates) {
        const std::string labels = forbidden_labels(object.metadata.labels, {});
        if (!labels.empty()) return "is not allowed to set the following labels: " + labels;
    }
    if (object.metadata.name != node)
        return "node " + quoted + " is not allowed to modify node " + api::go_quoted(object.metadata.name);
    if (creates || request.stored == nullptr) return "";
    const auto& before = static_cast<const api::Node&>(*request.stored);
    if (!same_taints(object, before)) return "node " + quoted + " is not allowed to modify taints";
    const std::string labels = forbidden_labels(object.metadata.labels, before.metadata.labels);
    return labels.empty() ? "" : "is not allowed to modify labels: " + labels;
}

std::string refuse_pod(const AdmissionRequest& request, const std::string& node) {
    const auto& pod = static_cast<const api::Pod&>(request.object);
    const std::string quoted = api::go_quoted(node);
    const bool own = pod.spec->nodeName == node;
    if (request.options.endpoint == Endpoint::Status) {
        return own ? ""
                   : "node " + quoted +
                         " can only update pod status for pods with spec.nodeName set to itself";
    }
    if (request.options.endpoint == Endpoint::EphemeralContainers) {
        return "unexpected pod subresource \"ephemeralcontainers\", only 'status' and 'eviction' are "
               "allowed";
    }
    if (request.operation == Operation::Update) {
        return "unexpected operation \"UPDATE\", node " + quoted + " can only create and delete mirror pods";
    }
    if (request.operation == Operation::Delete)
        return own ? "" : "node " + quoted + " can only delete pods with spec.nodeName set to itself";
    if (!pod.metadata.annotations.contains(kMirrorPod)) {
        return "pod does not have " + api::go_quoted(kMirrorPod) + " annotation, node " + quoted +
               " can only create mirror pods";
    }
    if (!own) return "node " + quoted + " can only create pods with spec.nodeName set to itself";
    return pod.spec->serviceAccountName.empty()
               ? ""
               : "node " + quoted + " can not create pods that reference a service account";
}

std::string refuse_lease(const AdmissionRequest& request, const std::string& node) {
    const api::ObjectMeta& metadata = request.object.metadata;
    if (metadata.namespace_ != "kube-node-lease")
        return "can only access leases in the \"kube-node-lease\" system namespace";
    return metadata.name == node ? ""
                                 : "can only access node lease with the same name as the requesting node";
}

}  // namespace

Result<void> restrict_nodes(const AdmissionRequest& request) {
    const User* user = request.options.user;
    if (user == nullptr || !user->name.starts_with(kNodePrefix) || !user->in_group(kNodeGroup)) return {};
    const std::string node = user->name.substr(kNodePrefix.size());
    std::string why;
    if (node.empty()) why = "could not determine node from user " + api::go_quoted(user->name);
    else if (&request.kind == &api::kind_of<api::Node>()) why = refuse_node(request, node);
    else if (&request.kind == &api::kind_of<api::Pod>()) why = refuse_pod(request, node);
    else if (&request.kind == &api::kind_of<api::Lease>()) why = refuse_lease(request, node);
    if (why.empty()) return {};
    return forbidden(request.kind, request.object.metadata, why);
}

}  // namespace kubetab::server
