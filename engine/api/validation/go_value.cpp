#include "engine/api/validation/go_value.h"

#include <algorithm>
#include <map>
#include <optional>

#include "engine/api/validation/value_text.h"

namespace kubetab::api {
namespace {

// The structs that a pod's spec is made of. A word is a member, after `=` its name in JSON where that is not
// the same with a small beginning; Name{…} is an embedded struct, whose members stand in JSON beside it; what
// begins with `*` is a pointer in core/v1 and none here.
constexpr std::string_view kLayouts = R"(
PodSpec: Volumes InitContainers Containers EphemeralContainers RestartPolicy TerminationGracePeriodSeconds
 ActiveDeadlineSeconds DNSPolicy NodeSelector ServiceAccountName AutomountServiceAccountToken NodeName SecurityContext
 ImagePullSecrets Hostname Subdomain SetHostnameAsFQDN Affinity SchedulerName Tolerations HostAliases PriorityClassName
 Priority PreemptionPolicy DNSConfig ReadinessGates RuntimeClassName Overhead EnableServiceLinks
 TopologySpreadConstraints OS SchedulingGates ResourceClaims Resources
PodSecurityContext: SELinuxOptions WindowsOptions RunAsUser RunAsGroup RunAsNonRoot SupplementalGroups
 SupplementalGroupsPolicy FSGroup FSGroupChangePolicy Sysctls SeccompProfile AppArmorProfile SELinuxChangePolicy
Container: Name Image Command Args WorkingDir Ports EnvFrom Env Resources ResizePolicy RestartPolicy VolumeMounts
 VolumeDevices LivenessProbe ReadinessProbe StartupProbe Lifecycle TerminationMessagePath TerminationMessagePolicy
 ImagePullPolicy SecurityContext Stdin StdinOnce TTY
EphemeralContainer: EphemeralContainerCommon{ Name Image Command Args WorkingDir Ports EnvFrom Env Resources
 ResizePolicy RestartPolicy VolumeMounts VolumeDevices LivenessProbe ReadinessProbe StartupProbe Lifecycle
 TerminationMessagePath TerminationMessagePolicy ImagePullPolicy SecurityContext Stdin StdinOnce TTY }
 TargetContainerName
ContainerPort: Name HostPort ContainerPort Protocol HostIP
EnvVar: Name Value ValueFrom
EnvVarSource: FieldRef ResourceFieldRef ConfigMapKeyRef SecretKeyRef
ResourceFieldSelector: ContainerName Resource Divisor
ConfigMapKeySelector: LocalObjectReference{ Name } Key Optional
SecretKeySelector: LocalObjectReference{ Name } Key Optional
EnvFromSource: Prefix ConfigMapRef SecretRef
ConfigMapEnvSource: LocalObjectReference{ Name } Optional
SecretEnvSource: LocalObjectReference{ Name } Optional
ResourceRequirements: Limits Requests Claims
VolumeMount: Name ReadOnly RecursiveReadOnly MountPath SubPath MountPropagation SubPathExpr
VolumeDevice: Name DevicePath
Probe: ProbeHandler{ Exec HTTPGet TCPSocket GRPC } InitialDelaySeconds TimeoutSeconds PeriodSeconds SuccessThreshold
 FailureThreshold TerminationGracePeriodSeconds
HTTPGetAction: Path Port Host Scheme HTTPHeaders
TCPSocketAction: Port Host
Lifecycle: PostStart PreStop
LifecycleHandler: Exec HTTPGet TCPSocket Sleep
SecurityContext: Capabilities Privileged SELinuxOptions WindowsOptions RunAsUser RunAsGroup RunAsNonRoot
 ReadOnlyRootFilesystem AllowPrivilegeEscalation ProcMount SeccompProfile AppArmorProfile
SELinuxOptions: User Role Type Level
SeccompProfile: Type LocalhostProfile
AppArmorProfile: Type LocalhostProfile
WindowsSecurityContextOptions: GMSACredentialSpecName GMSACredentialSpec RunAsUserName HostProcess
Volume: Name VolumeSource{ HostPath EmptyDir GCEPersistentDisk AWSElasticBlockStore GitRepo Secret NFS ISCSI Glusterfs
 PersistentVolumeClaim RBD Quobyte FlexVolume Cinder CephFS=cephfs Flocker DownwardAPI FC AzureFile ConfigMap
 VsphereVolume AzureDisk PhotonPersistentDisk Projected PortworxVolume ScaleIO StorageOS=storageos CSI Ephemeral
 Image }
EmptyDirVolumeSource: Medium SizeLimit
SecretVolumeSource: SecretName Items DefaultMode Optional
ConfigMapVolumeSource: LocalObjectReference{ Name } Items DefaultMode Optional
KeyToPath: Key Path Mode
ProjectedVolumeSource: Sources DefaultMode
VolumeProjection: Secret DownwardAPI ConfigMap ServiceAccountToken ClusterTrustBundle
ServiceAccountTokenProjection: Audience *ExpirationSeconds Path
SecretProjection: LocalObjectReference{ Name } Items Optional
ConfigMapProjection: LocalObjectReference{ Name } Items Optional
DownwardAPIVolumeSource: Items DefaultMode
DownwardAPIVolumeFile: Path FieldRef ResourceFieldRef Mode
NFSVolumeSource: Server Path ReadOnly
CSIVolumeSource: Driver ReadOnly FSType VolumeAttributes NodePublishSecretRef
Toleration: Key Operator Value Effect TolerationSeconds
Affinity: NodeAffinity PodAffinity PodAntiAffinity
NodeAffinity: RequiredDuringSchedulingIgnoredDuringExecution PreferredDuringSchedulingIgnoredDuringExecution
PodAffinity: RequiredDuringSchedulingIgnoredDuringExecution PreferredDuringSchedulingIgnoredDuringExecution
PodAntiAffinity: RequiredDuringSchedulingIgnoredDuringExecution PreferredDuringSchedulingIgnoredDuringExecution
PreferredSchedulingTerm: Weight Preference
WeightedPodAffinityTerm: Weight PodAffinityTerm
PodAffinityTerm: LabelSelector Namespaces TopologyKey NamespaceSelector MatchLabelKeys MismatchLabelKeys
LabelSelector: MatchLabels MatchExpressions
TopologySpreadConstraint: MaxSkew TopologyKey WhenUnsatisfiable LabelSelector MinDomains NodeAffinityPolicy
 NodeTaintsPolicy MatchLabelKeys
HostAlias: IP Hostnames
PodDNSConfig: Nameservers Searches Options
)";

// Where core/v1 has these in the spec itself.
constexpr std::string_view kHostMembers = "HostNetwork HostPID HostIPC ShareProcessNamespace HostUsers";

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    for (std::size_t at = text.find_first_not_of(" \n"); at != std::string_view::npos;) {
        const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
        words.push_back(text.substr(at, end - at));
        at = text.find_first_not_of(" \n", end);
    }
    return words;
}

