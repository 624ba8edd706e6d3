// Storage systems that are simulated: who makes volumes for the claims of a StorageClass, and what they are
// like.
//
// A class works at once when its provisioner is one of these; no driver has to be installed. The provisioner
// kubernetes.io/no-provisioner makes nothing, as everywhere; claims of any other provisioner wait, as in a
// cluster where its driver is missing. A CSIDriver object of the system's name, if somebody makes one, says
// whether its volumes are attached.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/api/core/persistent_volume.h"
#include "engine/api/storage.h"
#include "engine/sim/time.h"

namespace kubetab::api {

struct StorageSystem {
    // From where a volume can be reached.
    enum class Reach { Node, Zone, Everywhere };
    enum class Source { HostPath, Csi };
    struct Traits {
        bool attaches = false;  // a volume is attached to one node at a time
        bool shared = false;    // many nodes may write
        bool grows = false;
    };

    std::string_view provisioner{};
    std::string_view old_name{};  // of the plugin that was part of Kubernetes; such classes still work
    Source source = Source::Csi;
    Reach reach = Reach::Everywhere;
    Traits traits{};
    sim::Duration takes{};      // to make a volume, to attach it, to make it bigger
    std::int32_t per_node = 0;  // how many volumes a node takes; 0: any number
};

std::span<const StorageSystem> storage_systems();
// By the name of the provisioner, or of the old plugin; null: not simulated.
const StorageSystem* find_storage_system(std::string_view provisioner);
// The system behind a volume: of its CSI driver, or of the cloud whose disk it names. Null: none that
// attaches or grows.
const StorageSystem* storage_system_of(const PersistentVolume& volume);

// Who attaches the volume to nodes before it is mounted; empty: nobody has to. `driver` is the CSIDriver
// object of the volume's driver, if there is one.
std::string attacher_of(const PersistentVolume& volume, const CSIDriver* driver);
// The name of the VolumeAttachment of a volume and a node.
std::string attachment_name(const PersistentVolume& volume, std::string_view node);

// Where the bytes of a volume are. Volumes at equal places share them.
struct StoragePlace {
    std::string system{};  // a node, a server, a disk
    std::string path{};    // the directory there; empty: all of it
};
StoragePlace storage_place(const PersistentVolume& volume, std::string_view node);
StoragePlace node_place(std::string_view node, const std::string& path);
StoragePlace nfs_place(const NFSVolumeSource& source);

}  // namespace kubetab::api
