#include "engine/lessons/condition_check.h"

#include <optional>
#include <utility>
#include <vector>

#include "engine/api/kinds.h"
#include "engine/base/json.h"

namespace kubetab::lessons {
namespace {

using base::Json;

struct Target {
    const api::Kind* kind = nullptr;
    std::string name{};
    std::string selector{};
    std::string fields{};  // field selector
    std::string space = "default";
    std::int64_t limit = 0;  // 0: none
};

// What a count needs to know: more than this many are only "more". Conditions are looked at after every
// change.
constexpr std::int64_t kCountedMax = 100;

const api::Kind* kind_named(std::string_view word) {
    for (const api::Kind* kind : api::all_kinds()) {
        if (kind->plural == word || kind->singular == word) return kind;
        for (const std::string_view short_name : kind->short_names) {
            if (short_name == word) return kind;
        }
    }
    return nullptr;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const std::size_t space = text.find(' ');
        if (space != 0) words.emplace_back(text.substr(0, space));
        text = space == std::string_view::npos ? std::string_view() : text.substr(space + 1);
    }
    return words;
}

// "rs/web", "pods -l app=web", "pods -n kube-system", "deployment web"
std::optional<Target> parse_target(std::string_view text) {
    Target target;
    const std::vector<std::string> words = words_of(text);
    for (std::size_t i = 0; i < words.size(); ++i) {
        if ((words[i] == "-l" || words[i] == "-n") && i + 1 < words.size()) {
            (words[i] == "-l" ? target.selector : target.space) = words[i + 1];
            ++i;
        } else if (target.kind == nullptr) {
            const std::size_t slash = words[i].find('/');
            target.kind = kind_named(words[i].substr(0, slash));
            if (slash != std::string::npos) target.name = words[i].substr(slash + 1);
        } else {
            target.name = words[i];
        }
    }
    if (target.kind == nullptr) return std::nullopt;
    return target;
}

std::string path_of(const Target& target) {
    std::string path =
        target.kind->group.empty() ? "/api/v1" : "/apis/" + std::string(target.kind->group) + "/v1";
    if (target.kind->namespaced) path += "/namespaces/" + target.space;
    path += "/" + std::string(target.kind->plural);
    return target.name.empty() ? path : path + "/" + target.name;
}

std::optional<Json> fetch(api::Transport& transport, const Target& target) {
    api::Request request;
    request.path = path_of(target);
    request.user_agent = "lesson";
    if (!target.selector.empty()) request.query.emplace_back("labelSelector", target.selector);
    if (!target.fields.empty()) request.query.emplace_back("fieldSelector", target.fields);
    if (target.limit > 0) request.query.emplace_back("limit", std::to_string(target.limit));
    const api::Response response = transport.send(request);
    if (response.code != 200) return std::nullopt;
    base::Result<Json> body = base::parse_json(response.body);
    return body.ok() ? std::optional<Json>(std::move(*body)) : std::nullopt;
}

std::string text_of(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    return value.is_null() ? "" : value.dump();
}

// ".status.readyReplicas", ".spec.template.spec.containers[0].image", ".status.conditions[Ready].status"
std::string at_path(const Json& document, std::string_view path) {
    const Json* current = &document;
    while (!path.empty() && current != nullptr) {
        if (path.front() == '.') path.remove_prefix(1);
        const std::size_t end = path.find_first_of(".[");
        if (end != 0) current = base::find(*current, path.substr(0, end));
        path = end == std::string_view::npos ? std::string_view() : path.substr(end);
        if (current == nullptr || path.empty() || path.front() != '[') continue;
        const std::size_t close = path.find(']');
        if (close == std::string_view::npos || !current->is_array()) return "";
        const std::string_view index = path.substr(1, close - 1);
        path = path.substr(close + 1);
        const Json* item = nullptr;
        std::size_t at = 0;
        for (const Json& candidate : *current) {
            const bool chosen = base::text_at(candidate, {"type"}) == index || std::to_string(at) == index;
            if (chosen && item == nullptr) item = &candidate;
            ++at;
        }
        current = item;
    }
    return current == nullptr ? "" : text_of(*current);
}

Outcome check_event(api::Transport& transport, const Condition& condition) {
    const std::optional<Target> of = parse_target(condition.of);
    Target events;
    events.kind = &api::kind_of<api::Event>();
    if (of) events.space = of->space;
    events.fields = "reason=" + condition.event;
    if (of) events.fields += ",involvedObject.kind=" + std::string(of->kind->kind);
    if (of && !of->name.empty()) events.fields += ",involvedObject.name=" + of->name;
    const std::optional<Json> list = fetch(transport, events);
    std::int64_t seen = 0;
    const Json* items = list ? base::find(*list, "items") : nullptr;
    if (items != nullptr && items->is_array()) {
        for (const Json& event : *items) seen += std::max<std::int64_t>(1, base::int_at(event, {"count"}, 1));
    }
    return {seen >= condition.times, std::to_string(seen) + " of " + std::to_string(condition.times)};
}

}  // namespace

std::string unusable_part(const Condition& condition) {
    if (!condition.get.empty() && !parse_target(condition.get)) return "get: no such kind: " + condition.get;
    if (!condition.of.empty() && !parse_target(condition.of)) return "of: no such kind: " + condition.of;
    if (!condition.path.empty() && condition.path.front() != '.') return "path: must begin with a dot";
    if (condition.path.empty() != (condition.is.empty() && condition.is_not.empty()) &&
        condition.is != "absent") {
        return condition.path.empty() ? "is: needs path" : "path: needs is or is_not";
    }
    return "";
}

Outcome check_condition(api::Transport& transport, const Condition& condition) {
    if (!condition.event.empty()) return check_event(transport, condition);
    std::optional<Target> target = parse_target(condition.get);
    if (!target) return {};
    if (condition.count >= 0 && target->name.empty())
        target->limit = std::max(kCountedMax, condition.count + 1);
    const std::optional<Json> document = fetch(transport, *target);
    if (condition.count >= 0) {
        const Json* items = document ? base::find(*document, "items") : nullptr;
        const std::int64_t found = items != nullptr && items->is_array()
                                       ? static_cast<std::int64_t>(items->size())
                                       : (document ? 1 : 0);
        const bool more = document && !base::text_at(*document, {"metadata", "continue"}).empty();
        return {found == condition.count, (more ? "more than " : "") + std::to_string(found)};
    }
    if (!document) return {condition.is == "absent", "not there"};
    if (condition.path.empty()) return {condition.is != "absent", ""};
    const std::string found = at_path(*document, condition.path);
    if (!condition.is_not.empty()) return {!found.empty() && found != condition.is_not, found};
    return {found == condition.is, found};
}

}  // namespace kubetab::lessons
