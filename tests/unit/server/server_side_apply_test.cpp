// Server-side apply: who owns what after which writes.

#include "tests/unit/server/managed_world.h"

using namespace kubetab;
using base::Json;
using test::ManagedWorld;
using test::owners_of;

namespace {

using Owners = std::map<std::string, std::string>;

struct Step {
    std::string manager{};
    std::string body{};   // without apiVersion, kind and name
    std::string how{};    // apply, force, merge
    std::string error{};  // of a refused one
};

struct Case {
    std::string name{};
    std::string path{};  // below /apis or /api
    std::string kind{};
    std::vector<Step> steps{};
    std::string part{};  // "spec" or "data" or "metadata.finalizers"
    std::string value{};
    Owners owners{};
};

const std::string kMap = "/api/v1/namespaces/default/configmaps/x";
const std::string kService = "/api/v1/namespaces/default/services/x";
const std::string kPod = "/api/v1/namespaces/default/pods/x";
const std::string kDeployment = "/apis/apps/v1/namespaces/default/deployments/x";

Json document(const Case& test, const std::string& body) {
    Json result = base::parse_json(body).value();
    result["apiVersion"] = test.path.starts_with("/apis/apps") ? "apps/v1" : "v1";
    result["kind"] = test.kind;
    result["metadata"]["name"] = "x";
    result["metadata"]["namespace"] = "default";
    return result;
}

void take(ManagedWorld& world, const Case& test, const Step& step) {
    const Json answer =
        step.how == "merge"
            ? world.merge(test.path, step.manager, base::parse_json(step.body).value())
            : world.apply(test.path, step.manager, document(test, step.body), step.how == "force");
    INFO(step.manager << " " << step.how << " " << step.body << ": " << answer.dump());
    if (step.error.empty()) CHECK(world.code < 300);
    else CHECK(base::text_at(answer, {"message"}) == step.error);
}

const Json& part_of(const Json& object, const std::string& part) {
    static const Json nothing;
    const std::size_t dot = part.find('.');
    const Json* found = dot == std::string::npos
                            ? base::find(object, part)
                            : base::find(object, {part.substr(0, dot), part.substr(dot + 1)});
    return found != nullptr ? *found : nothing;
}

const std::string kWeb = R"({"spec":{"selector":{"matchLabels":{"app":"w"}},"template":{
    "metadata":{"labels":{"app":"w"}},"spec":{"containers":[{"name":"c","image":"nginx:1.25"}]}}}})";

// Maps, whose entries are many.
std::vector<Case> map_cases() {
    return {
        {"an applied map is owned by what is named",
         kMap,
         "ConfigMap",
         {{"m1", R"({"data":{"a":"1"}})", "apply", ""}},
         "data",
         R"({"a":"1"})",
         {{"m1 Apply", R"({"f:data":{"f:a":{}}})"}}},
        {"two appliers of one value share it",
         kMap,
         "ConfigMap",
         {{"m1", R"({"data":{"a":"1"}})", "apply", ""}, {"m2", R"({"data":{"a":"1"}})", "apply", ""}},
         "data",
         R"({"a":"1"})",
         {{"m1 Apply", R"({"f:data":{"f:a":{}}})"}, {"m2 Apply", R"({"f:data":{"f:a":{}}})"}}},
        {"who gives up a shared field leaves it to the other",
         kMap,
         "ConfigMap",
         {{"m1", R"({"data":{"a":"1","b":"1"}})", "apply", ""},
          {"m2", R"({"data":{"a":"1"}})", "apply", ""},
          {"m1", R"({"data":{"b":"1"}})", "apply", ""}},
         "data",
         R"({"a":"1","b":"1"})",
         {{"m1 Apply", R"({"f:data":{"f:b":{}}})"}, {"m2 Apply", R"({"f:data":{"f:a":{}}})"}}},
        {"the last owner that gives up a field removes it",
         kMap,
         "ConfigMap",
         {{"m1", R"({"data":{"a":"1","b":"1"}})", "apply", ""}, {"m1", R"({"data":{"b":"1"}})", "apply", ""}},
         "data",
         R"({"b":"1"})",
         {{"m1 Apply", R"({"f:data":{"f:b":{}}})"}}},
        {"another value is a conflict, and nothing changes",
         kMap,
         "ConfigMap",
         {{"m1", R"({"data":{"a":"1"}})", "apply", ""},
          {"m2", R"({"data":{"a":"2"}})", "apply",
           "Apply failed with 1 conflict: conflict with \"m1\": .data.a"}},
         "data",
         R"({"a":"1"})",
         {{"m1 Apply", R"({"f:data":{"f:a":{}}})"}}},
        {"several conflicts are listed by manager",
         kMap,
         "ConfigMap",
         {{"m2", R"({"data":{"a":"1","b":"1"}})", "apply", ""},
          {"m1", R"({"data":{"c":"1"}})", "apply", ""},
          {"m3", R"({"data":{"a":"2","b":"2","c":"2"}})", "apply",
           "Apply failed with 3 conflicts: conflicts with \"m1\":\n- .data.c\n"
           "conflicts with \"m2\":\n- .data.a\n- .data.b"}},
         "data",
         R"({"a":"1","b":"1","c":"1"})",
         {{"m1 Apply", R"({"f:data":{"f:c":{}}})"}, {"m2 Apply", R"({"f:data":{"f:a":{},"f:b":{}}})"}}},
        {"force takes the field from the other",
         kMap,
         "ConfigMap",
         {{"m1", R"({"data":{"a":"1","b":"1"}})", "apply", ""}, {"m2", R"({"data":{"a":"2"}})", "force", ""}},
         "data",
         R"({"a":"2","b":"1"})",
         {{"m1 Apply", R"({"f:data":{"f:b":{}}})"}, {"m2 Apply", R"({"f:data":{"f:a":{}}})"}}},
    };
}

