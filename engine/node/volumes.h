// PodVolumes: the volumes of one pod: whether they can be mounted, and the files in them.
//
// A volume's files are made when a container first looks. ConfigMaps and Secrets are read again by refresh().
//
// upstream: pkg/kubelet/volumemanager, pkg/volume/{configmap,secret,projected,emptydir}
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/node/node_context.h"
#include "engine/node/volume_backing.h"
#include "engine/runtime/container.h"
#include "engine/runtime/container_files.h"
#include "engine/shell/memory_files.h"

namespace kubetab::node {

class PodVolumes final : public runtime::MountSource {
public:
    // `ip` may change later; it is read when files are made. Both outlive this.
    PodVolumes(const NodeContext& context, const api::Ref<api::Pod>& pod, const api::Text& ip);

    struct Problem {
        std::string volume{};
        std::string message{};
        VolumeBacking::State state = VolumeBacking::State::Broken;

        // As the event tells it.
        std::string text() const;
    };
    // What keeps volumes from being mounted, in their order; empty when nothing does.
    std::vector<Problem> problems() const;
    // They are mounted now. What comes from other objects is read at once, the rest is made when a container
    // first looks, and has the time of now.
    void mount();
    // True when some volume's content follows a ConfigMap or Secret.
    bool follows_objects() const;
    void refresh();

    std::vector<runtime::Mount> mounts(const std::string& container) override;

private:
    struct Made {
        std::map<std::string, std::shared_ptr<shell::MemoryFiles>> files{};  // by volume
        // Of volumes that outlive the pod, by volume: which part of the files is mounted.
        std::map<std::string, std::string> shared_paths{};
        std::shared_ptr<shell::MemoryFiles> network{};
    };

    Made& made();
    std::shared_ptr<shell::MemoryFiles> make_files() const;
    void date_back(shell::MemoryFiles& files) const;
    std::shared_ptr<shell::MemoryFiles> files_of(const api::Volume& volume);
    void fill(const api::Volume& volume, shell::MemoryFiles& files) const;
    void fill_config_map(const std::string& name, const std::vector<api::KeyToPath>& items,
                         shell::MemoryFiles& files) const;
    void fill_secret(const std::string& name, const std::vector<api::KeyToPath>& items,
                     shell::MemoryFiles& files) const;
    void fill_downward(const std::vector<api::DownwardAPIVolumeFile>& items, shell::MemoryFiles& files) const;
    void fill_projected(const api::ProjectedVolumeSource& projected, shell::MemoryFiles& files) const;
    std::shared_ptr<shell::MemoryFiles> network_files();
    std::string problem_of(const api::Volume& volume) const;
    std::optional<Problem> problem_of_backing(const api::Volume& volume) const;
    std::shared_ptr<shell::MemoryFiles> shared_files(const api::StoragePlace& place) const;

    const NodeContext& context_;
    const api::Ref<api::Pod>& pod_;
    const api::Text& ip_;
    sim::Instant mounted_{};
    std::unique_ptr<Made> made_{};  // null: nothing yet
};

}  // namespace kubetab::node
