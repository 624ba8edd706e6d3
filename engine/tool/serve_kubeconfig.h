// The kubeconfig that `kubetab serve` writes for its clients.
#pragma once

#include <filesystem>
#include <string>

#include "engine/rest/certificates.h"

namespace kubetab::tool {

struct Access {
    std::string address{};     // "https://127.0.0.1:6443"
    std::string authority{};   // PEM; "" when nothing is encrypted
    rest::Certificate user{};  // of the administrator; empty when nobody is asked
};

// The file in a folder that nobody else can read. In a temporary folder both go when it does; in the folder
// that keeps a cluster it stays.
class KubeconfigFile {
public:
    // `folder` may be "": then a temporary one.
    KubeconfigFile(const Access& access, const std::string& folder);
    ~KubeconfigFile();
    KubeconfigFile(const KubeconfigFile&) = delete;
    KubeconfigFile& operator=(const KubeconfigFile&) = delete;

    bool written() const { return written_; }
    std::filesystem::path path() const { return folder_ / "kubeconfig"; }

private:
    std::filesystem::path folder_{};
    bool temporary_ = false;
    bool written_ = false;
};

}  // namespace kubetab::tool
