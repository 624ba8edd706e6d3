// Patches: strategic merge, JSON merge and JSON patch.

#include <catch2/catch_test_macros.hpp>

#include "engine/api/object.h"
#include "engine/api/patch/json_patch.h"
#include "engine/api/patch/merge_patch.h"
#include "engine/api/patch/strategic_merge.h"
#include "engine/base/json.h"
#include "engine/base/yaml.h"

using namespace kubetab;
using base::Json;

namespace {

Json yaml(std::string_view text) {
    return base::parse_yaml(text).value();
}

const api::Type& pod_type() {
    return *api::find_kind("", "v1", "Pod")->type;
}
const api::Type& deployment_type() {
    return *api::find_kind("apps", "v1", "Deployment")->type;
}

}  // namespace

TEST_CASE("Containers are merged by name, and what a patch names comes first") {
    const Json before = yaml(
        "spec: {containers: [{name: a, image: x, env: [{name: E, value: '1'}]}, {name: b, image: 'y'}]}");
    const Json patch =
        yaml("spec: {containers: [{name: c, image: z}, {name: a, image: x2, env: [{name: F, value: '2'}]}]}");
    const auto after = api::apply_strategic_merge(before, patch, pod_type());
    REQUIRE(after.ok());
    CHECK(
        (*after)["spec"]["containers"].dump() ==
        R"([{"image":"z","name":"c"},{"env":[{"name":"F","value":"2"},{"name":"E","value":"1"}],"image":"x2","name":"a"},{"image":"y","name":"b"}])");
}

TEST_CASE("Directives delete, replace, order and retain") {
    const Json before = yaml(
        "metadata: {finalizers: [a, b, c]}\n"
        "spec: {strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}},"
        " template: {spec: {containers: [{name: a}, {name: b}, {name: c}], volumes: [{name: v, emptyDir: "
        "{}}]}}}");
    const Json patch = yaml(
        "metadata: {$deleteFromPrimitiveList/finalizers: [b]}\n"
        "spec: {strategy: {$retainKeys: [type], type: Recreate},"
        " template: {spec: {$setElementOrder/containers: [{name: c}, {name: a}], containers: [{name: b, "
        "$patch: delete}],"
        " volumes: [{$patch: replace}, {name: w, hostPath: {path: /x}}]}}}");
    const auto after = api::apply_strategic_merge(before, patch, deployment_type());
    REQUIRE(after.ok());
    CHECK((*after)["metadata"]["finalizers"] == Json::array({"a", "c"}));
    CHECK((*after)["spec"]["strategy"] == yaml("type: Recreate"));
    CHECK((*after)["spec"]["template"]["spec"]["containers"] == yaml("[{name: c}, {name: a}]"));
    CHECK((*after)["spec"]["template"]["spec"]["volumes"] == yaml("[{name: w, hostPath: {path: /x}}]"));
}

TEST_CASE("A null deletes and an unknown directive is refused") {
    const Json before = yaml("metadata: {labels: {a: '1', b: '2'}}");
    CHECK(*api::apply_strategic_merge(before, yaml("metadata: {labels: {a: null}}"), pod_type()) ==
          yaml("metadata: {labels: {b: '2'}}"));
    const auto wrong =
        api::apply_strategic_merge(before, yaml("metadata: {labels: {$patch: fly}}"), pod_type());
    REQUIRE_FALSE(wrong.ok());
    CHECK(wrong.error().message == "unknown patch type: \"fly\" in map: {\"$patch\":\"fly\"}");
    const auto keyless = api::apply_strategic_merge(yaml("spec: {containers: [{name: a}]}"),
                                                    yaml("spec: {containers: [{image: x}]}"), pod_type());
    REQUIRE_FALSE(keyless.ok());
    CHECK(keyless.error().message == "map: {\"image\":\"x\"} does not contain declared merge key: name");
}

