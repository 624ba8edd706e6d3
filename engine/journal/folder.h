// Folder: the folder that a journal lies in, for one process at a time.
//
// Whatever returns without a failure is on the disk. Names are of files in the folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/status.h"

namespace kubetab::journal {

class Folder {
public:
    // Makes it when it is not there; nobody else can read it. Fails when another process holds it.
    static base::Result<Folder> open(const std::string& path);
    ~Folder();
    Folder(Folder&& other) noexcept;
    Folder& operator=(Folder&&) = delete;
    Folder(const Folder&) = delete;

    std::string path_of(std::string_view name) const { return path_ + "/" + std::string(name); }
    // In the order of their names.
    std::vector<std::string> names() const;
    base::Result<std::string> read(const std::string& name) const;
    // The whole file, or the old one.
    base::Result<void> replace(const std::string& name, std::string_view content) const;
    base::Result<void> shorten(const std::string& name, std::size_t size) const;
    void remove(const std::string& name) const;

private:
    explicit Folder(std::string path) : path_(std::move(path)) {}
    base::Result<void> sync() const;

    std::string path_;
    int lock_ = -1;
};

// A file that grows.
class Appender {
public:
    Appender() = default;
    ~Appender();
    Appender(const Appender&) = delete;
    Appender& operator=(const Appender&) = delete;

    // Goes on at the end of a file that is there.
    base::Result<void> open(const std::string& path);
    base::Result<void> append(std::string_view bytes);

private:
    std::string path_{};
    int file_ = -1;
};

}  // namespace kubetab::journal