std::vector<Case> update_cases() {
    return {
        {"an update takes what it changes and what it adds",
         kMap,
         "ConfigMap",
         {{"m1", R"({"data":{"a":"1","b":"1"}})", "apply", ""},
          {"e", R"({"data":{"a":"2","c":"1"}})", "merge", ""}},
         "data",
         R"({"a":"2","b":"1","c":"1"})",
         {{"m1 Apply", R"({"f:data":{"f:b":{}}})"}, {"e Update", R"({"f:data":{"f:a":{},"f:c":{}}})"}}},
        {"an update conflicts with its version",
         kMap,
         "ConfigMap",
         {{"m1", R"({"data":{"a":"1"}})", "apply", ""},
          {"e", R"({"data":{"a":"2"}})", "merge", ""},
          {"m1", R"({"data":{"a":"1"}})", "apply",
           "Apply failed with 1 conflict: conflict with \"e\" using v1: .data.a"}},
         "data",
         R"({"a":"2"})",
         {{"e Update", R"({"f:data":{"f:a":{}}})"}}},
        {"what an update removes belongs to nobody",
         kMap,
         "ConfigMap",
         {{"m1", R"({"data":{"a":"1","b":"1"}})", "apply", ""}, {"e", R"({"data":{"a":null}})", "merge", ""}},
         "data",
         R"({"b":"1"})",
         {{"m1 Apply", R"({"f:data":{"f:b":{}}})"}}},
        {"an applier of the name of an updater is another owner",
         kMap,
         "ConfigMap",
         {{"m", R"({"data":{"a":"1"}})", "apply", ""}, {"m", R"({"data":{"b":"1"}})", "merge", ""}},
         "data",
         R"({"a":"1","b":"1"})",
         {{"m Apply", R"({"f:data":{"f:a":{}}})"}, {"m Update", R"({"f:data":{"f:b":{}}})"}}},
    };
}

