// Bodies in the API's protobuf form.

#include "engine/rest/protobuf.h"

#include <catch2/catch_test_macros.hpp>

#include "engine/base/json.h"
#include "engine/rest/protobuf_writer.h"

using namespace kubetab;
using base::Json;

namespace {

std::string varint(std::uint64_t value) {
    std::string bytes;
    for (; value >= 0x80; value >>= 7) bytes += static_cast<char>(0x80 | (value & 0x7f));
    return bytes + static_cast<char>(value);
}

std::string text(std::uint32_t number, const std::string& value) {
    return varint(number << 3 | 2) + varint(value.size()) + value;
}

std::string number(std::uint32_t field, std::int64_t value) {
    return varint(field << 3) + varint(static_cast<std::uint64_t>(value));
}

std::string body(const std::string& api_version, const std::string& kind, const std::string& object) {
    return std::string("k8s\0", 4) + text(1, text(1, api_version) + text(2, kind)) + text(2, object) +
           text(3, "") + text(4, "");
}

Json decoded(const std::string& bytes) {
    const base::Result<std::string> json = rest::protobuf_to_json(bytes);
    REQUIRE(json.ok());
    const base::Result<Json> document = base::parse_json(*json);
    REQUIRE(document.ok());
    return *document;
}

bool refused(const std::string& bytes) {
    const base::Result<std::string> json = rest::protobuf_to_json(bytes);
    return !json.ok() && json.error().code == 400;
}

std::string entry(const std::string& key, const std::string& value) {
    return text(1, key) + text(2, value);
}

}  // namespace

TEST_CASE("An object has the fields of its message, by name") {
    const std::string metadata = text(1, "web") + text(11, entry("app", "web")) + text(8, "");
    const std::string spec = number(1, 3) + number(5, -1);
    CHECK(decoded(body("apps/v1", "Deployment", text(1, metadata) + text(2, spec))) ==
          Json::parse(R"({"apiVersion":"apps/v1","kind":"Deployment",
              "metadata":{"name":"web","labels":{"app":"web"},"creationTimestamp":null},
              "spec":{"replicas":3,"minReadySeconds":-1}})"));
}

TEST_CASE("Bytes become base64 and maps keep their keys") {
    const std::string object = text(1, text(1, "s")) + text(2, entry("k", "\xff")) + text(4, entry("a", "b"));
    CHECK(decoded(body("v1", "Secret", object)) ==
          Json::parse(R"({"apiVersion":"v1","kind":"Secret","metadata":{"name":"s"},
              "data":{"k":"/w=="},"stringData":{"a":"b"}})"));
}

