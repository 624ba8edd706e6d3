// Media types: in which form a client wants its answer, and what its body is.
// upstream: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/negotiation
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kubetab::rest {

struct Wanted {
    enum class Form : std::uint8_t { Json, Yaml, Protobuf };
    enum class View : std::uint8_t { Object, Table, Partial, Discovery };  // Partial: metadata alone
    Form form = Form::Json;
    View view = View::Object;
};

// The first of the Accept header's clauses that is served here; nothing when none is. No header takes JSON.
std::optional<Wanted> negotiate(std::string_view accept);

// "application/json" of "application/json; charset=utf-8", in lower case.
std::string media_type(std::string_view content_type);

}  // namespace kubetab::rest
