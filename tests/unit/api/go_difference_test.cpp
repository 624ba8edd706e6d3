// Forbidden changes of pods are told as Go's library tells them; the texts were recorded from the real thing.

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "engine/api/codec.h"
#include "engine/api/kinds.h"
#include "engine/api/validation/go_difference.h"
#include "engine/base/json.h"

using namespace kubetab;

namespace {

// Runs of blanks say nothing but how wide their neighbours are.
std::string squeezed(const std::string& text) {
    std::string result;
    for (const char c : text) {
        if (c != ' ' || result.empty() || result.back() != ' ') result += c;
    }
    return result;
}

api::GoValue spec_of(const char* text) {
    const base::Result<base::Json> json = base::parse_json(text);
    REQUIRE(json.ok());
    api::PodSpec spec;
    api::StrictIssues issues;
    REQUIRE(api::decode(api::type_of<api::PodSpec>(), &spec, *json, issues).ok());
    return api::go_value(api::type_of<api::PodSpec>(), &spec);
}

}  // namespace

TEST_CASE("Equal specs have no difference") {
    const api::GoValue spec = spec_of(R"({"containers":[{"name":"c","image":"i"}]})");
    CHECK(api::go_difference(spec, spec).empty());
}

TEST_CASE("A field that differs stands between two that do not, and the others are counted") {
    const api::GoValue old = spec_of(
        R"({"containers":[{"name":"c"}],"serviceAccountName":"default","nodeName":"a","securityContext":{}})");
    const api::GoValue now = spec_of(
        R"({"containers":[{"name":"c"}],"serviceAccountName":"default","nodeName":"b","securityContext":{}})");
    CHECK(squeezed(api::go_difference(old, now)) ==
          " core.PodSpec{\n"
          " \t... // 9 identical fields\n"
          " \tServiceAccountName: \"default\",\n"
          " \tAutomountServiceAccountToken: nil,\n"
          "- \tNodeName: \"a\",\n"
          "+ \tNodeName: \"b\",\n"
          " \tSecurityContext: &{},\n"
          " \tImagePullSecrets: nil,\n"
          " \t... // 20 identical fields\n"
          " }\n");
}

TEST_CASE("Amounts are printed with what Go keeps of them") {
    const api::GoValue old = spec_of(R"({"containers":[{"name":"c","env":[{"name":"A","value":"1"}]}]})");
    const api::GoValue now = spec_of(
        R"({"containers":[{"name":"c","env":[{"name":"A","value":"1"}],"resources":{"limits":{"cpu":"1"}}}]})");
    CHECK(squeezed(api::go_difference(old, now)) ==
          " core.PodSpec{\n"
          " \tVolumes: nil,\n"
          " \tInitContainers: nil,\n"
          " \tContainers: []core.Container{\n"
          " \t\t{\n"
          " \t\t\t... // 6 identical fields\n"
          " \t\t\tEnvFrom: nil,\n"
          " \t\t\tEnv: {{Name: \"A\", Value: \"1\"}},\n"
          " \t\t\tResources: core.ResourceRequirements{\n"
          "- \t\t\t\tLimits: nil,\n"
          "+ \t\t\t\tLimits: core.ResourceList{s\"cpu\": {i: resource.int64Amount{value: 1}, s: \"1\", "
          "Format: \"DecimalSI\"}},\n"
          " \t\t\t\tRequests: nil,\n"
          " \t\t\t\tClaims: nil,\n"
          " \t\t\t},\n"
          " \t\t\tResizePolicy: nil,\n"
          " \t\t\tRestartPolicy: nil,\n"
          " \t\t\t... // 13 identical fields\n"
          " \t\t},\n"
          " \t},\n"
          " \tEphemeralContainers: nil,\n"
          " \tRestartPolicy: \"\",\n"
          " \t... // 29 identical fields\n"
          " }\n");
}

TEST_CASE("What was removed and is long stands on several lines, and its depths are left out") {
    const api::GoValue old =
        spec_of(R"({"volumes":[{"name":"kube-api-access-abcde","projected":{"defaultMode":420,
        "sources":[{"serviceAccountToken":{"path":"token","expirationSeconds":3607}}]}}],"containers":[]})");
    const api::GoValue now = spec_of(R"({"containers":[]})");
    CHECK(squeezed(api::go_difference(old, now))
              .starts_with(
                  " core.PodSpec{\n"
                  "- \tVolumes: []core.Volume{\n"
                  "- \t\t{\n"
                  "- \t\t\tName: \"kube-api-access-abcde\",\n"
                  "- \t\t\tVolumeSource: core.VolumeSource{Projected: &core.ProjectedVolumeSource{...}},\n"
                  "- \t\t},\n"
                  "- \t},\n"
                  "+ \tVolumes: nil,\n"
                  " \tInitContainers: nil,\n"));
}
