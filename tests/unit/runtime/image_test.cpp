#include <catch2/catch_test_macros.hpp>

#include "engine/runtime/assets.h"
#include "engine/runtime/programs/programs.h"
#include "engine/runtime/registry.h"
#include "engine/runtime/tools/tools.h"

using namespace kubetab;
using runtime::parse_image_reference;
using runtime::Registry;

namespace {

std::string resolve_error(const Registry& registry, const std::string& image) {
    const base::Result<runtime::ImageReference> reference = parse_image_reference(image);
    REQUIRE(reference.ok());
    const base::Result<runtime::ImageRef> found = registry.resolve(*reference);
    return found.ok() ? "" : found.error().message;
}

bool is_executable(std::string_view name) {
    return runtime::is_program(name) || runtime::is_network_tool(name);
}

}  // namespace

TEST_CASE("Image names are completed as docker does") {
    struct Case {
        const char* text;
        const char* complete;
    };
    for (const Case& c :
         {Case{"nginx", "docker.io/library/nginx:latest"}, Case{"nginx:1.25", "docker.io/library/nginx:1.25"},
          Case{"bitnami/redis", "docker.io/bitnami/redis:latest"},
          Case{"index.docker.io/nginx", "docker.io/library/nginx:latest"},
          Case{"gcr.io/a/b:1", "gcr.io/a/b:1"}, Case{"localhost:5000/app", "localhost:5000/app:latest"},
          Case{"registry.local:80/a/b/c:v1.0_x", "registry.local:80/a/b/c:v1.0_x"}}) {
        const base::Result<runtime::ImageReference> reference = parse_image_reference(c.text);
        REQUIRE(reference.ok());
        CHECK(reference->text() == c.complete);
    }
    const std::string digest = "sha256:" + std::string(64, 'a');
    CHECK(parse_image_reference("nginx:1.25@" + digest)->text() == "docker.io/library/nginx@" + digest);
}

TEST_CASE("Names that are no image names are refused") {
    for (const char* text : {"", ":1", "nginx:", "a//b", "${IMAGE}", "<image>", "-nginx", "nginx@sha256:12",
                             "a___b", "nginx:-x", "my app"}) {
        INFO(text);
        CHECK_FALSE(parse_image_reference(text).ok());
    }
    CHECK(parse_image_reference("NGINX").error().message ==
          "invalid reference format: repository name (library/NGINX) must be lowercase");
}

TEST_CASE("What is not in a registry fails as containerd tells it") {
    const Registry registry;
    CHECK(resolve_error(registry, "nginx:1.25").empty());
    CHECK(resolve_error(registry, "nginx:nope") ==
          "rpc error: code = NotFound desc = failed to pull and unpack image "
          "\"docker.io/library/nginx:nope\": failed to resolve reference \"docker.io/library/nginx:nope\": "
          "docker.io/library/nginx:nope: not found");
    CHECK(resolve_error(registry, "nginxx") ==
          "failed to pull and unpack image \"docker.io/library/nginxx:latest\": failed to resolve reference "
          "\"docker.io/library/nginxx:latest\": pull access denied, repository does not exist or may require "
          "authorization: server message: insufficient_scope: authorization failed");
    CHECK(resolve_error(registry, "gcr.io/kuard-demo/kuard-amd64:1").ends_with(": not found"));
    CHECK(resolve_error(registry, "my.registry/app:1").ends_with("lookup my.registry: no such host"));
}

TEST_CASE("Tags of one version are one image, and other versions are others") {
    const Registry registry;
    const auto digest = [&](const char* text) {
        return (*registry.resolve(*parse_image_reference(text)))->digest;
    };
    CHECK(digest("nginx") == digest("nginx:1.27"));
    CHECK(digest("nginx:1.25") != digest("nginx:1.26"));
    CHECK(digest("nginx").size() == 7 + 64);
    CHECK(registry.resolve(*parse_image_reference("nginx@" + digest("nginx"))).ok());
}

TEST_CASE("Every image of the catalogue can be started") {
    for (const runtime::Image& image : runtime::read_catalogue(runtime::images_json())) {
        INFO(image.repository << ":" << image.tags.front());
        CHECK(image.size_bytes > 0);
        for (const std::string& program : image.programs) CHECK(is_executable(program));
        const std::vector<std::string>& words = image.entrypoint.empty() ? image.command : image.entrypoint;
        REQUIRE_FALSE(words.empty());
        const std::string name = words.front().substr(words.front().rfind('/') + 1);
        CHECK((image.tools != runtime::Tools::None || is_executable(name)));
    }
}

TEST_CASE("Pushed images can be pulled") {
    Registry registry;
    runtime::Image image;
    image.repository = "docker.io/me/app";
    image.tags = {"v1"};
    image.version = "v1";
    image.command = {"sh"};
    registry.push(image);
    CHECK(resolve_error(registry, "me/app:v1").empty());
    CHECK_FALSE(resolve_error(registry, "me/app:v2").empty());
}
