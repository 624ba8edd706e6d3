// Objects from JSON, for the tests of engine/api.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <string_view>

#include "engine/api/codec.h"
#include "engine/api/defaults.h"
#include "engine/api/kinds.h"
#include "engine/base/json.h"

namespace kubetab::api {

inline std::shared_ptr<Object> read_object(const Kind& kind, const base::Json& document) {
    StrictIssues issues;
    auto object = decode_object(kind, document, issues);
    REQUIRE(object.ok());
    return *object;
}

// An object as a manifest gives it, without defaults.
template <class T>
std::shared_ptr<T> read(std::string_view json) {
    const auto document = base::parse_json(json);
    REQUIRE(document.ok());
    return std::static_pointer_cast<T>(read_object(kind_of<T>(), *document));
}

template <class T>
std::shared_ptr<T> read_with_defaults(std::string_view json) {
    auto object = read<T>(json);
    set_defaults(kind_of<T>(), *object);
    return object;
}

}  // namespace kubetab::api
