// The template language of -o go-template, against what Go's text/template answers.

#include <catch2/catch_test_macros.hpp>

#include "engine/kubectl/printers/go_template.h"
#include "tests/unit/kubectl/world.h"

using namespace kubetab;

namespace {

const char* kObject =
    R"({"metadata":{"name":"web","labels":{"app":"x","tier":"y"}},"spec":{"replicas":3,"big":1500000,)"
    R"("ratio":0.25,"on":true,"off":false,"none":null,"list":["a","b","c"],"items":[{"n":"p"},{"n":"q"}]}})";

std::string shown(const std::string& text, bool allow_missing = true) {
    const auto parsed = kubectl::GoTemplate::parse(text, allow_missing);
    if (!parsed) return "!" + parsed.error().message;
    std::string out;
    const auto done = parsed->execute(*base::parse_json(kObject), out);
    return done.ok() ? out : out + "!" + done.error().message;
}

}  // namespace

TEST_CASE("Values are printed as Go prints them") {
    CHECK(shown("{{.metadata.name}} {{.spec.replicas}}") == "web 3");
    CHECK(shown("{{.spec.big}} {{.spec.ratio}} {{.spec.on}}") == "1.5e+06 0.25 true");
    CHECK(shown("{{.metadata.labels}} {{.spec.list}}") == "map[app:x tier:y] [a b c]");
    CHECK(shown("{{.nope}} {{.nope.deeper}} {{.spec.none}}") == "<no value> <no value> <no value>");
    CHECK(shown("{{\"a\\tb\"}}{{`c\\d`}}{{'A'}}{{3}}") == "a\tbc\\d653");
    CHECK(shown("a {{- /* nothing */ -}} b {{- \" c\" -}} \n d") == "ab cd");
}

TEST_CASE("Blocks are chosen and repeated") {
    CHECK(shown("{{range .spec.list}}{{.}},{{end}}") == "a,b,c,");
    CHECK(shown("{{range $i, $x := .spec.list}}{{$i}}={{$x}} {{end}}") == "0=a 1=b 2=c ");
    CHECK(shown("{{range $k, $v := .metadata.labels}}{{$k}}:{{$v}};{{end}}") == "app:x;tier:y;");
    CHECK(shown("{{range .spec.items}}{{.n}}{{$.metadata.name}} {{end}}") == "pweb qweb ");
    CHECK(shown("{{range .spec.nope}}x{{else}}empty{{end}}") == "empty");
    CHECK(shown("{{range .spec.list}}{{if eq . \"b\"}}{{continue}}{{end}}{{.}}{{end}}") == "ac");
    CHECK(shown("{{range .spec.list}}{{if eq . \"b\"}}{{break}}{{end}}{{.}}{{end}}") == "a");
    CHECK(shown("{{if .spec.off}}1{{else if .spec.on}}2{{else}}3{{end}}") == "2");
    CHECK(shown("{{with .metadata}}{{.name}}{{end}}{{with .nope}}x{{else}}y{{end}}") == "weby");
    CHECK(shown("{{$x := 1}}{{if true}}{{$x = 2}}{{end}}{{$x}}") == "2");
    CHECK(shown("{{define \"t\"}}<{{.}}>{{end}}{{template \"t\" .metadata.name}}") == "<web>");
}

TEST_CASE("Functions of templates compute") {
    CHECK(shown("{{len .spec.list}} {{index .spec.list 1}} {{index .metadata.labels \"app\"}}") == "3 b x");
    CHECK(shown("{{slice .spec.list 1}} {{slice .metadata.name 0 2}}") == "[b c] we");
    CHECK(shown("{{printf \"%-5s|%5s|%q\" .metadata.name \"a\" \"b\"}}") == "web  |    a|\"b\"");
    CHECK(shown("{{printf \"%v %.1f %d %d\" .spec.replicas .spec.ratio 7 .spec.replicas}}") ==
          "3 0.2 7 %!d(float64=3)");
    CHECK(shown("{{print 1 2 \"x\" 3}} {{println \"y\"}}") == "1 2x3 y\n");
    CHECK(shown("{{and .spec.on .metadata.name}} {{or .spec.off \"z\"}} {{not .spec.on}}") == "web z false");
    CHECK(shown("{{.metadata.name | printf \"%s-%s\" \"a\"}} {{(index .spec.items 0).n}}") == "a-web p");
    CHECK(
        shown("{{\"aGVsbG8=\" | base64decode}} {{exists . \"spec\" \"list\"}} {{exists . \"spec\" \"x\"}}") ==
        "hello true false");
    CHECK(shown("{{lt 1 2}} {{ge \"a\" \"b\"}} {{ne .metadata.name \"x\"}}") == "true false true");
}

TEST_CASE("Mistakes in templates are told in Go's words") {
    CHECK(shown("{{.metadata.name") == "!template: output:1: unclosed action");
    CHECK(shown("a\n{{nope .}}") == "!template: output:2: function \"nope\" not defined");
    CHECK(shown("{{if .x}}") == "!template: output:1: unexpected EOF");
    CHECK(shown("{{end}}") == "!template: output:1: unexpected {{end}}");
    CHECK(shown("{{}}") == "!template: output:1: missing value for command");
    CHECK(shown("{{$x}}") == "!template: output:1: undefined variable \"$x\"");
    CHECK(shown("ok {{.metadata.name.x}}") ==
          "ok !template: output:1:14: executing \"output\" at "
          "<.metadata.name.x>: can't evaluate field x in type interface {}");
    CHECK(shown("{{.nope}}", false) ==
          "!template: output:1:2: executing \"output\" at <.nope>: map has no entry for key \"nope\"");
    CHECK(shown("{{index .spec.list 5}}") ==
          "!template: output:1:2: executing \"output\" at <index .spec.list "
          "5>: error calling index: index out of range: 5");
    CHECK(shown("{{eq .spec.replicas 3}}").find("error calling eq: incompatible types for comparison") !=
          std::string::npos);
}

TEST_CASE("kubectl prints by templates") {
    KubectlWorld world;
    world.run("kubectl create cm one --from-literal=a=b; kubectl create cm two");
    CHECK(world.out("kubectl get cm one -o go-template='{{.data.a}}'") == "b");
    CHECK(world.out("kubectl get cm -o go-template='{{range .items}}{{.metadata.name}}{{\"\\n\"}}{{end}}'") ==
          "one\ntwo\n");
    world.file("names.tmpl", "{{.kind}}/{{.metadata.name}}\n");
    CHECK(world.out("kubectl get cm two -o go-template-file=names.tmpl") == "ConfigMap/two\n");
    CHECK(world.out("kubectl get cm two --template='{{.kind}}'") == "ConfigMap");
    const auto bad = world.run("kubectl get cm two -o go-template='{{.kind'");
    CHECK(bad.errors == "error: error parsing template {{.kind, template: output:1: unclosed action\n");
    CHECK(bad.code == 1);
    const auto late = world.run("kubectl get cm two -o go-template='{{.kind.x}}'");
    CHECK(
        late.output.find("Error executing template: template: output:1:7: executing \"output\" at <.kind.x>: "
                         "can't evaluate field x in type interface {}. Printing more information") == 0);
    CHECK(late.code == 1);
}
