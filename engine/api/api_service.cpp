#include "engine/api/api_service.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<ServiceReference>::doc =
    "Names a Service and its port.";

std::span<const Field> Describe<ServiceReference>::fields() {
    using T = ServiceReference;
    static const std::vector<Field> table{
        field<T>("name", &T::name)
            .documented("The name of the Service."),
        field<T>("namespace", &T::namespace_)
            .documented("The namespace of the Service."),
        field<T>("port", &T::port).preset("443")
            .documented("The port of the Service; 443 when it is left out."),
    };
    return table;
}

const std::string_view Describe<APIServiceSpec>::doc =
    "Which version of which group is meant, and who answers for it.";

std::span<const Field> Describe<APIServiceSpec>::fields() {
    using T = APIServiceSpec;
    static const std::vector<Field> table{
        field<T>("caBundle", &T::caBundle)
            .documented("Certificates, in PEM, that the Service has to prove itself with."),
        field<T>("group", &T::group)
            .documented("The name of the API group."),
        field<T>("groupPriorityMinimum", &T::groupPriorityMinimum).required().always()
            .documented("Groups with higher numbers come first; from 1 to 20000."),
        field<T>("insecureSkipTLSVerify", &T::insecureSkipTLSVerify)
            .documented("The certificate of the Service is not looked at."),
        field<T>("service", &T::service)
            .documented("The Service that answers; left out, the API server itself does."),
        field<T>("version", &T::version)
            .documented("The version of the group, such as v1beta1."),
        field<T>("versionPriority", &T::versionPriority).required().always()
            .documented("Versions with higher numbers come first; from 1 to 1000."),
    };
    return table;
}

const std::string_view Describe<APIServiceCondition>::doc =
    "One finding about an APIService.";

std::span<const Field> Describe<APIServiceCondition>::fields() {
    using T = APIServiceCondition;
    static const std::vector<Field> table{
        field<T>("lastTransitionTime", &T::lastTransitionTime)
            .documented("When the status last changed from one value to another."),
        field<T>("message", &T::message)
            .documented("The finding in a sentence for people."),
        field<T>("reason", &T::reason)
            .documented("The cause of the finding in one CamelCase word."),
        field<T>("status", &T::status).required().always()
            .documented("True, False or Unknown."),
        field<T>("type", &T::type).required().always()
            .documented("What was looked at: Available."),
    };
    return table;
}

const std::string_view Describe<APIServiceStatus>::doc =
    "Whether somebody answers.";

std::span<const Field> Describe<APIServiceStatus>::fields() {
    using T = APIServiceStatus;
    static const std::vector<Field> table{
        field<T>("conditions", &T::conditions).merge("type")
            .documented("What was found."),
    };
    return table;
}

const std::string_view Describe<APIService>::doc =
    "An APIService tells the API server who answers for one version of an API group.";

std::span<const Field> Describe<APIService>::fields() {
    using T = APIService;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("Which version, and who answers for it."),
        field<T>("status", &T::status)
            .documented("Whether somebody answers."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
