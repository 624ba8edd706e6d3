#include "engine/controllers/volume_provisioner.h"

#include <utility>

#include "engine/api/kinds.h"

namespace kubetab::controllers {
namespace {

using api::ObjectKey;
using api::PersistentVolume;
using api::PersistentVolumeClaim;
using api::Ref;
using api::StorageSystem;
using base::Result;
using client::EventType;
using client::Requeue;

constexpr std::string_view kZone = "topology.kubernetes.io/zone";
constexpr std::string_view kHostname = "kubernetes.io/hostname";
constexpr std::int64_t kGibibyte = std::int64_t{1} << 30;

base::Status invalid_argument(const std::string& why) {
    return base::failure(base::Reason::Invalid, "rpc error: code = InvalidArgument desc = " + why);
}

Result<void> check_modes(const StorageSystem& system, const PersistentVolumeClaim& claim) {
    const bool local = system.source == StorageSystem::Source::HostPath;
    const bool shares = api::has_mode(claim.spec.accessModes, "ReadWriteMany") ||
                        api::has_mode(claim.spec.accessModes, "ReadOnlyMany");
    if (local && claim.spec.volumeMode.value_or("") == "Block") {
        return base::failure(base::Reason::Invalid, "block volume is not supported");
    }
    if (system.traits.shared || !shares) return {};
    if (local) {
        return base::failure(
            base::Reason::Invalid,
            "NodePath only supports ReadWriteOnce and ReadWriteOncePod (1.22+) access modes");
    }
    return invalid_argument("Volume capabilities not supported: the volume can be attached to one node only");
}

void fill_csi(const StorageSystem& system, const api::StorageClass& storage_class, PersistentVolume& volume) {
    api::CSIPersistentVolumeSource& source = volume.spec.csi.edit();
    source.driver = system.provisioner;
    source.volumeHandle = volume.metadata.name;
    if (system.traits.attaches && volume.spec.volumeMode.value_or("") != "Block") {
        source.fsType = storage_class.parameters.value_or("csi.storage.k8s.io/fstype", "ext4");
    }
    source.volumeAttributes["storage.kubernetes.io/csiProvisionerIdentity"] =
        "simulated-" + std::string(system.provisioner);
}

Result<void> fill_nfs(const api::StorageClass& storage_class, PersistentVolume& volume) {
    const api::Text server = storage_class.parameters.value_or("server", "");
    const api::Text share = storage_class.parameters.value_or("share", "");
    if (server.empty()) return invalid_argument("server is a required parameter");
    if (share.empty()) return invalid_argument("share is a required parameter");
    api::CSIPersistentVolumeSource& source = volume.spec.csi.edit();
    source.volumeHandle = server + "#" + share.str() + "#" + volume.metadata.name + "##";
    source.volumeAttributes["server"] = server;
    source.volumeAttributes["share"] = share;
    source.volumeAttributes["subdir"] = volume.metadata.name;
    return {};
}

// Where each of the provisioners of directories puts them.
std::string directory(const StorageSystem& system, const PersistentVolumeClaim& claim,
                      const std::string& volume) {
    const api::ObjectMeta& metadata = claim.metadata;
    if (system.provisioner == "rancher.io/local-path") {
        return "/opt/local-path-provisioner/" + volume + "_" + metadata.namespace_.str() + "_" +
               metadata.name.str();
    }
    if (system.provisioner == "docker.io/hostpath")
        return "/var/lib/k8s-pvs/" + metadata.name.str() + "/" + volume;
    return "/tmp/hostpath-provisioner/" + volume;
}

void require_label(PersistentVolume& volume, std::string_view key, const api::Text& value) {
    api::NodeSelectorTerm term;
    term.matchExpressions.push_back({key, "In", {value}});
    volume.spec.nodeAffinity.edit().required.edit().nodeSelectorTerms.push_back(std::move(term));
}

}  // namespace

VolumeProvisioner::VolumeProvisioner(sim::Simulation& simulation, client::InformerFactory& informers)
    : Controller(simulation, informers.server(), "volume-provisioner"),
      claims_(informers.of<PersistentVolumeClaim>()),
      volumes_(informers.of<PersistentVolume>()),
      classes_(informers.of<api::StorageClass>()),
      attachments_(informers.of<api::VolumeAttachment>()),
      nodes_(informers.of<api::Node>()) {
    for (const auto& [key, object] : volumes_.objects()) enqueue(key, volumes_.revision());
    for (const auto& [key, object] : claims_.objects()) enqueue(key, claims_.revision());
    claims_.on_change([this](const client::Change& change) {
        if (change.type == client::ChangeType::Deleted) begun_.erase(change.object->metadata.uid);
        enqueue(ObjectKey::of(change.object->metadata), change.revision);
    });
    volumes_.on_change([this](const client::Change& change) {
        if (change.type == client::ChangeType::Deleted) begun_.erase(change.object->metadata.name);
        enqueue({"", change.object->metadata.name}, change.revision);
    });
    attachments_.on_change([this](const client::Change& change) {
        if (change.type != client::ChangeType::Deleted) return;
        const auto& attachment = static_cast<const api::VolumeAttachment&>(*change.object);
        enqueue({"", attachment.spec.source.persistentVolumeName.value_or("")}, change.revision);
    });
}

client::EventRecorder& VolumeProvisioner::events_of(const StorageSystem& system) {
    const std::string name(system.provisioner);
    return events_.try_emplace(name, simulation_, client_, name + "_simulated").first->second;
}

Result<Requeue> VolumeProvisioner::reconcile(const ObjectKey& key) {
    if (key.namespace_.empty()) {
        const Volume volume = volumes_.find(key);
        return volume ? remove(volume) : Result<Requeue>(Requeue::none());
    }
    const Claim claim = claims_.find(key);
    return claim ? provision(claim) : Result<Requeue>(Requeue::none());
}

// upstream: shouldProvision, syncClaim, provisionClaimOperation
Result<Requeue> VolumeProvisioner::provision(const Claim& claim) {
    const std::string asked = claim->metadata.annotations.value_or(api::kStorageProvisioner, "");
    const StorageSystem* system = api::find_storage_system(asked);
    const Ref<api::StorageClass> storage_class = classes_.find({"", class_of(*claim)});
    const bool wanted = system != nullptr && storage_class && claim->spec.volumeName.empty() &&
                        !claim->metadata.deletionTimestamp.is_set();
    if (!wanted) return Requeue::none();
    if (storage_class->volumeBindingMode.value_or("") == "WaitForFirstConsumer" &&
        !claim->metadata.annotations.contains(api::kSelectedNode))
        return Requeue::none();
    const std::string name = "pvc-" + claim->metadata.uid;
    if (volumes_.find({"", name})) return Requeue::none();

    client::EventRecorder& events = events_of(*system);
    const auto [begun, first] = begun_.try_emplace(claim->metadata.uid, simulation_.now());
    if (first) {
        events.record(*claim, {EventType::Normal,
                               "Provisioning",
                               "External provisioner is provisioning volume for claim \"" +
                                   ObjectKey::of(claim->metadata).text() + "\"",
                               {}});
    }
    const sim::Instant due = begun->second + system->takes;
    if (simulation_.now() < due) return Requeue::in(due - simulation_.now());
    Result<PersistentVolume> volume = make(*system, *claim, *storage_class);
    if (!volume.ok()) {
        events.record(*claim, {EventType::Warning,
                               "ProvisioningFailed",
                               "failed to provision volume with StorageClass \"" +
                                   storage_class->metadata.name + "\": " + volume.error().message,
                               {}});
        return Requeue::none();
    }
    client_.because("claim " + claim->metadata.name + " waits for it");
    TRY(client_.create(std::move(volume).value()));
    begun_.erase(claim->metadata.uid);
    events.record(
        *claim, {EventType::Normal, "ProvisioningSucceeded", "Successfully provisioned volume " + name, {}});
    return Requeue::none();
}

Ref<api::Node> VolumeProvisioner::node_for(const PersistentVolumeClaim& claim) const {
    const std::string selected = claim.metadata.annotations.value_or(api::kSelectedNode, "");
    if (!selected.empty()) return nodes_.find({"", selected});
    for (const Ref<api::Node>& node : nodes_.all()) return node;
    return nullptr;
}

// From where the volume can be reached.
Result<void> VolumeProvisioner::place(const StorageSystem& system, const PersistentVolumeClaim& claim,
                                      PersistentVolume& volume) const {
    if (system.reach == StorageSystem::Reach::Everywhere) return {};
    const bool directory_of_node = system.source == StorageSystem::Source::HostPath;
    if (directory_of_node && !claim.metadata.annotations.contains(api::kSelectedNode))
        return base::failure(base::Reason::Invalid, "configuration error, no node was specified");
    const Ref<api::Node> node = node_for(claim);
    if (!node) return base::failure(base::Reason::Invalid, "no topology key found on any node");
    const base::StringMap& labels = node->metadata.labels;
    if (system.reach == StorageSystem::Reach::Node) {
        require_label(volume, kHostname, labels.value_or(kHostname, node->metadata.name));
    } else if (const api::Text* zone = labels.get(kZone)) {
        require_label(volume, kZone, *zone);
    }
    return {};
}

Result<PersistentVolume> VolumeProvisioner::make(const StorageSystem& system,
                                                 const PersistentVolumeClaim& claim,
                                                 const api::StorageClass& storage_class) const {
    TRY(check_modes(system, claim));
    PersistentVolume volume;
    volume.metadata.name = "pvc-" + claim.metadata.uid;
    volume.metadata.annotations[api::kProvisionedBy] = system.provisioner;
    api::PersistentVolumeSpec& spec = volume.spec;
    spec.accessModes = claim.spec.accessModes;
    spec.claimRef = client::EventRecorder::reference_to(api::kind_of<PersistentVolumeClaim>(), claim);
    spec.mountOptions = storage_class.mountOptions;
    spec.persistentVolumeReclaimPolicy = storage_class.reclaimPolicy.value_or("Delete");
    spec.storageClassName = storage_class.metadata.name;
    spec.volumeMode = claim.spec.volumeMode;
    spec.capacity["storage"] = request_of(claim);
    if (system.source == StorageSystem::Source::HostPath) {
        spec.hostPath = api::HostPathVolumeSource{
            directory(system, claim, volume.metadata.name),
            api::Text(system.reach == StorageSystem::Reach::Node ? "DirectoryOrCreate" : "")};
    } else {
        fill_csi(system, storage_class, volume);
        if (system.provisioner == "nfs.csi.k8s.io") TRY(fill_nfs(storage_class, volume));
        volume.metadata.annotations["volume.kubernetes.io/provisioner-deletion-secret-name"] = "";
        volume.metadata.annotations["volume.kubernetes.io/provisioner-deletion-secret-namespace"] = "";
    }
    if (system.traits.attaches) {  // Disks come in whole gibibytes.
        const std::int64_t wanted = request_of(claim).units();
        const std::int64_t whole = (wanted + kGibibyte - 1) / kGibibyte * kGibibyte;
        spec.capacity["storage"] = api::Quantity::of_units(whole, api::Quantity::Format::BinarySI);
    }
    TRY(place(system, claim, volume));
    return volume;
}

// A released volume that is not to be kept. upstream: shouldDelete, deleteVolumeOperation
Result<Requeue> VolumeProvisioner::remove(const Volume& volume) {
    const std::string maker = volume->metadata.annotations.value_or(api::kProvisionedBy, "");
    const StorageSystem* system = api::find_storage_system(maker);
    const bool wanted = system != nullptr && volume->status.phase == "Released" &&
                        volume->spec.persistentVolumeReclaimPolicy == "Delete" &&
                        !volume->metadata.deletionTimestamp.is_set();
    if (!wanted) return Requeue::none();
    for (const Ref<api::VolumeAttachment>& attachment : attachments_.all()) {
        // Its end wakes us.
        if (attachment->spec.source.persistentVolumeName.value_or("") == volume->metadata.name)
            return Requeue::none();
    }
    const sim::Instant due =
        begun_.try_emplace(volume->metadata.name, simulation_.now()).first->second + system->takes;
    if (simulation_.now() < due) return Requeue::in(due - simulation_.now());
    client_.because("its claim is gone");
    const Result<void> removed = client_.remove<PersistentVolume>({"", volume->metadata.name});
    if (!removed.ok() && removed.error().reason != base::Reason::NotFound) return removed.error();
    return Requeue::none();
}

}  // namespace kubetab::controllers
