#include "engine/api/core/config.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<NamespaceSpec>::doc = "";

std::span<const Field> Describe<NamespaceSpec>::fields() {
    using T = NamespaceSpec;
    static const std::vector<Field> table{
        field<T>("finalizers", &T::finalizers),
    };
    return table;
}

const std::string_view Describe<NamespaceCondition>::doc = "";

std::span<const Field> Describe<NamespaceCondition>::fields() {
    using T = NamespaceCondition;
    static const std::vector<Field> table{
        field<T>("lastTransitionTime", &T::lastTransitionTime).always(),
        field<T>("message", &T::message),
        field<T>("reason", &T::reason),
        field<T>("status", &T::status).required().always(),
        field<T>("type", &T::type).required().always(),
    };
    return table;
}

const std::string_view Describe<NamespaceStatus>::doc = "";

std::span<const Field> Describe<NamespaceStatus>::fields() {
    using T = NamespaceStatus;
    static const std::vector<Field> table{
        field<T>("conditions", &T::conditions).merge("type"),
        field<T>("phase", &T::phase).preset(R"("Active")"),
    };
    return table;
}

const std::string_view Describe<Namespace>::doc = "";

std::span<const Field> Describe<Namespace>::fields() {
    using T = Namespace;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata),
        field<T>("spec", &T::spec),
        field<T>("status", &T::status),
    };
    return table;
}

const std::string_view Describe<ConfigMap>::doc = "";

std::span<const Field> Describe<ConfigMap>::fields() {
    using T = ConfigMap;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata),
        field<T>("binaryData", &T::binaryData),
        field<T>("data", &T::data),
        field<T>("immutable", &T::immutable),
    };
    return table;
}

const std::string_view Describe<Secret>::doc = "";

std::span<const Field> Describe<Secret>::fields() {
    using T = Secret;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata),
        field<T>("data", &T::data),
        field<T>("immutable", &T::immutable),
        field<T>("stringData", &T::stringData),
        field<T>("type", &T::type).preset(R"("Opaque")"),
    };
    return table;
}

const std::string_view Describe<ServiceAccount>::doc = "";

std::span<const Field> Describe<ServiceAccount>::fields() {
    using T = ServiceAccount;
    static const std::vector<Field> table{
        field<T>("metadata", &T::metadata),
        field<T>("automountServiceAccountToken", &T::automountServiceAccountToken),
        field<T>("imagePullSecrets", &T::imagePullSecrets),
        field<T>("secrets", &T::secrets).merge("name"),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
