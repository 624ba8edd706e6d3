// Reads a lesson's YAML.

#include <cstdint>
#include <optional>
#include <set>
#include <utility>

#include "engine/base/json.h"
#include "engine/base/yaml_lines.h"
#include "engine/lessons/condition_check.h"
#include "engine/lessons/lesson.h"

namespace kubetab::lessons {
namespace {

using base::Json;
using base::Reason;
using base::Result;

// A value of the lesson with its path, so that a mistake is told with its place.
class Node {
public:
    Node(const Json& value, std::string path, const base::YamlLines& lines)
        : value_(value), path_(std::move(path)), lines_(lines) {}

    const Json& value() const { return value_; }

    base::Status wrong(const std::string& what) const { return wrong_at(path_, what); }
    base::Status wrong_in(const std::string& key, const std::string& what) const {
        return wrong_at(path_of(key), what);
    }

    Result<void> only_keys(const std::set<std::string, std::less<>>& allowed) const {
        if (!value_.is_object()) return wrong("must be a mapping");
        for (const auto& [key, value] : value_.items()) {
            if (!allowed.contains(key)) return wrong_in(key, "unknown field");
        }
        return {};
    }

    Result<std::string> text(const std::string& key) const {
        const Json* value = base::find(value_, key);
        if (value == nullptr) return std::string();
        if (value->is_string()) return value->get<std::string>();
        if (value->is_number_integer() || value->is_boolean()) return value->dump();
        return wrong_in(key, "must be text");
    }

    Result<std::int64_t> number(const std::string& key, std::int64_t least, std::int64_t most,
                                std::int64_t otherwise) const {
        const Json* value = base::find(value_, key);
        if (value == nullptr) return otherwise;
        const bool good = value->is_number_integer() && *value >= least && *value <= most;
        if (good) return value->get<std::int64_t>();
        return wrong_in(key,
                        "must be a number between " + std::to_string(least) + " and " + std::to_string(most));
    }

    // One text is a list of one.
    Result<std::vector<std::string>> texts(const std::string& key) const {
        const Json* value = base::find(value_, key);
        if (value == nullptr) return std::vector<std::string>();
        if (value->is_string()) return std::vector<std::string>{value->get<std::string>()};
        std::vector<std::string> result;
        bool good = value->is_array();
        for (std::size_t i = 0; good && i < value->size(); ++i) {
            good = (*value)[i].is_string();
            if (good) result.push_back((*value)[i].get<std::string>());
        }
        if (!good) return wrong_in(key, "must be a list of texts");
        return result;
    }

    // The items of a list; none when it is absent.
    Result<std::vector<Node>> items(const std::string& key) const {
        std::vector<Node> result;
        const Json* value = base::find(value_, key);
        if (value == nullptr) return result;
        if (!value->is_array()) return wrong_in(key, "must be a list");
        for (std::size_t i = 0; i < value->size(); ++i) {
            result.emplace_back((*value)[i], path_of(key) + "[" + std::to_string(i) + "]", lines_);
        }
        return result;
    }

    // Nothing when it is absent.
    std::optional<Node> member(const std::string& key) const {
        const Json* value = base::find(value_, key);
        if (value == nullptr) return std::nullopt;
        return Node(*value, path_of(key), lines_);
    }

    int line() const { return line_of(path_); }

private:
    std::string path_of(const std::string& key) const { return path_.empty() ? key : path_ + "." + key; }
    int line_of(const std::string& path) const {
        const auto line = lines_.find(path);
        return line == lines_.end() ? 1 : line->second;
    }
    base::Status wrong_at(const std::string& path, const std::string& what) const {
        return base::failure(Reason::BadRequest, "lesson: line " + std::to_string(line_of(path)) + ": " +
                                                     (path.empty() ? "" : path + ": ") + what);
    }

