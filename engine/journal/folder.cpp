#include "engine/journal/folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace kubetab::journal {

using base::Result;

namespace {

base::Status failed(const std::string& path) {
    return base::failure(base::Reason::Unknown, path + ": " + std::strerror(errno));
}

// Writes all of it and waits for the disk.
Result<void> write_all(int file, std::string_view bytes, const std::string& path) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return failed(path);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fdatasync(file) == 0 ? Result<void>() : failed(path);
}

}  // namespace

Result<Folder> Folder::open(const std::string& path) {
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return failed(path);
    Folder folder(path);
    const std::string lock = folder.path_of("lock");
    folder.lock_ = ::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (folder.lock_ < 0) return failed(lock);
    if (::flock(folder.lock_, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return failed(lock);
        return base::failure(base::Reason::Conflict, path + ": another kubetab serve keeps its cluster here");
    }
    return folder;
}

Folder::Folder(Folder&& other) noexcept
    : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}

Folder::~Folder() {
    if (lock_ >= 0) ::close(lock_);
}

std::vector<std::string> Folder::names() const {
    std::vector<std::string> names;
    DIR* directory = ::opendir(path_.c_str());
    if (directory == nullptr) return names;
    while (const dirent* entry = ::readdir(directory)) names.emplace_back(entry->d_name);
    ::closedir(directory);
    std::sort(names.begin(), names.end());  // a total order: no folder has a name twice
    return names;
}

Result<std::string> Folder::read(const std::string& name) const {
    const std::string path = path_of(name);
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return failed(path);
    std::string content;
    struct stat about {};
    if (::fstat(file, &about) == 0) content.resize(static_cast<std::size_t>(about.st_size));
    std::size_t size = 0;
    while (size < content.size()) {
        const ssize_t got = ::read(file, content.data() + size, content.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        size += static_cast<std::size_t>(got);
    }
    const bool whole = size == content.size();
    const base::Status status = failed(path);
    ::close(file);
    if (!whole) return status;
    return content;
}

Result<void> Folder::replace(const std::string& name, std::string_view content) const {
    const std::string path = path_of(name);
    const std::string fresh = path + ".new";
    const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return failed(fresh);
    const Result<void> written = write_all(file, content, fresh);
    ::close(file);
    TRY(written);
    if (::rename(fresh.c_str(), path.c_str()) != 0) return failed(path);
    return sync();
}

Result<void> Folder::shorten(const std::string& name, std::size_t size) const {
    const std::string path = path_of(name);
    return ::truncate(path.c_str(), static_cast<off_t>(size)) == 0 ? Result<void>() : failed(path);
}

void Folder::remove(const std::string& name) const {
    ::unlink(path_of(name).c_str());
}

// The names of the files are on the disk, too.
Result<void> Folder::sync() const {
    const int file = ::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0) return failed(path_);
    const bool good = ::fsync(file) == 0;
    const base::Status status = failed(path_);
    ::close(file);
    return good ? Result<void>() : status;
}

Appender::~Appender() {
    if (file_ >= 0) ::close(file_);
}

Result<void> Appender::open(const std::string& path) {
    const int file = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    if (file < 0) return failed(path);
    if (file_ >= 0) ::close(file_);
    file_ = file;
    path_ = path;
    return {};
}

Result<void> Appender::append(std::string_view bytes) {
    return write_all(file_, bytes, path_);
}

}  // namespace kubetab::journal
