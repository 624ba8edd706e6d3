// The text of `kubectl explain`, made from the field tables of a kind.
//
// upstream: staging/src/k8s.io/kubectl/pkg/explain/v2/templates/plaintext.tmpl
// differs: reads the tables themselves instead of an OpenAPI document made from them; the sentences are our
// own.
#pragma once

#include <string>
#include <vector>

#include "engine/api/type.h"
#include "engine/base/status.h"

namespace kubetab::kubectl {

enum class Depth { OneLevel, Recursive };

// From FIELD: or DESCRIPTION: on, for the field that `path` leads to from the struct `kind` (empty: the kind
// itself). Failure: `field "x" does not exist`, with the last name of the path.
base::Result<std::string> explain_text(const api::Type& kind, const std::vector<std::string>& path,
                                       Depth depth);

// The names of the fields that such a path leads to; empty when there are none.
std::vector<std::string> field_names(const api::Type& kind, const std::vector<std::string>& path);

// Lines of at most `width` characters, broken at spaces; line breaks in the text stay.
// upstream: github.com/mitchellh/go-wordwrap
std::string wrap_words(std::string_view text, std::size_t width);

}  // namespace kubetab::kubectl