    const Json& value_;
    std::string path_;
    const base::YamlLines& lines_;
};

Result<Condition> parse_condition(const Node& node) {
    TRY(node.only_keys({"say", "get", "path", "is", "is_not", "event", "of", "times", "count"}));
    Condition condition;
    condition.text = TRY(node.text("say"));
    condition.get = TRY(node.text("get"));
    condition.path = TRY(node.text("path"));
    condition.is = TRY(node.text("is"));
    condition.is_not = TRY(node.text("is_not"));
    condition.event = TRY(node.text("event"));
    condition.of = TRY(node.text("of"));
    condition.times = TRY(node.number("times", 1, 1000, 1));
    condition.count = TRY(node.number("count", 0, 10'000, -1));
    condition.line = node.line();
    if (condition.text.empty()) return node.wrong("needs say: what the learner reads while it does not hold");
    if (condition.get.empty() == condition.event.empty()) return node.wrong("needs either get or event");
    const std::string unusable = unusable_part(condition);
    if (!unusable.empty()) return node.wrong(unusable);
    return condition;
}

Result<Almost> parse_almost(const Node& node) {
    TRY(node.only_keys({"do", "reply"}));
    Almost almost;
    almost.commands = TRY(node.texts("do"));
    almost.reply = TRY(node.text("reply"));
    if (almost.commands.empty() || almost.reply.empty()) return node.wrong("needs do and reply");
    return almost;
}

Result<Step> parse_step(const Node& node) {
    TRY(node.only_keys({"id", "title", "say", "hint", "done_when", "solution", "almost"}));
    Step step;
    step.id = TRY(node.text("id"));
    step.title = TRY(node.text("title"));
    step.say = TRY(node.text("say"));
    step.hints = TRY(node.texts("hint"));
    step.solution = TRY(node.texts("solution"));
    for (const Node& condition : TRY(node.items("done_when")))
        step.done_when.push_back(TRY(parse_condition(condition)));
    for (const Node& almost : TRY(node.items("almost"))) step.almost.push_back(TRY(parse_almost(almost)));
    if (step.id.empty() || step.title.empty() || step.say.empty())
        return node.wrong("needs id, title and say");
    if (step.done_when.empty()) return node.wrong("needs done_when");
    if (step.solution.empty()) return node.wrong("needs solution");
    return step;
}

Result<void> parse_files(const Node& node, Lesson& lesson) {
    if (!node.value().is_object()) return node.wrong("must be a mapping of names to texts");
    for (const auto& [name, content] : node.value().items()) {
        if (!content.is_string()) return node.wrong_in(name, "must be text");
        if (name.empty() || name.find('/') != std::string::npos)
            return node.wrong_in(name, "must be a plain file name");
        lesson.files.emplace_back(name, content.get<std::string>());
    }
    return {};
}

// Steps are told apart by their ids.
Result<void> parse_steps(const Node& document, Lesson& lesson) {
    std::set<std::string, std::less<>> ids;
    for (const Node& node : TRY(document.items("steps"))) {
        lesson.steps.push_back(TRY(parse_step(node)));
        const std::string& id = lesson.steps.back().id;
        if (!ids.insert(id).second) return node.wrong_in("id", "there is another step \"" + id + "\"");
    }
    if (lesson.steps.empty()) return document.wrong("needs steps");
    return {};
}

}  // namespace

Result<Lesson> parse_lesson(std::string_view yaml) {
    std::vector<base::YamlDuplicate> duplicates;
    base::YamlLines lines;
    const Result<Json> parsed = base::parse_yaml_with_lines(yaml, duplicates, lines);
    if (!parsed.ok()) return base::failure(Reason::BadRequest, "lesson: " + parsed.error().message);
    const Node document(*parsed, "", lines);
    TRY(document.only_keys(
        {"id", "title", "chapter", "after", "concepts", "cluster", "given", "files", "steps", "ends_with"}));
    if (!duplicates.empty()) {
        const base::YamlDuplicate& twice = duplicates.front();
        return base::failure(Reason::BadRequest, "lesson: line " + std::to_string(twice.line) +
                                                     ": the key \"" + twice.key + "\" is there twice");
    }
    Lesson lesson;
    lesson.id = TRY(document.text("id"));
    lesson.title = TRY(document.text("title"));
    lesson.chapter = TRY(document.text("chapter"));
    lesson.after = TRY(document.texts("after"));
    lesson.concepts = TRY(document.texts("concepts"));
    lesson.given = TRY(document.text("given"));
    lesson.ends_with = TRY(document.text("ends_with"));
    if (lesson.id.empty() || lesson.title.empty()) return document.wrong("needs id and title");
    if (const std::optional<Node> cluster = document.member("cluster")) {
        TRY(cluster->only_keys({"nodes", "seed", "apis", "cloud"}));
        lesson.nodes = static_cast<int>(TRY(cluster->number("nodes", 1, 100, lesson.nodes)));
        lesson.seed = static_cast<std::uint64_t>(TRY(cluster->number("seed", 0, INT32_MAX, 7)));
        const std::string apis = TRY(cluster->text("apis"));
        const base::Result<api::ServedApis> read = api::read_apis(apis.empty() ? "today" : apis);
        if (!read.ok()) return cluster->wrong_in("apis", read.error().message);
        lesson.apis = *read;
        const std::string cloud = TRY(cluster->text("cloud"));
        const base::Result<api::CloudChoice> choice = api::read_cloud(cloud.empty() ? "no" : cloud);
        if (!choice.ok()) return cluster->wrong_in("cloud", choice.error().message);
        lesson.cloud = *choice;
    }
    if (const std::optional<Node> files = document.member("files")) TRY(parse_files(*files, lesson));
    TRY(parse_steps(document, lesson));
    return lesson;
}

}  // namespace kubetab::lessons
