// FieldSet: a set of paths of fields, kept as a tree.
//
// A path is a member, or only leads to members below it. Sets are values; an empty subtree never stands in
// one. upstream: sigs.k8s.io/structured-merge-diff fieldpath/set.go
#pragma once

#include <functional>
#include <vector>

#include "engine/server/managed_fields/field_path.h"

namespace kubetab::server {

struct FieldSet {
    struct Node;
    std::vector<Node> nodes;  // ordered by element

    bool empty() const { return nodes.empty(); }
    bool operator==(const FieldSet& other) const;

    // Of that element, or null.
    const Node* find(std::string_view element) const;
    bool has_member(std::string_view element) const;
    // Of what stands below that element; empty when there is nothing.
    const FieldSet& below(std::string_view element) const;

    void insert(const FieldPath& path);
    // Adds to what there is of the element; nothing when there is nothing to add.
    void add(const FieldElement& element, bool member, FieldSet below);
};

struct FieldSet::Node {
    FieldElement element{};
    bool member = false;
    FieldSet below{};

    bool operator==(const Node&) const = default;
};

FieldSet united(const FieldSet& a, const FieldSet& b);
FieldSet intersected(const FieldSet& a, const FieldSet& b);
// Without the members of b; what stands below a member of b stays.
FieldSet without(const FieldSet& a, const FieldSet& b);
// Without the members of b and all that stands below them.
FieldSet without_trees(const FieldSet& a, const FieldSet& b);

// Every member: those of a level first, then what stands below, in order.
void each_member(const FieldSet& set, const std::function<void(const FieldPath&)>& visit);

}  // namespace kubetab::server
