// Journal: keeps a store in a folder, so that a cluster goes on after its process has ended, however that
// was.
//
// A snapshot of all objects and the writes since, each a checked record. What a write says is on the disk
// once a sync() after it has returned; who calls sync() every so often loses no more than that. A tail that
// the writer was interrupted in is cut off at the next start, and said; damage anywhere else is refused, with
// its place, because nobody knows what was lost. When the writes outweigh the snapshot they become one.
//
// The folder is for one process at a time; nothing of the process but the store is kept.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/base/status.h"
#include "engine/journal/entries.h"
#include "engine/journal/folder.h"
#include "engine/store/store.h"

namespace kubetab::journal {

// What a folder held.
struct Kept {
    store::Store store{};
    std::unique_ptr<api::CustomKinds> custom_kinds = std::make_unique<api::CustomKinds>();
    Header header{};     // `now` is the time of the last write
    std::string note{};  // what is to be told of it; may be empty
};

// The kinds under which custom resources are stored.
using CustomList = std::vector<const api::Kind*>;

class Journal : public store::Observer {
public:
    // Fails when the folder cannot be used.
    static base::Result<std::unique_ptr<Journal>> open(const std::string& path);

    // What the folder holds; nothing when it is new. Fails for damage that nobody can have left by ending.
    base::Result<std::optional<Kept>> read() const;

    // Keeps the store as it is, and from then on what it is told of.
    base::Result<void> begin(const store::Store& store, const CustomList& custom, sim::Instant now,
                             std::map<std::string, std::string> facts);
    void wrote(const store::Write& write) override;
    base::Result<void> sync(const store::Store& store, const CustomList& custom, sim::Instant now);

    const Folder& folder() const { return folder_; }

    // Below that, a snapshot is not worth its writing.
    static constexpr std::size_t kLeastJournal = std::size_t{16} * 1024 * 1024;

    // As open() does.
    explicit Journal(Folder folder) : folder_(std::move(folder)) {}

private:
    base::Result<void> write_snapshot(const store::Store& store, const CustomList& custom, sim::Instant now);

    Folder folder_;
    std::map<std::string, std::string> facts_{};
    Appender file_{};
    std::string waiting_{};  // not yet on the disk
    std::size_t journal_size_ = 0;
    std::size_t snapshot_size_ = 0;
};

}  // namespace kubetab::journal