TEST_CASE("Quantities, ports by name or number, times and inlined parts are as in JSON") {
    const std::string limits = text(1, entry("cpu", text(1, "500m")));
    const std::string probe = text(1, text(2, text(2, number(1, 1) + text(3, "http")))) + number(4, 5);
    const std::string container = text(1, "c") + text(8, limits) + text(10, probe);
    const std::string volume = text(1, "v") + text(2, text(2, ""));
    const std::string spec = text(1, volume) + text(2, container);
    const std::string metadata = text(8, number(1, 1'767'600'000));
    CHECK(decoded(body("v1", "Pod", text(1, metadata) + text(2, spec))) ==
          Json::parse(
              R"({"apiVersion":"v1","kind":"Pod","metadata":{"creationTimestamp":"2026-01-05T08:00:00Z"},
              "spec":{"volumes":[{"name":"v","emptyDir":{}}],"containers":[{"name":"c",
              "resources":{"limits":{"cpu":"500m"}},
              "livenessProbe":{"httpGet":{"port":"http"},"periodSeconds":5}}]}})"));
}

TEST_CASE("Unknown fields and kinds are left out") {
    CHECK(decoded(body("v1", "ConfigMap", text(99, "x") + number(98, 1))) ==
          Json::parse(R"({"apiVersion":"v1","kind":"ConfigMap"})"));
    CHECK(decoded(body("example.com/v1", "Thing", text(1, "x"))) ==
          Json::parse(R"({"apiVersion":"example.com/v1","kind":"Thing"})"));
}

TEST_CASE("A body that is broken off anywhere inside its object is refused") {
    const std::string whole = std::string("k8s\0", 4) + text(1, text(1, "v1") + text(2, "ConfigMap")) +
                              text(2, text(1, text(1, "name")) + text(2, entry("k", "v")));
    CHECK_FALSE(refused(whole));
    for (std::size_t length = 0; length < 4; ++length) CHECK(refused(whole.substr(0, length)));
    const std::size_t object_begins =
        whole.size() - text(1, text(1, "name")).size() - text(2, entry("k", "v")).size();
    for (std::size_t length = object_begins; length < whole.size(); ++length)
        CHECK(refused(whole.substr(0, length)));
}

TEST_CASE("Malformed numbers, lengths and wire types are refused") {
    const auto config_map = [](const std::string& object) { return body("v1", "ConfigMap", object); };
    CHECK(refused(config_map(std::string(11, '\xff'))));
    CHECK(refused(config_map(varint(1 << 3 | 2) + varint(1'000'000))));
    CHECK(refused(config_map(varint(1 << 3 | 3))));
    CHECK(refused("{}"));
}

TEST_CASE("What is written is read as the same object") {
    for (const char* text : {
             R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a",
                 "creationTimestamp":"2025-01-15T08:00:00Z","labels":{"app":"x"},"managedFields":[{"manager":"m","fieldsV1":{"f:data":{"f:k":{}}}}]},
                 "data":{"k":"v","empty":""},"binaryData":{"b":"AAH/"}})",
             R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{
                 "volumes":[{"name":"v","emptyDir":{}}],"priority":-5,"containers":[{"name":"c","resources":{"limits":{"cpu":"500m"}},
                 "env":[{"name":"E","valueFrom":{"configMapKeyRef":{"name":"m","key":"k","optional":true}}}],
                 "livenessProbe":{"httpGet":{"port":"http"},"periodSeconds":5},
                 "readinessProbe":{"tcpSocket":{"port":80}}}],"hostNetwork":false}})",
             R"({"apiVersion":"apps/v1","kind":"Deployment","spec":{"replicas":0,"strategy":{"rollingUpdate":
                 {"maxSurge":"25%","maxUnavailable":1}}}})",
             R"({"apiVersion":"coordination.k8s.io/v1","kind":"Lease",
                 "spec":{"renewTime":"2025-01-15T08:00:00.250000Z"}})",
             R"({"apiVersion":"v1","kind":"Status","status":"Failure",
                 "message":"no","reason":"NotFound","code":404,
                 "metadata":{},"details":{"name":"x","causes":[{"reason":"r","field":"f"}],
                 "retryAfterSeconds":1}})",
             R"({"apiVersion":"meta.k8s.io/v1","kind":"PartialObjectMetadata","metadata":{"name":"a"}})",
         }) {
        const Json object = Json::parse(text);
        const std::optional<std::string> written = rest::json_to_protobuf(text);
        REQUIRE(written);
        CHECK(decoded(*written) == object);
    }
}

TEST_CASE("A list is its metadata and its items") {
    const std::string one = text(1, text(1, "a"));
    const std::string list =
        text(1, text(2, "7") + text(3, "next") + number(4, 3)) + text(2, one) + text(2, one);
    const std::optional<std::string> written = rest::json_to_protobuf(
        R"({"apiVersion":"v1","kind":"ConfigMapList","metadata":{"resourceVersion":"7","continue":"next",
            "remainingItemCount":3},"items":[{"metadata":{"name":"a"}},{"metadata":{"name":"a"}}]})");
    CHECK(written == body("v1", "ConfigMapList", list));
}

TEST_CASE("What the table does not know has no protobuf form") {
    CHECK_FALSE(rest::json_to_protobuf(R"({"apiVersion":"example.com/v1","kind":"Thing"})"));
    CHECK_FALSE(rest::json_to_protobuf(R"({"apiVersion":"example.com/v1","kind":"ThingList","items":[]})"));
    CHECK_FALSE(rest::json_to_protobuf("[1]"));
    CHECK_FALSE(rest::json_to_protobuf("{"));
}
