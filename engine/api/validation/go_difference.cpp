#include "engine/api/validation/go_difference.h"

#include <algorithm>

#include "engine/api/validation/go_text.h"
#include "engine/api/validation/value_text.h"

namespace kubetab::api {
namespace {

// How two values compare. upstream: report_value.go [valueNode]
struct Node {
    struct Child;

    const GoValue* old = nullptr;  // null: there is none
    const GoValue* now = nullptr;
    int same = 0;       // leaves
    int different = 0;  // leaves
    int children = 0;   // all below
    int depth = 0;      // 0 is a leaf
    std::vector<Child> nodes;

    const GoValue& any() const { return old != nullptr ? *old : *now; }
    bool is_chain() const { return children == depth; }
};
struct Node::Child {
    std::string key{};
    Node node{};
};

Node compare(const GoValue* old, const GoValue* now);

void adopt(Node& parent, std::string key, Node child) {
    parent.same += child.same;
    parent.different += child.different;
    parent.children += child.children + 1;
    parent.depth = std::max(parent.depth, child.depth + 1);
    parent.nodes.push_back({std::move(key), std::move(child)});
}

// upstream: diff/diff.go [Result.Similar]
bool similar(const Node& node) {
    return node.same + 1 >= node.different;
}

void compare_elements(Node& node) {
    const auto& old = node.old->members;
    const auto& now = node.now->members;
    std::size_t common_end = 0;
    const std::size_t shorter = std::min(old.size(), now.size());
    while (common_end < shorter && old.size() != now.size() &&
           old[old.size() - 1 - common_end] == now[now.size() - 1 - common_end])
        ++common_end;
    const std::size_t old_end = old.size() - common_end;
    const std::size_t now_end = now.size() - common_end;
    for (std::size_t i = 0; i < std::max(old_end, now_end); ++i) {
        const GoValue* was = i < old_end ? &old[i].value : nullptr;
        const GoValue* is = i < now_end ? &now[i].value : nullptr;
        Node both = compare(was, is);
        if (was == nullptr || is == nullptr || similar(both)) {
            adopt(node, "", std::move(both));
            continue;
        }
        adopt(node, "", compare(was, nullptr));
        adopt(node, "", compare(nullptr, is));
    }
    for (std::size_t i = 0; i < common_end; ++i)
        adopt(node, "", compare(&old[old_end + i].value, &now[now_end + i].value));
}

void compare_entries(Node& node) {
    auto old = node.old->members.begin();
    auto now = node.now->members.begin();
    while (old != node.old->members.end() || now != node.now->members.end()) {
        const bool no_old = old == node.old->members.end();
        const bool no_now = now == node.now->members.end();
        const bool has_old = !no_old && (no_now || old->name <= now->name);
        const bool has_now = !no_now && (no_old || now->name <= old->name);
        const std::string key = has_old ? old->name : now->name;
        adopt(node, key, compare(has_old ? &old->value : nullptr, has_now ? &now->value : nullptr));
        if (has_old) ++old;
        if (has_now) ++now;
    }
}

Node compare(const GoValue* old, const GoValue* now) {
    Node node;
    node.old = old;
    node.now = now;
    const bool leaf = old == nullptr || now == nullptr || old->kind == GoValue::Kind::Scalar ||
                      old->is_leaf || (old->kind != GoValue::Kind::Struct && (old->is_nil || now->is_nil));
    if (leaf) {
        const bool equal = old != nullptr && now != nullptr && *old == *now;
        (equal ? node.same : node.different) = 1;
        return node;
    }
    if (old->kind == GoValue::Kind::Slice) {
        compare_elements(node);
    } else if (old->kind == GoValue::Kind::Map) {
        compare_entries(node);
    } else {
        for (std::size_t i = 0; i < old->members.size(); ++i)
            adopt(node, old->members[i].name, compare(&old->members[i].value, &now->members[i].value));
    }
    return node;
}

enum class Show { Difference, Identical, Removed, Inserted };
enum class TypeNames { Always, Never, OfComposites };

struct Options {
    Show show = Show::Difference;
    TypeNames types = TypeNames::Always;
    int verbosity = 0;
    bool limited = false;

