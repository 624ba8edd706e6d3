// ImageReference: the name of an image, made complete: "nginx" is docker.io/library/nginx:latest.
//
// upstream: github.com/distribution/reference normalize.go, regexp.go
#pragma once

#include <string>
#include <string_view>

#include "engine/base/status.h"

namespace kubetab::runtime {

struct ImageReference {
    std::string domain{};  // docker.io, gcr.io, localhost:5000
    std::string path{};    // library/nginx
    std::string tag{};     // latest; empty when a digest is given
    std::string digest{};  // sha256:…, or empty

    // docker.io/library/nginx
    std::string repository() const { return domain + "/" + path; }
    // docker.io/library/nginx:1.25, or …@sha256:…
    std::string text() const { return repository() + (digest.empty() ? ":" + tag : "@" + digest); }
};

// Fails with upstream's text, e.g. "invalid reference format".
base::Result<ImageReference> parse_image_reference(std::string_view text);

}  // namespace kubetab::runtime
