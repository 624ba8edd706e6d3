#include "engine/tool/serve_kubeconfig.h"

#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <system_error>

#include "engine/base/base64.h"

namespace kubetab::tool {
namespace {

std::string data_line(const char* name, const std::string& pem) {
    return pem.empty() ? "" : std::string("    ") + name + ": " + base::base64_encode(pem) + "\n";
}

// Names as kubeadm gives them.
std::string kubeconfig(const Access& access) {
    const bool named = !access.user.certificate.empty();
    return "apiVersion: v1\n"
           "kind: Config\n"
           "clusters:\n"
           "- name: kubernetes\n"
           "  cluster:\n" +
           data_line("certificate-authority-data", access.authority) + "    server: " + access.address +
           "\n"
           "contexts:\n"
           "- name: kubernetes-admin@kubernetes\n"
           "  context:\n"
           "    cluster: kubernetes\n"
           "    user: kubernetes-admin\n"
           "users:\n"
           "- name: kubernetes-admin\n" +
           (named ? "  user:\n" + data_line("client-certificate-data", access.user.certificate) +
                        data_line("client-key-data", access.user.key)
                  : std::string("  user: {}\n")) +
           "current-context: kubernetes-admin@kubernetes\n";
}

}  // namespace

KubeconfigFile::KubeconfigFile(const Access& access, const std::string& folder) : folder_(folder) {
    if (folder.empty()) {
        std::error_code error;
        std::string made = (std::filesystem::temp_directory_path(error) / "kubetab-XXXXXX").string();
        if (mkdtemp(made.data()) == nullptr) return;
        folder_ = made;
        temporary_ = true;
    }
    const mode_t before = umask(0077);
    std::ofstream out(path(), std::ios::binary);
    umask(before);
    out << kubeconfig(access);
    out.close();
    written_ = !out.fail();
}

KubeconfigFile::~KubeconfigFile() {
    std::error_code ignored;
    if (temporary_) std::filesystem::remove_all(folder_, ignored);
}

}  // namespace kubetab::tool
