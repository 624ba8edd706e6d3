#include "engine/api/former_kinds.h"

#include <algorithm>
#include <deque>
#include <vector>

#include "engine/api/batch.h"
#include "engine/api/certificates.h"
#include "engine/api/codec.h"
#include "engine/api/controller_revision.h"
#include "engine/api/daemon_set.h"
#include "engine/api/former_ingress.h"
#include "engine/api/kinds.h"
#include "engine/api/network_policy.h"
#include "engine/api/policy.h"
#include "engine/api/rbac.h"
#include "engine/api/stateful_set.h"
#include "engine/api/storage.h"

namespace kubetab::api {
namespace {

// A field that is not as in today's version.
struct Difference {
    std::string_view owner;  // the struct
    std::string_view field;
    std::string_view preset;  // "" where the field stays unset
    std::string_view doc;
};
using Differences = std::span<const Difference>;

constexpr std::string_view kSelectorDoc =
    "Which pods belong to it; the labels of the template when left out.";
constexpr std::string_view kUnlimited = "2147483647";

// upstream: pkg/apis/extensions/v1beta1/defaults.go, pkg/apis/apps/v1beta1/defaults.go
constexpr Difference kDeployment[] = {
    {"DeploymentSpec", "selector", "", kSelectorDoc},
    {"DeploymentSpec", "progressDeadlineSeconds", kUnlimited,
     "After so many seconds without progress the rollout is reported as stuck; never when left out."},
    {"DeploymentSpec", "revisionHistoryLimit", kUnlimited,
     "How many old ReplicaSets are kept for going back to them; all of them when left out."},
    {"RollingUpdateDeployment", "maxSurge", "1",
     "How many pods more than wanted may exist during an update: a number or a share, 1 by default."},
    {"RollingUpdateDeployment", "maxUnavailable", "1",
     "How many of the wanted pods may be missing during an update: a number or a share, 1 by default."},
};
constexpr Difference kAppsDeployment[] = {
    {"DeploymentSpec", "selector", "", kSelectorDoc},
    {"DeploymentSpec", "revisionHistoryLimit", "2",
     "How many old ReplicaSets are kept for going back to them; 2 by default."},
};
constexpr Difference kReplicaSet[] = {{"ReplicaSetSpec", "selector", "", kSelectorDoc}};
constexpr Difference kDaemonSet[] = {
    {"DaemonSetSpec", "selector", "", kSelectorDoc},
    {"DaemonSetUpdateStrategy", "type", R"("OnDelete")",
     "OnDelete (the default) waits until you delete pods; RollingUpdate replaces them node by node."},
};
constexpr Difference kStatefulSet[] = {
    {"StatefulSetSpec", "selector", "", kSelectorDoc},
    {"StatefulSetUpdateStrategy", "type", R"("OnDelete")",
     "OnDelete (the default) waits until you delete pods; RollingUpdate replaces them from the highest "
     "ordinal down."},
};
constexpr Difference kSigningRequest[] = {
    {"CertificateSigningRequestSpec", "usages", R"(["digital signature","key encipherment"])",
     "What the certificate is for; digital signature and key encipherment by default."},
};

struct Former {
    const Kind& (*today)();
    std::string_view group;
    std::string_view version;
    std::string_view removed;  // since which version of Kubernetes it is not served
    Differences differences{};
};

constexpr std::string_view kExtensions = "extensions";
constexpr std::string_view kNetworking = "networking.k8s.io";
constexpr std::string_view kCertificates = "certificates.k8s.io";

constexpr Former kFormer[] = {
    {kind_of<DaemonSet>, kExtensions, "v1beta1", "1.16", kDaemonSet},
    {kind_of<Deployment>, kExtensions, "v1beta1", "1.16", kDeployment},
    {kind_of<Ingress>, kExtensions, "v1beta1", "1.22"},
    {kind_of<NetworkPolicy>, kExtensions, "v1beta1", "1.16"},
    {kind_of<ReplicaSet>, kExtensions, "v1beta1", "1.16", kReplicaSet},
    {kind_of<ControllerRevision>, "apps", "v1beta2", "1.16"},
    {kind_of<DaemonSet>, "apps", "v1beta2", "1.16"},
    {kind_of<Deployment>, "apps", "v1beta2", "1.16"},
    {kind_of<ReplicaSet>, "apps", "v1beta2", "1.16"},
    {kind_of<StatefulSet>, "apps", "v1beta2", "1.16"},
    {kind_of<ControllerRevision>, "apps", "v1beta1", "1.16"},
    {kind_of<Deployment>, "apps", "v1beta1", "1.16", kAppsDeployment},
    {kind_of<StatefulSet>, "apps", "v1beta1", "1.16", kStatefulSet},
    {kind_of<CronJob>, "batch", "v1beta1", "1.25"},
    {kind_of<CronJob>, "batch", "v2alpha1", "1.21"},
    {kind_of<CertificateSigningRequest>, kCertificates, "v1beta1", "1.22", kSigningRequest},
    {kind_of<Ingress>, kNetworking, "v1beta1", "1.22"},
    {kind_of<PodDisruptionBudget>, "policy", "v1beta1", "1.25"},
    {kind_of<ClusterRole>, kRbacGroup, "v1beta1", "1.22"},
    {kind_of<ClusterRoleBinding>, kRbacGroup, "v1beta1", "1.22"},
    {kind_of<Role>, kRbacGroup, "v1beta1", "1.22"},
    {kind_of<RoleBinding>, kRbacGroup, "v1beta1", "1.22"},
    {kind_of<ClusterRole>, kRbacGroup, "v1alpha1", "1.22"},
    {kind_of<ClusterRoleBinding>, kRbacGroup, "v1alpha1", "1.22"},
    {kind_of<Role>, kRbacGroup, "v1alpha1", "1.22"},
    {kind_of<RoleBinding>, kRbacGroup, "v1alpha1", "1.22"},
    {kind_of<StorageClass>, "storage.k8s.io", "v1beta1", "1.22"},
};

// Copies of types with some fields changed.
class ChangedTypes {
public:
    // The type itself where nothing in it differs. Lives as long as the ChangedTypes.
    const Type& changed(const Type& type, Differences differences) {
        if (type.form == Form::Box) {
            const Type& element = changed(type.element(), differences);
            if (&element == &type.element()) return type;
            Copy& copy = copies_.emplace_back(Copy{type});
            copy.type.element = TypeLink::to(element);
            return copy.type;
        }
        // Templates of pods are as today.
        if (type.form != Form::Struct || type.name == "PodTemplateSpec") return type;
        std::vector<Field> fields(type.fields().begin(), type.fields().end());
        bool differs = false;
        for (Field& field : fields) differs |= change(type, field, differences);
        if (!differs) return type;
        Copy& copy = copies_.emplace_back(Copy{type});
        copy.fields = std::move(fields);
        copy.span = copy.fields;
        copy.type.fields = FieldsLink::to(copy.span);
        return copy.type;
    }

private:
    struct Copy {
        Type type{};
        std::vector<Field> fields{};
        std::span<const Field> span{};
    };

