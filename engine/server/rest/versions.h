// Objects in the version that a request is about, where that is not the one that is stored.
#pragma once

#include <memory>
#include <string>

#include "engine/api/codec.h"
#include "engine/api/object.h"
#include "engine/base/json.h"
#include "engine/base/status.h"

namespace kubetab::server {

// A stored object as JSON of the served kind: with apiVersion and kind, or as a member of a list.
std::string encode_served(const api::Kind& served, const api::Object& stored);
void write_served(std::string& out, const api::Kind& served, const api::Object& stored);
base::Json served_json(const api::Kind& served, const api::Object& stored);
// The object to be stored, from a document of the served kind. Fails and complains as api::decode_object
// does.
base::Result<std::shared_ptr<api::Object>> decode_served(const api::Kind& served, const base::Json& document,
                                                         api::StrictIssues& issues);
// A configuration to be applied, in the version that is stored; left alone when it is of another version than
// the served kind.
void upgrade_configuration(const api::Kind& served, base::Json& document);

}  // namespace kubetab::server
