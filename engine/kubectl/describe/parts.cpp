#include "engine/kubectl/describe/parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/api/values.h"
#include "engine/base/human_duration.h"
#include "engine/base/stable_sort.h"

namespace kubetab::kubectl::describe {
namespace {

constexpr std::size_t kMaxAnnotationLength = 140;
constexpr std::string_view kLastApplied = "kubectl.kubernetes.io/last-applied-configuration";

std::string shorten(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return std::string(text);
    return std::string(text.substr(0, limit)) + "...";
}

void write_annotation(Writer& writer, std::string_view key, std::string value) {
    if (!value.empty() && value.back() == '\n') value.pop_back();
    if (value.size() + key.size() + 2 <= kMaxAnnotationLength && value.find('\n') == std::string::npos) {
        writer.add(fmt::format("{}: {}\n", key, value));
        return;
    }
    writer.add(fmt::format("{}:\n", key));
    std::size_t start = 0;
    while (start <= value.size()) {
        const std::size_t end = std::min(value.find('\n', start), value.size());
        const std::string_view line = std::string_view(value).substr(start, end - start);
        writer.add(fmt::format("\t  {}\n", shorten(line, kMaxAnnotationLength - 2)));
        start = end + 1;
    }
}

std::string requirement(const Json& expression) {
    const std::string key = base::text_at(expression, {"key"});
    const std::string op = base::text_at(expression, {"operator"});
    std::vector<std::string> values;
    for (const Json& value : array_at(expression, {"values"})) values.push_back(text_of(&value));
    std::sort(values.begin(), values.end());
    if (op == "Exists") return key;
    if (op == "DoesNotExist") return "!" + key;
    return fmt::format("{} {} ({})", key, op == "NotIn" ? "notin" : "in", join(values, ","));
}

std::string selector_text(const Json& selector) {
    std::vector<std::pair<std::string, std::string>> parts;  // sorted by key, as upstream sorts requirements
    for (const auto& [key, value] : map_at(selector, {"matchLabels"}).items()) {
        parts.emplace_back(key, key + "=" + text_of(&value));
    }
    for (const Json& expression : array_at(selector, {"matchExpressions"})) {
        parts.emplace_back(base::text_at(expression, {"key"}), requirement(expression));
    }
    base::stable_sort(parts, [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> texts;
    for (const auto& part : parts) texts.push_back(part.second);
    return join(texts, ",");
}

}  // namespace

std::string text_of(const Json* value) {
    if (value == nullptr || value->is_null()) return {};
    if (value->is_string()) return value->get<std::string>();
    return value->dump();
}

std::string value_at(const Json& object, std::initializer_list<std::string_view> path,
                     std::string_view otherwise) {
    const Json* found = base::find(object, path);
    if (found == nullptr || found->is_null()) return std::string(otherwise);
    return text_of(found);
}

bool truth_at(const Json& object, std::initializer_list<std::string_view> path) {
    const Json* found = base::find(object, path);
    return found != nullptr && found->is_boolean() && found->get<bool>();
}

const Json& array_at(const Json& object, std::initializer_list<std::string_view> path) {
    static const Json empty = Json::array();
    const Json* found = base::find(object, path);
    return found != nullptr && found->is_array() ? *found : empty;
}

const Json& map_at(const Json& object, std::initializer_list<std::string_view> path) {
    static const Json empty = Json::object();
    const Json* found = base::find(object, path);
    return found != nullptr && found->is_object() ? *found : empty;
}

std::string or_none(std::string text) {
    return text.empty() ? "<none>" : text;
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
    std::string result;
    for (const std::string& part : parts) {
        if (&part != &parts.front()) result += separator;
        result += part;
    }
    return result;
}

std::string join_values(const Json& array, std::string_view separator) {
    std::vector<std::string> parts;
    if (array.is_array()) {
        for (const Json& value : array) parts.push_back(text_of(&value));
    }
    return join(parts, separator);
}

std::string date_of(const std::string& timestamp) {
    const std::optional<std::int64_t> time = api::parse_time_microseconds(timestamp);
    return time ? base::rfc1123_date(*time / 1'000'000) : "Mon, 01 Jan 0001 00:00:00 +0000";
}

std::string age_of(const std::string& timestamp, sim::Instant now) {
    const std::optional<std::int64_t> time = api::parse_time_microseconds(timestamp);
    return time ? base::human_duration(now.ns - *time * 1'000) : "<unknown>";
}

std::string format_labels(const Json& labels) {
    std::vector<std::string> parts;
    for (const auto& [key, value] : labels.items()) parts.push_back(key + "=" + text_of(&value));
    return or_none(join(parts, ","));
}

std::string format_selector(const Json* label_selector) {
    if (label_selector == nullptr || label_selector->is_null()) return "<none>";
    return or_none(selector_text(*label_selector));
}

std::string selector_query(const Json& label_selector) {
    return selector_text(label_selector);
}

bool matches(const Json& match_labels, const Json& labels) {
    if (!match_labels.is_object()) return false;
    for (const auto& [key, value] : match_labels.items()) {
        const Json* found = base::find(labels, key);
        if (found == nullptr || *found != value) return false;
    }
    return true;
}

void write_labels(Writer& writer, std::string_view title, const Json& labels) {
    writer.add(fmt::format("{}:\t", title));
    if (labels.empty()) {
        writer.add("<none>\n");
        return;
    }
    bool first = true;
    for (const auto& [key, value] : labels.items()) {
        if (!first) writer.add("\t");
        writer.add(fmt::format("{}={}\n", key, text_of(&value)));
        first = false;
    }
}

void write_annotations(Writer& writer, std::string_view title, const Json& annotations) {
    writer.add(fmt::format("{}:\t", title));
    bool first = true;
    for (const auto& [key, value] : annotations.items()) {
        if (key == kLastApplied) continue;
        if (!first) writer.add("\t");
        write_annotation(writer, key, text_of(&value));
        first = false;
    }
    if (first) writer.add("<none>\n");
}

void write_name(const Subject& subject, Writer& writer) {
    writer.field(0, "Name", subject.name());
    if (!subject.namespace_name().empty()) writer.field(0, "Namespace", subject.namespace_name());
}

void write_labels_and_annotations(const Subject& subject, Writer& writer) {
    write_labels(writer, "Labels", map_at(subject.object, {"metadata", "labels"}));
    write_annotations(writer, "Annotations", map_at(subject.object, {"metadata", "annotations"}));
}

std::string controller_of(const Json& object) {
    for (const Json& owner : array_at(object, {"metadata", "ownerReferences"})) {
        if (!truth_at(owner, {"controller"})) continue;
        return base::text_at(owner, {"kind"}) + "/" + base::text_at(owner, {"name"});
    }
    return {};
}

void write_condition_reasons(const Json& conditions, Writer& writer) {
    if (conditions.empty()) return;
    writer.add("Conditions:\n  Type\tStatus\tReason\n  ----\t------\t------\n");
    for (const Json& condition : conditions) {
        writer.add(fmt::format("  {} \t{}\t{}\n", base::text_at(condition, {"type"}),
                               base::text_at(condition, {"status"}), base::text_at(condition, {"reason"})));
    }
}

void write_tolerations(Writer& writer, std::string_view title, const Json& tolerations) {
    writer.add(fmt::format("{}:\t", title));
    if (tolerations.empty()) {
        writer.add("<none>\n");
        return;
    }
    std::vector<Json> sorted(tolerations.begin(), tolerations.end());
    base::stable_sort(sorted, [](const Json& a, const Json& b) {
        return base::text_at(a, {"key"}) < base::text_at(b, {"key"});
    });
    for (const Json& toleration : sorted) {
        if (&toleration != &sorted.front()) writer.add("\t");
        const std::string key = base::text_at(toleration, {"key"});
        const std::string value = base::text_at(toleration, {"value"});
        const std::string effect = base::text_at(toleration, {"effect"});
        std::string text = key;
        if (!value.empty()) text += "=" + value;
        if (!effect.empty()) text += ":" + effect;
        if (base::text_at(toleration, {"operator"}) == "Exists" && value.empty()) {
            text += text.empty() ? "op=Exists" : " op=Exists";
        }
        const std::string seconds = value_at(toleration, {"tolerationSeconds"});
        if (!seconds.empty()) text += " for " + seconds + "s";
        writer.add(text + "\n");
    }
}

void write_taints(Writer& writer, std::string_view title, const Json& taints) {
    writer.add(fmt::format("{}:\t", title));
    if (taints.empty()) {
        writer.add("<none>\n");
        return;
    }
    std::vector<std::pair<std::string, std::string>> sorted;
    for (const Json& taint : taints) {
        const std::string key = base::text_at(taint, {"key"});
        const std::string value = base::text_at(taint, {"value"});
        const std::string effect = base::text_at(taint, {"effect"});
        sorted.emplace_back(effect + "," + key, key + (value.empty() ? "" : "=" + value) + ":" + effect);
    }
    base::stable_sort(sorted, [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& taint : sorted) {
        if (&taint != &sorted.front()) writer.add("\t");
        writer.add(taint.second + "\n");
    }
}

void write_limit_rows(const Json& limit_range, std::string_view indentation, Writer& writer) {
    static constexpr std::string_view kLists[] = {"min", "max", "defaultRequest", "default",
                                                  "maxLimitRequestRatio"};
    for (const Json& item : array_at(limit_range, {"spec", "limits"})) {
        std::set<std::string> resources;
        for (const std::string_view list : kLists) {
            for (const auto& [name, value] : map_at(item, {list}).items()) resources.insert(name);
        }
        for (const std::string& resource : resources) {
            writer.add(fmt::format("{}{}\t{}", indentation, base::text_at(item, {"type"}), resource));
            for (const std::string_view list : kLists)
                writer.add("\t" + value_at(item, {list, resource}, "-"));
            writer.add("\n");
        }
    }
}

std::vector<Json> read_events(const Subject& subject, std::string_view uid) {
    const std::string in_namespace = subject.namespace_name();
    const std::string kind = base::text_at(subject.object, {"kind"});
    std::string fields = "involvedObject.name=" + subject.name();
    if (!in_namespace.empty()) fields += ",involvedObject.namespace=" + in_namespace;
    if (!kind.empty()) fields += ",involvedObject.kind=" + kind;
    if (!uid.empty()) fields += ",involvedObject.uid=" + std::string(uid);
    // Events of cluster-scoped objects live in "default"; all namespaces are searched, as upstream does.
    const std::string path =
        in_namespace.empty() ? "/api/v1/events" : "/api/v1/namespaces/" + in_namespace + "/events";
    base::Result<std::vector<Json>> events = subject.lookup.list(path, {{"fieldSelector", fields}});
    return events.ok() ? std::move(events).value() : std::vector<Json>{};
}

void write_event_list(std::vector<Json> events, sim::Instant now, Writer& writer) {
    if (events.empty()) {
        writer.field(0, "Events", "<none>");
        return;
    }
    writer.flush();
    // A null lastTimestamp (events of events.k8s.io) comes first.
    base::stable_sort(events, [](const Json& a, const Json& b) {
        return base::text_at(a, {"lastTimestamp"}) < base::text_at(b, {"lastTimestamp"});
    });
    writer.add("Events:\n  Type\tReason\tAge\tFrom\tMessage\n  ----\t------\t----\t----\t-------\n");
    for (const Json& event : events) {
        const std::string event_time = base::text_at(event, {"eventTime"});
        const std::string first =
            age_of(event_time.empty() ? base::text_at(event, {"firstTimestamp"}) : event_time, now);
        std::string interval = first;
        if (const Json* series = base::find(event, "series"); series != nullptr && series->is_object()) {
            interval =
                fmt::format("{} (x{} over {})", age_of(base::text_at(*series, {"lastObservedTime"}), now),
                            base::int_at(*series, {"count"}), first);
        } else if (base::int_at(event, {"count"}) > 1) {
            interval = fmt::format("{} (x{} over {})", age_of(base::text_at(event, {"lastTimestamp"}), now),
                                   base::int_at(event, {"count"}), first);
        }
        std::string from = base::text_at(event, {"source", "component"});
        if (from.empty()) from = base::text_at(event, {"reportingComponent"});
        std::string message = base::text_at(event, {"message"});
        const std::size_t last = message.find_last_not_of(" \t\r\n");
        message.erase(last == std::string::npos ? 0 : last + 1);
        message.erase(0, message.find_first_not_of(" \t\r\n"));
        writer.write(1, fmt::format("{}\t{}\t{}\t{}\t{}\n", base::text_at(event, {"type"}),
                                    base::text_at(event, {"reason"}), interval, from, message));
    }
}

void write_events(const Subject& subject, Writer& writer) {
    if (!subject.show_events) return;
    write_event_list(read_events(subject, base::text_at(subject.object, {"metadata", "uid"})), subject.now,
                     writer);
}

}  // namespace kubetab::kubectl::describe
