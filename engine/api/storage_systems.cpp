#include "engine/api/storage_systems.h"

#include "engine/api/codec.h"
#include "engine/base/digest.h"

namespace kubetab::api {
namespace {

constexpr auto kHostPath = StorageSystem::Source::HostPath;
constexpr auto kCsi = StorageSystem::Source::Csi;
constexpr auto kNode = StorageSystem::Reach::Node;
constexpr auto kZone = StorageSystem::Reach::Zone;
constexpr auto kEverywhere = StorageSystem::Reach::Everywhere;
constexpr StorageSystem::Traits kPlain{};
constexpr StorageSystem::Traits kDisk{.attaches = true, .grows = true};
constexpr StorageSystem::Traits kShare{.shared = true, .grows = true};
constexpr StorageSystem::Traits kFixedShare{.shared = true};

// clang-format off
constexpr StorageSystem kSystems[] = {
    {"rancher.io/local-path",    "", kHostPath, kNode,       kPlain,      sim::seconds(3)},
    {"k8s.io/minikube-hostpath", "", kHostPath, kEverywhere, kFixedShare, sim::seconds(1)},
    {"docker.io/hostpath",       "", kHostPath, kEverywhere, kFixedShare, sim::seconds(1)},
    {"hostpath.csi.k8s.io",      "",                         kCsi, kNode,       kDisk,       sim::seconds(1)},
    {"ebs.csi.aws.com",          "kubernetes.io/aws-ebs",    kCsi, kZone,       kDisk,       sim::seconds(3), 25},
    {"pd.csi.storage.gke.io",    "kubernetes.io/gce-pd",     kCsi, kZone,       kDisk,       sim::seconds(3), 127},
    {"disk.csi.azure.com",       "kubernetes.io/azure-disk", kCsi, kZone,       kDisk,       sim::seconds(3), 16},
    {"cinder.csi.openstack.org", "kubernetes.io/cinder",     kCsi, kZone,       kDisk,       sim::seconds(3), 256},
    {"csi.vsphere.vmware.com",   "kubernetes.io/vsphere-volume", kCsi, kEverywhere, kDisk,   sim::seconds(3), 59},
    {"file.csi.azure.com",       "kubernetes.io/azure-file", kCsi, kEverywhere, kShare,      sim::seconds(2)},
    {"efs.csi.aws.com",          "",                         kCsi, kEverywhere, kFixedShare, sim::seconds(2)},
    {"nfs.csi.k8s.io",           "",                         kCsi, kEverywhere, kShare,      sim::seconds(1)},
};
// clang-format on

struct CloudDisk {
    std::string_view field;
    std::string_view driver;
};

// Sources that are served by a CSI driver although they are no CSI source.
constexpr CloudDisk kCloudDisks[] = {
    {"awsElasticBlockStore", "ebs.csi.aws.com"}, {"gcePersistentDisk", "pd.csi.storage.gke.io"},
    {"azureDisk", "disk.csi.azure.com"},         {"cinder", "cinder.csi.openstack.org"},
    {"vsphereVolume", "csi.vsphere.vmware.com"}, {"azureFile", "file.csi.azure.com"}};

}  // namespace

const StorageSystem* find_storage_system(std::string_view provisioner) {
    for (const StorageSystem& system : kSystems) {
        if (system.provisioner == provisioner) return &system;
        if (!system.old_name.empty() && system.old_name == provisioner) return &system;
    }
    return nullptr;
}

std::span<const StorageSystem> storage_systems() {
    return kSystems;
}

const StorageSystem* storage_system_of(const PersistentVolume& volume) {
    if (volume.spec.csi) return find_storage_system(volume.spec.csi->driver);
    for (const CloudDisk& disk : kCloudDisks) {
        const Field* field = find_field(type_of<PersistentVolumeSpec>(), disk.field);
        if (field != nullptr && field->type().accessors.has(field->in(&volume.spec)))
            return find_storage_system(disk.driver);
    }
    return nullptr;
}

std::string attacher_of(const PersistentVolume& volume, const CSIDriver* driver) {
    const StorageSystem* system = storage_system_of(volume);
    const std::string name = volume.spec.csi ? volume.spec.csi->driver.str()
                                             : std::string(system == nullptr ? "" : system->provisioner);
    // A driver that nobody described attaches, as upstream assumes.
    const bool unknown = system == nullptr && volume.spec.csi.has_value();
    const bool attaches = unknown || (system != nullptr && system->traits.attaches);
    return (driver == nullptr ? attaches : driver->spec.attachRequired.value_or(true)) ? name : "";
}

// upstream: pkg/volume/csi/csi_attacher.go getAttachmentName, which takes a longer digest
std::string attachment_name(const PersistentVolume& volume, std::string_view node) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    base::Digest digest;
    digest.add(storage_place(volume, node).system);
    digest.add(node);
    std::string name = "csi-";
    for (int shift = 60; shift >= 0; shift -= 4) name += kDigits[digest.value() >> shift & 15];
    return name;
}

StoragePlace node_place(std::string_view node, const std::string& path) {
    return {"node:" + std::string(node), path};
}

StoragePlace nfs_place(const NFSVolumeSource& source) {
    return {"nfs:" + source.server, source.path};
}

StoragePlace storage_place(const PersistentVolume& volume, std::string_view node) {
    const PersistentVolumeSpec& spec = volume.spec;
    if (spec.hostPath) return node_place(node, spec.hostPath->path);
    if (spec.local) return node_place(node, spec.local->path);
    if (spec.nfs) return nfs_place(*spec.nfs);
    if (spec.csi) return {"csi:" + spec.csi->driver + ":" + spec.csi->volumeHandle, ""};
    return {"volume:" + volume.metadata.name, ""};
}

}  // namespace kubetab::api
