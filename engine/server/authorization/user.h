// User: who makes a request, as authentication has found out.
// upstream: staging/src/k8s.io/apiserver/pkg/authentication/user/user.go
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kubetab::server {

inline constexpr std::string_view kAnonymous = "system:anonymous";
inline constexpr std::string_view kAuthenticated = "system:authenticated";
inline constexpr std::string_view kUnauthenticated = "system:unauthenticated";
// Its members may do everything, whatever the roles say.
inline constexpr std::string_view kMasters = "system:masters";

// Who stands at the other end of an encrypted connection, by the certificate it has shown.
struct Caller {
    std::string name{};  // "" is nobody: no certificate was shown
    std::vector<std::string> groups{};
    std::string credential{};  // which certificate it was
    bool refused = false;      // it was shown, and is none of this cluster's
};

struct User {
    std::string name{};
    std::string uid{};
    std::vector<std::string> groups{};
    std::map<std::string, std::vector<std::string>> extra{};

    bool in_group(std::string_view group) const {
        for (const std::string& each : groups) {
            if (each == group) return true;
        }
        return false;
    }
};

// Who has the certificate that is in the kubeconfig of a new cluster, as kubeadm makes it.
const User& administrator();

// "system:serviceaccount:default:bot" and the groups of such an account.
std::string account_user_name(std::string_view namespace_, std::string_view name);
std::vector<std::string> account_groups(std::string_view namespace_);

}  // namespace kubetab::server
