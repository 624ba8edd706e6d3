// Versions of kinds that servers of 2017 answered for and today's do not: extensions/v1beta1, apps/v1beta1
// and others. A cluster may be told to serve them besides today's.
//
// Objects are stored as today's kinds (Kind::stored()), so an object is the same one, with the same uid,
// through every version. Most former kinds share the struct of today's and differ in a few defaults; those
// whose struct differs are turned into each other by `former_conversion`. upstream: pkg/apis/extensions,
// pkg/apis/apps/{v1beta1,v1beta2} and others, as they were in v1.7 to v1.15
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/api/object.h"
#include "engine/base/status.h"

namespace kubetab::api {

enum class ServedApis : std::uint8_t {
    Today,
    Of2017,  // and today's
};

// "today" or "2017".
base::Result<ServedApis> read_apis(std::string_view word);

// By group, and in a group the version that clients prefer first.
std::span<const Kind* const> former_kinds();
bool is_former(const Kind& kind);
// Or null.
const Kind* find_former_kind(std::string_view group, std::string_view version, std::string_view kind);
const Kind* find_former_kind_by_plural(std::string_view group, std::string_view version,
                                       std::string_view plural);

// Fills in what the former version did when it was left out and today's does not, or does otherwise. `object`
// is of the stored kind.
void set_former_defaults(const Kind& served, Object& object);
// True when a plain delete through that version leaves the dependents alone. upstream:
// DefaultGarbageCollectionPolicy of the strategies
bool former_orphans_dependents(const Kind& served);

// What to write today instead of a version and kind that are no longer served: one sentence, or "".
std::string replacement_of(std::string_view api_version, std::string_view kind);

}  // namespace kubetab::api
