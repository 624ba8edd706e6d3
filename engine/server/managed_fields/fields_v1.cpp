#include "engine/server/managed_fields/fields_v1.h"

#include "engine/api/codec.h"
#include "engine/base/json.h"

namespace kubetab::server {
namespace {

using base::Json;

void write(std::string& out, const FieldSet& set, bool is_member) {
    out += '{';
    bool first = true;
    if (is_member && !set.empty()) {
        out += "\".\":{}";
        first = false;
    }
    for (const FieldSet::Node& node : set.nodes) {
        if (!first) out += ',';
        first = false;
        api::write_string(out, node.element);
        out += ':';
        write(out, node.below, node.member);
    }
    out += '}';
}

bool is_element(const std::string& key) {
    static constexpr std::string_view kForms = "fkvi";
    return key.size() >= 2 && key[1] == ':' && kForms.find(key[0]) != std::string_view::npos;
}

bool read(const Json& tree, FieldSet& set) {
    if (!tree.is_object()) return false;
    for (const auto& [key, inner] : tree.items()) {
        if (key == ".") continue;
        FieldSet below;
        if (!is_element(key) || !read(inner, below)) return false;
        const bool member = below.empty() || inner.contains(".");
        set.add(key, member, std::move(below));
    }
    return true;
}

}  // namespace

std::string fields_v1_text(const FieldSet& set) {
    std::string out;
    write(out, set, false);
    return out;
}

std::optional<FieldSet> read_fields_v1(std::string_view text) {
    const base::Result<Json> tree = base::parse_json(text);
    FieldSet set;
    if (!tree.ok() || !read(*tree, set)) return std::nullopt;
    return set;
}

}  // namespace kubetab::server
