// ServiceAccount: gives pods an account and mounts its token.
// upstream: plugin/pkg/admission/serviceaccount/admission.go

#include "engine/server/admission.h"

namespace kubetab::server {
namespace {

constexpr std::string_view kMountPath = "/var/run/secrets/kubernetes.io/serviceaccount";
constexpr std::string_view kVolumePrefix = "kube-api-access-";
constexpr std::int64_t kTokenSeconds = 3607;
constexpr std::string_view kMirror = "kubernetes.io/config.mirror";

bool mounts_token(const api::Container& container) {
    for (const api::VolumeMount& mount : container.volumeMounts) {
        if (mount.mountPath == kMountPath) return true;
    }
    return false;
}

bool add_mounts(std::vector<api::Container>& containers, const api::Text& volume) {
    bool added = false;
    for (api::Container& container : containers) {
        if (mounts_token(container)) continue;
        api::VolumeMount mount;
        mount.name = volume;
        mount.mountPath = kMountPath;
        mount.readOnly = true;
        container.volumeMounts.push_back(mount);
        added = true;
    }
    return added;
}

api::VolumeSource token_source() {
    api::VolumeSource source;
    api::ProjectedVolumeSource& projected = source.projected.edit();
    projected.defaultMode = 0644;
    api::VolumeProjection token;
    token.serviceAccountToken.edit().expirationSeconds = kTokenSeconds;
    token.serviceAccountToken.edit().path = "token";
    api::VolumeProjection certificate;
    certificate.configMap.edit().name = "kube-root-ca.crt";
    api::KeyToPath item;
    item.key = "ca.crt";
    item.path = "ca.crt";
    certificate.configMap.edit().items.push_back(item);
    api::VolumeProjection downward;
    api::DownwardAPIVolumeFile file;
    file.path = "namespace";
    file.fieldRef.edit().apiVersion = "v1";
    file.fieldRef.edit().fieldPath = "metadata.namespace";
    downward.downwardAPI.edit().items.push_back(file);
    projected.sources = {token, certificate, downward};
    return source;
}

api::Volume token_volume(const api::Text& name) {
    // All pods share it: only the volume's name differs.
    static const api::Box<api::VolumeSource> source = token_source();
    api::Volume volume;
    volume.name = name;
    volume.source = source;
    return volume;
}

void mount_token(Server& server, api::PodSpec& spec) {
    api::Text name;
    for (const api::Volume& volume : spec.volumes) {
        if (volume.name.starts_with(kVolumePrefix)) name = volume.name;
    }
    const bool exists = !name.empty();
    if (!exists)
        name = api::Text::unique(std::string(kVolumePrefix) + server.simulation().random().name_suffix(5));
    bool added = add_mounts(spec.initContainers, name);
    added = add_mounts(spec.containers, name) || added;
    if (added && !exists) spec.volumes.push_back(token_volume(name));
}

}  // namespace

base::Result<void> admit_service_account(const AdmissionRequest& request) {
    if (request.operation != Operation::Create || &request.kind != &api::kind_of<api::Pod>()) return {};
    auto& pod = static_cast<api::Pod&>(request.object);
    if (pod.metadata.annotations.contains(kMirror)) return {};
    api::PodSpec& spec = pod.spec.edit();
    if (spec.serviceAccountName.empty()) spec.serviceAccountName = "default";
    spec.serviceAccount = spec.serviceAccountName;

    const std::string& name = spec.serviceAccountName;
    const api::Ref<api::Object> stored =
        request.server.store().get(api::kind_of<api::ServiceAccount>(), {pod.metadata.namespace_, name});
    if (!stored) {
        return forbidden(request.kind, pod.metadata,
                         "error looking up service account " + pod.metadata.namespace_ + "/" + name +
                             ": serviceaccount \"" + name + "\" not found");
    }
    const auto& account = static_cast<const api::ServiceAccount&>(*stored);
    const bool automount = spec.shared->automountServiceAccountToken.value_or(
        account.automountServiceAccountToken.value_or(true));
    if (automount) mount_token(request.server, spec);
    if (spec.shared->imagePullSecrets.empty() && !account.imagePullSecrets.empty())
        spec.shared.edit().imagePullSecrets = account.imagePullSecrets;
    return {};
}

}  // namespace kubetab::server
