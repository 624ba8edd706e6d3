#include "engine/api/defaults.h"

#include <string>

#include "tests/unit/api/documents.h"

namespace kubetab::api {
namespace {

template <class T>
std::string defaulted(std::string_view json) {
    return encode(kind_of<T>(), *read_with_defaults<T>(json));
}

}  // namespace

TEST_CASE("a pod gets the defaults of its spec and of each container") {
    CHECK(
        defaulted<Pod>(R"({"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"nginx",
        "ports":[{"containerPort":80}],"resources":{"limits":{"cpu":"1"}}}],"volumes":[{"name":"v"}]}})") ==
        R"({"kind":"Pod","apiVersion":"v1","metadata":{"name":"p","creationTimestamp":null},"spec":{"containers":)"
        R"([{"image":"nginx","imagePullPolicy":"Always","name":"c","ports":[{"containerPort":80,"protocol":"TCP"}],)"
        R"("resources":{"limits":{"cpu":"1"},"requests":{"cpu":"1"}},"terminationMessagePath":"/dev/termination-log",)"
        R"("terminationMessagePolicy":"File"}],"dnsPolicy":"ClusterFirst","enableServiceLinks":true,)"
        R"("restartPolicy":"Always","schedulerName":"default-scheduler","securityContext":{},)"
        R"("terminationGracePeriodSeconds":30,"volumes":[{"emptyDir":{},"name":"v"}]},"status":{}})");
}

TEST_CASE("the pull policy follows the tag of the image") {
    const auto policy = [](std::string_view image) {
        const auto pod = read_with_defaults<Pod>(R"({"spec":{"containers":[{"name":"c","image":")" +
                                                 std::string(image) + R"("}]}})");
        return pod->spec->containers.front().imagePullPolicy;
    };
    CHECK(policy("nginx") == "Always");
    CHECK(policy("nginx:latest") == "Always");
    CHECK(policy("nginx:1.25") == "IfNotPresent");
    CHECK(policy("host:5000/nginx") == "Always");
    CHECK(policy("host:5000/nginx:1") == "IfNotPresent");
    CHECK(policy("nginx@sha256:0123") == "IfNotPresent");
    CHECK(policy("nginx:latest@sha256:0123") == "Always");
    CHECK(policy("") == "IfNotPresent");
}

TEST_CASE("a pod keeps sharing what its template already holds") {
    auto deployment = read_with_defaults<Deployment>(
        R"({"spec":{"template":{"spec":{"containers":[{"name":"c","image":"a:1"}],"enableServiceLinks":true}}}})");
    Pod pod;
    pod.spec = deployment->spec.template_->spec;
    set_defaults(kind_of<Pod>(), pod);
    CHECK(pod.spec.same_as(deployment->spec.template_->spec));
}

TEST_CASE("pods of one template share what they say alike, whatever else they get") {
    const auto deployment = read_with_defaults<Deployment>(
        R"({"spec":{"template":{"spec":{"containers":[{"name":"c","image":"a:1"}],"hostNetwork":true}}}})");
    const PodSpec& spec = *deployment->spec.template_->spec;
    Pod pod;
    pod.spec = deployment->spec.template_->spec;
    set_defaults(kind_of<Pod>(), pod);
    CHECK_FALSE(pod.spec.same_as(deployment->spec.template_->spec));  // enableServiceLinks
    CHECK(pod.spec->shared.same_as(spec.shared));
    CHECK(pod.spec->containers.front().shared.same_as(spec.containers.front().shared));
    pod.spec.edit().shared.edit().hostNetwork = false;
    CHECK(spec.shared->hostNetwork);
}

TEST_CASE("a template does not get what only pods get") {
    const auto set = read_with_defaults<ReplicaSet>(
        R"({"spec":{"template":{"spec":{"containers":[{"name":"c","resources":{"limits":{"cpu":"1"}}}]}}}})");
    CHECK(set->spec.replicas == 1);
    CHECK_FALSE(set->spec.template_->spec->enableServiceLinks.has_value());
    CHECK(set->spec.template_->spec->containers.front().resources.requests.empty());
    CHECK(set->spec.template_->spec->shared->dnsPolicy == "ClusterFirst");
}