    bool change(const Type& owner, Field& field, Differences differences) {
        for (const Difference& difference : differences) {
            if (difference.owner != owner.name || difference.field != field.name) continue;
            field.preset_text = difference.preset;
            field.doc = difference.doc;
            field.is_required = false;
            return true;
        }
        if (!field.is_nested || differences.empty()) return false;
        const Type& type = changed(field.type(), differences);
        if (&type == &field.type()) return false;
        field.type = TypeLink::to(type);
        return true;
    }

    std::deque<Copy> copies_{};
};

// Every former kind, with the types that only it has.
class Kinds {
public:
    Kinds() {
        kinds_.reserve(std::size(kFormer));
        for (const Former& former : kFormer) all_.push_back(&kinds_.emplace_back(make(former)));
    }
    std::span<const Kind* const> all() const { return all_; }

private:
    Kind make(const Former& former) {
        const Kind& today = former.today();
        Kind kind = today;
        kind.group = former.group;
        kind.version = former.version;
        kind.storage = &today;
        // Else what has several versions would stand in `kubectl get all` several times.
        kind.categories.clear();
        if (&today != &kind_of<Ingress>()) {
            kind.type = &types_.changed(*today.type, former.differences);
            return kind;
        }
        kind.type = &type_of<FormerIngress>();
        kind.make = []() -> std::shared_ptr<Object> { return std::make_shared<FormerIngress>(); };
        kind.copy = [](const Object& object) -> std::shared_ptr<Object> {
            return std::make_shared<FormerIngress>(static_cast<const FormerIngress&>(object));
        };
        return kind;
    }

