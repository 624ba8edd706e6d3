// How an Event of the core group becomes one of events.k8s.io and back: the same object under other field
// names. upstream: pkg/apis/events/v1/conversion.go
#pragma once

#include "engine/base/json.h"

namespace kubetab::api {

base::Json event_to_events(base::Json core);
base::Json event_from_events(base::Json event);

}  // namespace kubetab::api