TEST_CASE("quantities are rounded up to a thousandth") {
    const auto pod = read_with_defaults<Pod>(
        R"({"spec":{"containers":[{"name":"c","resources":{"requests":{"cpu":"0.0001","memory":"1Gi"}}}]}})");
    CHECK(pod->spec->containers.front().resources.requests.value_or("cpu", {}).text() == "1m");
    CHECK(pod->spec->containers.front().resources.requests.value_or("memory", {}).text() == "1Gi");
}

TEST_CASE("a deployment rolls by a quarter unless it says otherwise") {
    const auto plain = read_with_defaults<Deployment>(R"({"spec":{}})");
    CHECK(plain->spec.strategy.type == "RollingUpdate");
    CHECK(plain->spec.strategy.rollingUpdate->maxSurge->to_string() == "25%");
    CHECK(plain->spec.strategy.rollingUpdate->maxUnavailable->to_string() == "25%");
    CHECK(plain->spec.progressDeadlineSeconds == 600);
    CHECK(plain->spec.revisionHistoryLimit == 10);

    const auto recreate = read_with_defaults<Deployment>(R"({"spec":{"strategy":{"type":"Recreate"}}})");
    CHECK_FALSE(recreate->spec.strategy.rollingUpdate.has_value());
    const auto zero = read_with_defaults<Deployment>(
        R"({"spec":{"replicas":0,"strategy":{"rollingUpdate":{"maxSurge":0}}}})");
    CHECK(zero->spec.replicas == 0);
    CHECK(zero->spec.strategy.rollingUpdate->maxSurge->to_string() == "0");
    CHECK(zero->spec.strategy.rollingUpdate->maxUnavailable->to_string() == "25%");
}

TEST_CASE("a service's port is its own target unless it names one") {
    const auto service = read_with_defaults<Service>(
        R"({"spec":{"ports":[{"port":80},{"port":81,"targetPort":"web"}],"type":"NodePort"}})");
    CHECK(service->spec.ports[0].targetPort == IntOrString(80));
    CHECK(service->spec.ports[1].targetPort == IntOrString(std::string("web")));
    CHECK(service->spec.ports[0].protocol == "TCP");
    CHECK(service->spec.sessionAffinity == "None");
    CHECK(service->spec.externalTrafficPolicy == "Cluster");
    CHECK(service->spec.internalTrafficPolicy == "Cluster");
}

TEST_CASE("affinity to client addresses lasts three hours") {
    const auto service = read_with_defaults<Service>(R"({"spec":{"sessionAffinity":"ClientIP"}})");
    CHECK(service->spec.sessionAffinityConfig->clientIP->timeoutSeconds == 10800);
    const auto external = read_with_defaults<Service>(R"({"spec":{"type":"ExternalName"}})");
    CHECK_FALSE(external->spec.internalTrafficPolicy.has_value());
}

TEST_CASE("a secret's texts become bytes") {
    const auto secret =
        read_with_defaults<Secret>(R"({"stringData":{"a":"new"},"data":{"a":"b2xk","b":"b2xk"}})");
    CHECK(secret->type == "Opaque");
    CHECK(secret->stringData.empty());
    CHECK(secret->data.value_or("a", {}).data == "new");
    CHECK(secret->data.value_or("b", {}).data == "old");
}

TEST_CASE("a namespace carries its name as a label") {
    const auto object = read_with_defaults<Namespace>(R"({"metadata":{"name":"demo"}})");
    CHECK(object->metadata.labels.value_or("kubernetes.io/metadata.name", "") == "demo");
    CHECK(object->status.phase == "Active");
}

TEST_CASE("a slice's port has a protocol and an empty name") {
    CHECK(
        defaulted<EndpointSlice>(R"({"addressType":"IPv4","ports":[{"port":80}]})") ==
        R"({"kind":"EndpointSlice","apiVersion":"discovery.k8s.io/v1","metadata":{"creationTimestamp":null},)"
        R"("addressType":"IPv4","endpoints":null,"ports":[{"name":"","port":80,"protocol":"TCP"}]})");
}

}  // namespace kubetab::api
