#include "engine/base/json_path.h"

#include <utility>

#include "engine/base/json_path_node.h"
#include "engine/base/json_text.h"

namespace kubetab::base {
namespace {

using Values = std::vector<Json>;

std::string go_type(const Json& value) {
    if (value.is_object()) return "map[string]interface {}";
    if (value.is_array()) return "[]interface {}";
    if (value.is_string()) return "string";
    if (value.is_boolean()) return "bool";
    if (value.is_number_float()) return "float64";
    return "int64";
}

// -1, 0, 1; nothing when the two cannot be ordered. upstream: third_party/forked/golang/template funcs.go
Result<int> compare(const Json& left, const Json& right) {
    const bool numbers = left.is_number() && right.is_number();
    const bool same = left.is_string() == right.is_string() && left.is_boolean() == right.is_boolean();
    if (!numbers &&
        (!same || left.is_structured() || right.is_structured() || left.is_number() || right.is_number())) {
        return path_error("incompatible types for comparison");
    }
    return left < right ? -1 : left == right ? 0 : 1;
}

Result<bool> holds(const std::string& op, const Json& left, const Json& right) {
    const bool known = op == "<" || op == ">" || op == "==" || op == "!=" || op == "<=" || op == ">=";
    if (!known) return path_error("unrecognized filter operator " + op);
    const int order = TRY(compare(left, right));
    if (op == "<") return order < 0;
    if (op == ">") return order > 0;
    if (op == "==") return order == 0;
    if (op == "!=") return order != 0;
    return op == "<=" ? order <= 0 : order >= 0;
}

// upstream: jsonpath.go walk and the eval functions
class Walker {
public:
    explicit Walker(bool allow_missing) : allow_missing_(allow_missing) {}

    Result<Values> walk(const Values& input, const PathNode& node) {
        switch (node.kind) {
            case PathNode::Kind::Text: return Values{Json(node.text)};
            case PathNode::Kind::List: return walk_list(input, node.children);
            case PathNode::Kind::Number:
            case PathNode::Kind::Truth: return Values{node.literal};
            case PathNode::Kind::Field: return walk_field(input, node.text);
            case PathNode::Kind::Array: return walk_array(input, node);
            case PathNode::Kind::Filter: return walk_filter(input, node);
            case PathNode::Kind::Wildcard: return children_of(input);
            case PathNode::Kind::Recursive: {
                Values result;
                for (const Json& value : input) collect(value, result);
                return result;
            }
            case PathNode::Kind::Union: {
                Values result;
                for (const auto& child : node.children) {
                    for (Json& value : TRY(walk(input, *child))) result.push_back(std::move(value));
                }
                return result;
            }
            case PathNode::Kind::Identifier: break;
        }
        return path_error("unrecognized identifier " + node.text);
    }

    Result<Values> walk_list(const Values& input, const PathNodes& nodes, std::size_t from = 0) {
        Values current = input;
        for (std::size_t i = from; i < nodes.size(); ++i) current = TRY(walk(current, *nodes[i]));
        return current;
    }

private:
    Result<Values> walk_field(const Values& input, const std::string& name) {
        if (name.empty()) return input;
        Values result;
        for (const Json& value : input) {
            if (const Json* member = find(value, name)) result.push_back(*member);
        }
        if (result.empty() && !allow_missing_) return path_error(name + " is not found");
        return result;
    }

    static Result<Values> walk_array(const Values& input, const PathNode& node) {
        Values result;
        for (const Json& value : input) {
            if (value.is_null()) continue;
            if (!value.is_array()) return path_error(go_type(value) + " is not array or slice");
            const int length = static_cast<int>(value.size());
            int from = node.bounds[0].known ? node.bounds[0].value : 0;
            if (from < 0) from += length;
            int to = node.bounds[1].known ? node.bounds[1].value : length;
            if (to < 0 || (to == 0 && node.bounds[1].derived)) to += length;
            if (from == to) continue;
            const auto out_of_bounds = [&](int index) {
                return path_error("array index out of bounds: index " + std::to_string(index) + ", length " +
                                  std::to_string(length));
            };
            if (from >= length || from < 0) return out_of_bounds(from);
            if (to > length || to < 0) return out_of_bounds(to - 1);
            if (from > to) {
                return path_error("starting index " + std::to_string(from) +
                                  " is greater than ending index " + std::to_string(to));
            }
            const int step = node.bounds[2].known ? node.bounds[2].value : 1;
            if (step <= 0) return path_error("step must be > 0");
            for (int i = from; i < to; i += step) result.push_back(value[static_cast<std::size_t>(i)]);
        }
        return result;
    }