// Lists and maps that are one thing, sets, and lists of elements with keys.
std::vector<Case> list_cases() {
    return {
        {"finalizers are a set to which each applier adds",
         kMap,
         "ConfigMap",
         {{"m1", R"({"metadata":{"finalizers":["x/a"]}})", "apply", ""},
          {"m2", R"({"metadata":{"finalizers":["x/b"]}})", "apply", ""}},
         "metadata.finalizers",
         R"(["x/a","x/b"])",
         {{"m1 Apply", R"({"f:metadata":{"f:finalizers":{"v:\"x/a\"":{}}}})"},
          {"m2 Apply", R"({"f:metadata":{"f:finalizers":{"v:\"x/b\"":{}}}})"}}},
        {"who gives up its finalizer removes that one only",
         kMap,
         "ConfigMap",
         {{"m1", R"({"metadata":{"finalizers":["x/a"]}})", "apply", ""},
          {"m2", R"({"metadata":{"finalizers":["x/b"]},"data":{"k":"v"}})", "apply", ""},
          {"m2", R"({"data":{"k":"v"}})", "apply", ""}},
         "metadata.finalizers",
         R"(["x/a"])",
         {{"m1 Apply", R"({"f:metadata":{"f:finalizers":{"v:\"x/a\"":{}}}})"},
          {"m2 Apply", R"({"f:data":{"f:k":{}}})"}}},
        {"a selector is one thing: another one is a conflict as a whole",
         kService,
         "Service",
         {{"m1", R"({"spec":{"selector":{"a":"1"},"ports":[{"port":80}]}})", "apply", ""},
          {"m2", R"({"spec":{"selector":{"b":"1"}}})", "apply",
           "Apply failed with 1 conflict: conflict with \"m1\": .spec.selector"}},
         "spec.selector",
         R"({"a":"1"})",
         {{"m1 Apply",
           R"({"f:spec":{"f:ports":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:port":{}}},"f:selector":{}}})"}}},
        {"ports have their protocol as a key, TCP when it is left out",
         kService,
         "Service",
         {{"m1", R"({"spec":{"ports":[{"name":"t","port":53}]}})", "apply", ""},
          {"m2", R"({"spec":{"ports":[{"name":"u","port":53,"protocol":"UDP"}]}})", "apply", ""},
          {"m2", R"({"spec":{"ports":[{"name":"z","port":53,"protocol":"TCP"}]}})", "apply",
           "Apply failed with 1 conflict: conflict with \"m1\": "
           ".spec.ports[port=53,protocol=\"TCP\"].name"}},
         "",
         "",
         {{"m1 Apply",
           R"({"f:spec":{"f:ports":{"k:{\"port\":53,\"protocol\":\"TCP\"}":{".":{},"f:name":{},"f:port":{}}}}})"},
          {"m2 Apply",
           R"({"f:spec":{"f:ports":{"k:{\"port\":53,\"protocol\":\"UDP\"}":{".":{},"f:name":{},"f:port":{},"f:protocol":{}}}}})"}}},
    };
}

std::vector<Case> pod_cases() {
    return {
        {"a container that its only applier no longer names is gone",
         kDeployment,
         "Deployment",
         {{"m1", kWeb, "apply", ""},
          {"m2", R"({"spec":{"template":{"spec":{"containers":[{"name":"side","image":"busybox:1.36"}]}}}})",
           "apply", ""},
          {"m2", R"({"spec":{"minReadySeconds":1}})", "apply", ""}},
         "",
         "",
         {{"m1 Apply",
           R"({"f:spec":{"f:selector":{},"f:template":{"f:metadata":{"f:labels":{"f:app":{}}},"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:image":{},"f:name":{}}}}}}})"},
          {"m2 Apply", R"({"f:spec":{"f:minReadySeconds":{}}})"}}},
        {"arguments are one thing",
         kPod,
         "Pod",
         {{"m1", R"({"spec":{"containers":[{"name":"c","image":"busybox:1.36","args":["a","b"]}]}})", "apply",
           ""},
          {"m2", R"({"spec":{"containers":[{"name":"c","args":["a"]}]}})", "apply",
           "Apply failed with 1 conflict: conflict with \"m1\": .spec.containers[name=\"c\"].args"}},
         "",
         "",
         {{"m1 Apply",
           R"({"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:args":{},"f:image":{},"f:name":{}}}}})"}}},
        {"an empty object is a field, too",
         kPod,
         "Pod",
         {{"m1",
           R"({"spec":{"containers":[{"name":"c","image":"busybox:1.36"}],"volumes":[{"name":"v","emptyDir":{}}]}})",
           "apply", ""}},
         "",
         "",
         {{"m1 Apply",
           R"({"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:image":{},"f:name":{}}},"f:volumes":{"k:{\"name\":\"v\"}":{".":{},"f:emptyDir":{},"f:name":{}}}}})"}}},
        {"status is not applied through the object",
         kPod,
         "Pod",
         {{"m1",
           R"({"spec":{"containers":[{"name":"c","image":"busybox:1.36"}]},"status":{"phase":"Failed"}})",
           "apply", ""}},
         "status.phase",
         R"("Pending")",
         {{"m1 Apply",
           R"({"f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:image":{},"f:name":{}}}}})"}}},
    };
}

void check(const std::vector<Case>& cases) {
    for (const Case& test : cases) {
        ManagedWorld world;
        INFO(test.name);
        for (const Step& step : test.steps) take(world, test, step);
        const Json object = world.get(test.path);
        CHECK(owners_of(object) == test.owners);
        if (!test.part.empty()) CHECK(part_of(object, test.part).dump() == test.value);
    }
}

}  // namespace

// shows: server.managed-fields
TEST_CASE("Each write leaves the owners that the real server would have") {
    check(map_cases());
    check(update_cases());
    check(list_cases());
    check(pod_cases());
}

