// ContainerFiles: the root file system of a container: its image's files below, its own writable layer above,
// and the volumes mounted into it.
//
// Nothing is copied until somebody writes, so that a container which never touches its files costs nothing.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/shell/memory_files.h"
#include "engine/sim/file_system.h"

namespace kubetab::runtime {

class Container;

struct Mount {
    std::string path{};                        // where, absolute
    std::shared_ptr<sim::FileSystem> files{};  // what
    std::string sub_path{};                    // the part of it; "" is all
    bool read_only = false;
};

// Gives what is mounted into a container, when its files are first looked at.
class MountSource {
public:
    virtual ~MountSource() = default;
    virtual std::vector<Mount> mounts(const std::string& container) = 0;
};

class ContainerFiles : public sim::FileSystem {
public:
    // `image` is shared by all containers of an image. The container's configuration says what is mounted and
    // whether the rest is read only.
    ContainerFiles(Container& container, std::shared_ptr<const shell::MemoryFiles> image);

    // The container that a process runs in, told by its file system; null outside of containers.
    static Container* container_of(sim::FileSystem* files);

    bool of_container() const override { return true; }
    base::Result<std::string> read(std::string_view path) const override;
    base::Result<void> write(std::string_view path, std::string_view text) override;
    base::Result<void> append(std::string_view path, std::string_view text) override;
    base::Result<void> make_directory(std::string_view path) override;
    base::Result<void> remove(std::string_view path) override;
    base::Result<sim::FileInfo> stat(std::string_view path) const override;
    base::Result<std::vector<sim::FileInfo>> list(std::string_view path) const override;
    base::Result<void> set_mode(std::string_view path, std::uint32_t mode) override;
    base::Result<void> set_modified(std::string_view path, sim::Instant modified) override;

private:
    struct Target {
        sim::FileSystem* files = nullptr;  // of a mount; null: the container's own
        std::string path{};
        bool read_only = false;
    };
    Target target(std::string_view path) const;
    // Longest path first; asked for when somebody first looks.
    const std::vector<Mount>& mounts() const;
    bool read_only() const;
    bool is_removed(std::string_view path) const;
    // Makes the path writable in the upper layer: its directory exists there, and so does its present text.
    base::Result<void> prepare(const std::string& path);
    shell::MemoryFiles& upper();

    Container& container_;
    std::shared_ptr<const shell::MemoryFiles> image_;
    mutable std::unique_ptr<std::vector<Mount>> mounts_{};
    std::unique_ptr<shell::MemoryFiles> upper_{};
    std::unique_ptr<std::set<std::string, std::less<>>> removed_{};  // of the image's; null: none
};

}  // namespace kubetab::runtime
