// What `run` and `expose` share: an object made from flags, changed by --overrides, sent and printed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/kubectl/command.h"
#include "engine/kubectl/resources.h"

namespace kubetab::kubectl {

// --overrides, --override-type.
FlagTable override_flags();

// The object with --overrides merged in.
base::Result<base::Json> with_overrides(Context& context, base::Json object);

// Creates the object in the context's namespace, unless --dry-run=client. The answer holds it as it is now.
base::Result<Info> create_generated(Context& context, base::Json object, std::string_view manager);

// A port as strconv.Atoi reads it. Failure: `strconv.Atoi: parsing "x": invalid syntax`, or `value out of
// range`.
base::Result<std::int32_t> parse_port(const std::string& text);

// "a=b,c=d" as labels. Failure: `unexpected label spec: x`.
base::Result<base::Json> parse_labels(const std::string& text);

}  // namespace kubetab::kubectl
