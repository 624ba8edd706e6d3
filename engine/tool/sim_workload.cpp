// What people do with a cluster, by chance: all through kubectl.

#include <array>

#include "engine/tool/sim_world.h"

namespace kubetab::tool {
namespace {

using api::kind_of;

std::string number(std::int64_t value) {
    return std::to_string(value);
}

std::string new_name(SimWorld& world, std::string_view prefix) {
    return std::string(prefix) + number(++world.made);
}

// Mostly images that run; some that cannot be pulled, end at once, or after a while.
std::string container(SimWorld& world, std::int64_t bad_percent) {
    const bool bad = world.chance(bad_percent);
    std::string yaml = "      - name: c\n        image: ";
    if (bad) {
        yaml += world.one_of(
            {"nginx:no-such-tag\n", "nowhere.example.com/x:1\n",
             "busybox:1.36\n        command: [\"false\"]\n",
             "busybox:1.36\n        command: [sh, -c, \"sleep 40; exit 1\"]\n",
             "nginx:1.25\n        readinessProbe: {httpGet: {path: /, port: 81}, periodSeconds: 5}\n",
             "nginx:1.25\n        livenessProbe: {httpGet: {path: /none, port: 80}, periodSeconds: 5}\n"});
    } else {
        yaml += world.one_of(
            {"nginx:1.24\n", "nginx:1.25\n", "nginx:1.26\n", "httpd:2.4\n", "registry.k8s.io/pause:3.9\n",
             "redis:7\n", "gcr.io/kuar-demo/kuard-amd64:blue\n",
             "busybox:1.36\n        command: [sleep, \"100000\"]\n",
             "nginx:1.25\n        readinessProbe: {httpGet: {path: /, port: 80}, periodSeconds: 3}\n"
             "        livenessProbe: {tcpSocket: {port: 80}, periodSeconds: 10}\n",
             "nginx:1.26\n        startupProbe: {httpGet: {path: /, port: 80}, periodSeconds: 2}\n"
             "        lifecycle: {preStop: {exec: {command: [sleep, \"5\"]}}}\n"});
    }
    if (!world.chance(70)) return yaml;
    const std::string cpu = world.one_of({"10m", "50m", "100m", "250m", "500m", "1", "2"});
    const std::string memory = world.one_of({"16Mi", "64Mi", "256Mi", "1Gi", "4Gi"});
    return yaml + "        resources: {requests: {cpu: \"" + cpu + "\", memory: " + memory + "}}\n";
}

std::string pod_template(SimWorld& world, const std::string& app) {
    std::string yaml = "  template:\n    metadata: {labels: {app: " + app + "}}\n    spec:\n";
    if (world.chance(40)) {
        yaml += "      terminationGracePeriodSeconds: " + world.one_of({"0", "1", "5", "45", "90"}) + "\n";
    }
    if (world.chance(8)) yaml += "      nodeSelector: {disk: ssd}\n";
    if (world.chance(10)) {
        yaml +=
            "      topologySpreadConstraints:\n      - {maxSkew: 1, topologyKey: kubernetes.io/hostname, "
            "whenUnsatisfiable: " +
            world.one_of({"DoNotSchedule", "ScheduleAnyway"}) +
            ", labelSelector: {matchLabels: {app: " + app + "}}}\n";
    }
    if (world.chance(8)) {
        yaml +=
            "      tolerations:\n      - {key: node.kubernetes.io/unreachable, operator: Exists, effect: "
            "NoExecute, "
            "tolerationSeconds: " +
            world.one_of({"0", "20"}) + "}\n";
    }
    return yaml + "      containers:\n" + container(world, 12);
}

std::string strategy(SimWorld& world) {
    if (world.chance(15)) return "  strategy: {type: Recreate}\n";
    if (world.chance(50)) return "";
    const std::string surge = world.one_of({"0", "1", "3", "50%", "100%"});
    const std::string unavailable =
        surge == "0" ? world.one_of({"1", "2", "30%"}) : world.one_of({"0", "1", "25%", "100%"});
    return "  strategy: {rollingUpdate: {maxSurge: " + surge + ", maxUnavailable: " + unavailable + "}}\n";
}

std::string head(std::string_view version, std::string_view kind, const std::string& space,
                 const std::string& name) {
    return "apiVersion: " + std::string(version) + "\nkind: " + std::string(kind) +
           "\nmetadata:\n  name: " + name + "\n  namespace: " + space + "\n";
}

std::string make_deployment(SimWorld& world) {
    const std::string name = new_name(world, "d");
    std::string yaml = head("apps/v1", "Deployment", world.pick_namespace(), name);
    yaml +=
        "spec:\n  replicas: " + number(world.below(9)) + "\n  selector: {matchLabels: {app: " + name + "}}\n";
    if (world.chance(30)) yaml += "  progressDeadlineSeconds: " + world.one_of({"40", "90", "300"}) + "\n";
    if (world.chance(30)) yaml += "  revisionHistoryLimit: " + world.one_of({"0", "1", "3"}) + "\n";
    if (world.chance(30)) yaml += "  minReadySeconds: " + world.one_of({"2", "10", "30"}) + "\n";
    yaml += strategy(world);
    yaml += pod_template(world, name);
    return type_line(world, world.apply(yaml));
}

std::string make_replica_set(SimWorld& world) {
    const std::string name = new_name(world, "r");
    std::string yaml = head("apps/v1", "ReplicaSet", world.pick_namespace(), name);
    yaml +=
        "spec:\n  replicas: " + number(world.below(5)) + "\n  selector: {matchLabels: {app: " + name + "}}\n";
    yaml += pod_template(world, name);
    return type_line(world, world.apply(yaml));
}

std::string make_pod(SimWorld& world) {
    std::string yaml = head("v1", "Pod", world.pick_namespace(), new_name(world, "p"));
    yaml += "  labels: {app: d" + number(1 + world.below(world.made)) + "}\nspec:\n";
    yaml += "  restartPolicy: " + world.one_of({"Always", "Never", "OnFailure"}) +
            "\n  containers:\n  - name: c\n";
    const std::string sleep = number(5 + world.below(600));
    const std::string code = number(world.below(2));
    yaml += "    image: busybox:1.36\n    command: [sh, -c, \"sleep " + sleep + "; exit " + code + "\"]\n";
    return type_line(world, world.apply(yaml));
}

std::string make_service(SimWorld& world) {
    const std::string name = new_name(world, "s");
    std::string yaml = head("v1", "Service", world.pick_namespace(), name) + "spec:\n";
    const std::int64_t type = world.below(4);
    if (type == 0) yaml += "  type: NodePort\n";
    if (type == 1) yaml += "  clusterIP: None\n";
    if (type == 2 && world.chance(30)) yaml += "  publishNotReadyAddresses: true\n";
    yaml += "  selector: {app: d" + number(1 + world.below(world.made)) + "}\n  ports:\n  - {port: 80}\n";
    return type_line(world, world.apply(yaml));
}

// Half of them are held by a finalizer when they are deleted.
std::string make_config_map(SimWorld& world) {
    std::string yaml = head("v1", "ConfigMap", world.pick_namespace(), new_name(world, "c"));
    if (world.chance(50)) yaml += "  finalizers: [example.com/hold]\n";
    return type_line(world, world.apply(yaml + "data: {a: b}\n"));
}

std::string make_namespace(SimWorld& world) {
    return type_line(world, "kubectl create namespace " + new_name(world, "team-"));
}

// What was deleted comes back, what was changed is as it was.
std::string apply_again(SimWorld& world) {
    if (world.manifests.empty()) return "";
    const auto at = static_cast<std::size_t>(world.below(static_cast<std::int64_t>(world.manifests.size())));
    return type_line(world, "kubectl apply -f " + world.manifests[at]);
}

template <class T>
std::string with_one(SimWorld& world, const std::string& before, const std::string& after) {
    const std::string argument = world.pick_argument(kind_of<T>());
    return argument.empty() ? "" : type_line(world, before + " " + argument + " " + after);
}

std::string scale_deployment(SimWorld& world) {
    const std::string size = number(world.chance(10) ? 30 : world.below(10));
    return with_one<api::Deployment>(world, "kubectl scale deployment", "--replicas=" + size);
}

std::string scale_replica_set(SimWorld& world) {
    return with_one<api::ReplicaSet>(world, "kubectl scale rs", "--replicas=" + number(world.below(7)));
}

std::string set_image(SimWorld& world) {
    const std::string image = world.one_of({"nginx:1.24", "nginx:1.25", "nginx:1.26", "nginx:no-such-tag",
                                            "httpd:2.4", "registry.k8s.io/pause:3.9"});
    return with_one<api::Deployment>(world, "kubectl set image deployment", "c=" + image);
}

std::string undo(SimWorld& world) {
    const std::string to = world.chance(30) ? "--to-revision=" + number(1 + world.below(4)) : "";
    return with_one<api::Deployment>(world, "kubectl rollout undo deployment", to);
}

std::string rollout(SimWorld& world) {
    const std::string verb = world.one_of({"restart", "restart", "pause", "resume", "resume"});
    return with_one<api::Deployment>(world, "kubectl rollout " + verb + " deployment", "");
}

std::string cascade(SimWorld& world) {
    return world.one_of({"", "--cascade=background", "--cascade=foreground", "--cascade=orphan"});
}

std::string delete_deployment(SimWorld& world) {
    return with_one<api::Deployment>(world, "kubectl delete deployment --wait=false", cascade(world));
}

std::string delete_replica_set(SimWorld& world) {
    return with_one<api::ReplicaSet>(world, "kubectl delete rs --wait=false", cascade(world));
}

std::string delete_pod(SimWorld& world) {
    const std::string how =
        world.one_of({"", "", "--grace-period=1", "--grace-period=60", "--force --grace-period=0"});
    return with_one<api::Pod>(world, "kubectl delete pod --wait=false", how);
}

std::string delete_service(SimWorld& world) {
    return with_one<api::Service>(world, "kubectl delete service --wait=false", "");
}

std::string delete_config_map(SimWorld& world) {
    return with_one<api::ConfigMap>(world, "kubectl delete configmap --wait=false", cascade(world));
}

std::string delete_namespace(SimWorld& world) {
    return with_one<api::Namespace>(world, "kubectl delete namespace --wait=false", "");
}

std::string label_pod(SimWorld& world) {
    const std::string label =
        world.chance(50) ? "app=loose" : "app=d" + number(1 + world.below(world.made + 1));
    return with_one<api::Pod>(world, "kubectl label --overwrite pod", label);
}

std::string label_object(SimWorld& world) {
    const std::string label = world.one_of({"tier=a", "tier=b", "tier-"});
    if (world.chance(50))
        return with_one<api::Deployment>(world, "kubectl label --overwrite deployment", label);
    return with_one<api::Service>(world, "kubectl label --overwrite service", label);
}

std::string annotate(SimWorld& world) {
    return with_one<api::Deployment>(world, "kubectl annotate --overwrite deployment",
                                     "kubernetes.io/change-cause=change-" + number(world.below(100)));
}

std::string select_others(SimWorld& world) {
    return with_one<api::Service>(world, "kubectl patch service",
                                  "--type=merge -p '{\"spec\":{\"selector\":{\"app\":\"d" +
                                      number(1 + world.below(world.made + 1)) + "\"}}}'");
}

constexpr std::array kActions{
    SimAction{14, make_deployment},
    SimAction{3, make_replica_set},
    SimAction{6, make_pod},
    SimAction{8, make_service},
    SimAction{4, make_config_map},
    SimAction{4, make_namespace},
    SimAction{4, apply_again},
    SimAction{14, scale_deployment},
    SimAction{3, scale_replica_set},
    SimAction{14, set_image},
    SimAction{6, undo},
    SimAction{8, rollout},
    SimAction{5, delete_deployment},
    SimAction{3, delete_replica_set},
    SimAction{10, delete_pod},
    SimAction{3, delete_service},
    SimAction{3, delete_config_map},
    SimAction{2, delete_namespace},
    SimAction{5, label_pod},
    SimAction{3, label_object},
    SimAction{2, annotate},
    SimAction{2, select_others},
};

}  // namespace

std::span<const SimAction> workload_actions() {
    return kActions;
}

}  // namespace kubetab::tool
