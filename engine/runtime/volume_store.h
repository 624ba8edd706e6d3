// VolumeStore: the files that outlive pods: the disks of nodes, file servers, volumes of storage systems.
//
// Each is one file system, made when it is first asked for, and shared by all who mount it, or parts of it.
// At most kSystemsMax are kept: beyond that the oldest that nobody has mounted is forgotten, as if it had
// been wiped.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/shell/memory_files.h"

namespace kubetab::runtime {

class VolumeStore {
public:
    static constexpr std::size_t kSystemsMax = 1000;

    // The files of a system. `now` stamps what is written to a new one, and must live as long as the store.
    std::shared_ptr<shell::MemoryFiles> files(const std::string& system, std::function<sim::Instant()> now);

private:
    struct System {
        std::string name{};
        std::shared_ptr<shell::MemoryFiles> files{};
    };
    void make_room();

    std::vector<System> systems_{};  // the oldest first
};

}  // namespace kubetab::runtime