TEST_CASE("A document that does not fit the schema is refused with every place") {
    struct Row {
        std::string body{};
        std::string problem{};
    };
    const std::vector<Row> rows = {
        {R"({"spec":{"container":[]}})", ".spec.container: field not declared in schema"},
        {R"({"spec":{"containers":[{"name":"c","imagee":"x"}],"foo":1}})",
         "errors:\n  .spec.containers[name=\"c\"].imagee: field not declared in schema\n"
         "  .spec.foo: field not declared in schema"},
        {R"({"spec":{"containers":[{"name":"c"},{"name":"c"}]}})",
         ".spec.containers: duplicate entries for key [name=\"c\"]"},
        {R"({"spec":{"containers":[{"image":"x"}]}})",
         ".spec.containers: element 0: associative list with keys has an element that omits key field "
         "\"name\" (and doesn't have default value)"},
        {R"({"spec":{"containers":{"a":1}}})", ".spec.containers: expected list, got &{map[a:1]}"},
        {R"({"spec":{"hostNetwork":"yes"}})", ".spec.hostNetwork: expected boolean, got &{yes}"},
        {R"({"spec":{"containers":[{"name":"c","env":[{"name":"A","value":1}]}]}})",
         ".spec.containers[name=\"c\"].env[name=\"A\"].value: expected string, got "
         "&value.valueUnstructured{Value:1}"},
        {R"({"spec":{"containers":[{"name":"c","ports":[{"containerPort":"80"}]}]}})",
         ".spec.containers[name=\"c\"].ports[containerPort=\"80\",protocol=\"TCP\"].containerPort: expected "
         "numeric (int or float), got string"},
        {R"({"spec":[]})", ".spec: expected map, got &{[]}"},
        {R"({"metadata":{"finalizers":[null]}})",
         ".metadata.finalizers: element 0: associative list without keys has an element that's an explicit "
         "null"},
    };
    ManagedWorld world;
    const Case pod{"", kPod, "Pod"};
    for (const Row& row : rows) {
        const Json answer = world.apply(kPod, "m", document(pod, row.body));
        CHECK(world.code == 500);
        CHECK(base::text_at(answer, {"message"}) ==
              "failed to create typed patch object (default/x; /v1, Kind=Pod): " + row.problem);
    }
    CHECK(world.server.store().all(api::kind_of<api::Pod>()).empty());
}

TEST_CASE("An apply needs a manager, another patch takes no force") {
    ManagedWorld world;
    const Case map{"", kMap, "ConfigMap"};
    const Json no_manager = world.apply(kMap, "", document(map, "{}"));
    CHECK(world.code == 422);
    CHECK(base::text_at(no_manager, {"message"}) ==
          "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply "
          "patch");
    const Json forced = world.ask("PATCH", kMap, "{}", "application/merge-patch+json", {{"force", "true"}});
    CHECK(base::text_at(forced, {"message"}) ==
          "PatchOptions.meta.k8s.io \"\" is invalid: force: Forbidden: may not be specified for non-apply "
          "patch");
}

TEST_CASE("Applying the same again stores nothing") {
    ManagedWorld world;
    const Case map{"", kMap, "ConfigMap"};
    const Json first = world.apply(kMap, "m", document(map, R"({"data":{"a":"1"}})"));
    CHECK(world.code == 201);
    const std::int64_t revision = world.server.store().revision();
    const Json second = world.apply(kMap, "m", document(map, R"({"data":{"a":"1"}})"));
    CHECK(world.code == 200);
    CHECK(first == second);
    CHECK(world.server.store().revision() == revision);
}

TEST_CASE("A dry run answers with the managers and stores nothing") {
    ManagedWorld world;
    const Case map{"", kMap, "ConfigMap"};
    const Json made = world.ask("PATCH", kMap, document(map, R"({"data":{"a":"1"}})").dump(),
                                "application/apply-patch+yaml", {{"fieldManager", "m"}, {"dryRun", "All"}});
    CHECK(world.code == 201);
    CHECK(owners_of(made) == Owners{{"m Apply", R"({"f:data":{"f:a":{}}})"}});
    world.get(kMap);
    CHECK(world.code == 404);
}

TEST_CASE("Scaling takes the replicas from who applied them") {
    ManagedWorld world;
    const Case web{"", kDeployment, "Deployment"};
    Json body = document(web, kWeb);
    body["spec"]["replicas"] = 2;
    world.apply(kDeployment, "m", body);
    world.merge(kDeployment + "/scale", "kubectl", base::parse_json(R"({"spec":{"replicas":5}})").value());
    const Owners owners = owners_of(world.get(kDeployment));
    CHECK(owners.at("kubectl Update scale") == R"({"f:spec":{"f:replicas":{}}})");
    CHECK(owners.at("m Apply").find("f:replicas") == std::string::npos);
    const Json refused = world.apply(kDeployment, "m", body);
    CHECK(base::text_at(refused, {"message"}) ==
          "Apply failed with 1 conflict: conflict with \"kubectl\" with subresource \"scale\" using apps/v1: "
          ".spec.replicas");
    body["spec"].erase("replicas");
    world.apply(kDeployment, "m", body);
    CHECK(world.code == 200);
    CHECK(base::int_at(world.get(kDeployment), {"spec", "replicas"}) == 5);
}

