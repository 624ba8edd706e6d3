// Entries: a store's writes and objects as the payloads of records.
//
// A payload is a line that says what it is about, as a JSON list, and the object's JSON.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "engine/api/custom/custom_kinds.h"
#include "engine/base/status.h"
#include "engine/sim/time.h"
#include "engine/store/store.h"

namespace kubetab::journal {

// What a snapshot says of the cluster besides its objects.
struct Header {
    store::Revision revision = 0;
    sim::Instant now{};
    std::map<std::string, std::string> facts{};  // what the caller wants to find again
};

std::string header_payload(const Header& header);
base::Result<Header> read_header(std::string_view payload);

std::string object_payload(const api::Kind& kind, const api::Object& object);
// Puts it into a store that begins; a CustomResourceDefinition brings its kinds.
base::Result<void> load_object(std::string_view payload, store::Store& store, api::CustomKinds& custom);

std::string write_payload(const store::Write& write);
// Does the write again. It must be the one after the store's last.
base::Result<void> repeat_write(std::string_view payload, store::Store& store, api::CustomKinds& custom,
                                sim::Instant& now);

}  // namespace kubetab::journal
