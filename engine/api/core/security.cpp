#include "engine/api/core/security.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<AppArmorProfile>::doc = "";

std::span<const Field> Describe<AppArmorProfile>::fields() {
    using T = AppArmorProfile;
    static const std::vector<Field> table{
        field<T>("localhostProfile", &T::localhostProfile),
        field<T>("type", &T::type).required().always(),
    };
    return table;
}

const std::string_view Describe<Capabilities>::doc = "";

std::span<const Field> Describe<Capabilities>::fields() {
    using T = Capabilities;
    static const std::vector<Field> table{
        field<T>("add", &T::add),
        field<T>("drop", &T::drop),
    };
    return table;
}

const std::string_view Describe<SELinuxOptions>::doc = "";

std::span<const Field> Describe<SELinuxOptions>::fields() {
    using T = SELinuxOptions;
    static const std::vector<Field> table{
        field<T>("level", &T::level),
        field<T>("role", &T::role),
        field<T>("type", &T::type),
        field<T>("user", &T::user),
    };
    return table;
}

const std::string_view Describe<SeccompProfile>::doc = "";

std::span<const Field> Describe<SeccompProfile>::fields() {
    using T = SeccompProfile;
    static const std::vector<Field> table{
        field<T>("localhostProfile", &T::localhostProfile),
        field<T>("type", &T::type).required().always(),
    };
    return table;
}

const std::string_view Describe<WindowsSecurityContextOptions>::doc = "";

std::span<const Field> Describe<WindowsSecurityContextOptions>::fields() {
    using T = WindowsSecurityContextOptions;
    static const std::vector<Field> table{
        field<T>("gmsaCredentialSpec", &T::gmsaCredentialSpec),
        field<T>("gmsaCredentialSpecName", &T::gmsaCredentialSpecName),
        field<T>("hostProcess", &T::hostProcess),
        field<T>("runAsUserName", &T::runAsUserName),
    };
    return table;
}

const std::string_view Describe<SecurityContext>::doc = "";

std::span<const Field> Describe<SecurityContext>::fields() {
    using T = SecurityContext;
    static const std::vector<Field> table{
        field<T>("allowPrivilegeEscalation", &T::allowPrivilegeEscalation),
        field<T>("appArmorProfile", &T::appArmorProfile),
        field<T>("capabilities", &T::capabilities),
        field<T>("privileged", &T::privileged),
        field<T>("procMount", &T::procMount),
        field<T>("readOnlyRootFilesystem", &T::readOnlyRootFilesystem),
        field<T>("runAsGroup", &T::runAsGroup),
        field<T>("runAsNonRoot", &T::runAsNonRoot),
        field<T>("runAsUser", &T::runAsUser),
        field<T>("seLinuxOptions", &T::seLinuxOptions),
        field<T>("seccompProfile", &T::seccompProfile),
        field<T>("windowsOptions", &T::windowsOptions),
    };
    return table;
}

const std::string_view Describe<Sysctl>::doc = "";

std::span<const Field> Describe<Sysctl>::fields() {
    using T = Sysctl;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always(),
        field<T>("value", &T::value).required().always(),
    };
    return table;
}

const std::string_view Describe<PodSecurityContext>::doc = "";

std::span<const Field> Describe<PodSecurityContext>::fields() {
    using T = PodSecurityContext;
    static const std::vector<Field> table{
        field<T>("appArmorProfile", &T::appArmorProfile),
        field<T>("fsGroup", &T::fsGroup),
        field<T>("fsGroupChangePolicy", &T::fsGroupChangePolicy),
        field<T>("runAsGroup", &T::runAsGroup),
        field<T>("runAsNonRoot", &T::runAsNonRoot),
        field<T>("runAsUser", &T::runAsUser),
        field<T>("seLinuxChangePolicy", &T::seLinuxChangePolicy),
        field<T>("seLinuxOptions", &T::seLinuxOptions),
        field<T>("seccompProfile", &T::seccompProfile),
        field<T>("supplementalGroups", &T::supplementalGroups),
        field<T>("supplementalGroupsPolicy", &T::supplementalGroupsPolicy),
        field<T>("sysctls", &T::sysctls),
        field<T>("windowsOptions", &T::windowsOptions),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
