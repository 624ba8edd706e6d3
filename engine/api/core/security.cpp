#include "engine/api/core/security.h"

namespace kubetab::api {

// clang-format off
const std::string_view Describe<AppArmorProfile>::doc = "Which AppArmor rules the processes are under.";

std::span<const Field> Describe<AppArmorProfile>::fields() {
    using T = AppArmorProfile;
    static const std::vector<Field> table{
        field<T>("localhostProfile", &T::localhostProfile)
            .documented("The profile on the node; with type Localhost."),
        field<T>("type", &T::type).required().always().one_of("Localhost|RuntimeDefault|Unconfined")
            .documented("RuntimeDefault, a Localhost profile, or Unconfined for none."),
    };
    return table;
}

const std::string_view Describe<Capabilities>::doc =
    "Linux capabilities beyond or without the runtime's usual ones.";

std::span<const Field> Describe<Capabilities>::fields() {
    using T = Capabilities;
    static const std::vector<Field> table{
        field<T>("add", &T::add)
            .documented("Capabilities to add, such as NET_ADMIN."),
        field<T>("drop", &T::drop)
            .documented("Capabilities to take away; ALL is possible."),
    };
    return table;
}

const std::string_view Describe<SELinuxOptions>::doc = "The SELinux label of processes and volumes.";

std::span<const Field> Describe<SELinuxOptions>::fields() {
    using T = SELinuxOptions;
    static const std::vector<Field> table{
        field<T>("level", &T::level)
            .documented("The label's level part."),
        field<T>("role", &T::role)
            .documented("The label's role part."),
        field<T>("type", &T::type)
            .documented("The label's type part."),
        field<T>("user", &T::user)
            .documented("The label's user part."),
    };
    return table;
}

const std::string_view Describe<SeccompProfile>::doc = "Which system calls the processes may make.";

std::span<const Field> Describe<SeccompProfile>::fields() {
    using T = SeccompProfile;
    static const std::vector<Field> table{
        field<T>("localhostProfile", &T::localhostProfile)
            .documented("The profile's file below the kubelet's seccomp directory; with type Localhost."),
        field<T>("type", &T::type).required().always().one_of("Localhost|RuntimeDefault|Unconfined")
            .documented("RuntimeDefault, a Localhost profile, or Unconfined for no limits."),
    };
    return table;
}

const std::string_view Describe<WindowsSecurityContextOptions>::doc = "Settings for Windows containers.";

std::span<const Field> Describe<WindowsSecurityContextOptions>::fields() {
    using T = WindowsSecurityContextOptions;
    static const std::vector<Field> table{
        field<T>("gmsaCredentialSpec", &T::gmsaCredentialSpec)
            .documented("The text of the credential spec; filled in from gmsaCredentialSpecName."),
        field<T>("gmsaCredentialSpecName", &T::gmsaCredentialSpecName)
            .documented("The name of a managed service account's credential spec."),
        field<T>("hostProcess", &T::hostProcess)
            .documented("Run as a process of the host; all containers of a pod or none."),
        field<T>("runAsUserName", &T::runAsUserName)
            .documented("The Windows user that the process runs as."),
    };
    return table;
}

const std::string_view Describe<SecurityContext>::doc = "Rights and limits of one container's processes.";

std::span<const Field> Describe<SecurityContext>::fields() {
    using T = SecurityContext;
    static const std::vector<Field> table{
        field<T>("allowPrivilegeEscalation", &T::allowPrivilegeEscalation)
            .documented("False keeps a process from getting more rights than its parent."),
        field<T>("appArmorProfile", &T::appArmorProfile)
            .documented("AppArmor rules; they win over the pod's."),
        field<T>("capabilities", &T::capabilities)
            .documented("Linux capabilities to add or drop."),
        field<T>("privileged", &T::privileged)
            .documented("True gives the container all rights on the node."),
        field<T>("procMount", &T::procMount).one_of("Default|Unmasked")
            .documented("Whether parts of /proc are hidden (Default) or not (Unmasked)."),
        field<T>("readOnlyRootFilesystem", &T::readOnlyRootFilesystem)
            .documented("When true, the container cannot write outside of its volumes."),
        field<T>("runAsGroup", &T::runAsGroup)
            .documented("The group number that processes start with."),
        field<T>("runAsNonRoot", &T::runAsNonRoot)
            .documented("When true, a container that would run as root is not started."),
        field<T>("runAsUser", &T::runAsUser)
            .documented("The user number that processes start with; the image's own by default."),
        field<T>("seLinuxOptions", &T::seLinuxOptions)
            .documented("The SELinux label; it wins over the pod's."),
        field<T>("seccompProfile", &T::seccompProfile)
            .documented("Allowed system calls; they win over the pod's."),
        field<T>("windowsOptions", &T::windowsOptions)
            .documented("Settings for Windows containers."),
    };
    return table;
}

const std::string_view Describe<Sysctl>::doc = "A kernel setting for the pod.";

std::span<const Field> Describe<Sysctl>::fields() {
    using T = Sysctl;
    static const std::vector<Field> table{
        field<T>("name", &T::name).required().always()
            .documented("Its name, such as net.ipv4.ip_local_port_range."),
        field<T>("value", &T::value).required().always()
            .documented("Its value, as text."),
    };
    return table;
}

const std::string_view Describe<PodSecurityContext>::doc = "Rights and limits for all containers of a pod.";

std::span<const Field> Describe<PodSecurityContext>::fields() {
    using T = PodSecurityContext;
    static const std::vector<Field> table{
        field<T>("appArmorProfile", &T::appArmorProfile)
            .documented("AppArmor rules for all containers."),
        field<T>("fsGroup", &T::fsGroup)
            .documented("Files of volumes belong to this group, and all processes are in it."),
        field<T>("fsGroupChangePolicy", &T::fsGroupChangePolicy).one_of("Always|OnRootMismatch")
            .documented("Whether fsGroup is set each time, or only if the volume's root differs."),
        field<T>("runAsGroup", &T::runAsGroup)
            .documented("The group number that processes start with."),
        field<T>("runAsNonRoot", &T::runAsNonRoot)
            .documented("When true, containers that would run as root are not started."),
        field<T>("runAsUser", &T::runAsUser)
            .documented("The user number that processes start with."),
        field<T>("seLinuxChangePolicy", &T::seLinuxChangePolicy)
            .documented("How volumes get the SELinux label: MountOption or Recursive."),
        field<T>("seLinuxOptions", &T::seLinuxOptions)
            .documented("The SELinux label of all containers."),
        field<T>("seccompProfile", &T::seccompProfile)
            .documented("Allowed system calls for all containers."),
        field<T>("supplementalGroups", &T::supplementalGroups)
            .documented("Further groups that processes are in."),
        field<T>("supplementalGroupsPolicy", &T::supplementalGroupsPolicy).one_of("Merge|Strict")
            .documented("Merge (the default) adds the groups of the image's /etc/group; Strict does not."),
        field<T>("sysctls", &T::sysctls)
            .documented("Kernel settings for the pod."),
        field<T>("windowsOptions", &T::windowsOptions)
            .documented("Settings for Windows containers."),
    };
    return table;
}

// clang-format on

}  // namespace kubetab::api
