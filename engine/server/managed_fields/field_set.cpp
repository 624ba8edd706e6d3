#include "engine/server/managed_fields/field_set.h"

#include <algorithm>

namespace kubetab::server {
namespace {

using Node = FieldSet::Node;

enum class Algebra { Unite, Intersect, Subtract, SubtractTrees };

std::vector<Node>::const_iterator place_of(const std::vector<Node>& nodes, std::string_view element) {
    return std::lower_bound(
        nodes.begin(), nodes.end(), element,
        [](const Node& node, std::string_view wanted) { return element_less(node.element, wanted); });
}

FieldSet combined(const FieldSet& a, const FieldSet& b, Algebra operation);

bool combined_member(bool a, bool b, Algebra operation) {
    if (operation == Algebra::Unite) return a || b;
    return operation == Algebra::Intersect ? a && b : a && !b;
}

void add_both(FieldSet& result, const Node& a, const Node& b, Algebra operation) {
    Node node{a.element, combined_member(a.member, b.member, operation), {}};
    const bool cut = operation == Algebra::SubtractTrees && b.member;
    if (!cut) node.below = combined(a.below, b.below, operation);
    if (node.member || !node.below.empty()) result.nodes.push_back(std::move(node));
}

FieldSet combined(const FieldSet& a, const FieldSet& b, Algebra operation) {
    FieldSet result;
    auto left = a.nodes.begin();
    auto right = b.nodes.begin();
    while (left != a.nodes.end() || right != b.nodes.end()) {
        const bool only_left =
            right == b.nodes.end() || (left != a.nodes.end() && element_less(left->element, right->element));
        const bool only_right =
            !only_left && (left == a.nodes.end() || element_less(right->element, left->element));
        if (only_left) {
            if (operation != Algebra::Intersect) result.nodes.push_back(*left);
            ++left;
        } else if (only_right) {
            if (operation == Algebra::Unite) result.nodes.push_back(*right);
            ++right;
        } else {
            add_both(result, *left++, *right++, operation);
        }
    }
    return result;
}

void visit_members(const FieldSet& set, FieldPath& prefix,
                   const std::function<void(const FieldPath&)>& visit) {
    for (const Node& node : set.nodes) {
        if (!node.member) continue;
        prefix.push_back(node.element);
        visit(prefix);
        prefix.pop_back();
    }
    for (const Node& node : set.nodes) {
        prefix.push_back(node.element);
        visit_members(node.below, prefix, visit);
        prefix.pop_back();
    }
}

}  // namespace

bool FieldSet::operator==(const FieldSet& other) const {
    return nodes == other.nodes;
}

const Node* FieldSet::find(std::string_view element) const {
    const auto place = place_of(nodes, element);
    return place != nodes.end() && place->element == element ? &*place : nullptr;
}

bool FieldSet::has_member(std::string_view element) const {
    const Node* node = find(element);
    return node != nullptr && node->member;
}

const FieldSet& FieldSet::below(std::string_view element) const {
    static const FieldSet nothing;
    const Node* node = find(element);
    return node != nullptr ? node->below : nothing;
}

void FieldSet::insert(const FieldPath& path) {
    FieldSet set;
    for (auto element = path.rbegin(); element != path.rend(); ++element) {
        FieldSet outer;
        outer.add(*element, element == path.rbegin(), std::move(set));
        set = std::move(outer);
    }
    *this = united(*this, set);
}

void FieldSet::add(const FieldElement& element, bool member, FieldSet below) {
    if (!member && below.empty()) return;
    const auto place = place_of(nodes, element);
    if (place == nodes.end() || place->element != element) {
        nodes.insert(place, Node{element, member, std::move(below)});
        return;
    }
    Node& node = nodes[static_cast<std::size_t>(place - nodes.begin())];
    node.member = node.member || member;
    node.below = united(node.below, below);
}

FieldSet united(const FieldSet& a, const FieldSet& b) {
    return combined(a, b, Algebra::Unite);
}

FieldSet intersected(const FieldSet& a, const FieldSet& b) {
    return combined(a, b, Algebra::Intersect);
}

FieldSet without(const FieldSet& a, const FieldSet& b) {
    return combined(a, b, Algebra::Subtract);
}

FieldSet without_trees(const FieldSet& a, const FieldSet& b) {
    return combined(a, b, Algebra::SubtractTrees);
}

void each_member(const FieldSet& set, const std::function<void(const FieldPath&)>& visit) {
    FieldPath prefix;
    visit_members(set, prefix, visit);
}

}  // namespace kubetab::server
