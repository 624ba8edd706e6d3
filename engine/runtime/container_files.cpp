#include "engine/runtime/container_files.h"

#include <algorithm>

#include "engine/base/stable_sort.h"
#include "engine/runtime/container.h"

namespace kubetab::runtime {
namespace {

using base::Reason;

base::Status error(std::string text) {
    return base::failure(Reason::Unknown, std::move(text));
}
base::Status read_only_error() {
    return error("Read-only file system");
}

std::string parent_of(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == 0 || slash == std::string_view::npos ? "/" : std::string(path.substr(0, slash));
}

// The first name below `directory` on the way to `path`; "" when it does not lead there.
std::string_view step_below(std::string_view directory, std::string_view path) {
    if (directory == "/") directory = "";
    if (!path.starts_with(directory) || path.size() <= directory.size() + 1 || path[directory.size()] != '/')
        return {};
    const std::string_view rest = path.substr(directory.size() + 1);
    return rest.substr(0, rest.find('/'));
}

void add_entry(std::vector<sim::FileInfo>& entries, sim::FileInfo info) {
    const auto at =
        std::lower_bound(entries.begin(), entries.end(), info,
                         [](const sim::FileInfo& a, const sim::FileInfo& b) { return a.name < b.name; });
    if (at != entries.end() && at->name == info.name) return;
    entries.insert(at, std::move(info));
}

}  // namespace

ContainerFiles::ContainerFiles(Container& container, std::shared_ptr<const shell::MemoryFiles> image)
    : container_(container), image_(std::move(image)) {}

const std::vector<Mount>& ContainerFiles::mounts() const {
    if (mounts_) return *mounts_;
    mounts_ = std::make_unique<std::vector<Mount>>();
    MountSource* source = container_.config().mounts;
    if (source != nullptr) *mounts_ = source->mounts(container_.config().name);
    for (Mount& mount : *mounts_) mount.path = sim::resolve("/", mount.path);
    base::stable_sort(*mounts_, [](const Mount& a, const Mount& b) { return a.path.size() > b.path.size(); });
    return *mounts_;
}

bool ContainerFiles::read_only() const {
    return container_.config().read_only_root;
}

Container* ContainerFiles::container_of(sim::FileSystem* files) {
    const bool own = files != nullptr && files->of_container();
    return own ? &static_cast<ContainerFiles*>(files)->container_ : nullptr;
}

ContainerFiles::Target ContainerFiles::target(std::string_view path) const {
    std::string absolute = sim::resolve("/", path);
    for (const Mount& mount : mounts()) {
        if (absolute != mount.path &&
            (!absolute.starts_with(mount.path) || absolute[mount.path.size()] != '/'))
            continue;
        const std::string below = absolute.substr(mount.path.size());
        return {mount.files.get(), sim::resolve("/", mount.sub_path + "/" + below), mount.read_only};
    }
    return {nullptr, std::move(absolute), read_only()};
}

bool ContainerFiles::is_removed(std::string_view path) const {
    for (std::string_view rest = path; rest.size() > 1;) {
        if (removed_ && removed_->contains(rest)) return true;
        const std::size_t slash = rest.rfind('/');
        rest = rest.substr(0, slash);
    }
    return false;
}

shell::MemoryFiles& ContainerFiles::upper() {
    if (!upper_) upper_ = std::make_unique<shell::MemoryFiles>([this] { return container_.now(); });
    return *upper_;
}

base::Result<void> ContainerFiles::prepare(const std::string& path) {
    const std::string directory = parent_of(path);
    const base::Result<sim::FileInfo> parent = stat(directory);
    if (!parent.ok()) return parent.error();
    if (!parent->directory) return error("Not a directory");
    TRY(upper().make_directories(directory));
    if (!upper().stat(path).ok() && !is_removed(path) && image_->stat(path).ok() &&
        !image_->stat(path)->directory) {
        TRY(upper().put(path, *image_->read(path), image_->stat(path)->mode));
    }
    return {};
}

base::Result<std::string> ContainerFiles::read(std::string_view path) const {
    const Target where = target(path);
    if (where.files != nullptr) return where.files->read(where.path);
    if (upper_ && upper_->stat(where.path).ok()) return upper_->read(where.path);
    if (is_removed(where.path)) return error("No such file or directory");
    return image_->read(where.path);
}

base::Result<void> ContainerFiles::write(std::string_view path, std::string_view text) {
    const Target where = target(path);
    if (where.read_only) return read_only_error();
    if (where.files != nullptr) return where.files->write(where.path, text);
    const base::Result<sim::FileInfo> present = stat(where.path);
    if (present.ok() && present->directory) return error("Is a directory");
    TRY(prepare(where.path));
    return upper().write(where.path, text);
}

base::Result<void> ContainerFiles::append(std::string_view path, std::string_view text) {
    const Target where = target(path);
    if (where.read_only) return read_only_error();
    if (where.files != nullptr) return where.files->append(where.path, text);
    const base::Result<sim::FileInfo> present = stat(where.path);
    if (present.ok() && present->directory) return error("Is a directory");
    TRY(prepare(where.path));
    return upper().append(where.path, text);
}

base::Result<void> ContainerFiles::make_directory(std::string_view path) {
    const Target where = target(path);
    if (where.read_only) return read_only_error();
    if (where.files != nullptr) return where.files->make_directory(where.path);
    if (stat(where.path).ok()) return error("File exists");
    TRY(prepare(where.path));
    return upper().make_directory(where.path);
}

base::Result<void> ContainerFiles::remove(std::string_view path) {
    const Target where = target(path);
    if (where.read_only) return read_only_error();
    if (where.files != nullptr) {
        if (where.path == "/") return error("Device or resource busy");
        return where.files->remove(where.path);
    }
    const sim::FileInfo present = TRY(stat(where.path));
    if (present.directory && !TRY(list(where.path)).empty()) return error("Directory not empty");
    if (upper_ && upper_->stat(where.path).ok()) TRY(upper_->remove(where.path));
    if (!image_->stat(where.path).ok()) return {};
    if (!removed_) removed_ = std::make_unique<std::set<std::string, std::less<>>>();
    removed_->insert(where.path);
    return {};
}

base::Result<sim::FileInfo> ContainerFiles::stat(std::string_view path) const {
    const Target where = target(path);
    if (where.files != nullptr) return where.files->stat(where.path);
    if (upper_) {
        base::Result<sim::FileInfo> info = upper_->stat(where.path);
        if (info.ok()) return info;
    }
    if (!is_removed(where.path)) {
        base::Result<sim::FileInfo> info = image_->stat(where.path);
        if (info.ok()) return info;
    }
    for (const Mount& mount : mounts()) {  // The directories that lead to a mount.
        if (step_below(where.path, mount.path).empty()) continue;
        return sim::FileInfo{std::string(where.path.substr(where.path.rfind('/') + 1)), true, 0, {}, 0755};
    }
    return error("No such file or directory");
}

base::Result<std::vector<sim::FileInfo>> ContainerFiles::list(std::string_view path) const {
    const Target where = target(path);
    if (where.files != nullptr) return where.files->list(where.path);
    const sim::FileInfo self = TRY(stat(where.path));
    if (!self.directory) return error("Not a directory");
    std::vector<sim::FileInfo> entries;
    for (const Mount& mount : mounts()) {
        const std::string_view name = step_below(where.path, mount.path);
        if (name.empty()) continue;
        base::Result<sim::FileInfo> info =
            stat((where.path == "/" ? "" : where.path) + "/" + std::string(name));
        if (!info.ok()) continue;
        sim::FileInfo found = std::move(info).value();
        found.name = name;
        add_entry(entries, std::move(found));
    }
    if (upper_) {
        base::Result<std::vector<sim::FileInfo>> own = upper_->list(where.path);
        if (own.ok()) {
            for (sim::FileInfo& info : *own) add_entry(entries, std::move(info));
        }
    }
    if (is_removed(where.path)) return entries;
    base::Result<std::vector<sim::FileInfo>> below = image_->list(where.path);
    if (!below.ok()) return entries;
    for (sim::FileInfo& info : *below) {
        const std::string full = (where.path == "/" ? "" : where.path) + "/" + info.name;
        if (!removed_ || !removed_->contains(full)) add_entry(entries, std::move(info));
    }
    return entries;
}

base::Result<void> ContainerFiles::set_mode(std::string_view path, std::uint32_t mode) {
    const Target where = target(path);
    if (where.read_only) return read_only_error();
    if (where.files != nullptr) return where.files->set_mode(where.path, mode);
    TRY(stat(where.path));
    TRY(prepare(where.path));
    return upper().set_mode(where.path, mode);
}

base::Result<void> ContainerFiles::set_modified(std::string_view path, sim::Instant modified) {
    const Target where = target(path);
    if (where.read_only) return read_only_error();
    if (where.files != nullptr) return where.files->set_modified(where.path, modified);
    TRY(stat(where.path));
    TRY(prepare(where.path));
    return upper().set_modified(where.path, modified);
}

}  // namespace kubetab::runtime
