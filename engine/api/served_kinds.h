// Kinds that the server answers for without keeping objects of them: another version of a stored kind, and
// what is measured at the moment of asking. Ordered by group and kind; all_kinds() holds none of them.
#pragma once

#include <span>

#include "engine/api/object.h"

namespace kubetab::api {

std::span<const Kind* const> served_kinds();
// The kind whose objects are stored for it; itself for nearly all.
const Kind& stored_kind(const Kind& served);
// True for what comes from the metrics server.
bool is_metrics(const Kind& kind);
// True for what is read only and stored nowhere: metrics, and the health of components.
bool is_made_when_asked(const Kind& kind);

}  // namespace kubetab::api