    Result<Values> walk_filter(const Values& input, const PathNode& node) {
        Values result;
        for (const Json& value : input) {
            if (value.is_null()) continue;
            if (!value.is_array())
                return path_error(go_type(value) + " is not array or slice and cannot be filtered");
            for (const Json& element : value) {
                if (TRY(passes(element, node))) result.push_back(element);
            }
        }
        return result;
    }

    Result<bool> passes(const Json& element, const PathNode& node) {
        const Result<Values> left = walk({element}, *node.children[0]);
        if (node.text == "exists") return left.ok() && !left->empty();
        const Values lefts = TRY(left);
        if (lefts.empty()) return false;
        if (lefts.size() > 1) return path_error("can only compare one element at a time");
        const Values rights = TRY(walk({element}, *node.children[1]));
        if (rights.empty()) return false;
        if (rights.size() > 1) return path_error("can only compare one element at a time");
        return holds(node.text, lefts[0], rights[0]);
    }

    static Values children_of(const Values& input) {
        Values result;
        for (const Json& value : input) {
            if (value.is_structured()) result.insert(result.end(), value.begin(), value.end());
        }
        return result;
    }

    static void collect(const Json& value, Values& result) {
        if (!value.is_structured() || value.empty()) return;
        result.push_back(value);
        for (const Json& child : value) collect(child, result);
    }

    bool allow_missing_;
};

bool is_identifier(const PathNode& node, std::string_view name) {
    return node.kind == PathNode::Kind::List && !node.children.empty() &&
           node.children.front()->kind == PathNode::Kind::Identifier && node.children.front()->text == name;
}

// The index of the {end} that closes the range at `from`.
std::size_t end_of_range(const PathNodes& nodes, std::size_t from) {
    int depth = 0;
    for (std::size_t i = from; i < nodes.size(); ++i) {
        if (is_identifier(*nodes[i], "range")) ++depth;
        if (is_identifier(*nodes[i], "end") && --depth == 0) return i;
    }
    return nodes.size();
}

Result<void> run(const PathNodes& nodes, std::size_t from, std::size_t to, const Json& object, Walker& walker,
                 std::vector<Values>& into) {
    for (std::size_t i = from; i < to; ++i) {
        const PathNode& node = *nodes[i];
        if (is_identifier(node, "end")) return path_error("not in range, nothing to end");
        if (!is_identifier(node, "range")) {
            into.push_back(TRY(walker.walk({object}, node)));
            continue;
        }
        const std::size_t end = std::min(end_of_range(nodes, i), to);
        for (const Json& value : TRY(walker.walk_list({object}, node.children, 1))) {
            TRY(run(nodes, i + 1, end, value, walker, into));
        }
        i = end;
    }
    return {};
}

}  // namespace

JsonPath::JsonPath() = default;
JsonPath::~JsonPath() = default;
JsonPath::JsonPath(JsonPath&&) noexcept = default;
JsonPath& JsonPath::operator=(JsonPath&&) noexcept = default;

Result<JsonPath> JsonPath::parse(std::string_view text, bool allow_missing) {
    JsonPath path;
    path.nodes_ = TRY(parse_path(text));
    path.allow_missing_ = allow_missing;
    return path;
}

Result<std::vector<std::vector<Json>>> JsonPath::find(const Json& object) const {
    std::vector<Values> results;
    Walker walker(allow_missing_);
    TRY(run(nodes_, 0, nodes_.size(), object, walker, results));
    return results;
}

Result<std::string> JsonPath::text(const Json& object) const {
    std::string out;
    for (const Values& values : TRY(find(object))) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (i > 0) out += ' ';
            const Json& value = values[i];
            out += value.is_structured() ? json_text(value, 0) : value.is_null() ? "null" : go_text(value);
        }
    }
    return out;
}

Result<std::string> relaxed_path(std::string_view text) {
    if (text.empty()) return std::string();
    const bool braces = text.size() > 2 && text.front() == '{' && text.back() == '}';
    std::string_view inner = braces ? text.substr(1, text.size() - 2) : text;
    if (!inner.empty() && inner.front() == '.') inner.remove_prefix(1);
    if (inner.empty() || inner.find_first_of("{}") != std::string_view::npos) {
        return path_error(
            "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or "
            "'{.name1.name2}'");
    }
    return "{." + std::string(inner) + "}";
}

}  // namespace kubetab::base
