#include "engine/scheduler/trial.h"

#include "engine/api/kinds.h"
#include "engine/scheduler/plugins/plugins.h"

namespace kubetab::scheduler {

Trial::Trial(client::InformerFactory& informers)
    : surroundings_{.cache = cache_, .informers = informers},
      plugins_(default_plugins(surroundings_)),
      framework_(surroundings_, nominations_, plugins_) {
    for (const api::Ref<api::Node>& node : informers.of<api::Node>().all()) add_node(node);
    for (const api::Ref<api::Pod>& pod : informers.of<api::Pod>().all()) {
        if (!pod->spec->nodeName.empty() && !is_terminal(*pod)) put(pod, pod->spec->nodeName);
    }
}

std::vector<std::string> Trial::objections(const api::Ref<api::Pod>& pod, const std::string& node) {
    const PodInfo info(pod);
    Diagnosis diagnosis;
    const NodeInfo* there = cache_.find_node(node);
    if (there == nullptr) return {"node not found"};
    if (!framework_.pre_filter(info, diagnosis)) return {diagnosis.pre_filter_message};
    const Refusal refusal = framework_.filter(info, there->slot);
    if (refusal.fits()) return {};
    return framework_.texts_of(info, refusal, diagnosis);
}

}  // namespace kubetab::scheduler
