// Protobuf: answers in the Kubernetes API's protobuf form, from JSON.
//
// The same envelope and the same table of fields as for bodies of requests (protobuf.h). A list is written
// like its items: field 1 is its metadata, field 2 each item. differs: kinds that are not in the table and
// watches stay JSON for who would take either, because clients that ask for protobuf take JSON, too; upstream
// has protobuf for its discovery documents and its rarer groups.
#pragma once

#include <optional>
#include <string>

namespace kubetab::rest {

// Nothing when it is of a kind that is not in the table.
std::optional<std::string> json_to_protobuf(const std::string& json);

}  // namespace kubetab::rest
