// Executables: which commands exist inside an image, and the files it comes with. Shared by all nodes; what
// is made for an image is made once.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "engine/runtime/environments.h"
#include "engine/runtime/image.h"
#include "engine/runtime/registry.h"
#include "engine/runtime/volume_store.h"
#include "engine/shell/command_table.h"
#include "engine/shell/memory_files.h"

namespace kubetab::runtime {

class Executables {
public:
    const shell::CommandTable& commands(const Image& image);
    std::shared_ptr<const shell::MemoryFiles> files(const ImageRef& image);
    // From now on images' own programs do nothing. Comes before anything is asked for.
    void make_hollow() { hollow_ = true; }

private:
    bool hollow_ = false;
    std::map<std::string, std::unique_ptr<shell::CommandTable>> tables_{};      // by tools and programs
    std::map<std::string, std::shared_ptr<const shell::MemoryFiles>> files_{};  // by digest
};

class Network;

// What all nodes of a cluster share.
struct Platform {
    Registry registry{};
    Executables executables{};
    Environments environments{};
    VolumeStore volumes{};
    Network* network = nullptr;  // null: containers reach nothing
    // Containers and images only pretend: images are all of one size and pulled at once, their own programs
    // do nothing, whatever gets a signal ends well, and what is asked of a container (a probe, a hook)
    // succeeds. Shells and tools work as ever. upstream: pkg/kubemark/hollow_kubelet.go
    bool hollow = false;

    void make_hollow();
};

}  // namespace kubetab::runtime
