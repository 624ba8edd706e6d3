// jsonpath templates: results and error texts as kubectl gives them.

#include "engine/kubectl/printers/jsonpath.h"

#include <catch2/catch_test_macros.hpp>

using namespace kubetab;
using kubectl::JsonPath;

namespace {

const base::Json kPods = {
    {"kind", "List"},
    {"items",
     {{{"metadata", {{"name", "a"}, {"labels", {{"app.io/x", "1"}}}}}, {"spec", {{"n", 1}, {"on", true}}}},
      {{"metadata", {{"name", "b"}}}, {"spec", {{"n", 2.5}, {"list", {1, 2, 3, 4}}}}}}}};

std::string result(std::string_view text) {
    const auto path = JsonPath::parse(text, true);
    if (!path) return "parse: " + path.error().message;
    const auto found = path->text(kPods);
    return found ? *found : "run: " + found.error().message;
}

}  // namespace

TEST_CASE("A template yields what kubectl prints") {
    const std::vector<std::pair<std::string, std::string>> table = {
        {"{.kind}", "List"},
        {"kind={.kind}!", "kind=List!"},
        {"{.items[*].metadata.name}", "a b"},
        {"{.items[0].metadata.name}", "a"},
        {"{.items[-1].metadata.name}", "b"},
        {"{.items[0:2].metadata.name}", "a b"},
        {"{.items[1].spec.list[0:4:2]}", "1 3"},
        {"{.items[*]['metadata.name','spec.n']}", "a b 1 2.5"},
        {"{range .items[*]}{.metadata.name}{\"\\t\"}{.spec.n}{\"\\n\"}{end}", "a\t1\nb\t2.5\n"},
        {"{range .items[*]}[{.metadata.name}]{end}.", "[a][b]."},
        {"{.items[?(@.metadata.name==\"b\")].spec.n}", "2.5"},
        {"{.items[?(@.spec.n>1)].metadata.name}", "b"},
        {"{.items[?(@.spec.on==true)].metadata.name}", "a"},
        {"{.items[?(@.spec.list)].metadata.name}", "b"},
        {"{..name}", "a b"},
        {"{.items[0].metadata.labels}", "{\"app.io/x\":\"1\"}"},
        {"{.items[0].metadata.labels.app\\.io/x}", "1"},
        {"{.nope}", ""},
        {"{$.kind}", "List"},
        {"{@.kind}", "List"},
    };
    for (const auto& [text, expected] : table) {
        INFO(text);
        CHECK(result(text) == expected);
    }
}

TEST_CASE("A wrong template is refused in upstream's words") {
    const std::vector<std::pair<std::string, std::string>> table = {
        {"{.bad", "parse: unclosed action"},
        {"{.items[}", "parse: unterminated array"},
        {"{.items[x]}", "parse: invalid array index x"},
        {"{.items[?(@.a}", "parse: unterminated filter"},
        {"{.items[?(@.a==1)}", "parse: unclosed array expect ]"},
        {"{\"x}", "parse: unterminated quoted string"},
        {"{%}", "parse: unrecognized character in action: U+0025 '%'"},
        {"{.items[7]}", "run: array index out of bounds: index 7, length 2"},
        {"{.kind[0]}", "run: string is not array or slice"},
        {"{nope}", "run: unrecognized identifier nope"},
        {"{end}", "run: not in range, nothing to end"},
    };
    for (const auto& [text, expected] : table) {
        INFO(text);
        CHECK(result(text) == expected);
    }
}
