// A name such as example.com/thing. upstream: util/validation/field [IsDomainPrefixedPath]
#pragma once

#include <string>

#include "engine/api/validation/errors.h"

namespace kubetab::api {

void validate_domain_path(const std::string& value, const Path& path, Errors& errors);

}  // namespace kubetab::api
