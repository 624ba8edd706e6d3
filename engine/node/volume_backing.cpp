#include "engine/node/volume_backing.h"

#include "engine/api/storage_terms.h"

namespace kubetab::node {
namespace {

using State = VolumeBacking::State;
using api::PersistentVolume;
using api::PersistentVolumeClaim;
using api::Ref;
using base::Result;

// Sources whose plugins have left Kubernetes.
constexpr std::string_view kGone[] = {"cephfs",  "flocker", "glusterfs", "photonPersistentDisk",
                                      "quobyte", "rbd",     "scaleIO",   "storageos"};

bool has_gone(const api::PersistentVolumeSpec& spec) {
    for (const std::string_view name : kGone) {
        const api::Field* field = api::find_field(api::type_of<api::PersistentVolumeSpec>(), name);
        if (field != nullptr && field->type().accessors.has(field->in(&spec))) return true;
    }
    return false;
}

VolumeBacking unknown(std::string name, std::string message) {
    return {State::Unknown, std::move(name), std::move(message), {}, {}};
}

// Whether the node can mount a volume of a driver now. upstream: csi_attacher.go, csi_mounter.go
void look_at_driver(const NodeContext& context, const PersistentVolume& volume, VolumeBacking& backing) {
    Ref<api::CSIDriver> driver;
    if (volume.spec.csi) {
        const Result<Ref<api::CSIDriver>> found =
            context.client.get<api::CSIDriver>({"", volume.spec.csi->driver});
        if (found.ok()) driver = *found;
    }
    if (!api::attacher_of(volume, driver.get()).empty()) {
        const Result<Ref<api::VolumeAttachment>> attachment =
            context.client.get<api::VolumeAttachment>({"", api::attachment_name(volume, context.spec.name)});
        if (!attachment.ok() || !(*attachment)->status.attached) {
            backing.state = State::Detached;
            return;
        }
    }
    if (!volume.spec.csi || api::storage_system_of(volume) != nullptr) return;
    backing.state = State::Broken;
    backing.message = "kubernetes.io/csi: mounter.SetUpAt failed to get CSI client: driver name " +
                      volume.spec.csi->driver + " not found in the list of registered CSI drivers";
}

VolumeBacking backing_of_claim(const NodeContext& context, const api::Pod& pod, const api::Volume& volume) {
    const api::ObjectKey key{pod.metadata.namespace_, api::claim_name(pod.metadata, volume)};
    const std::string prefix = "error processing PVC " + key.text() + ": ";
    const Result<Ref<PersistentVolumeClaim>> claim = context.client.get<PersistentVolumeClaim>(key);
    if (!claim.ok()) {
        return unknown(volume.name, prefix + "failed to fetch PVC from API server: " + claim.error().message);
    }
    if ((*claim)->metadata.deletionTimestamp.is_set())
        return unknown(volume.name, prefix + "PVC is being deleted");
    if ((*claim)->status.phase != "Bound" || (*claim)->spec.volumeName.empty())
        return unknown(volume.name, prefix + "PVC is not bound");
    const std::string& name = (*claim)->spec.volumeName;
    const Result<Ref<PersistentVolume>> found = context.client.get<PersistentVolume>({"", name});
    if (!found.ok()) {
        return unknown(volume.name, "error processing PVC " + key.text() + ": failed to fetch PV " + name +
                                        " from API server: " + found.error().message);
    }
    const PersistentVolume& backing_volume = **found;
    if (has_gone(backing_volume.spec)) {
        return unknown(volume.name, "failed to get Plugin from volumeSpec for volume \"" + name +
                                        "\" err=no volume plugin matched");
    }
    VolumeBacking backing;
    backing.name = name;
    backing.place = api::storage_place(backing_volume, context.spec.name);
    if (backing_volume.spec.hostPath) backing.host_type = backing_volume.spec.hostPath->type.value_or("");
    look_at_driver(context, backing_volume, backing);
    return backing;
}

}  // namespace

std::optional<VolumeBacking> backing_of(const NodeContext& context, const api::Pod& pod,
                                        const api::Volume& volume) {
    if (volume.source->persistentVolumeClaim || volume.source->ephemeral)
        return backing_of_claim(context, pod, volume);
    if (!volume.source->hostPath && !volume.source->nfs) return std::nullopt;
    VolumeBacking backing;
    backing.name = volume.name;
    if (volume.source->nfs) {
        backing.place = api::nfs_place(*volume.source->nfs);
        return backing;
    }
    backing.place = api::node_place(context.spec.name, volume.source->hostPath->path);
    backing.host_type = volume.source->hostPath->type.value_or("");
    return backing;
}

// upstream: pkg/volume/hostpath/host_path.go checkTypeInternal
std::string prepare_host_path(const VolumeBacking& backing, shell::MemoryFiles& files) {
    const std::string& path = backing.place.path;
    const std::string& type = backing.host_type;
    const Result<sim::FileInfo> info = files.stat(path);
    const bool directory = info.ok() && info->directory;
    const bool file = info.ok() && !info->directory;
    const auto refuse = [&](const char* what) { return "hostPath type check failed: " + path + what; };
    if (type == "Directory" && !directory) return refuse(" is not a directory");
    if (type == "File" && !file) return refuse(" is not a file");
    if (type == "Socket") return refuse(" is not a socket file");
    if (type == "CharDevice") return refuse(" is not a character device");
    if (type == "BlockDevice") return refuse(" is not a block device");
    if (type == "DirectoryOrCreate" && file) return refuse(" is not a directory");
    if (type == "FileOrCreate") {
        if (directory) return refuse(" is not a file");
        if (!file && !files.write(path, "").ok()) return refuse(" is not a file");
        return {};
    }
    if (!info.ok()) (void)files.make_directories(path);
    return {};
}

}  // namespace kubetab::node
