// MemoryFiles: a file system in memory, for the learner's home and for the writable layer of a container.
//
// Directories, files, modes and times; no links and no owners: everything belongs to whoever asks. Limits on
// the total size and on the number of entries keep a runaway script from eating the tab: beyond them writing
// fails with "No space left on device". A failed call changes nothing.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/sim/file_system.h"

namespace kubetab::shell {

struct MemoryFilesLimits {
    std::int64_t bytes = 64 * 1024 * 1024;
    std::int64_t entries = 20'000;
    std::int64_t file_bytes = 16 * 1024 * 1024;
};

class MemoryFiles : public sim::FileSystem {
public:
    // `now` gives the time that files are stamped with.
    explicit MemoryFiles(std::function<sim::Instant()> now, MemoryFilesLimits limits = {});

    base::Result<std::string> read(std::string_view path) const override;
    base::Result<void> write(std::string_view path, std::string_view text) override;
    base::Result<void> append(std::string_view path, std::string_view text) override;
    base::Result<void> make_directory(std::string_view path) override;
    base::Result<void> remove(std::string_view path) override;
    base::Result<sim::FileInfo> stat(std::string_view path) const override;
    base::Result<std::vector<sim::FileInfo>> list(std::string_view path) const override;
    base::Result<void> set_mode(std::string_view path, std::uint32_t mode) override;
    base::Result<void> set_modified(std::string_view path, sim::Instant modified) override;

    // Makes a directory and those above it; nothing happens to what exists.
    base::Result<void> make_directories(std::string_view path);
    // Writes a file and makes the directories above it.
    base::Result<void> put(std::string_view path, std::string_view text, std::uint32_t mode = 0644);
    std::int64_t bytes_used() const { return bytes_; }
    // Nothing more fits, as if something else had filled it; what is there can be read and removed.
    void set_full(bool full) { full_ = full; }
    // Grows with every change, so that a view knows when to look again.
    std::uint64_t revision() const { return revision_; }

    // Every path with what is there, sorted by path: for saving, restoring and tests.
    struct Entry {
        bool directory = false;
        std::string text{};
        sim::Instant modified{};
        std::uint32_t mode = 0644;
    };
    const std::map<std::string, Entry, std::less<>>& entries() const { return entries_; }
    // Replaces everything by what entries() once gave.
    void restore(std::map<std::string, Entry, std::less<>> entries);

private:
    const Entry* find(std::string_view absolute) const;
    base::Result<void> check_parent(std::string_view absolute) const;
    base::Result<void> check_room(std::int64_t more_bytes, std::int64_t more_entries,
                                  std::int64_t file_bytes) const;
    bool is_empty_directory(std::string_view absolute) const;

    std::function<sim::Instant()> now_;
    MemoryFilesLimits limits_;
    bool full_ = false;
    std::map<std::string, Entry, std::less<>> entries_{};  // by absolute path; the root is "/"
    std::int64_t bytes_ = 0;
    std::uint64_t revision_ = 0;
};

}  // namespace kubetab::shell
