// Kubeconfig: the file that says which cluster kubectl speaks to, as whom and in which namespace.
//
// The file is the truth: it is read when kubectl starts, and `kubectl config` writes it. Entries keep every
// field they have in the file; what is written is sorted by name, as kubectl writes it.
// upstream: client-go/tools/clientcmd
// differs: one file only; $KUBECONFIG with several paths is refused, because nothing here needs merging.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/json.h"
#include "engine/base/status.h"
#include "engine/kubectl/configuration.h"

namespace kubetab::sim {
class FileSystem;
struct Invocation;
}  // namespace kubetab::sim

namespace kubetab::kubectl {

// Where the simulated API server says it listens.
inline constexpr std::string_view kServerAddress = "https://172.18.0.2:6443";

// What a new home directory holds as .kube/config: the one cluster and its administrator.
std::string default_kubeconfig();

// The file of this run: --kubeconfig, else $KUBECONFIG, else ~/.kube/config; absolute.
base::Result<std::string> kubeconfig_path(const std::string& given, const std::string& directory,
                                          const std::map<std::string, std::string>& environment);

class Kubeconfig {
public:
    enum class Section { Clusters, Contexts, Users };

    // An absent file is an empty configuration. Failure: `error loading config file "…": …`.
    static base::Result<Kubeconfig> load(const sim::FileSystem& files, const std::string& path);
    // Writes the file and makes its directory.
    base::Result<void> save(sim::FileSystem& files) const;

    const std::string& path() const { return path_; }
    const std::string& current_context() const { return current_context_; }
    void set_current_context(std::string name) { current_context_ = std::move(name); }

    // By name; the value is the inner object, e.g. {"server": "…"}.
    std::map<std::string, base::Json>& entries(Section section) {
        return sections_[static_cast<std::size_t>(section)];
    }
    const std::map<std::string, base::Json>& entries(Section section) const {
        return sections_[static_cast<std::size_t>(section)];
    }
    const base::Json* find(Section section, const std::string& name) const;

    // The whole file as an object.
    base::Json document() const;

private:
    std::string path_{};
    std::string current_context_{};
    std::array<std::map<std::string, base::Json>, 3> sections_{};
    base::Json rest_ = base::Json::object();  // preferences, extensions
};

// What a command that speaks to the server gets from the file.
struct Connection {
    std::string namespace_{};  // of the context; "" when it has none
    std::string user{};        // the name of the user's entry; "" when the context has none
    std::string token{};       // of the user, when they have no certificate
    std::string failure{};     // printed as it is when the server cannot be reached this way; "" otherwise
};

// `context` is --context, or "" for the current one. Failure: that context does not exist.
base::Result<Connection> connection_of(const Kubeconfig& kubeconfig, const std::string& context);

// The namespace that a command run this way works in: that of the current context, else "default".
std::string current_namespace(const sim::Invocation& invocation);

// The contexts, as commands see them; without a server when the current context leads to none.
Configuration summary_of(const Kubeconfig& kubeconfig);

}  // namespace kubetab::kubectl
