#include "engine/api/packing.h"

#include <string>

#include "tests/unit/api/documents.h"

namespace kubetab::api {
namespace {

// What comes back of it, packed again and again: words are spelled out at first and referred to later.
template <class T>
void check_comes_back(const std::string& json) {
    Packing packing(kind_of<T>());
    const auto object = read<T>(json);
    for (int time = 0; time < 4; ++time) {
        const Text packed = packing.pack(*object);
        const std::shared_ptr<Object> back = packing.unpack(packed);
        CHECK(equal(*kind_of<T>().type, object.get(), back.get()));
        CHECK(encode(kind_of<T>(), *back) == encode(kind_of<T>(), *object));
    }
}

std::string event_about(const std::string& pod, const std::string& reason, const std::string& message) {
    return R"({"metadata":{"name":")" + pod + R"(.17f3a2b4c5d6e7f8","namespace":"default",)" +
           R"("uid":"0f8fad5b-d9cb-469f-a165-70867728950e","resourceVersion":"48210",)" +
           R"("creationTimestamp":"2025-01-15T08:00:01Z"},"involvedObject":{"kind":"Pod",)" +
           R"("apiVersion":"v1","name":")" + pod + R"(","namespace":"default","resourceVersion":"48207",)" +
           R"("uid":"a8fad5b1-d9cb-469f-a165-70867728950e","fieldPath":"spec.containers{web}"},)" +
           R"("reason":")" + reason + R"(","message":")" + message + R"(","count":3,"type":"Normal",)" +
           R"("firstTimestamp":"2025-01-15T08:00:01Z","lastTimestamp":"2025-01-15T08:09:01Z",)" +
           R"("source":{"component":"kubelet","host":"node-17"},"reportingComponent":"kubelet",)" +
           R"("reportingInstance":"node-17"})";
}

}  // namespace

TEST_CASE("an event comes back as it was packed") {
    check_comes_back<Event>("{}");
    check_comes_back<Event>(event_about("web-5d4f7b9c6d-abcde", "Started", "Started container web"));
    check_comes_back<Event>(
        event_about("web-5d4f7b9c6d-abcde", "Scheduled",
                    "Successfully assigned default/web-5d4f7b9c6d-abcde to node-17, of 3 in 0.250 s"));
    check_comes_back<Event>(
        event_about("web-0", "Odd", "\\u0001 marks 007 and 12345678901234567890123 times"));
    check_comes_back<Event>(event_about("w", "", ""));
    check_comes_back<Event>(
        R"({"eventTime":"2025-01-15T08:00:00.123456Z","related":{"kind":"Pod"},)"
        R"("series":{"count":-2,"lastObservedTime":"1969-01-15T08:00:00.123456Z"},)"
        R"("metadata":{"resourceVersion":"007","annotations":{"a":"b","default":""},)"
        R"("ownerReferences":[{"name":"a","controller":false},{"name":"b","blockOwnerDeletion":true}],)"
        R"("managedFields":[{"manager":"kubectl","fieldsV1":{"f:a":{}}}],"deletionGracePeriodSeconds":0}})");
}

TEST_CASE("numbers in messages come back with their zeros") {
    for (const char* message : {"pulled in 1.002s (10.250s including waiting). Image size: 71000000 bytes.",
                                "0 of 10 nodes are available: 007 are not, 000 neither, 00 of these 0",
                                "18446744073709551616 is too much for what would be kept of it otherwise"})
        check_comes_back<Event>(event_about("web", "Pulled", message));
}

TEST_CASE("objects of other kinds can be packed too") {
    check_comes_back<Pod>(
        R"({"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"nginx","tty":true,)"
        R"("ports":[{"containerPort":80}],"resources":{"limits":{"cpu":"1500m","memory":"1Gi"}},)"
        R"("readinessProbe":{"httpGet":{"port":"http"}}}],"volumes":[{"name":"v","emptyDir":{}}],)"
        R"("automountServiceAccountToken":false,"terminationGracePeriodSeconds":0}})");
    check_comes_back<Secret>(R"({"data":{"key":"AAEC"},"type":"Opaque"})");
}

TEST_CASE("a packed event takes few bytes once its words are known") {
    Packing packing(kind_of<Event>());
    std::size_t size = 0;
    for (const char* pod : {"web-5d4f7b9c6d-aaaaa", "web-5d4f7b9c6d-bbbbb", "web-5d4f7b9c6d-ccccc"}) {
        const std::string name = pod;
        const auto event = read<Event>(event_about(
            name, "Scheduled", "Successfully assigned default/" + name + " to node-17, which is a good one"));
        size = packing.pack(*event).size();
    }
    CHECK(size < 130);
}

TEST_CASE("what a packing keeps has a limit, and what comes behind it is spelled out") {
    Packing packing(kind_of<Event>());
    Event event;
    for (std::size_t i = 0; i < Packing::kMaxWords + 100; ++i) {
        event.reason = "Reason" + std::to_string(i);
        (void)packing.pack(event);
        const Text packed = packing.pack(event);
        const std::shared_ptr<Object> back = packing.unpack(packed);
        REQUIRE(static_cast<const Event&>(*back).reason == event.reason);
    }
}

}  // namespace kubetab::api
