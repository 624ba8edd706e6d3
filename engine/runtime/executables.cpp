#include "engine/runtime/executables.h"

#include <fmt/format.h>

#include "engine/runtime/programs/programs.h"
#include "engine/runtime/tools/tools.h"

namespace kubetab::runtime {
namespace {

// What every image is and takes for upstream's hollow nodes.
constexpr std::int64_t kHollowImageBytes = 72'099'501;
constexpr sim::Duration kHollowPull = sim::milliseconds(80);

constexpr std::string_view kPasswords =
    "root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/bin/false\nbin:x:2:2:bin:/bin:/bin/false\n"
    "www-data:x:33:33:www-data:/var/www:/bin/false\nnobody:x:65534:65534:nobody:/home:/bin/false\n";
constexpr std::string_view kGroups = "root:x:0:\ndaemon:x:1:\nbin:x:2:\nwww-data:x:33:\nnobody:x:65534:\n";

std::string release_of(const Image& image) {
    if (image.tools == Tools::Debian) {
        return "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nNAME=\"Debian "
               "GNU/Linux\"\nVERSION_ID=\"12\"\n"
               "VERSION=\"12 (bookworm)\"\nVERSION_CODENAME=bookworm\nID=debian\n";
    }
    const std::string version = image.repository.ends_with("/alpine") ? image.version : "3.21.0";
    return fmt::format("NAME=\"Alpine Linux\"\nID=alpine\nVERSION_ID={}\nPRETTY_NAME=\"Alpine Linux v{}\"\n",
                       version, version.substr(0, version.rfind('.')));
}

}  // namespace

void Platform::make_hollow() {
    hollow = true;
    executables.make_hollow();
    registry.set_image_size(kHollowImageBytes);
    registry.set_pull_duration(kHollowPull);
}

const shell::CommandTable& Executables::commands(const Image& image) {
    std::string key = std::to_string(static_cast<int>(image.tools));
    for (const std::string& program : image.programs) key += " " + program;
    std::unique_ptr<shell::CommandTable>& table = tables_[key];
    if (table) return *table;
    table = std::make_unique<shell::CommandTable>();
    if (image.tools != Tools::None) add_container_tools(*table);
    if (image.tools == Tools::Busybox) add_busybox_network_tools(*table);
    for (const std::string& program : image.programs) {
        if (!add_network_tool(*table, program))
            add_program(*table, program, hollow_ ? Acting::Pretended : Acting::Real);
    }
    return *table;
}

std::shared_ptr<const shell::MemoryFiles> Executables::files(const ImageRef& image) {
    std::shared_ptr<const shell::MemoryFiles>& known = files_[image->digest];
    if (known) return known;
    auto files = std::make_shared<shell::MemoryFiles>([] { return sim::Instant{}; });
    const auto put = [&files](std::string_view path, std::string_view text, std::uint32_t mode = 0644) {
        (void)files->put(path, text, mode);  // Far below the limits.
    };
    for (const std::string_view directory : {"/tmp", "/etc", "/dev", "/proc", "/var/run", "/usr/bin"}) {
        (void)files->make_directories(directory);
    }
    put("/etc/passwd", kPasswords);
    put("/etc/group", kGroups);
    put("/dev/null", "");
    if (image->tools != Tools::None) {
        put("/etc/os-release", release_of(*image));
        for (const std::string_view directory :
             {"/bin", "/home", "/root", "/usr/local/bin", "/var/log", "/opt", "/mnt"}) {
            (void)files->make_directories(directory);
        }
        put("/bin/sh", "", 0755);
        if (image->tools == Tools::Debian) put("/bin/bash", "", 0755);
    }
    (void)files->make_directories(image->working_directory);
    for (const std::string& program : image->programs) put_program_files(*files, program);
    for (const auto& [path, text] : image->files) put(path, text);
    known = std::move(files);
    return known;
}

}  // namespace kubetab::runtime
