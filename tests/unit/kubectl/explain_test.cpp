// kubectl explain: what stands where; the sentences are checked with the field tables.

#include <catch2/catch_test_macros.hpp>

#include "engine/kubectl/commands/explain_text.h"
#include "tests/unit/kubectl/world.h"

using namespace kubetab;

TEST_CASE("Explaining a kind lists its fields with types") {
    KubectlWorld world;
    const std::string text = world.out("kubectl explain deploy");
    CHECK(
        text.find(
            "GROUP:      apps\nKIND:       Deployment\nVERSION:    v1\n\nDESCRIPTION:\n    A Deployment ") ==
        0);
    CHECK(text.find("\n    \nFIELDS:\n  apiVersion\t<string>\n    ") != std::string::npos);
    CHECK(text.find("\n\n  spec\t<DeploymentSpec>\n    ") != std::string::npos);
    CHECK(text.substr(text.size() - 3) == "\n\n\n");
    CHECK(world.out("kubectl explain pods").find("KIND:       Pod\nVERSION:    v1\n\nDESCRIPTION:\n") == 0);
}

TEST_CASE("Explaining a field leads through lists and pointers") {
    KubectlWorld world;
    const std::string containers = world.out("kubectl explain pod.spec.containers");
    CHECK(containers.find("FIELD: containers <[]Container>\n\n\nDESCRIPTION:\n") != std::string::npos);
    CHECK(containers.find("\n  name\t<string> -required-\n    ") != std::string::npos);
    CHECK(containers.find("\n  imagePullPolicy\t<string>\n  enum: Always, IfNotPresent, Never\n    ") !=
          std::string::npos);
    CHECK(world.out("kubectl explain pod.spec.containers.imagePullPolicy")
              .find("FIELD: imagePullPolicy <string>\nENUM:\n    Always\n    IfNotPresent\n    "
                    "Never\n\nDESCRIPTION:\n") != std::string::npos);
    CHECK(world.out("kubectl explain pod.spec.volumes.hostPath")
              .find("enum: \"\", BlockDevice, CharDevice, Directory, ....") != std::string::npos);
    CHECK(world.out("kubectl explain pod.spec.containers.resources.limits")
              .find("FIELD: limits <map[string]Quantity>") != std::string::npos);
    CHECK(world.out("kubectl explain pod.metadata.creationTimestamp")
              .find("FIELD: creationTimestamp <string>") != std::string::npos);
    CHECK(world.out("kubectl explain deployments.apps.spec.replicas").find("FIELD: replicas <integer>\n") !=
          std::string::npos);
}

TEST_CASE("Explaining recursively prints names only") {
    KubectlWorld world;
    const std::string text = world.out("kubectl explain deployment.spec.strategy --recursive");
    CHECK(text.find(
              "FIELDS:\n  rollingUpdate\t<RollingUpdateDeployment>\n    maxSurge\t<IntOrString>\n"
              "    maxUnavailable\t<IntOrString>\n  type\t<string>\n  enum: Recreate, RollingUpdate\n\n") !=
          std::string::npos);
}

TEST_CASE("Explaining what does not exist is refused in kubectl's words") {
    KubectlWorld world;
    const auto field = world.run("kubectl explain pod.spec.nope");
    CHECK(field.output == "KIND:       Pod\nVERSION:    v1\n\n");
    CHECK(field.errors == "error: field \"nope\" does not exist\n");
    CHECK(field.code == 1);
    CHECK(world.err("kubectl explain nope") == "the server doesn't have a resource type \"nope\"\n");
    CHECK(world.err("kubectl explain") ==
          "error: You must specify the type of resource to explain. Use \"kubectl api-resources\" for a "
          "complete list of "
          "supported resources.\n");
    CHECK(world.err("kubectl explain pod svc") == "error: We accept only this format: explain RESOURCE\n");
    CHECK(world.err("kubectl explain deploy --api-version=apps/v9") ==
          "error: couldn't find resource for \"apps/v9, Resource=deployments\"\n");
    CHECK(world.err("kubectl explain deploy --api-version=v1") ==
          "error: GVR (/v1, Resource=deployments) not found in OpenAPI schema\n");
    CHECK(world.run("kubectl explain pod --output=plaintext-openapiv2").code == 1);
}

TEST_CASE("Words are wrapped at spaces and line breaks stay") {
    CHECK(kubectl::wrap_words("one two three", 7) == "one two\nthree");
    CHECK(kubectl::wrap_words("one\ntwo\n", 7) == "one\ntwo\n");
    CHECK(kubectl::wrap_words("extraordinary", 7) == "extraordinary");
}
