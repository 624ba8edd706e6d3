// What the name of a resource says: cpu, hugepages-2Mi, example.com/gpu.
// upstream: pkg/apis/core/helper/helpers.go
#pragma once

#include <string_view>

namespace kubetab::api {

// Without a prefix, or of kubernetes.io.
bool is_native_resource(std::string_view name);
// Somebody else's, such as example.com/gpu.
bool is_extended_resource(std::string_view name);
// Whether limits may be above requests.
bool may_overcommit(std::string_view name);
// The short names that something in the API knows.
bool is_standard_resource(std::string_view name);
bool is_standard_container_resource(std::string_view name);
bool is_standard_quota_resource(std::string_view name);
// Counted, so that there are no fractions of it.
bool is_integer_resource(std::string_view name);

}  // namespace kubetab::api
