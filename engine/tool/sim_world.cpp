#include "engine/tool/sim_world.h"

#include "engine/base/ensure.h"

namespace kubetab::tool {
namespace {

constexpr sim::Duration kLongestCommand = sim::minutes(10);

bool belongs_to_cluster(const api::Kind& kind, const api::ObjectKey& key) {
    if (key.namespace_.starts_with("kube-")) return true;
    if (&kind == &api::kind_of<api::Namespace>()) return !key.name.starts_with("team-");
    return key.name == "kubernetes" || key.name == "kube-root-ca.crt";
}

}  // namespace

api::Ref<api::Object> SimWorld::pick(const api::Kind& kind) {
    std::vector<api::Ref<api::Object>> candidates;
    for (const auto& [key, object] : cluster().store().all(kind)) {
        if (!belongs_to_cluster(kind, key)) candidates.push_back(object);
    }
    if (candidates.empty()) return nullptr;
    return candidates[static_cast<std::size_t>(below(static_cast<std::int64_t>(candidates.size())))];
}

std::string SimWorld::pick_namespace() {
    const api::Ref<api::Object> space = chance(60) ? nullptr : pick(api::kind_of<api::Namespace>());
    return space ? space->metadata.name : "default";
}

std::string SimWorld::pick_argument(const api::Kind& kind) {
    const api::Ref<api::Object> object = pick(kind);
    if (!object) return "";
    if (!kind.namespaced) return object->metadata.name;
    return "-n " + object->metadata.namespace_ + " " + object->metadata.name;
}

std::string SimWorld::apply(const std::string& yaml) {
    const std::string file = "/tmp/m" + std::to_string(manifests.size() + 1) + ".yaml";
    ENSURE(session.workstation().files().put(file, yaml).ok());
    manifests.push_back(file);
    return "kubectl apply -f " + file;
}

std::string act_by_chance(SimWorld& world, std::span<const SimAction> actions) {
    std::int64_t total = 0;
    for (const SimAction& action : actions) total += action.weight;
    std::int64_t at = world.below(total);
    for (const SimAction& action : actions) {
        at -= action.weight;
        if (at < 0) return action.act(world);
    }
    return "";
}

std::string type_line(SimWorld& world, const std::string& line) {
    world.session.run(line + "\n", kLongestCommand);
    return line;
}

}  // namespace kubetab::tool
