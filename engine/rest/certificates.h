// Certificates: what TLS needs, made here: an authority of the cluster's own, and what it signs.
//
// Keys are of the curve P-256. An authority is good for ten years and what it signs for one, as kubeadm's
// are. Everything is PEM text.
#pragma once

#include <cstdint>
#include <string>

#include "engine/base/status.h"

namespace kubetab::rest {

struct Certificate {
    std::string certificate{};
    std::string key{};
};

// Fails when the library for it does, or is not in this build.
base::Result<Certificate> make_authority();
// For 127.0.0.1, localhost, and the names that pods know the server by.
base::Result<Certificate> make_server_certificate(const Certificate& authority);
// Of the user `name`, a member of `group`.
base::Result<Certificate> make_client_certificate(const Certificate& authority, const std::string& name,
                                                  const std::string& group);

// What a request (PEM) asks for, signed. `extended_usage` is "clientAuth" or "serverAuth"; of a kubelet the
// subject has to be a node's. BadRequest: it cannot be read, or asks for another's name.
struct SigningWish {
    std::string request{};
    std::string extended_usage{};
    std::string usages{};  // "digitalSignature,keyEncipherment"; "" is none
    bool of_kubelet = false;
    std::int64_t seconds = 0;  // of its life; 0: a year, which is the most
};
base::Result<std::string> sign_request(const Certificate& authority, const SigningWish& wish);

}  // namespace kubetab::rest
