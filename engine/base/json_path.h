// JsonPath: kubectl's template language of -o jsonpath, --sort-by, custom columns and wait.
//
// A template is text with {…} actions: fields, [n], [a:b:c], [*], ..field, [?(@.a=="b")], unions, "quoted
// text", {range …} … {end}. Parsing and execution answer with upstream's error texts. upstream:
// staging/src/k8s.io/client-go/util/jsonpath
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/json.h"
#include "engine/base/status.h"

namespace kubetab::base {

struct PathNode;

class JsonPath {
public:
    JsonPath();
    ~JsonPath();
    JsonPath(JsonPath&&) noexcept;
    JsonPath& operator=(JsonPath&&) noexcept;

    // `allow_missing` : a missing key yields nothing instead of "x is not found".
    static Result<JsonPath> parse(std::string_view text, bool allow_missing);

    // What each part of the template yields, in order.
    Result<std::vector<std::vector<Json>>> find(const Json& object) const;
    // The results as text: lists and maps as compact JSON, several values of one action joined by a space.
    Result<std::string> text(const Json& object) const;

private:
    std::vector<std::unique_ptr<PathNode>> nodes_{};
    bool allow_missing_ = false;
};

// ".a.b", "a.b", "{.a.b}" or "{a.b}" as "{.a.b}". upstream: get.RelaxedJSONPathExpression
Result<std::string> relaxed_path(std::string_view text);

}  // namespace kubetab::base
