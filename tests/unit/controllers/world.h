// A world for tests of controllers: the fake server, fake nodes and shared informers, in virtual time.
#pragma once

#include <cstdint>
#include <string>

#include "engine/api/kinds.h"
#include "engine/client/client.h"
#include "engine/client/informer.h"
#include "tests/support/fake_api_server.h"
#include "tests/support/fake_nodes.h"

namespace kubetab::testing {

inline constexpr sim::Instant kStart{1'700'000'000'000'000'000};

struct World {
    sim::Simulation simulation{7, kStart};
    FakeApiServer server{simulation};
    client::InformerFactory informers{server};
    client::Client user{server, "kubectl"};
    FakeNodes nodes{simulation, server, {"node-1", "node-2", "node-3"}};

    void run(sim::Duration duration) { server.run(duration); }
};

inline api::PodTemplateSpec template_of(const std::string& app, const std::string& image) {
    api::PodTemplateSpec pod_template;
    pod_template.metadata.labels["app"] = app;
    api::Container container;
    container.name = "c";
    container.image = image;
    pod_template.spec.edit().containers.push_back(container);
    return pod_template;
}

inline api::ReplicaSet replica_set_of(const std::string& name, std::int32_t replicas) {
    api::ReplicaSet set;
    set.metadata.name = name;
    set.metadata.namespace_ = "default";
    set.spec.replicas = replicas;
    set.spec.selector.edit().matchLabels["app"] = name;
    set.spec.template_ = template_of(name, "nginx:1.25");
    return set;
}

inline api::Deployment deployment_of(const std::string& name, std::int32_t replicas) {
    api::Deployment deployment;
    deployment.metadata.name = name;
    deployment.metadata.namespace_ = "default";
    deployment.spec.replicas = replicas;
    deployment.spec.selector.edit().matchLabels["app"] = name;
    deployment.spec.template_ = template_of(name, "nginx:1.25");
    deployment.spec.progressDeadlineSeconds = 600;
    deployment.spec.revisionHistoryLimit = 10;
    deployment.spec.strategy.type = "RollingUpdate";
    deployment.spec.strategy.rollingUpdate.edit().maxSurge = api::IntOrString("25%");
    deployment.spec.strategy.rollingUpdate.edit().maxUnavailable = api::IntOrString("25%");
    return deployment;
}

// As a user's edit does: spec and generation.
template <class T, class Change>
void edit(World& world, const std::string& name, Change change) {
    world.server.change<T>("default", name, [&](T& object) {
        change(object);
        ++object.metadata.generation;
    });
}

}  // namespace kubetab::testing
