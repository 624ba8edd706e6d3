#include "engine/node/volumes.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/api/pod_status.h"
#include "engine/node/environment.h"
#include "engine/node/ephemeral_container.h"

namespace kubetab::node {
namespace {

constexpr std::string_view kTokenPrefix = "kube-api-access-";

// A problem with one key of an object's data, or "".
template <class Data>
std::string missing_item(const std::vector<api::KeyToPath>& items, const Data& data, std::string_view kind) {
    for (const api::KeyToPath& item : items) {
        if (!data.contains(item.key))
            return fmt::format("{} references non-existent {} key: {}", kind,
                               kind == "configmap" ? "config" : "secret", item.key);
    }
    return {};
}

// True when the content follows a ConfigMap, a Secret or the pod.
bool follows(const api::Volume& volume) {
    return volume.source->configMap || volume.source->secret || volume.source->downwardAPI ||
           (volume.source->projected && !volume.name.starts_with(kTokenPrefix));
}

void put(shell::MemoryFiles& files, const std::string& path, std::string_view text) {
    (void)files.put("/" + path, text);  // Too large for the limits: the file is missing, as on a full disk.
}

}  // namespace

PodVolumes::PodVolumes(const NodeContext& context, const api::Ref<api::Pod>& pod, const api::Text& ip)
    : context_(context), pod_(pod), ip_(ip) {}

std::vector<PodVolumes::Problem> PodVolumes::problems() const {
    std::vector<Problem> result;
    for (const api::Volume& volume : pod_->spec->volumes) {
        std::string problem = problem_of(volume);
        if (!problem.empty()) result.push_back({volume.name, std::move(problem)});
        std::optional<Problem> behind = problem_of_backing(volume);
        if (behind) result.push_back(std::move(*behind));
    }
    return result;
}

std::string PodVolumes::Problem::text() const {
    if (state == VolumeBacking::State::Broken)
        return "MountVolume.SetUp failed for volume \"" + volume + "\" : " + message;
    const std::string list = "[" + volume + "]";
    const bool detached = state == VolumeBacking::State::Detached;
    return "Unable to attach or mount volumes: unmounted volumes=" + list +
           ", unattached volumes=" + (detached ? list : "[]") + ", failed to process volumes=" +
           (detached ? "[]: context deadline exceeded" : list + ": " + message);
}

std::shared_ptr<shell::MemoryFiles> PodVolumes::shared_files(const api::StoragePlace& place) const {
    sim::Simulation& simulation = context_.simulation;
    return context_.platform->volumes.files(place.system, [&simulation] { return simulation.now(); });
}

std::optional<PodVolumes::Problem> PodVolumes::problem_of_backing(const api::Volume& volume) const {
    const std::optional<VolumeBacking> backing = backing_of(context_, *pod_, volume);
    if (!backing) return std::nullopt;
    if (backing->state == VolumeBacking::State::Ready) {
        std::string message = prepare_host_path(*backing, *shared_files(backing->place));
        if (message.empty()) return std::nullopt;
        return Problem{backing->name, std::move(message), VolumeBacking::State::Broken};
    }
    // Only what fails while being mounted goes by the name of what is mounted.
    const bool broken = backing->state == VolumeBacking::State::Broken;
    return Problem{broken ? backing->name : volume.name.str(), backing->message, backing->state};
}

std::string PodVolumes::problem_of(const api::Volume& volume) const {
    const auto config_map = [&](const std::string& name, const std::vector<api::KeyToPath>& items,
                                bool optional) -> std::string {
        const base::Result<api::Ref<api::ConfigMap>> found = find_config_map(context_, *pod_, name);
        if (!found.ok()) return optional ? "" : found.error().message;
        return optional ? "" : missing_item(items, (*found)->data, "configmap");
    };
    const auto secret = [&](const std::string& name, const std::vector<api::KeyToPath>& items,
                            bool optional) -> std::string {
        const base::Result<api::Ref<api::Secret>> found = find_secret(context_, *pod_, name);
        if (!found.ok()) return optional ? "" : found.error().message;
        return optional ? "" : missing_item(items, (*found)->data, "secret");
    };
    if (volume.source->configMap) {
        return config_map(volume.source->configMap->name, volume.source->configMap->items,
                          volume.source->configMap->optional.value_or(false));
    }
    if (volume.source->secret) {
        return secret(volume.source->secret->secretName, volume.source->secret->items,
                      volume.source->secret->optional.value_or(false));
    }
    // differs: the token volume does not wait for kube-root-ca.crt, because the certificate protects nothing
    // here.
    if (!volume.source->projected || volume.name.starts_with(kTokenPrefix)) return {};
    for (const api::VolumeProjection& source : volume.source->projected->sources) {
        std::string problem;
        if (source.configMap) {
            problem = config_map(source.configMap->name, source.configMap->items,
                                 source.configMap->optional.value_or(false));
        }
        if (source.secret) {
            problem =
                secret(source.secret->name, source.secret->items, source.secret->optional.value_or(false));
        }
        if (!problem.empty()) return problem;
    }
    return {};
}

void PodVolumes::mount() {
    mounted_ = context_.now();
    for (const api::Volume& volume : pod_->spec->volumes) {
        if (follows(volume)) (void)files_of(volume);
        const std::optional<VolumeBacking> backing = backing_of(context_, *pod_, volume);
        if (!backing) continue;
        made().files[volume.name] = shared_files(backing->place);
        made().shared_paths[volume.name] = backing->place.path;
    }
}

bool PodVolumes::follows_objects() const {
    const std::vector<api::Volume>& volumes = pod_->spec->volumes;
    return std::any_of(volumes.begin(), volumes.end(), follows);
}

void PodVolumes::refresh() {
    if (!made_) return;
    for (const api::Volume& volume : pod_->spec->volumes) {
        const auto known = made_->files.find(volume.name);
        const bool written_by_pods = volume.source->emptyDir || made_->shared_paths.contains(volume.name);
        if (known == made_->files.end() || written_by_pods) continue;
        shell::MemoryFiles fresh([this] { return context_.now(); });
        fill(volume, fresh);
        // Only what differs is replaced, so that unchanged files keep their time.
        bool same = fresh.entries().size() == known->second->entries().size();
        for (const auto& [path, entry] : fresh.entries()) {
            const auto old = known->second->entries().find(path);
            same = same && old != known->second->entries().end() && old->second.text == entry.text;
        }
        if (!same) known->second->restore(fresh.entries());
    }
}

void PodVolumes::fill_config_map(const std::string& name, const std::vector<api::KeyToPath>& items,
                                 shell::MemoryFiles& files) const {
    const base::Result<api::Ref<api::ConfigMap>> found = find_config_map(context_, *pod_, name);
    if (!found.ok()) return;  // Optional.
    if (items.empty()) {
        for (const auto& [key, text] : (*found)->data) put(files, key, text);
        for (const auto& [key, bytes] : (*found)->binaryData) put(files, key, bytes.data);
    }
    for (const api::KeyToPath& item : items) put(files, item.path, (*found)->data.value_or(item.key, ""));
}

void PodVolumes::fill_secret(const std::string& name, const std::vector<api::KeyToPath>& items,
                             shell::MemoryFiles& files) const {
    const base::Result<api::Ref<api::Secret>> found = find_secret(context_, *pod_, name);
    if (!found.ok()) return;  // Optional.
    if (items.empty()) {
        for (const auto& [key, bytes] : (*found)->data) put(files, key, bytes.data);
    }
    for (const api::KeyToPath& item : items)
        put(files, item.path, (*found)->data.value_or(item.key, {}).data);
}

void PodVolumes::fill_downward(const std::vector<api::DownwardAPIVolumeFile>& items,
                               shell::MemoryFiles& files) const {
    for (const api::DownwardAPIVolumeFile& item : items) {
        base::Result<std::string> value = std::string();
        if (item.fieldRef) value = field_value(context_, *pod_, item.fieldRef->fieldPath, ip_);
        if (item.resourceFieldRef) {
            const api::Container* owner =
                api::find_container(*pod_->spec, item.resourceFieldRef->containerName);
            if (owner != nullptr) value = resource_value(context_, *owner, *item.resourceFieldRef);
        }
        put(files, item.path, value.ok() ? *value : "");
    }
}

void PodVolumes::fill_projected(const api::ProjectedVolumeSource& projected,
                                shell::MemoryFiles& files) const {
    for (const api::VolumeProjection& source : projected.sources) {
        if (source.configMap) fill_config_map(source.configMap->name, source.configMap->items, files);
        if (source.secret) fill_secret(source.secret->name, source.secret->items, files);
        if (source.downwardAPI) fill_downward(source.downwardAPI->items, files);
        if (source.serviceAccountToken) {
            put(files, source.serviceAccountToken->path,
                fmt::format("simulated-token.{}.{}.{}", pod_->metadata.namespace_,
                            pod_->spec->serviceAccountName, pod_->metadata.uid));
        }
    }
}

void PodVolumes::fill(const api::Volume& volume, shell::MemoryFiles& files) const {
    if (volume.source->configMap)
        fill_config_map(volume.source->configMap->name, volume.source->configMap->items, files);
    if (volume.source->secret)
        fill_secret(volume.source->secret->secretName, volume.source->secret->items, files);
    if (volume.source->downwardAPI) fill_downward(volume.source->downwardAPI->items, files);
    if (volume.source->projected) fill_projected(*volume.source->projected, files);
}

PodVolumes::Made& PodVolumes::made() {
    if (!made_) made_ = std::make_unique<Made>();
    return *made_;
}

std::shared_ptr<shell::MemoryFiles> PodVolumes::make_files() const {
    const NodeContext& context = context_;
    return std::make_shared<shell::MemoryFiles>([&context] { return context.now(); });
}

void PodVolumes::date_back(shell::MemoryFiles& files) const {
    std::vector<std::string> paths;
    for (const auto& [path, entry] : files.entries()) paths.push_back(path);
    for (const std::string& path : paths) (void)files.set_modified(path, mounted_);
}

std::shared_ptr<shell::MemoryFiles> PodVolumes::files_of(const api::Volume& volume) {
    std::shared_ptr<shell::MemoryFiles>& files = made().files[volume.name];
    if (!files) {
        files = make_files();
        fill(volume, *files);
        date_back(*files);
    }
    return files;
}

// hosts, hostname and resolv.conf, which the kubelet writes for each pod.
std::shared_ptr<shell::MemoryFiles> PodVolumes::network_files() {
    std::shared_ptr<shell::MemoryFiles>& files = made().network;
    if (files) return files;
    files = make_files();
    const api::PodSpec& spec = *pod_->spec;
    const std::string hostname = spec.shared->hostname.empty() ? pod_->metadata.name : spec.shared->hostname;
    put(*files, "hostname", hostname + "\n");
    std::string hosts =
        "# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n";
    hosts += ip_ + "\t" + hostname + "\n";
    for (const api::HostAlias& alias : spec.shared->hostAliases) {
        hosts += "\n# Entries added by HostAliases.\n" + alias.ip;
        for (const std::string& name : alias.hostnames) hosts += "\t" + name;
        hosts += "\n";
    }
    put(*files, "hosts", hosts);
    const std::string& domain = context_.spec.cluster_domain;
    std::string resolver;
    if (spec.shared->dnsPolicy == "None") {
        for (const std::string& server : spec.shared->dnsConfig->nameservers)
            resolver += "nameserver " + server + "\n";
        if (!spec.shared->dnsConfig->searches.empty()) {
            resolver += "search";
            for (const std::string& search : spec.shared->dnsConfig->searches) resolver += " " + search;
            resolver += "\n";
        }
    } else if (spec.shared->dnsPolicy == "Default" ||
               (spec.shared->hostNetwork && spec.shared->dnsPolicy != "ClusterFirstWithHostNet")) {
        resolver = "nameserver 192.168.1.1\n";
    } else {
        resolver = fmt::format("search {0}.svc.{1} svc.{1} {1}\nnameserver {2}\noptions ndots:5\n",
                               pod_->metadata.namespace_, domain, context_.spec.cluster_dns);
    }
    put(*files, "resolv.conf", resolver);
    date_back(*files);
    return files;
}

std::vector<runtime::Mount> PodVolumes::mounts(const std::string& container_name) {
    std::vector<runtime::Mount> result;
    const api::Container* container = api::find_container(*pod_->spec, container_name);
    const std::optional<api::Container> ephemeral = find_ephemeral(*pod_->spec, container_name);
    if (container == nullptr && ephemeral) container = &*ephemeral;
    if (container == nullptr) return result;
    for (const api::VolumeMount& mount : container->volumeMounts) {
        for (const api::Volume& volume : pod_->spec->volumes) {
            if (volume.name != mount.name) continue;
            const bool fixed = volume.source->configMap || volume.source->secret ||
                               volume.source->projected || volume.source->downwardAPI;
            std::string sub_path = mount.subPath;
            if (!mount.subPathExpr.empty()) {
                const base::Result<Environment> environment =
                    make_environment(context_, *pod_, *container, ip_);
                if (environment.ok()) sub_path = expand_variables(mount.subPathExpr, *environment);
            }
            const std::shared_ptr<shell::MemoryFiles> files = files_of(volume);
            const auto shared = made().shared_paths.find(volume.name);
            const bool is_shared = shared != made().shared_paths.end();
            if (is_shared && !sub_path.empty()) sub_path = shared->second + "/" + sub_path;
            if (!sub_path.empty() && !fixed) (void)files->make_directories("/" + sub_path);
            if (is_shared && sub_path.empty()) sub_path = shared->second;
            const bool read_only = mount.readOnly || fixed ||
                                   volume.source->persistentVolumeClaim->readOnly ||
                                   volume.source->nfs->readOnly;
            result.push_back({mount.mountPath, files, sub_path, read_only});
        }
    }
    for (const char* name : {"hosts", "hostname", "resolv.conf"}) {
        result.push_back({std::string("/etc/") + name, network_files(), name, false});
    }
    return result;
}

}  // namespace kubetab::node