TEST_CASE("A three-way patch changes, deletes what was applied and keeps what the server set") {
    const Json original = yaml(
        "spec: {replicas: 3, template: {spec: {containers: [{name: a, image: x}, {name: b, image: y}]}}}");
    const Json modified = yaml("spec: {template: {spec: {containers: [{name: a, image: x2}]}}}");
    const Json live = yaml(
        "spec: {replicas: 3, strategy: {type: RollingUpdate}, template: {spec: {containers:"
        " [{name: a, image: x, imagePullPolicy: Always}, {name: b, image: y}]}}}");
    const auto patch = api::create_three_way_strategic_patch(original, modified, live, deployment_type());
    REQUIRE(patch.ok());
    CHECK(
        patch->dump() ==
        R"({"spec":{"replicas":null,"template":{"spec":{"$setElementOrder/containers":[{"name":"a"}],"containers":[{"image":"x2","name":"a"},{"$patch":"delete","name":"b"}]}}}})");
    const auto after = api::apply_strategic_merge(live, *patch, deployment_type());
    REQUIRE(after.ok());
    CHECK(*after == yaml("spec: {strategy: {type: RollingUpdate}, template: {spec: {containers:"
                         " [{name: a, image: x2, imagePullPolicy: Always}]}}}"));
}

TEST_CASE("Nothing to do is an empty patch") {
    const Json manifest =
        yaml("metadata: {name: a}\nspec: {containers: [{name: a, image: x, ports: [{containerPort: 80}]}]}");
    Json live = manifest;
    live["spec"]["containers"][0]["ports"][0]["protocol"] = "TCP";
    live["status"] = {{"phase", "Running"}};
    CHECK(api::create_three_way_strategic_patch(manifest, manifest, live, pod_type())->dump() == "{}");
    CHECK(api::create_three_way_merge_patch(manifest, manifest, manifest).dump() == "{}");
}

TEST_CASE("Changing the strategy retains only its new keys") {
    const Json live = yaml("spec: {strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}}");
    const Json modified = yaml("spec: {strategy: {type: Recreate}}");
    CHECK(api::create_three_way_strategic_patch(modified, modified, live, deployment_type())->dump() ==
          R"({"spec":{"strategy":{"$retainKeys":["type"],"type":"Recreate"}}})");
}

TEST_CASE("JSON merge patches follow RFC 7386") {
    CHECK(api::apply_merge_patch(yaml("{a: {b: 1, c: 2}, d: [1]}"), yaml("{a: {b: null, x: 3}, d: [2]}")) ==
          yaml("{a: {c: 2, x: 3}, d: [2]}"));
    CHECK(api::create_merge_patch(yaml("{a: {b: 1}, c: 2}"), yaml("{a: {b: 2}}")) ==
          yaml("{a: {b: 2}, c: null}"));
}

TEST_CASE("JSON patches follow RFC 6902, all or nothing") {
    const Json before = yaml("{a: [1, 2], b: {c~d: x, e/f: y}}");
    const auto after = api::apply_json_patch(
        before,
        yaml("[{op: add, path: /a/1, value: 9}, {op: add, path: /a/-, value: 3}, {op: remove, path: /b/c~0d},"
             " {op: move, from: /b/e~1f, path: /g}, {op: test, path: /g, value: y}, {op: copy, from: /a, "
             "path: /h},"
             " {op: replace, path: /a, value: 0}]"));
    REQUIRE(after.ok());
    CHECK(*after == yaml("{a: 0, b: {}, g: y, h: [1, 9, 2, 3]}"));
    for (const char* wrong :
         {"[{op: remove, path: /nope}]", "[{op: test, path: /a, value: 1}]", "[{op: fly, path: /a}]",
          "[{op: add, path: nope, value: 1}]", "{}", "[{op: add, path: /a/7, value: 1}]"}) {
        INFO(wrong);
        CHECK_FALSE(api::apply_json_patch(before, yaml(wrong)).ok());
    }
}
