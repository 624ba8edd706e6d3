#include "tests/fuzz/targets.h"

#include <nlohmann/json.hpp>

#include "engine/api/codec.h"
#include "engine/api/defaults.h"
#include "engine/api/kinds.h"
#include "engine/api/patch/json_patch.h"
#include "engine/api/patch/merge_patch.h"
#include "engine/api/patch/strategic_merge.h"
#include "engine/api/selectors.h"
#include "engine/api/validation.h"
#include "engine/base/ensure.h"
#include "engine/base/json.h"
#include "engine/base/yaml.h"
#include "engine/rest/front.h"
#include "engine/rest/protobuf.h"
#include "engine/server/managed_fields/field_manager.h"
#include "engine/server/rest/rest.h"
#include "engine/server/server.h"

namespace kubetab::fuzz {
namespace {

using base::Json;
using base::Result;

struct Halves {
    std::string_view first{};
    std::string_view second{};
};

Halves halves_of(std::string_view bytes) {
    const std::size_t at = bytes.find(kBetween);
    if (at == std::string_view::npos) return {bytes, {}};
    return {bytes.substr(0, at), bytes.substr(at + kBetween.size())};
}

// The kind that a document names, or any by its bytes.
const api::Kind& kind_of_document(const Json& document, std::string_view bytes) {
    const std::string version = base::text_at(document, {"apiVersion"});
    const std::size_t slash = version.find('/');
    const bool core = slash == std::string::npos;
    const api::Kind* named =
        api::find_kind(core ? "" : version.substr(0, slash), core ? version : version.substr(slash + 1),
                       base::text_at(document, {"kind"}));
    const auto kinds = api::all_kinds();
    return named != nullptr ? *named : *kinds[bytes.size() % kinds.size()];
}

std::string text_of(const Json& document) {
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void run_json(std::string_view bytes) {
    const Result<Json> document = base::parse_json(bytes);
    if (!document.ok()) return;
    const Result<Json> again = base::parse_json(text_of(*document));
    ENSURE(again.ok());
    ENSURE(text_of(*again) == text_of(*document));
}

void run_yaml(std::string_view bytes) {
    const Result<Json> document = base::parse_yaml(bytes);
    if (!document.ok()) return;
    const Result<Json> again = base::parse_yaml(base::to_yaml(*document));
    ENSURE(again.ok());
    ENSURE(text_of(*again) == text_of(*document));
}

void run_protobuf(std::string_view bytes) {
    const Result<std::string> text = rest::protobuf_to_json(bytes);
    if (text.ok()) (void)base::parse_json(*text);
}

std::shared_ptr<api::Object> decoded(const api::Kind& kind, const Json& document) {
    api::StrictIssues issues;
    const Result<std::shared_ptr<api::Object>> object = api::decode_object(kind, document, issues);
    return object.ok() ? *object : nullptr;
}

// What was decoded is encoded and decoded to the same again, before defaults and after.
void judge(const api::Kind& kind, const std::shared_ptr<api::Object>& object) {
    const auto holds_its_form = [&kind](const api::Object& one) {
        const Result<Json> document = base::parse_json(api::encode(kind, one));
        ENSURE(document.ok());
        const std::shared_ptr<api::Object> again = decoded(kind, *document);
        ENSURE(again != nullptr);
        ENSURE(api::encode(kind, *again) == api::encode(kind, one));
    };
    holds_its_form(*object);
    api::set_defaults(kind, *object);
    holds_its_form(*object);
    const std::string defaulted = api::encode(kind, *object);
    api::set_defaults(kind, *object);
    ENSURE(api::encode(kind, *object) == defaulted);
    (void)api::validate(kind, *object);
    (void)api::validate_update(kind, *object, *object);
    (void)api::validate_status_update(kind, *object, *object);
}

void run_object(std::string_view bytes) {
    const Result<Json> document = base::parse_json(bytes);
    if (!document.ok()) return;
    const api::Kind& kind = kind_of_document(*document, bytes);
    if (const std::shared_ptr<api::Object> object = decoded(kind, *document)) judge(kind, object);
}

void run_patch(std::string_view bytes) {
    const Halves halves = halves_of(bytes);
    const Result<Json> original = base::parse_json(halves.first);
    const Result<Json> patch = base::parse_json(halves.second);
    if (!original.ok() || !patch.ok()) return;
    const api::Kind& kind = kind_of_document(*original, bytes);
    const auto use = [&kind](const Result<Json>& patched) {
        if (!patched.ok()) return;
        if (const std::shared_ptr<api::Object> object = decoded(kind, *patched)) judge(kind, object);
    };
    use(api::apply_json_patch(*original, *patch));
    use(api::apply_merge_patch(*original, *patch));
    use(api::apply_strategic_merge(*original, *patch, *kind.type));
    const Result<Json> made = api::create_two_way_strategic_patch(*original, *patch, *kind.type);
    if (made.ok()) use(api::apply_strategic_merge(*original, *made, *kind.type));
}

void run_selector(std::string_view bytes) {
    (void)api::Selector::parse(bytes);
    const Result<api::FieldSelector> fields = api::FieldSelector::parse(bytes);
    if (fields.ok()) (void)fields->check(api::kind_of<api::Pod>());
}

// One manager applies the first document, another one the second; applying it once more changes nothing.
void run_apply(std::string_view bytes) {
    const Halves halves = halves_of(bytes);
    const Result<Json> first = base::parse_json(halves.first);
    if (!first.ok()) return;
    const api::Kind& kind = kind_of_document(*first, bytes);
    const server::ApplyOptions one{.writer = {"one", {}, api::Time::of_seconds(1)}, .force = true};
    const Result<server::AppliedDocument> made = server::apply_document(kind, *kind.make(), {}, *first, one);
    if (!made.ok()) return;
    made->object->metadata.managedFields = {};
    const Result<server::AppliedDocument> same =
        server::apply_document(kind, *made->object, made->managers, *first, one);
    if (same.ok()) ENSURE(server::same_but_for_times(same->managers, made->managers));
    const Result<Json> second = base::parse_json(halves.second);
    if (!second.ok()) return;
    const server::ApplyOptions other{.writer = {"other", {}, api::Time::of_seconds(2)}};
    (void)server::apply_document(kind, *made->object, made->managers, *second, other);
}

// The first line is "METHOD target type", the rest a body; a new server answers, and again.
void run_request(std::string_view bytes) {
    const std::string_view head = bytes.substr(0, bytes.find('\n'));
    const std::size_t target = std::min(head.find(' '), head.size());
    const std::size_t type = std::min(head.find(' ', target + 1), head.size());
    rest::HttpRequest request;
    request.method = head.substr(0, target);
    if (target < head.size()) request.target = head.substr(target + 1, type - target - 1);
    request.headers = {{"Host", "127.0.0.1:80"}};
    if (type < head.size()) request.headers.emplace_back("Content-Type", std::string(head.substr(type + 1)));
    if (head.size() < bytes.size()) request.body = bytes.substr(head.size() + 1);

    sim::Simulation simulation(1, sim::Instant{1'767'600'000LL * 1'000'000'000});
    server::Server server(simulation);
    for (const char* name : {"default", "kube-system"}) {
        auto space = std::make_shared<api::Namespace>();
        space->metadata.name = name;
        ENSURE(server.create(api::kind_of<api::Namespace>(), std::move(space), {}).ok());
    }
    server::Rest rest(server, nullptr);
    rest::Front front(rest, 80);
    for (int i = 0; i < 2; ++i) {
        const rest::Answer answer = front.answer(request);
        ENSURE(answer.response.code >= 200);
        ENSURE(answer.response.code < 600);
        ENSURE(answer.response.code != 500);
    }
    simulation.run_until(simulation.now() + sim::seconds(1));
}

constexpr Target kTargets[] = {
    {"json", &run_json},     {"yaml", &run_yaml},       {"protobuf", &run_protobuf},
    {"object", &run_object}, {"patch", &run_patch},     {"selector", &run_selector},
    {"apply", &run_apply},   {"request", &run_request},
};

}  // namespace

std::span<const Target> targets() {
    return kTargets;
}

}  // namespace kubetab::fuzz
