// A query parameter by which a client says that it throws metadata.managedFields away, so that the server
// need not work them out. Other servers ignore it, as they do any parameter they do not know.
#pragma once

#include <string_view>

namespace kubetab::api {

inline constexpr std::string_view kManagedFieldsParameter = "managedFields";
inline constexpr std::string_view kManagedFieldsUnwanted = "unwanted";

}  // namespace kubetab::api
