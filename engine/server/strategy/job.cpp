// Job: the labels by which its pods are told from those of others are made here.
// upstream: pkg/registry/batch/job/strategy.go [generateSelector]

#include "engine/api/batch.h"
#include "engine/server/strategy.h"

namespace kubetab::server {
namespace {

void set_if_absent(base::StringMap& labels, std::string_view key, const api::Text& value) {
    if (!labels.contains(key)) labels[key] = value;
}

base::Result<void> prepare_for_create(Server&, api::Object& object) {
    auto& job = static_cast<api::Job&>(object);
    if (job.spec.manualSelector.value_or(false)) return {};
    const api::ObjectMeta& metadata = job.metadata;
    base::StringMap& labels = job.spec.template_.edit().metadata.labels;
    set_if_absent(labels, api::kOldJobNameLabel, metadata.name);
    set_if_absent(labels, api::kJobNameLabel, metadata.name);
    set_if_absent(labels, api::kOldJobControllerUidLabel, metadata.uid);
    set_if_absent(labels, api::kJobControllerUidLabel, metadata.uid);
    set_if_absent(job.spec.selector.edit().matchLabels, api::kJobControllerUidLabel, metadata.uid);
    // Upstream defaults once more when it reads the stored object.
    if (job.metadata.labels.empty()) job.metadata.labels = labels;
    return {};
}

}  // namespace

const Strategy kJobStrategy{&prepare_for_create, nullptr, nullptr, nullptr};

}  // namespace kubetab::server
