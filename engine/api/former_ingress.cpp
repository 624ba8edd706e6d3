#include "engine/api/former_ingress.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<FormerIngressBackend>::doc =
    "Where requests are passed on to: a service, or another object that the controller knows.";

std::span<const Field> Describe<FormerIngressBackend>::fields() {
    using T = FormerIngressBackend;
    static const std::vector<Field> table{
        field<T>("resource", &T::resource)
            .documented("An object in the namespace of the Ingress; not together with a service."),
        field<T>("serviceName", &T::serviceName)
            .documented("The service, in the namespace of the Ingress."),
        field<T>("servicePort", &T::servicePort)
            .documented("The port of the service, by number or by name."),
    };
    return table;
}

const std::string_view Describe<FormerHTTPIngressPath>::doc =
    "A path and where requests for it are passed on to.";

std::span<const Field> Describe<FormerHTTPIngressPath>::fields() {
    using T = FormerHTTPIngressPath;
    static const std::vector<Field> table{
        field<T>("backend", &T::backend).required()
            .documented("Where requests for the path are passed on to."),
        field<T>("path", &T::path)
            .documented("The path of requests, beginning with a slash."),
        field<T>("pathType", &T::pathType).preset(R"("ImplementationSpecific")")
            .one_of("Exact|ImplementationSpecific|Prefix")
            .documented("How the path is compared; as the controller likes by default."),
    };
    return table;
}

const std::string_view Describe<FormerHTTPIngressRuleValue>::doc =
    "The paths of one host.";

std::span<const Field> Describe<FormerHTTPIngressRuleValue>::fields() {
    using T = FormerHTTPIngressRuleValue;
    static const std::vector<Field> table{
        field<T>("paths", &T::paths).required().always()
            .documented("The paths; the longest one that fits a request decides."),
    };
    return table;
}

const std::string_view Describe<FormerIngressRule>::doc =
    "The paths that belong to one host name.";

std::span<const Field> Describe<FormerIngressRule>::fields() {
    using T = FormerIngressRule;
    static const std::vector<Field> table{
        field<T>("host", &T::host)
            .documented("The host name of requests; every host when left out."),
        field<T>("http", &T::http)
            .documented("The paths of the host."),
    };
    return table;
}

const std::string_view Describe<FormerIngressSpec>::doc =
    "Which requests from outside go to which services.";

std::span<const Field> Describe<FormerIngressSpec>::fields() {
    using T = FormerIngressSpec;
    static const std::vector<Field> table{
        field<T>("backend", &T::backend)
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

const std::string_view Describe<FormerIngress>::doc =
    "An Ingress passes HTTP requests from outside on to services, by host and path.";

std::span<const Field> Describe<FormerIngress>::fields() {
    using T = FormerIngress;
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

// clang-format on

}  // namespace kubetab::api
