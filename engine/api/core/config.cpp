#include "engine/api/core/config.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<NamespaceSpec>::doc = "What must happen before a namespace is gone.";

std::span<const Field> Describe<NamespaceSpec>::fields() {
    using T = NamespaceSpec;
    static const std::vector<Field> table{
        field<T>("finalizers", &T::finalizers)
            .documented("Who has to clean up before the namespace can be removed; usually kubernetes alone."),
    };
    return table;
}

const std::string_view Describe<NamespaceCondition>::doc =
    "One finding about a namespace that is being deleted.";

std::span<const Field> Describe<NamespaceCondition>::fields() {
    using T = NamespaceCondition;
    static const std::vector<Field> table{
        field<T>("lastTransitionTime", &T::lastTransitionTime).always()
            .documented("When the status last changed from one value to another."),
        field<T>("message", &T::message)
            .documented("The finding in a sentence for people."),
        field<T>("reason", &T::reason)
            .documented("The finding's cause in one CamelCase word."),
        field<T>("status", &T::status).required().always()
            .documented("True, False or Unknown."),
        field<T>("type", &T::type).required().always()
            .documented("What was found, such as NamespaceContentRemaining."),
    };
    return table;
}

const std::string_view Describe<NamespaceStatus>::doc = "Whether a namespace is in use or going away.";

std::span<const Field> Describe<NamespaceStatus>::fields() {
    using T = NamespaceStatus;
    static const std::vector<Field> table{
        field<T>("conditions", &T::conditions).merge("type")
            .documented("Why a deletion does not come to its end."),
        field<T>("phase", &T::phase).preset(R"("Active")").one_of("Active|Terminating")
            .documented("Active, or Terminating while everything in it is being deleted."),
    };
    return table;
}

const std::string_view Describe<Namespace>::doc =
    "A Namespace is a room for names: objects in different ones may be called the same.";

std::span<const Field> Describe<Namespace>::fields() {
    using T = Namespace;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, labels and what else every object has."),
        field<T>("spec", &T::spec)
            .documented("What holds up the deletion of the namespace."),
        field<T>("status", &T::status)
            .documented("Whether the namespace is in use or going away."),
    };
    return table;
}

const std::string_view Describe<ConfigMap>::doc =
    "A ConfigMap keeps settings apart from images: pods read it as variables or as files.";

std::span<const Field> Describe<ConfigMap>::fields() {
    using T = ConfigMap;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("binaryData", &T::binaryData)
            .documented("Values that are no text, in base64; keys must differ from those in data."),
        field<T>("data", &T::data)
            .documented("The settings: file names or variable names, each with its text."),
        field<T>("immutable", &T::immutable)
            .documented("When true, the contents can never be changed; delete and create it anew instead."),
    };
    return table;
}

const std::string_view Describe<Secret>::doc =
    "A Secret keeps passwords, keys and certificates; its values are base64 text, which is no encryption.";

std::span<const Field> Describe<Secret>::fields() {
    using T = Secret;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("data", &T::data)
            .documented("The values by key, each in base64."),
        field<T>("immutable", &T::immutable)
            .documented("When true, the contents can never be changed; delete and create it anew instead."),
        field<T>("stringData", &T::stringData)
            .documented("The values as plain text; the server moves them into data and never shows this "
                        "field."),
        field<T>("type", &T::type).preset(R"("Opaque")")
            .documented("What the secret is for; some types demand certain keys, Opaque demands none."),
    };
    return table;
}

const std::string_view Describe<ServiceAccount>::doc =
    "A ServiceAccount is the name under which the programs in a pod speak to the API server.";

std::span<const Field> Describe<ServiceAccount>::fields() {
    using T = ServiceAccount;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata)
            .documented("Name, namespace, labels and what else every object has."),
        field<T>("automountServiceAccountToken", &T::automountServiceAccountToken)
            .documented("False keeps the token out of pods, unless the pod itself asks for it."),
        field<T>("imagePullSecrets", &T::imagePullSecrets)
            .documented("Secrets with passwords for image registries, given to pods that name none."),
        field<T>("secrets", &T::secrets).merge("name")
            .documented("Secrets of this account; a list that old tokens used."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
