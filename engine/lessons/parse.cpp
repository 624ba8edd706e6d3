// Reads a lesson's YAML.

#include <set>

#include "engine/base/json.h"
#include "engine/base/yaml.h"
#include "engine/lessons/lesson.h"

namespace kubetab::lessons {
namespace {

using base::Json;
using base::Reason;
using base::Result;

base::Status wrong(const std::string& where, const std::string& what) {
    return base::failure(Reason::BadRequest, "lesson: " + where + ": " + what);
}

Result<void> only_keys(const Json& object, const std::string& where, const std::set<std::string, std::less<>>& allowed) {
    if (!object.is_object()) return wrong(where, "must be a mapping");
    for (const auto& [key, value] : object.items()) {
        if (!allowed.contains(key)) return wrong(where, "unknown field \"" + key + "\"");
    }
    return {};
}

Result<std::string> text(const Json& object, const std::string& where, std::string_view key) {
    const Json* value = base::find(object, key);
    if (value == nullptr) return std::string();
    if (value->is_string()) return value->get<std::string>();
    if (value->is_number_integer() || value->is_boolean()) return value->dump();
    return wrong(where + "." + std::string(key), "must be text");
}

Result<std::vector<std::string>> texts(const Json& object, const std::string& where, std::string_view key) {
    std::vector<std::string> result;
    const Json* value = base::find(object, key);
    if (value == nullptr) return result;
    if (value->is_string()) return std::vector<std::string>{value->get<std::string>()};
    if (!value->is_array()) return wrong(where + "." + std::string(key), "must be a list of texts");
    for (const Json& item : *value) {
        if (!item.is_string()) return wrong(where + "." + std::string(key), "must be a list of texts");
        result.push_back(item.get<std::string>());
    }
    return result;
}

Result<Condition> parse_condition(const Json& object, const std::string& where) {
    TRY(only_keys(object, where, {"say", "get", "path", "is", "is_not", "event", "of", "times", "count"}));
    Condition condition;
    condition.text = TRY(text(object, where, "say"));
    condition.get = TRY(text(object, where, "get"));
    condition.path = TRY(text(object, where, "path"));
    condition.is = TRY(text(object, where, "is"));
    condition.is_not = TRY(text(object, where, "is_not"));
    condition.event = TRY(text(object, where, "event"));
    condition.of = TRY(text(object, where, "of"));
    condition.times = base::int_at(object, {"times"}, 1);
    condition.count = base::int_at(object, {"count"}, -1);
    if (condition.get.empty() == condition.event.empty()) return wrong(where, "needs either get or event");
    if (condition.text.empty()) return wrong(where, "needs say: what the learner reads while it does not hold");
    return condition;
}

Result<Almost> parse_almost(const Json& object, const std::string& where) {
    TRY(only_keys(object, where, {"do", "reply"}));
    Almost almost;
    almost.commands = TRY(texts(object, where, "do"));
    almost.reply = TRY(text(object, where, "reply"));
    if (almost.commands.empty() || almost.reply.empty()) return wrong(where, "needs do and reply");
    return almost;
}

const Json& list_of(const Json& object, std::string_view key) {
    static const Json kNone = Json::array();
    const Json* value = base::find(object, key);
    return value != nullptr && value->is_array() ? *value : kNone;
}

Result<Step> parse_step(const Json& object, const std::string& where) {
    TRY(only_keys(object, where, {"id", "title", "say", "hint", "done_when", "solution", "almost"}));
    Step step;
    step.id = TRY(text(object, where, "id"));
    step.title = TRY(text(object, where, "title"));
    step.say = TRY(text(object, where, "say"));
    step.hints = TRY(texts(object, where, "hint"));
    step.solution = TRY(texts(object, where, "solution"));
    std::size_t index = 0;
    for (const Json& condition : list_of(object, "done_when")) {
        const std::string place = where + ".done_when[" + std::to_string(index++) + "]";
        step.done_when.push_back(TRY(parse_condition(condition, place)));
    }
    index = 0;
    for (const Json& almost : list_of(object, "almost")) {
        step.almost.push_back(TRY(parse_almost(almost, where + ".almost[" + std::to_string(index++) + "]")));
    }
    if (step.id.empty() || step.title.empty() || step.say.empty()) return wrong(where, "needs id, title and say");
    if (step.done_when.empty()) return wrong(where, "needs done_when");
    if (step.solution.empty()) return wrong(where, "needs solution");
    return step;
}

Result<void> parse_cluster(const Json& document, Lesson& lesson) {
    const Json* cluster = base::find(document, "cluster");
    if (cluster == nullptr) return {};
    TRY(only_keys(*cluster, "cluster", {"nodes", "seed"}));
    const std::int64_t nodes = base::int_at(*cluster, {"nodes"}, lesson.nodes);
    if (nodes < 1 || nodes > 100) return wrong("cluster.nodes", "must be between 1 and 100");
    lesson.nodes = static_cast<int>(nodes);
    lesson.seed = static_cast<std::uint64_t>(base::int_at(*cluster, {"seed"}, 7));
    return {};
}

}  // namespace

Result<Lesson> parse_lesson(std::string_view yaml) {
    const Result<Json> parsed = base::parse_yaml(yaml);
    if (!parsed.ok()) return base::failure(Reason::BadRequest, "lesson: " + parsed.error().message);
    const Json& document = *parsed;
    TRY(only_keys(document, "file",
                  {"id", "title", "chapter", "after", "concepts", "cluster", "given", "files", "steps", "ends_with"}));
    Lesson lesson;
    lesson.id = TRY(text(document, "file", "id"));
    lesson.title = TRY(text(document, "file", "title"));
    lesson.chapter = TRY(text(document, "file", "chapter"));
    lesson.after = TRY(texts(document, "file", "after"));
    lesson.concepts = TRY(texts(document, "file", "concepts"));
    lesson.given = TRY(text(document, "file", "given"));
    lesson.ends_with = TRY(text(document, "file", "ends_with"));
    TRY(parse_cluster(document, lesson));
    if (const Json* files = base::find(document, "files"); files != nullptr && files->is_object()) {
        for (const auto& [name, content] : files->items()) {
            if (!content.is_string()) return wrong("files." + name, "must be text");
            lesson.files.emplace_back(name, content.get<std::string>());
        }
    }
    std::size_t index = 0;
    for (const Json& step : list_of(document, "steps")) {
        lesson.steps.push_back(TRY(parse_step(step, "steps[" + std::to_string(index++) + "]")));
    }
    if (lesson.id.empty() || lesson.title.empty()) return wrong("file", "needs id and title");
    if (lesson.steps.empty()) return wrong("steps", "must not be empty");
    return lesson;
}

}  // namespace kubetab::lessons
