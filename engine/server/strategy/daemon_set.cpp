// A DaemonSet's template generation, which outside shows as an annotation that clients cannot change.
// upstream: pkg/registry/apps/daemonset/strategy.go

#include <charconv>

#include "engine/api/codec.h"
#include "engine/api/daemon_set.h"
#include "engine/server/strategy.h"

namespace kubetab::server {
namespace {

std::int64_t template_generation(const api::DaemonSet& object) {
    const api::Text* text = object.metadata.annotations.get(api::kTemplateGeneration);
    if (text == nullptr) return 0;
    const std::string& digits = text->str();
    std::int64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

void set_template_generation(api::DaemonSet& object, std::int64_t number) {
    object.metadata.annotations[api::kTemplateGeneration] = std::to_string(number);
}

base::Result<void> prepare_for_create(Server&, api::Object& object) {
    auto& set = static_cast<api::DaemonSet&>(object);
    set_template_generation(set, std::max<std::int64_t>(template_generation(set), 1));
    return {};
}

base::Result<void> prepare_for_update(Server&, api::Object& object, const api::Object& stored, Endpoint) {
    auto& set = static_cast<api::DaemonSet&>(object);
    const auto& before = static_cast<const api::DaemonSet&>(stored);
    const bool differs = !api::equal(set.spec.template_, before.spec.template_);
    set_template_generation(set, template_generation(before) + (differs ? 1 : 0));
    return {};
}

}  // namespace

const Strategy kDaemonSetStrategy{&prepare_for_create, &prepare_for_update, nullptr, nullptr};

}  // namespace kubetab::server
