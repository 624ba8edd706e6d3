#include "engine/shell/memory_files.h"

#include <utility>

namespace kubetab::shell {

namespace {

base::Status os_error(std::string message) {
    return base::failure(base::Reason::Unknown, std::move(message));
}

std::string parent_of(std::string_view absolute) {
    const std::size_t slash = absolute.rfind('/');
    return slash == 0 ? "/" : std::string(absolute.substr(0, slash));
}

std::string prefix_of(std::string_view absolute) {
    return absolute == "/" ? "/" : std::string(absolute) + "/";
}

std::int64_t size_of(std::string_view text) {
    return static_cast<std::int64_t>(text.size());
}

constexpr std::size_t kMaxPath = 4096;

}  // namespace

MemoryFiles::MemoryFiles(std::function<sim::Instant()> now, MemoryFilesLimits limits)
    : now_(std::move(now)), limits_(limits) {
    entries_["/"] = {true, "", now_(), 0755};
}

const MemoryFiles::Entry* MemoryFiles::find(std::string_view absolute) const {
    const auto found = entries_.find(absolute);
    return found == entries_.end() ? nullptr : &found->second;
}

base::Result<void> MemoryFiles::check_parent(std::string_view absolute) const {
    if (absolute.size() > kMaxPath) return os_error("File name too long");
    const Entry* parent = find(parent_of(absolute));
    if (!parent) {
        for (std::string above = parent_of(absolute); above != "/"; above = parent_of(above)) {
            const Entry* entry = find(above);
            if (entry && !entry->directory) return os_error("Not a directory");
        }
        return os_error("No such file or directory");
    }
    if (!parent->directory) return os_error("Not a directory");
    return {};
}

base::Result<void> MemoryFiles::check_room(std::int64_t more_bytes, std::int64_t more_entries,
                                           std::int64_t file_bytes) const {
    if (file_bytes > limits_.file_bytes) return os_error("File too large");
    const bool grows = more_bytes > 0 || more_entries > 0;
    const bool full = grows && (full_ || bytes_ + more_bytes > limits_.bytes);
    const bool many = static_cast<std::int64_t>(entries_.size()) + more_entries > limits_.entries;
    if (full || many) return os_error("No space left on device");
    return {};
}

base::Result<std::string> MemoryFiles::read(std::string_view path) const {
    const std::string absolute = sim::resolve("/", path);
    const Entry* entry = find(absolute);
    if (!entry) {
        TRY(check_parent(absolute));
        return os_error("No such file or directory");
    }
    if (entry->directory) return os_error("Is a directory");
    return entry->text;
}

base::Result<void> MemoryFiles::write(std::string_view path, std::string_view text) {
    const std::string absolute = sim::resolve("/", path);
    const Entry* entry = find(absolute);
    if (entry && entry->directory) return os_error("Is a directory");
    TRY(check_parent(absolute));
    const std::int64_t before = entry ? size_of(entry->text) : 0;
    TRY(check_room(size_of(text) - before, entry ? 0 : 1, size_of(text)));
    Entry& target = entries_[absolute];
    target.text = text;
    target.modified = now_();
    bytes_ += size_of(text) - before;
    ++revision_;
    return {};
}

base::Result<void> MemoryFiles::append(std::string_view path, std::string_view text) {
    const std::string absolute = sim::resolve("/", path);
    const auto found = entries_.find(absolute);
    if (found == entries_.end()) return write(path, text);
    if (found->second.directory) return os_error("Is a directory");
    TRY(check_room(size_of(text), 0, size_of(found->second.text) + size_of(text)));
    found->second.text.append(text);
    found->second.modified = now_();
    bytes_ += size_of(text);
    ++revision_;
    return {};
}

base::Result<void> MemoryFiles::make_directory(std::string_view path) {
    const std::string absolute = sim::resolve("/", path);
    if (find(absolute)) return os_error("File exists");
    TRY(check_parent(absolute));
    TRY(check_room(0, 1, 0));
    entries_[absolute] = {true, "", now_(), 0755};
    ++revision_;
    return {};
}

base::Result<void> MemoryFiles::make_directories(std::string_view path) {
    const std::string absolute = sim::resolve("/", path);
    for (std::size_t slash = 1; slash != std::string::npos && absolute != "/";) {
        slash = absolute.find('/', slash + 1);
        const std::string part = absolute.substr(0, slash);
        const Entry* entry = find(part);
        if (entry && !entry->directory) return os_error("Not a directory");
        if (!entry) TRY(make_directory(part));
    }
    return {};
}

base::Result<void> MemoryFiles::put(std::string_view path, std::string_view text, std::uint32_t mode) {
    const std::string absolute = sim::resolve("/", path);
    TRY(make_directories(parent_of(absolute)));
    TRY(write(absolute, text));
    return set_mode(absolute, mode);
}

bool MemoryFiles::is_empty_directory(std::string_view absolute) const {
    const std::string prefix = prefix_of(absolute);
    auto next = entries_.lower_bound(prefix);
    if (next != entries_.end() && next->first == absolute) ++next;
    return next == entries_.end() || !next->first.starts_with(prefix);
}

base::Result<void> MemoryFiles::remove(std::string_view path) {
    const std::string absolute = sim::resolve("/", path);
    const auto found = entries_.find(absolute);
    if (found == entries_.end()) return os_error("No such file or directory");
    if (absolute == "/") return os_error("Device or resource busy");
    if (found->second.directory && !is_empty_directory(absolute)) return os_error("Directory not empty");
    bytes_ -= size_of(found->second.text);
    entries_.erase(found);
    ++revision_;
    return {};
}

base::Result<sim::FileInfo> MemoryFiles::stat(std::string_view path) const {
    const std::string absolute = sim::resolve("/", path);
    const Entry* entry = find(absolute);
    if (!entry) {
        TRY(check_parent(absolute));
        return os_error("No such file or directory");
    }
    sim::FileInfo info;
    info.name = absolute == "/" ? "/" : absolute.substr(absolute.rfind('/') + 1);
    info.directory = entry->directory;
    info.bytes = entry->directory ? 4096 : size_of(entry->text);
    info.modified = entry->modified;
    info.mode = entry->mode;
    return info;
}

base::Result<std::vector<sim::FileInfo>> MemoryFiles::list(std::string_view path) const {
    const std::string absolute = sim::resolve("/", path);
    const sim::FileInfo info = TRY(stat(absolute));
    if (!info.directory) return os_error("Not a directory");
    const std::string prefix = prefix_of(absolute);
    std::vector<sim::FileInfo> result;
    for (auto next = entries_.lower_bound(prefix); next != entries_.end(); ++next) {
        if (!next->first.starts_with(prefix)) break;
        const std::string_view rest = std::string_view(next->first).substr(prefix.size());
        if (rest.empty() || rest.find('/') != std::string_view::npos) continue;
        result.push_back(TRY(stat(next->first)));
    }
    return result;
}

base::Result<void> MemoryFiles::set_mode(std::string_view path, std::uint32_t mode) {
    const auto found = entries_.find(sim::resolve("/", path));
    if (found == entries_.end()) return os_error("No such file or directory");
    found->second.mode = mode & 07777U;
    ++revision_;
    return {};
}

base::Result<void> MemoryFiles::set_modified(std::string_view path, sim::Instant modified) {
    const auto found = entries_.find(sim::resolve("/", path));
    if (found == entries_.end()) return os_error("No such file or directory");
    found->second.modified = modified;
    ++revision_;
    return {};
}

void MemoryFiles::restore(std::map<std::string, Entry, std::less<>> entries) {
    entries_ = std::move(entries);
    entries_.try_emplace("/", Entry{true, "", now_(), 0755});
    bytes_ = 0;
    for (const auto& [path, entry] : entries_) bytes_ += size_of(entry.text);
    ++revision_;
}

}  // namespace kubetab::shell