    int level() const { return std::clamp(verbosity, 0, 16); }
    // How many parts of a value are printed.
    std::size_t most() const { return (std::size_t{1} << level() >> 1) << 2; }
};

GoText nil() {
    return GoText::of("nil");
}

void add_ellipsis(GoText& list, std::string comment = {}) {
    GoText::Record record;
    record.value = GoText::of("...");
    record.is_ellipsis = true;
    record.comment = std::move(comment);
    list.records.push_back(std::move(record));
}

GoText braces(GoText list) {
    list.kind = GoText::Kind::List;
    return GoText::wrap("{", std::move(list), "}");
}

// upstream: FormatType
GoText with_type(const GoValue& value, GoText text, const Options& options) {
    if (options.types == TypeNames::Never || value.type.empty()) return text;
    if (options.types == TypeNames::OfComposites && (text == nil() || options.show == Show::Identical))
        return text;
    return GoText::wrap(value.type, std::move(text), "");
}

// upstream: formatString
GoText string_text(const std::string& text, const Options& options) {
    const std::size_t most = options.limited ? (std::size_t{1} << options.level()) << 5 : text.size();
    const bool cut = text.size() > most + 3;
    const std::string shown = cut ? text.substr(0, most) : text;
    const std::string quoted = go_quoted(shown);
    const bool raw = quoted.size() != shown.size() + 2 && shown.find_first_of("`\n") == std::string::npos;
    return GoText::of((raw ? "`" + shown + "`" : quoted) + (cut ? "..." : ""));
}

// upstream: FormatValue
GoText value_text(const GoValue& value, Options options) {
    if (value.kind == GoValue::Kind::Scalar)
        return value.is_string ? string_text(value.text, options) : GoText::of(value.text);
    if (value.is_nil) return nil();
    if (value.kind == GoValue::Kind::Pointer)
        return GoText::wrap("&", value_text(value.members.front().value, options), "");
    Options inner = options;
    const bool structure = value.kind == GoValue::Kind::Struct;
    inner.types = structure ? TypeNames::OfComposites : TypeNames::Never;
    const std::size_t most = options.limited ? options.most() : value.members.size();
    if (options.limited) --inner.verbosity;
    GoText list;
    for (const GoValue::Member& member : value.members) {
        if (structure && member.value.is_zero) continue;
        if (list.records.size() == most) {
            add_ellipsis(list);
            break;
        }
        GoText::Record record;
        record.key = member.name;
        record.value = value_text(member.value, inner);
        list.records.push_back(std::move(record));
    }
    return with_type(value, braces(std::move(list)), options);
}

std::string noun(const GoValue& whole, std::size_t count) {
    if (whole.kind == GoValue::Kind::Map) return count == 1 ? "entry" : "entries";
    return std::string(whole.kind == GoValue::Kind::Struct ? "field" : "element") + (count == 1 ? "" : "s");
}

class Reporter {
public:
    // upstream: FormatDiff
    GoText difference(const Node& node, Options options) const;

private:
    GoText leaf(const Node& node, const Options& options) const;
    GoText list(const Node& node, Options options) const;
    GoText unified(const Node& node, const Options& options, std::size_t most) const;
    void add_equal(GoText& out, const Node& node, std::size_t begin, std::size_t end,
                   const Options& options) const;
    void add_unequal(GoText& out, const Node::Child& child, const Options& options) const;
    void add(GoText& out, char sign, const std::string& key, GoText value) const;
};

Options shown(Options options, Show show) {
    options.show = show;
    return options;
}
// upstream: verbosityPreset
Options more_verbose(Options options, int step) {
    options.verbosity = options.level() + 2 * step;
    return options;
}
constexpr int kVerbositySteps = 6;

void Reporter::add(GoText& out, char sign, const std::string& key, GoText value) const {
    if (value.kind == GoText::Kind::None) return;
    GoText::Record record;
    record.sign = sign;
    record.key = key;
    record.value = std::move(value);
    out.records.push_back(std::move(record));
}

GoText Reporter::leaf(const Node& node, const Options& options) const {
    if (options.show == Show::Removed) return node.old != nullptr ? value_text(*node.old, options) : GoText{};
    if (options.show == Show::Inserted)
        return node.now != nullptr ? value_text(*node.now, options) : GoText{};
    return value_text(node.any(), options);
}

GoText Reporter::difference(const Node& node, Options options) const {
    options.limited = true;
    if (options.show == Show::Identical) options.verbosity = 1;
    else options.verbosity = options.level() < 3 ? 3 : options.verbosity;
    if (node.depth == 0) return leaf(node, options);
    if (node.any().kind == GoValue::Kind::Pointer)
        return GoText::wrap("&", difference(node.nodes.front().node, options), "");
    return with_type(node.any(), list(node, options), options);
}

// upstream: formatDiffList
GoText Reporter::list(const Node& node, Options options) const {
    constexpr std::size_t kContext = 2;
    const bool structure = node.any().kind == GoValue::Kind::Struct;
    options.types = structure ? TypeNames::OfComposites : TypeNames::Never;
    const std::size_t most =
        options.show == Show::Identical ? options.most() : (std::size_t{1} << options.level()) << 1;
    --options.verbosity;
    if (options.show != Show::Difference) return unified(node, options, most);
    GoText out;
    std::size_t at = 0;
    while (at < node.nodes.size()) {
        std::size_t end = at;
        while (end < node.nodes.size() && node.nodes[end].node.different == 0) ++end;
        const std::size_t equal = end - at;
        const std::size_t low = at == 0 ? 0 : std::min(kContext, equal);
        std::size_t high = end == node.nodes.size() ? 0 : std::min(kContext, equal - low);
        if (equal - low - high == 1) ++high;
        add_equal(out, node, at, at + low, options);
        const std::size_t left_out = equal - low - high;
        if (left_out > 0)
            add_ellipsis(out, std::to_string(left_out) + " identical " + noun(node.any(), left_out));
        add_equal(out, node, end - high, end, options);
        at = end;
        for (; at < node.nodes.size() && node.nodes[at].node.different > 0; ++at)
            add_unequal(out, node.nodes[at], options);
    }
    return braces(std::move(out));
}

// What is in both, or in one of them, without zero fields.
GoText Reporter::unified(const Node& node, const Options& options, std::size_t most) const {
    GoText out;
    const bool structure = node.any().kind == GoValue::Kind::Struct;
    for (const Node::Child& child : node.nodes) {
        if (out.records.size() == most) {
            add_ellipsis(out);
            break;
        }
        const GoValue* value = options.show == Show::Inserted ? child.node.now : child.node.old;
        if (structure && value != nullptr && value->is_zero) continue;
        add(out, ' ', child.key, difference(child.node, options));
    }
    return braces(std::move(out));
}

void Reporter::add_equal(GoText& out, const Node& node, std::size_t begin, std::size_t end,
                         const Options& options) const {
    for (std::size_t i = begin; i < end; ++i)
        add(out, ' ', node.nodes[i].key, difference(node.nodes[i].node, shown(options, Show::Identical)));
}

void Reporter::add_unequal(GoText& out, const Node::Child& child, const Options& options) const {
    if (!child.node.is_chain()) return add(out, ' ', child.key, difference(child.node, options));
    GoText old = difference(child.node, shown(options, Show::Removed));
    GoText now = difference(child.node, shown(options, Show::Inserted));
    for (int step = 0; step <= kVerbositySteps && old == now; ++step) {
        old = difference(child.node, shown(more_verbose(options, step), Show::Removed));
        now = difference(child.node, shown(more_verbose(options, step), Show::Inserted));
    }
    add(out, '-', child.key, std::move(old));
    add(out, '+', child.key, std::move(now));
}

}  // namespace

std::string go_difference(const GoValue& old, const GoValue& now) {
    const Node root = compare(&old, &now);
    return root.different == 0 ? "" : Reporter().difference(root, {}).text();
}

}  // namespace kubetab::api
