#include <catch2/catch_test_macros.hpp>

#include "tests/unit/session/learner.h"

namespace kubetab::session {
namespace {

constexpr std::string_view kDeployment =
    "cat > web.yaml <<end\n"
    "apiVersion: extensions/v1beta1\n"
    "kind: Deployment\n"
    "metadata: {name: web}\n"
    "spec:\n"
    "  template:\n"
    "    metadata: {labels: {app: web}}\n"
    "    spec: {containers: [{name: web, image: 'nginx:1.25'}]}\n"
    "end\n";
// The terminal breaks long lines.
constexpr int kWide = 250;

SessionSpec of_2017() {
    return {.cluster = {.seed = 3, .nodes = 1, .apis = api::ServedApis::Of2017}};
}

}  // namespace

TEST_CASE("a terminal says what to write instead of a version that is gone") {
    Learner learner;
    learner.resize(kWide, 30);
    learner.paste(kDeployment);
    learner.run("kubectl apply -f web.yaml");
    learner.wait(sim::seconds(1));
    CHECK(learner.shows("no matches for kind \"Deployment\" in version \"extensions/v1beta1\""));
    CHECK(
        learner.shows("kubetab: extensions/v1beta1 Deployment is gone since Kubernetes 1.16: write "
                      "\"apiVersion: apps/v1\", and give spec.selector.matchLabels the labels of "
                      "spec.template."));
}

TEST_CASE("a session of 2017 is saved and restored as one") {
    Learner learner(of_2017());
    learner.paste(kDeployment);
    learner.run("kubectl apply -f web.yaml");
    learner.wait(sim::seconds(1));
    CHECK(learner.shows("deployment.extensions/web created"));
    const base::Result<std::unique_ptr<Session>> again = Session::restore(learner.session->save());
    REQUIRE(again.ok());
    CHECK((*again)->digest() == learner.session->digest());
    CHECK((*again)->spec().cluster.apis == api::ServedApis::Of2017);
}

}  // namespace kubetab::session
