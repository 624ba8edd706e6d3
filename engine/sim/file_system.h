// FileSystem: the files a process sees, in the learner's terminal or in a container.
//
// Paths are absolute or relative to the `directory` of the invocation; resolve() joins them. All calls answer
// at once. Errors are failures whose message is the operating system's own, e.g. "No such file or directory",
// "Is a directory", "Read-only file system", "Permission denied".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/status.h"
#include "engine/sim/time.h"

namespace kubetab::sim {

struct FileInfo {
    std::string name{};  // last part of the path
    bool directory = false;
    std::int64_t bytes = 0;
    Instant modified{};
    std::uint32_t mode = 0644;
};

class FileSystem {
public:
    virtual ~FileSystem() = default;
    virtual base::Result<std::string> read(std::string_view path) const = 0;
    // Creates or replaces a file; its directory must exist.
    virtual base::Result<void> write(std::string_view path, std::string_view text) = 0;
    virtual base::Result<void> append(std::string_view path, std::string_view text) = 0;
    virtual base::Result<void> make_directory(std::string_view path) = 0;
    // Removes a file or an empty directory.
    virtual base::Result<void> remove(std::string_view path) = 0;
    virtual base::Result<FileInfo> stat(std::string_view path) const = 0;
    // Entries of a directory, sorted by name.
    virtual base::Result<std::vector<FileInfo>> list(std::string_view path) const = 0;
    // chmod. Fails with "Operation not permitted" where modes cannot change.
    virtual base::Result<void> set_mode(std::string_view path, std::uint32_t mode);
    // True of the files of a simulated container, as its processes see them.
    virtual bool of_container() const { return false; }
    // touch of an existing file. Fails with "Operation not permitted" where times cannot change.
    virtual base::Result<void> set_modified(std::string_view path, Instant modified);
};

// An absolute path without "." and "..": `path` itself, or joined to `directory`.
std::string resolve(std::string_view directory, std::string_view path);

}  // namespace kubetab::sim
