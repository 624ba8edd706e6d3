// PathNode: one step of a parsed jsonpath template.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/base/json.h"
#include "engine/base/status.h"

namespace kubetab::base {

struct PathNode {
    enum class Kind {
        Text,
        List,
        Field,
        Array,
        Filter,
        Number,
        Truth,
        Wildcard,
        Recursive,
        Union,
        Identifier
    };
    struct Bound {
        int value = 0;
        bool known = false;
        bool derived = false;  // the end of a single index
    };

    Kind kind = Kind::Text;
    std::string text{};                                 // Text, Field, Identifier; the operator of a Filter
    Json literal{};                                     // Number, Truth
    Bound bounds[3]{};                                  // Array
    std::vector<std::unique_ptr<PathNode>> children{};  // List; Union; Filter: left and right lists
};

using PathNodes = std::vector<std::unique_ptr<PathNode>>;

// A mistake in a template or in what it meets: a failure of the client's own, without an HTTP code.
Status path_error(std::string message);

// The nodes of a template: texts and one List per action.
Result<PathNodes> parse_path(std::string_view text);

}  // namespace kubetab::base