using Words = std::vector<std::string_view>;

const Words* layout_of(std::string_view name) {
    static const std::map<std::string_view, Words> layouts = [] {
        std::map<std::string_view, Words> made;
        Words* current = nullptr;
        for (const std::string_view word : words_of(kLayouts)) {
            if (word.ends_with(':')) current = &made[word.substr(0, word.size() - 1)];
            else current->push_back(word);
        }
        return made;
    }();
    const auto found = layouts.find(name);
    return found == layouts.end() ? nullptr : &found->second;
}

bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}
char small(char c) {
    return is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

// "dnsPolicy" of "DNSPolicy", "tty" of "TTY".
std::string json_name(std::string_view go_name) {
    std::string name(go_name);
    for (std::size_t i = 0; i < name.size() && is_capital(name[i]); ++i) {
        if (i > 0 && i + 1 < name.size() && !is_capital(name[i + 1])) break;
        name[i] = small(name[i]);
    }
    return name;
}

// The other way round, for structs without a layout.
std::string member_name(std::string_view json) {
    static constexpr std::string_view kInitials[] = {"api", "dns", "fs",  "gmsa", "http",
                                                     "ip",  "iqn", "uid", "url"};
    for (const std::string_view initials : kInitials) {
        const bool whole =
            json.size() == initials.size() || is_capital(json[std::min(initials.size(), json.size() - 1)]);
        if (!json.starts_with(initials) || !whole) continue;
        std::string name(json);
        std::transform(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(initials.size()),
                       name.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
        return name;
    }
    std::string name(json);
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
    return name;
}

GoValue scalar(std::string text, bool is_zero) {
    GoValue value;
    value.text = std::move(text);
    value.is_zero = is_zero;
    return value;
}

GoValue string_value(std::string text) {
    GoValue value = scalar(std::move(text), false);
    value.is_zero = value.text.empty();
    value.is_string = true;
    return value;
}

GoValue nothing(GoValue::Kind kind) {
    GoValue value;
    value.kind = kind;
    value.is_nil = true;
    return value;
}

void add(GoValue& structure, std::string name, GoValue value) {
    structure.is_zero = structure.is_zero && value.is_zero;
    structure.members.push_back({std::move(name), std::move(value)});
}

GoValue structure(std::string type) {
    GoValue value;
    value.kind = GoValue::Kind::Struct;
    value.type = std::move(type);
    return value;
}

// It has been printed before: its text is kept.
GoValue quantity_value(const Quantity& quantity) {
    static constexpr std::string_view kFormats[] = {"DecimalSI", "BinarySI", "DecimalExponent"};
    GoValue amount = structure("resource.int64Amount");
    add(amount, "value", scalar(std::to_string(quantity.value()), quantity.value() == 0));
    add(amount, "scale", scalar(std::to_string(quantity.scale()), quantity.scale() == 0));
    GoValue value = structure("resource.Quantity");
    value.is_leaf = true;
    add(value, "i", std::move(amount));
    add(value, "s", string_value(quantity.text()));
    add(value, "Format", string_value(std::string(kFormats[static_cast<std::size_t>(quantity.format())])));
    return value;
}

GoValue choice_value(const IntOrString& choice) {
    GoValue value = structure("intstr.IntOrString");
    add(value, "Type", scalar(choice.is_string ? "1" : "0", !choice.is_string));
    add(value, "IntVal", scalar(std::to_string(choice.number), choice.number == 0));
    add(value, "StrVal", string_value(choice.text));
    return value;
}

// Empty for what has no name of its own in Go's texts.
std::string type_name(const Type& type) {
    if (type.form == Form::List) return "[]" + type_name(type.element());
    if (type.form == Form::Map)
        return type.element().form == Form::Quantity ? "core.ResourceList"
                                                     : "map[string]" + type_name(type.element());
    if (type.form != Form::Struct) return type.form == Form::String ? "string" : std::string(type.name);
    const bool meta = type.name.starts_with("LabelSelector");
    return (meta ? "v1." : "core.") + std::string(type.name);
}

GoValue list_value(const Type& type, const void* value) {
    GoValue result = nothing(GoValue::Kind::Slice);
    result.type = type_name(type);
    const std::size_t size = type.accessors.size(value);
    result.is_nil = result.is_zero = size == 0;
    for (std::size_t i = 0; i < size; ++i)
        result.members.push_back({"", go_value(type.element(), type.accessors.at(value, i))});
    return result;
}

GoValue map_value(const Type& type, const void* value) {
    GoValue result = nothing(GoValue::Kind::Map);
    result.type = type_name(type);
    const std::size_t size = type.accessors.size(value);
    result.is_nil = result.is_zero = size == 0;
    const std::string prefix = type.element().form == Form::Quantity ? "s" : "";
    for (std::size_t i = 0; i < size; ++i) {
        result.members.push_back({prefix + go_quoted(type.accessors.key(value, i)),
                                  go_value(type.element(), type.accessors.at(value, i))});
    }
    return result;
}

GoValue pointer_value(const Type& type, const void* value) {
    GoValue result = nothing(GoValue::Kind::Pointer);
    if (!type.accessors.has(value)) return result;
    result.is_nil = result.is_zero = false;
    result.members.push_back({"", go_value(type.element(), type.accessors.get(value))});
    return result;
}

GoValue member_value(const Type& type, const void* value, std::string_view json) {
    const Field* field = find_field(type, json);
    return field == nullptr ? nothing(GoValue::Kind::Pointer) : go_value(field->type(), field->in(value));
}

void add_members(GoValue& result, const Type& type, const void* value, Words::const_iterator& word,
                 Words::const_iterator end) {
    for (; word != end && *word != "}"; ++word) {
        if (word->ends_with('{')) {
            const std::string name(word->substr(0, word->size() - 1));
            GoValue embedded = structure("core." + name);
            add_members(embedded, type, value, ++word, end);
            add(result, name, std::move(embedded));
            continue;
        }
        const bool plain = word->front() == '*';
        const std::string_view named = word->substr(plain ? 1 : 0);
        const std::size_t equals = named.find('=');
        const std::string name(named.substr(0, equals));
        const std::string json =
            equals == std::string_view::npos ? json_name(name) : std::string(named.substr(equals + 1));
        GoValue member = member_value(type, value, json);
        if (plain && !member.is_nil) member = GoValue(member.members.front().value);
        add(result, name, std::move(member));
    }
}

void move_host_members(GoValue& spec, const Type& type, const void* value) {
    const auto context =
        std::find_if(spec.members.begin(), spec.members.end(),
                     [](const GoValue::Member& member) { return member.name == "SecurityContext"; });
    if (context->value.is_nil) return;
    GoValue& inner = context->value.members.front().value;
    GoValue whole = structure(inner.type);
    for (const std::string_view name : words_of(kHostMembers))
        add(whole, std::string(name), member_value(type, value, json_name(name)));
    for (GoValue::Member& member : inner.members) add(whole, std::move(member.name), std::move(member.value));
    inner = std::move(whole);
}

GoValue struct_value(const Type& type, const void* value) {
    GoValue result = structure(type_name(type));
    const Words* layout = layout_of(type.name);
    if (layout == nullptr) {
        for (const Field& field : type.fields())
            add(result, member_name(field.name), go_value(field.type(), field.in(value)));
        return result;
    }
    auto word = layout->begin();
    add_members(result, type, value, word, layout->end());
    if (type.name == "PodSpec") move_host_members(result, type, value);
    return result;
}

}  // namespace

GoValue go_value(const Type& type, const void* value) {
    switch (type.form) {
        case Form::Bool: {
            const bool set = *static_cast<const bool*>(value);
            return scalar(set ? "true" : "false", !set);
        }
        case Form::Int32: {
            const std::int32_t number = *static_cast<const std::int32_t*>(value);
            return scalar(std::to_string(number), number == 0);
        }
        case Form::Int64: {
            const std::int64_t number = *static_cast<const std::int64_t*>(value);
            return scalar(std::to_string(number), number == 0);
        }
        case Form::String: return string_value(static_cast<const Text*>(value)->str());
        case Form::Quantity: return quantity_value(*static_cast<const Quantity*>(value));
        case Form::IntOrString: return choice_value(*static_cast<const IntOrString*>(value));
        case Form::Struct: return struct_value(type, value);
        case Form::Optional:
        case Form::Box: return pointer_value(type, value);
        case Form::List: return list_value(type, value);
        case Form::Map: return map_value(type, value);
        case Form::Time:
        case Form::MicroTime:
        case Form::Bytes:
        case Form::Raw: break;  // a pod's spec has none
    }
    return nothing(GoValue::Kind::Pointer);
}

}  // namespace kubetab::api
