// The parts of a pod and of a pod template: containers, volumes, spread constraints.
#pragma once

#include <string>
#include <string_view>

#include "engine/kubectl/describe/parts.h"

namespace kubetab::kubectl::describe {

// How containers are listed.
struct ContainerListing {
    std::string_view title{};  // "Containers"
    const Json& containers;
    const Json* statuses = nullptr;  // null in a template
    const Json* pod = nullptr;       // resolves downward API variables; null in a template
    std::string_view space{};        // "" in a pod, two spaces in a template
};

void write_containers(const ContainerListing& listing, Writer& writer);
// "http-get http://:80/ delay=0s timeout=1s period=10s #success=1 #failure=3"
std::string probe_text(const Json& probe);
void write_volumes(const Json& volumes, Writer& writer, std::string_view space);
void write_spread_constraints(const Json& constraints, Writer& writer, std::string_view space);
void write_resources(const Json& resources, Writer& writer, int level);
void write_pod_template(const Json& pod_template, Writer& writer);

// "1 Running / 0 Waiting / 0 Succeeded / 0 Failed" of the pods that the subject controls.
std::string pods_status(const Subject& subject);

}  // namespace kubetab::kubectl::describe
