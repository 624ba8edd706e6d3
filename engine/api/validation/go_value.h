// GoValue: an API object as the Go structs hold it that the real server works on, for texts that print those.
//
// Members stand in Go's order under Go's names, embedded structs included, and those that we do not model are
// there with nothing in them, because Go's texts count members.
// upstream: pkg/apis/core/types.go
#pragma once

#include <string>
#include <vector>

#include "engine/api/type.h"

namespace kubetab::api {

struct GoValue {
    enum class Kind { Scalar, Struct, Slice, Map, Pointer };
    struct Member;

    Kind kind = Kind::Scalar;
    std::string type{};           // core.Container, []core.Volume; "" where Go's texts never name it
    std::string text{};           // of a scalar, as Go prints it
    bool is_string = false;       // of a scalar: `text` is not quoted yet
    bool is_zero = true;          // Go's zero value
    bool is_nil = false;          // of a slice, a map or a pointer
    bool is_leaf = false;         // a struct that Go compares as one thing: a quantity
    std::vector<Member> members;  // fields, elements, entries by key; what a pointer points to

    bool operator==(const GoValue& other) const;
};

struct GoValue::Member {
    std::string name{};
    GoValue value{};

    bool operator==(const Member& other) const = default;
};

inline bool GoValue::operator==(const GoValue& other) const {
    return kind == other.kind && is_nil == other.is_nil && text == other.text && members == other.members;
}

GoValue go_value(const Type& type, const void* value);

}  // namespace kubetab::api
