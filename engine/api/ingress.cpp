#include "engine/api/ingress.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<ServiceBackendPort>::doc =
    "A port of a service, by name or by number.";

std::span<const Field> Describe<ServiceBackendPort>::fields() {
    using T = ServiceBackendPort;
    static const std::vector<Field> table{
        field<T>("name", &T::name)
            .documented("The name of the port; not together with number."),
        field<T>("number", &T::number)
            .documented("The number of the port; not together with name."),
    };
    return table;
}

const std::string_view Describe<IngressServiceBackend>::doc =
    "A service that requests are passed on to.";

std::span<const Field> Describe<IngressServiceBackend>::fields() {
    using T = IngressServiceBackend;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always()
            .documented("The service, in the namespace of the Ingress."),
        field<T>("port", &T::port)
            .documented("The port of the service."),
    };
    return table;
}

const std::string_view Describe<IngressBackend>::doc =
    "Where requests are passed on to: a service, or another object that the "
    "controller knows.";

std::span<const Field> Describe<IngressBackend>::fields() {
    using T = IngressBackend;
    static const std::vector<Field> table{
        field<T>("resource", &T::resource)
            .documented("An object in the namespace of the Ingress; not together with service."),
        field<T>("service", &T::service)
            .documented("A service; not together with resource."),
    };
    return table;
}

const std::string_view Describe<HTTPIngressPath>::doc =
    "A path and where requests for it are passed on to.";

std::span<const Field> Describe<HTTPIngressPath>::fields() {
    using T = HTTPIngressPath;
    static const std::vector<Field> table{
        field<T>("backend", &T::backend).required()
            .documented("Where requests for the path are passed on to."),
        field<T>("path", &T::path)
            .documented("The path of requests, beginning with a slash."),
        field<T>("pathType", &T::pathType).required().one_of("Exact|ImplementationSpecific|Prefix")
            .documented("How the path is compared: Exact, Prefix (by elements between slashes), or as "
                        "the controller likes."),
    };
    return table;
}

const std::string_view Describe<HTTPIngressRuleValue>::doc =
    "The paths of one host.";

std::span<const Field> Describe<HTTPIngressRuleValue>::fields() {
    using T = HTTPIngressRuleValue;
    static const std::vector<Field> table{
        field<T>("paths", &T::paths).required().always()
            .documented("The paths; the longest one that fits a request decides."),
    };
    return table;
}

const std::string_view Describe<IngressRule>::doc =
    "The paths that belong to one host name.";

std::span<const Field> Describe<IngressRule>::fields() {
    using T = IngressRule;
    static const std::vector<Field> table{
        field<T>("host", &T::host)
            .documented("The host name of requests; a first label of * stands for any one label; every "
                        "host when left out."),
        field<T>("http", &T::http)
            .documented("The paths of the host."),
    };
    return table;
}

const std::string_view Describe<IngressTLS>::doc =
    "Host names and the certificate they are served with.";

std::span<const Field> Describe<IngressTLS>::fields() {
    using T = IngressTLS;
    static const std::vector<Field> table{
        field<T>("hosts", &T::hosts)
            .documented("The host names that the certificate is for."),
        field<T>("secretName", &T::secretName)
            .documented("The Secret that holds the certificate and its key."),
    };
    return table;
}

const std::string_view Describe<IngressSpec>::doc =
    "Which requests from outside go to which services.";

std::span<const Field> Describe<IngressSpec>::fields() {
    using T = IngressSpec;
    static const std::vector<Field> table{
        field<T>("defaultBackend", &T::defaultBackend)
            .documented("Where requests go that no rule fits."),
        field<T>("ingressClassName", &T::ingressClassName)
            .documented("The IngressClass, which names the controller that acts on this Ingress."),
        field<T>("rules", &T::rules)
            .documented("Hosts and paths, and where their requests go."),
        field<T>("tls", &T::tls)
            .documented("Certificates for the hosts."),
    };
    return table;
}

const std::string_view Describe<IngressPortStatus>::doc =
    "How opening a port went.";

std::span<const Field> Describe<IngressPortStatus>::fields() {
    using T = IngressPortStatus;
    static const std::vector<Field> table{
        field<T>("error", &T::error)
            .documented("Why the port could not be opened, as a word for programs."),
        field<T>("port", &T::port).required().always()
            .documented("The number of the port."),
        field<T>("protocol", &T::protocol).required().always().one_of("SCTP|TCP|UDP")
            .documented("The protocol of the port."),
    };
    return table;
}

const std::string_view Describe<IngressLoadBalancerIngress>::doc =
    "One address of the load balancer.";

std::span<const Field> Describe<IngressLoadBalancerIngress>::fields() {
    using T = IngressLoadBalancerIngress;
    static const std::vector<Field> table{
        field<T>("hostname", &T::hostname)
            .documented("The address as a name."),
        field<T>("ip", &T::ip)
            .documented("The address as an IP."),
        field<T>("ports", &T::ports)
            .documented("The ports that it listens at."),
    };
    return table;
}

const std::string_view Describe<IngressLoadBalancerStatus>::doc =
    "The addresses under which an Ingress is reached.";

std::span<const Field> Describe<IngressLoadBalancerStatus>::fields() {
    using T = IngressLoadBalancerStatus;
    static const std::vector<Field> table{
        field<T>("ingress", &T::ingress)
            .documented("The addresses, given by the controller."),
    };
    return table;
}

const std::string_view Describe<IngressStatus>::doc =
    "Where the Ingress is reached.";

std::span<const Field> Describe<IngressStatus>::fields() {
    using T = IngressStatus;
    static const std::vector<Field> table{
        field<T>("loadBalancer", &T::loadBalancer)
            .documented("The load balancer before it."),
    };
    return table;
}

const std::string_view Describe<Ingress>::doc =
    "An Ingress passes HTTP requests from outside on to services, by host and path; "
    "a controller has to be there for it.";

std::span<const Field> Describe<Ingress>::fields() {
    using T = Ingress;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("What you want: hosts, paths and services."),
        field<T>("status", &T::status)
            .documented("What there is: addresses; written by the controller."),
    };
    return table;
}

const std::string_view Describe<IngressClassParametersReference>::doc =
    "An object with settings for the controller.";

std::span<const Field> Describe<IngressClassParametersReference>::fields() {
    using T = IngressClassParametersReference;
    static const std::vector<Field> table{
        field<T>("apiGroup", &T::apiGroup)
            .documented("The API group of the object; the core group when left out."),
        field<T>("kind", &T::kind).required().always()
            .documented("The kind of the object."),
        field<T>("name", &T::name).required().always()
            .documented("The name of the object."),
        field<T>("namespace", &T::namespace_)
            .documented("The namespace of the object, when scope is Namespace."),
        field<T>("scope", &T::scope).preset(R"("Cluster")")
            .documented("Whether the object belongs to the Cluster or to a Namespace."),
    };
    return table;
}

const std::string_view Describe<IngressClassSpec>::doc =
    "Which controller acts on Ingresses of the class.";

std::span<const Field> Describe<IngressClassSpec>::fields() {
    using T = IngressClassSpec;
    static const std::vector<Field> table{
        field<T>("controller", &T::controller)
            .documented("The name of the controller, like a path below a domain; it cannot be changed."),
        field<T>("parameters", &T::parameters)
            .documented("Settings for the controller."),
    };
    return table;
}

const std::string_view Describe<IngressClass>::doc =
    "An IngressClass names a controller, so that Ingresses can choose it.";

std::span<const Field> Describe<IngressClass>::fields() {
    using T = IngressClass;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("What you want: the controller and its settings."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
