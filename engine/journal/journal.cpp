#include "engine/journal/journal.h"

#include <utility>

#include "engine/api/kinds.h"
#include "engine/journal/records.h"

namespace kubetab::journal {

using base::Result;
using Found = RecordReader::Found;

namespace {

constexpr std::string_view kSnapshot = "snapshot-";
constexpr std::string_view kJournal = "journal-";
constexpr std::string_view kEnd = "end of snapshot\n";
constexpr std::size_t kDigits = 20;

// With leading zeros, so that names are in the order of revisions.
std::string name_of(std::string_view prefix, store::Revision revision) {
    const std::string digits = std::to_string(revision);
    return std::string(prefix) + std::string(kDigits - digits.size(), '0') + digits;
}

base::Status damaged(const std::string& path, std::size_t place, const std::string& why) {
    return base::failure(base::Reason::InternalError,
                         path + ": the record at byte " + std::to_string(place) + " is damaged: " + why);
}

Result<void> read_snapshot(const std::string& content, const std::string& path, Kept& kept) {
    RecordReader reader(content);
    if (reader.next() != Found::Record) return damaged(path, reader.place(), "there is no header");
    const Result<Header> header = read_header(reader.payload());
    if (!header.ok()) return damaged(path, reader.place(), header.error().message);
    kept.header = *header;
    kept.store.begin_at(header->revision);
    while (reader.next() == Found::Record) {
        if (reader.payload() == kEnd) return {};
        const Result<void> loaded = load_object(reader.payload(), kept.store, *kept.custom_kinds);
        if (!loaded.ok()) return damaged(path, reader.place(), loaded.error().message);
    }
    return damaged(path, reader.place(), "the snapshot is not whole");
}

}  // namespace

Result<std::unique_ptr<Journal>> Journal::open(const std::string& path) {
    return std::make_unique<Journal>(TRY(Folder::open(path)));
}

Result<std::optional<Kept>> Journal::read() const {
    std::string snapshot;
    for (const std::string& name : folder_.names()) {
        if (name.starts_with(kSnapshot) && name.size() == kSnapshot.size() + kDigits) snapshot = name;
    }
    if (snapshot.empty()) return std::optional<Kept>();
    Kept kept;
    TRY(read_snapshot(TRY(folder_.read(snapshot)), folder_.path_of(snapshot), kept));
    const std::string name = name_of(kJournal, kept.header.revision);
    const std::string path = folder_.path_of(name);
    const Result<std::string> content = folder_.read(name);
    // The process ended between the snapshot and the journal that follows it.
    if (!content.ok()) return std::optional<Kept>(std::move(kept));
    RecordReader reader(*content);
    Found found = reader.next();
    for (; found == Found::Record; found = reader.next()) {
        const Result<void> repeated =
            repeat_write(reader.payload(), kept.store, *kept.custom_kinds, kept.header.now);
        if (!repeated.ok()) return damaged(path, reader.place(), repeated.error().message);
    }
    if (found == Found::Damaged) return damaged(path, reader.place(), "its checksum is wrong");
    if (found == Found::Torn) {
        TRY(folder_.shorten(name, reader.place()));
        kept.note = path + ": the last " + std::to_string(content->size() - reader.place()) +
                    " bytes are a write that was interrupted; they are cut off";
    }
    return std::optional<Kept>(std::move(kept));
}

Result<void> Journal::begin(const store::Store& store, const CustomList& custom, sim::Instant now,
                            std::map<std::string, std::string> facts) {
    facts_ = std::move(facts);
    return write_snapshot(store, custom, now);
}

Result<void> Journal::write_snapshot(const store::Store& store, const CustomList& custom, sim::Instant now) {
    std::string content(kMagic);
    append_record(content, header_payload({store.revision(), now, facts_}));
    const auto add_all = [&](const api::Kind& kind) {
        for (const auto& [key, object] : store.all(kind))
            append_record(content, object_payload(kind, *object));
    };
    for (const api::Kind* kind : api::all_kinds()) add_all(*kind);
    // Behind their definitions.
    for (const api::Kind* kind : custom) add_all(*kind);
    append_record(content, kEnd);
    const std::string snapshot = name_of(kSnapshot, store.revision());
    const std::string journal = name_of(kJournal, store.revision());
    // The journal first: once there is the snapshot, what stood in the one before it counts no more.
    TRY(folder_.replace(journal, kMagic));
    TRY(folder_.replace(snapshot, content));
    TRY(file_.open(folder_.path_of(journal)));
    waiting_.clear();
    journal_size_ = 0;
    snapshot_size_ = content.size();
    for (const std::string& name : folder_.names()) {
        const bool ours = name.starts_with(kSnapshot) || name.starts_with(kJournal);
        if (ours && name != snapshot && name != journal) folder_.remove(name);
    }
    return {};
}

void Journal::wrote(const store::Write& write) {
    append_record(waiting_, write_payload(write));
}

Result<void> Journal::sync(const store::Store& store, const CustomList& custom, sim::Instant now) {
    if (waiting_.empty()) return {};
    TRY(file_.append(waiting_));
    journal_size_ += waiting_.size();
    waiting_.clear();
    if (journal_size_ < kLeastJournal || journal_size_ < snapshot_size_) return {};
    return write_snapshot(store, custom, now);
}

}  // namespace kubetab::journal