TEST_CASE("Status is applied through its subresource, which leaves the spec alone") {
    ManagedWorld world;
    const Case pod{"", kPod, "Pod"};
    const Json body = document(pod, R"({"spec":{"containers":[{"name":"c","image":"busybox:1.36"}]}})");
    world.apply(kPod, "m", body);
    Json status = document(pod, R"({"status":{"message":"hello"},"spec":{"nodeName":"n"}})");
    world.apply(kPod + "/status", "s", status);
    CHECK(world.code == 200);
    const Json object = world.get(kPod);
    CHECK(base::text_at(object, {"status", "message"}) == "hello");
    CHECK(base::text_at(object, {"spec", "nodeName"}).empty());
    CHECK(owners_of(object).at("s Apply status") == R"({"f:status":{"f:message":{}}})");
}

TEST_CASE("What was there before the first apply belongs to one who is named so") {
    ManagedWorld world;
    const Case map{"", kMap, "ConfigMap"};
    world.make("namespaces/default/configmaps", R"({"metadata":{"name":"x"},"data":{"a":"1"}})");
    CHECK(owners_of(world.get(kMap)) == Owners{{"kubectl Update", R"({"f:data":{".":{},"f:a":{}}})"}});
    world.merge(kMap, "e", base::parse_json(R"({"metadata":{"managedFields":[{}]}})").value());
    CHECK(owners_of(world.get(kMap)).empty());
    world.merge(kMap, "e", base::parse_json(R"({"data":{"b":"1"}})").value());
    CHECK(owners_of(world.get(kMap)).empty());
    world.apply(kMap, "m", document(map, R"({"data":{"a":"1"}})"));
    CHECK(owners_of(world.get(kMap)) ==
          Owners{{"before-first-apply Update", R"({"f:data":{".":{},"f:a":{},"f:b":{}}})"},
                 {"m Apply", R"({"f:data":{"f:a":{}}})"}});
}

TEST_CASE("kubectl may take what its own client-side apply has set, and nobody else's") {
    ManagedWorld world;
    const Case map{"", kMap, "ConfigMap"};
    const std::string last =
        R"({"apiVersion":"v1","data":{"a":"1"},"kind":"ConfigMap","metadata":{"name":"x"}})";
    Json object = document(map, R"({"data":{"a":"1"}})");
    object["metadata"]["annotations"]["kubectl.kubernetes.io/last-applied-configuration"] = last;
    world.ask("POST", "/api/v1/namespaces/default/configmaps", object.dump(), "application/json",
              {{"fieldManager", "kubectl-client-side-apply"}});
    world.merge(kMap, "e", base::parse_json(R"({"data":{"b":"1"}})").value());
    const Json wanted = document(map, R"({"data":{"a":"2"}})");
    const Json other = world.apply(kMap, "m", wanted);
    CHECK(base::text_at(other, {"message"}) ==
          "Apply failed with 1 conflict: conflict with \"kubectl-client-side-apply\" using v1: .data.a");
    const Json both = world.apply(kMap, "kubectl", document(map, R"({"data":{"a":"2","b":"2"}})"));
    CHECK(base::text_at(both, {"message"}) ==
          "Apply failed with 1 conflict: conflict with \"e\" using v1: .data.b");
    const Json taken = world.apply(kMap, "kubectl", wanted);
    CHECK(world.code == 200);
    const std::string annotation =
        base::text_at(taken, {"metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"});
    CHECK(annotation == wanted.dump() + "\n");
}

// shows: server.managed-fields
TEST_CASE("More than ten updaters become one of old") {
    ManagedWorld world;
    world.make("namespaces/default/configmaps", R"({"metadata":{"name":"x"},"data":{"k":"v"}})");
    for (int i = 0; i < 11; ++i) {
        const std::string number = std::to_string(10 + i);
        world.merge(kMap, "m" + number, Json({{"data", {{"k" + number, "1"}}}}));
    }
    const Owners owners = owners_of(world.get(kMap));
    CHECK(owners.size() == 10);
    CHECK(owners.at("ancient-changes Update") == R"({"f:data":{".":{},"f:k":{},"f:k10":{},"f:k11":{}}})");
}