    ChangedTypes types_{};
    std::vector<Kind> kinds_{};
    std::vector<const Kind*> all_{};
};

// The pods' labels become the object's own and its selector, where it says nothing else.
template <class T>
void take_labels_of_template(T& object) {
    const base::StringMap& labels = object.spec.template_->metadata.labels;
    if (labels.empty()) return;
    if (!object.spec.selector) object.spec.selector.edit().matchLabels = labels;
    if (object.metadata.labels.empty()) object.metadata.labels = labels;
}

// upstream: SetDefaults_Deployment of extensions/v1beta1 and apps/v1beta1
void default_former_deployment(Deployment& deployment) {
    take_labels_of_template(deployment);
    DeploymentStrategy& strategy = deployment.spec.strategy;
    const bool rolling = strategy.type.empty() || strategy.type == "RollingUpdate";
    if (rolling && !strategy.rollingUpdate) strategy.rollingUpdate.edit();
}

// upstream: SetDefaults_HTTPIngressPath
void default_former_ingress(Ingress& ingress) {
    for (IngressRule& rule : ingress.spec.rules) {
        if (!rule.http) continue;
        for (HTTPIngressPath& path : rule.http.edit().paths) {
            if (!path.pathType) path.pathType = Text("ImplementationSpecific");
        }
    }
}

}  // namespace

base::Result<ServedApis> read_apis(std::string_view word) {
    if (word == "today") return ServedApis::Today;
    if (word == "2017") return ServedApis::Of2017;
    return base::failure(base::Reason::BadRequest, "must be today or 2017");
}

std::span<const Kind* const> former_kinds() {
    static const Kinds kinds;
    return kinds.all();
}

bool is_former(const Kind& kind) {
    return kind.storage != nullptr && kind.custom == nullptr;
}

const Kind* find_former_kind(std::string_view group, std::string_view version, std::string_view kind) {
    for (const Kind* candidate : former_kinds()) {
        if (candidate->group == group && candidate->version == version && candidate->kind == kind)
            return candidate;
    }
    return nullptr;
}

const Kind* find_former_kind_by_plural(std::string_view group, std::string_view version,
                                       std::string_view plural) {
    for (const Kind* candidate : former_kinds()) {
        if (candidate->group == group && candidate->version == version && candidate->plural == plural)
            return candidate;
    }
    return nullptr;
}

void set_former_defaults(const Kind& served, Object& object) {
    const Kind& stored = served.stored();
    if (!is_former(served) || served.type == stored.type) return;
    if (&stored == &kind_of<Ingress>()) return default_former_ingress(static_cast<Ingress&>(object));
    if (&stored == &kind_of<Deployment>()) default_former_deployment(static_cast<Deployment&>(object));
    if (&stored == &kind_of<ReplicaSet>()) take_labels_of_template(static_cast<ReplicaSet&>(object));
    if (&stored == &kind_of<DaemonSet>()) take_labels_of_template(static_cast<DaemonSet&>(object));
    if (&stored == &kind_of<StatefulSet>()) take_labels_of_template(static_cast<StatefulSet&>(object));
    apply_presets(*served.type, &object);
}

bool former_orphans_dependents(const Kind& served) {
    if (!is_former(served)) return false;
    const bool cron_job = &served.stored() == &kind_of<CronJob>();
    return cron_job || (served.has_subresource("status") && served.stored().group == "apps");
}

std::string replacement_of(std::string_view api_version, std::string_view kind) {
    if (kind == "PodSecurityPolicy") {
        return "PodSecurityPolicy is gone since Kubernetes 1.25: label the namespace with a level instead, "
               "such as pod-security.kubernetes.io/enforce=baseline.";
    }
    for (const Former& former : kFormer) {
        const Kind& today = former.today();
        const std::string version = std::string(former.group).append("/").append(former.version);
        if (version != api_version || today.kind != kind) continue;
        std::string text = version + " " + std::string(kind) + " is gone since Kubernetes " +
                           std::string(former.removed) + ": write \"apiVersion: " + today.api_version() +
                           "\"";
        for (const Difference& difference : former.differences) {
            if (difference.field == "selector")
                text += ", and give spec.selector.matchLabels the labels of spec.template";
        }
        if (&today == &kind_of<Ingress>())
            text += ", give each path a pathType, and name services by service.name and service.port";
        return text + ".";
    }
    return "";
}

}  // namespace kubetab::api
