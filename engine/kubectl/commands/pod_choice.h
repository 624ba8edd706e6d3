// Which pod and which container a command means that works on one: logs, exec, attach.
//
// upstream: kubectl/pkg/polymorphichelpers/helpers.go GetFirstPod, kubectl/pkg/cmd/util/podcmd
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/kubectl/command.h"
#include "engine/kubectl/resources.h"

namespace kubetab::kubectl {

// The object that "POD" or "TYPE/NAME" names, read from the server.
base::Result<Info> find_pod_or_owner(Context& context, const std::string& typed);

// The value of a labelSelector parameter for the pods of a workload or service. Failure when the kind has
// none.
base::Result<std::string> pod_selector(const Info& info);

enum class PodOrder {
    Logging,    // the pod whose log is likely wanted comes first: of equal ones that with most restarts
    Attaching,  // the pod to enter comes first: of equal ones that with fewest restarts
};
// The pods that a selector means, best first.
base::Result<std::vector<base::Json>> list_pods(Context& context, const std::string& in_namespace,
                                                const std::string& selector, PodOrder order);

// Names of all containers, those that are to end before the others start too.
struct ContainerNames {
    std::vector<std::string> init{};
    std::vector<std::string> main{};
    std::vector<std::string> ephemeral{};

    bool has(std::string_view name) const;
};
ContainerNames container_names(const base::Json& pod);

// The container that is meant when none is given. Says so on standard error when there was a choice.
std::string default_container(Context& context, const base::Json& pod);

// What a command does with the pods it was given, best first.
using WithPods =
    std::function<base::Result<std::unique_ptr<sim::Process>>(const std::vector<base::Json>& pods)>;

// Calls `then` with the object itself when it is a pod, else with the pods of the workload; waits for the
// first one as long as --pod-running-timeout says. `attempt` begins the failure of a kind without pods:
// "cannot attach to".
base::Result<std::unique_ptr<sim::Process>> with_pods_of(Context& context, const Info& info, PodOrder order,
                                                         std::string_view attempt, WithPods then);

// The path of a pod's subresource.
std::string pod_path(const base::Json& pod, std::string_view subresource);

}  // namespace kubetab::kubectl
