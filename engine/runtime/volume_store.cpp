#include "engine/runtime/volume_store.h"

#include <algorithm>

namespace kubetab::runtime {
namespace {

// What every machine has, so that a pod which asks for it finds it.
constexpr std::string_view kNodePrefix = "node:";
constexpr const char* kNodeDirectories[] = {"/dev",         "/etc",  "/home", "/mnt",
                                            "/opt",         "/proc", "/run",  "/srv",
                                            "/sys",         "/tmp",  "/usr",  "/var/lib/kubelet",
                                            "/var/log/pods"};

}  // namespace

std::shared_ptr<shell::MemoryFiles> VolumeStore::files(const std::string& system,
                                                       std::function<sim::Instant()> now) {
    const auto known = std::find_if(systems_.begin(), systems_.end(),
                                    [&](const System& each) { return each.name == system; });
    if (known != systems_.end()) return known->files;
    make_room();
    systems_.push_back({system, std::make_shared<shell::MemoryFiles>(std::move(now))});
    shell::MemoryFiles& files = *systems_.back().files;
    if (system.starts_with(kNodePrefix)) {
        for (const char* path : kNodeDirectories) (void)files.make_directories(path);
    }
    return systems_.back().files;
}

void VolumeStore::make_room() {
    if (systems_.size() < kSystemsMax) return;
    const auto unused = std::find_if(systems_.begin(), systems_.end(),
                                     [](const System& each) { return each.files.use_count() == 1; });
    if (unused != systems_.end()) systems_.erase(unused);
}

}  // namespace kubetab::runtime
