// The pod-template-hash: what tells the ReplicaSets of one Deployment apart.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/api/core/pod_spec.h"

namespace kubetab::api {

// Letters and digits that cannot be misread or form a word, for generated names.
inline constexpr std::string_view kSafeAlphabet = "bcdfghjklmnpqrstvwxz2456789";

// The same for equal templates. A collision count above zero gives another hash of the same template.
// upstream: pkg/controller/controller_utils.go [ComputeHash]
// differs: hashes the encoded template instead of a dump of Go structs, because there is no Go; other letters
// result.
std::string pod_template_hash(const PodTemplateSpec& pod_template, std::int32_t collision_count);

// A hash of the text in such letters. upstream: pkg/controller/history [HashControllerRevision]
std::string safe_hash(std::string_view text);

}  // namespace kubetab::api
