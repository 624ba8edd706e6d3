#include "engine/api/selectors.h"

#include "tests/unit/api/documents.h"

namespace kubetab::api {
namespace {

std::string error_of(std::string_view text) {
    const auto parsed = Selector::parse(text);
    return parsed.ok() ? "" : parsed.error().message;
}

}  // namespace

TEST_CASE("a label selector is read and written back, ordered by key") {
    const auto text = [](std::string_view source) { return Selector::parse(source).value().text(); };
    CHECK(text("tier in (b, a),app=web") == "app=web,tier in (a,b)");
    CHECK(text("!canary, x!=1, y notin (), z") == "!canary,x!=1,y notin (),z");
    CHECK(text("a==b") == "a==b");
    CHECK(text("n>3,m<4") == "m<4,n>3");
    CHECK(text("in=notin") == "in=notin");
    CHECK(text("a=") == "a=");
    CHECK(text("") == "");
}

TEST_CASE("a label selector matches labels") {
    const base::StringMap labels{{"app", "web"}, {"tier", "front"}, {"n", "5"}};
    const auto matches = [&](std::string_view source) {
        return Selector::parse(source).value().matches(labels);
    };
    CHECK(matches(""));
    CHECK(matches("app=web,tier in (front,back)"));
    CHECK(matches("app"));
    CHECK(matches("missing!=x"));
    CHECK(matches("missing notin (x)"));
    CHECK(matches("!missing"));
    CHECK(matches("n>4,n<6"));
    CHECK_FALSE(matches("app=db"));
    CHECK_FALSE(matches("!app"));
    CHECK_FALSE(matches("missing=x"));
    CHECK_FALSE(matches("app>4"));
}

TEST_CASE("a malformed label selector is refused with upstream's text") {
    CHECK(error_of("a b") ==
          "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt");
    CHECK(error_of("a in (b") == "unable to parse requirement: found '', expected: ',' or ')'");
    CHECK(error_of("a in b") == "unable to parse requirement: found 'b' expected: '('");
    CHECK(error_of("=a") == "found '=', expected: !, identifier, or 'end of string'");
    CHECK(error_of("a,") == "found '', expected: identifier after ','");
    CHECK(error_of("a>b") ==
          "unable to parse requirement: values[0]: Invalid value: \"b\": for 'Gt', 'Lt' operators, the value "
          "must be an integer");
    CHECK(error_of("a_=b").starts_with(
        "unable to parse requirement: <nil>: Invalid value: \"a_\": name part must consist"));
    CHECK(error_of("a=b_").starts_with(
        "unable to parse requirement: values[0][a]: Invalid value: \"b_\": a valid label"));
}

TEST_CASE("a selector of an object matches nothing when absent and everything when empty") {
    CHECK_FALSE(Selector::of({}).value().matches({{"a", "b"}}));
    CHECK(Selector::of(LabelSelector{}).value().matches({{"a", "b"}}));
    LabelSelector selector;
    selector.matchLabels["app"] = "web";
    selector.matchExpressions.push_back({"tier", "In", {"b", "a"}});
    CHECK(Selector::of(selector).value().text() == "app=web,tier in (a,b)");
    CHECK(format_label_selector({}) == "<none>");
    selector.matchExpressions.push_back({"tier", "Near", {}});
    CHECK(Selector::of(selector).error().message == "\"Near\" is not a valid label selector operator");
}

TEST_CASE("a field selector is checked against what the kind offers") {
    const auto selector = FieldSelector::parse("status.phase!=Running,spec.nodeName=n1").value();
    CHECK(selector.text() == "status.phase!=Running,spec.nodeName=n1");
    CHECK(selector.check(kind_of<Pod>()).ok());
    const auto pod = read<Pod>(R"({"spec":{"nodeName":"n1"},"status":{"phase":"Pending"}})");
    CHECK(selector.matches(selectable_fields(kind_of<Pod>(), *pod)));
    pod->status.phase = "Running";
    CHECK_FALSE(selector.matches(selectable_fields(kind_of<Pod>(), *pod)));
    CHECK(FieldSelector::parse("foo=bar").value().check(kind_of<Pod>()).error().message ==
          "field label not supported: foo");
    CHECK(FieldSelector::parse("foo").error().message == "invalid selector: 'foo'; can't understand 'foo'");
}

}  // namespace kubetab::api
