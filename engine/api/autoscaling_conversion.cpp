// upstream: pkg/apis/autoscaling/v1/conversion.go, annotations.go
#include "engine/api/autoscaling_conversion.h"

#include <initializer_list>
#include <string>
#include <utility>

namespace kubetab::api {
namespace {

using base::Json;
// Upstream writes annotations in the order of its structs, not of the alphabet.
using Ordered = nlohmann::ordered_json;

constexpr const char* kBehavior = kAutoscalerAnnotations[0];
constexpr const char* kConditions = kAutoscalerAnnotations[1];
constexpr const char* kCurrentMetrics = kAutoscalerAnnotations[2];
constexpr const char* kMetrics = kAutoscalerAnnotations[3];

Json at(const Json& value, std::initializer_list<std::string_view> path) {
    const Json* found = base::find(value, path);
    return found == nullptr ? Json() : *found;
}

void set(Ordered& to, const char* name, const Json& value) {
    if (!value.is_null()) to[name] = value;
}

// The amount, or what upstream prints for one that is not set.
void set_amount(Ordered& to, const char* name, const Json& value) {
    to[name] = value.is_null() ? Json("0") : value;
}

Ordered reference(const Json& object) {
    Ordered result = Ordered::object();
    set(result, "kind", at(object, {"kind"}));
    set(result, "name", at(object, {"name"}));
    set(result, "apiVersion", at(object, {"apiVersion"}));
    return result;
}

// One source of a metric, or its state: where the numbers stand and what the fields are called in v1.
struct Shape {
    std::string_view numbers;  // "target" or "current"
    const char* utilization;
    const char* average;
    const char* value;
    bool status;
};

constexpr Shape kSpec{"target", "targetAverageUtilization", "targetAverageValue", "targetValue", false};
constexpr Shape kStatus{"current", "currentAverageUtilization", "currentAverageValue", "currentValue", true};

Ordered source_to_v1(std::string_view type, const Json& source, const Shape& shape) {
    Ordered result = Ordered::object();
    const Json value = at(source, {shape.numbers, "value"});
    const Json average = at(source, {shape.numbers, "averageValue"});
    if (type == "object") {
        result["target"] = reference(at(source, {"describedObject"}));
        set(result, "metricName", at(source, {"metric", "name"}));
        set_amount(result, shape.value, value);
        set(result, "selector", at(source, {"metric", "selector"}));
        set(result, "averageValue", average);
    } else if (type == "pods") {
        set(result, "metricName", at(source, {"metric", "name"}));
        set_amount(result, shape.average, average);
        set(result, "selector", at(source, {"metric", "selector"}));
    } else if (type == "external") {
        set(result, "metricName", at(source, {"metric", "name"}));
        set(result, "metricSelector", at(source, {"metric", "selector"}));
        if (shape.status) set_amount(result, shape.value, value);
        else set(result, shape.value, value);
        set(result, shape.average, average);
    } else {
        set(result, "name", at(source, {"name"}));
        set(result, shape.utilization, at(source, {shape.numbers, "averageUtilization"}));
        if (shape.status) set_amount(result, shape.average, average);
        else set(result, shape.average, average);
        set(result, "container", at(source, {"container"}));
    }
    return result;
}

constexpr const char* kSources[] = {"object", "pods", "resource", "containerResource", "external"};

Ordered metric_to_v1(const Json& metric, const Shape& shape) {
    Ordered result = Ordered::object();
    set(result, "type", at(metric, {"type"}));
    for (const char* name : kSources) {
        const Json source = at(metric, {name});
        if (source.is_object()) result[name] = source_to_v1(name, source, shape);
    }
    return result;
}

// What v1 has a field for.
bool is_cpu_utilization(const Json& metric, std::string_view numbers) {
    return base::text_at(metric, {"resource", "name"}) == "cpu" &&
           base::find(metric, {"resource", numbers, "averageUtilization"}) != nullptr;
}

Ordered rules_to_internal(const Json& rules) {
    if (!rules.is_object()) return nullptr;
    Ordered result = Ordered::object();
    result["StabilizationWindowSeconds"] = at(rules, {"stabilizationWindowSeconds"});
    result["SelectPolicy"] = at(rules, {"selectPolicy"});
    result["Policies"] = nullptr;
    for (const Json& policy : at(rules, {"policies"})) {
        Ordered entry = Ordered::object();
        entry["Type"] = at(policy, {"type"});
        entry["Value"] = at(policy, {"value"});
        entry["PeriodSeconds"] = at(policy, {"periodSeconds"});
        result["Policies"].push_back(std::move(entry));
    }
    return result;
}

void annotate(Json& object, const char* name, const Ordered& value) {
    if (!value.empty()) object["metadata"]["annotations"][name] = value.dump();
}

void spec_to_v1(Json& object) {
    Json& spec = object["spec"];
    Ordered others = Ordered::array();
    bool found = false;
    for (const Json& metric : at(spec, {"metrics"})) {
        if (!is_cpu_utilization(metric, "target")) {
            others.push_back(metric_to_v1(metric, kSpec));
        } else if (!std::exchange(found, true)) {
            spec["targetCPUUtilizationPercentage"] = at(metric, {"resource", "target", "averageUtilization"});
        }
    }
    annotate(object, kMetrics, others);
    const Json behavior = at(spec, {"behavior"});
    if (behavior.is_object()) {
        Ordered internal = Ordered::object();
        internal["ScaleUp"] = rules_to_internal(at(behavior, {"scaleUp"}));
        internal["ScaleDown"] = rules_to_internal(at(behavior, {"scaleDown"}));
        annotate(object, kBehavior, internal);
    }
    spec.erase("metrics");
    spec.erase("behavior");
}

void status_to_v1(Json& object) {
    if (!at(object, {"status"}).is_object()) return;
    Json& status = object["status"];
    Ordered metrics = Ordered::array();
    for (const Json& metric : at(status, {"currentMetrics"})) {
        metrics.push_back(metric_to_v1(metric, kStatus));
        if (is_cpu_utilization(metric, "current")) {
            status["currentCPUUtilizationPercentage"] =
                at(metric, {"resource", "current", "averageUtilization"});
        }
    }
    annotate(object, kCurrentMetrics, metrics);
    Ordered conditions = Ordered::array();
    for (const Json& condition : at(status, {"conditions"})) {
        Ordered entry = Ordered::object();
        for (const char* name : {"type", "status", "lastTransitionTime", "reason", "message"})
            set(entry, name, at(condition, {name}));
        conditions.push_back(std::move(entry));
    }
    annotate(object, kConditions, conditions);
    status.erase("currentMetrics");
    status.erase("conditions");
    if (base::find(status, "currentReplicas") == nullptr) status["currentReplicas"] = 0;
}

void move(Json& from, const char* name, Json& to, const char* as) {
    const Json value = at(from, {name});
    if (!value.is_null()) to[as] = value;
}

Json source_from_v1(std::string_view type, Json source, const Shape& shape) {
    Json result = Json::object();
    Json numbers = Json::object();
    move(source, shape.utilization, numbers, "averageUtilization");
    move(source, shape.average, numbers, "averageValue");
    move(source, shape.value, numbers, "value");
    if (type == "object") {
        move(source, "target", result, "describedObject");
        move(source, "averageValue", numbers, "averageValue");
    }
    const bool named = type == "resource" || type == "containerResource";
    if (named) {
        move(source, "name", result, "name");
        move(source, "container", result, "container");
    } else {
        move(source, "metricName", result["metric"], "name");
        move(source, type == "external" ? "metricSelector" : "selector", result["metric"], "selector");
    }
    const bool averaged = base::find(numbers, "averageValue") != nullptr;
    if (!shape.status) {
        const bool by_value = type == "object" ? !averaged : base::find(numbers, "value") != nullptr;
        if (named)
            numbers["type"] = base::find(numbers, "averageUtilization") ? "Utilization" : "AverageValue";
        else numbers["type"] = type != "pods" && by_value ? "Value" : "AverageValue";
    }
    result[std::string(shape.numbers)] = std::move(numbers);
    return result;
}

Json metrics_from_v1(const std::string& text, const Shape& shape) {
    Json result = Json::array();
    const base::Result<Json> parsed = base::parse_json(text);
    if (!parsed.ok() || !parsed->is_array()) return result;
    for (const Json& metric : *parsed) {
        Json entry = {{"type", base::text_at(metric, {"type"})}};
        for (const char* name : kSources) {
            const Json source = at(metric, {name});
            if (source.is_object()) entry[name] = source_from_v1(name, source, shape);
        }
        result.push_back(std::move(entry));
    }
    return result;
}

// The members' first letters made small, nulls left out.
Json uncapitalized(const Json& value) {
    if (value.is_array()) {
        Json result = Json::array();
        for (const Json& item : value) result.push_back(uncapitalized(item));
        return result;
    }
    if (!value.is_object()) return value;
    Json result = Json::object();
    for (const auto& [name, item] : value.items()) {
        std::string key = name;
        if (!key.empty() && key[0] >= 'A' && key[0] <= 'Z') key[0] = static_cast<char>(key[0] - 'A' + 'a');
        if (!item.is_null()) result[key] = uncapitalized(item);
    }
    return result;
}

std::string take_annotation(Json& object, const char* name) {
    const std::string text = base::text_at(object, {"metadata", "annotations", name});
    if (at(object, {"metadata", "annotations"}).is_object()) object["metadata"]["annotations"].erase(name);
    return text;
}

void spec_from_v1(Json& object) {
    const std::string metrics_text = take_annotation(object, kMetrics);
    const std::string behavior_text = take_annotation(object, kBehavior);
    if (!at(object, {"spec"}).is_object()) return;
    Json& spec = object["spec"];
    Json metrics = metrics_from_v1(metrics_text, kSpec);
    const Json percentage = at(spec, {"targetCPUUtilizationPercentage"});
    if (!percentage.is_null()) {
        metrics.push_back(
            {{"type", "Resource"},
             {"resource",
              {{"name", "cpu"}, {"target", {{"type", "Utilization"}, {"averageUtilization", percentage}}}}}});
        spec.erase("targetCPUUtilizationPercentage");
    }
    if (!metrics.empty()) spec["metrics"] = std::move(metrics);
    const base::Result<Json> behavior = base::parse_json(behavior_text);
    if (behavior.ok() && behavior->is_object()) spec["behavior"] = uncapitalized(*behavior);
}

void status_from_v1(Json& object) {
    const std::string metrics_text = take_annotation(object, kCurrentMetrics);
    const std::string conditions_text = take_annotation(object, kConditions);
    if (!at(object, {"status"}).is_object()) return;
    Json& status = object["status"];
    Json metrics = metrics_from_v1(metrics_text, kStatus);
    if (!metrics.empty()) status["currentMetrics"] = std::move(metrics);
    const base::Result<Json> conditions = base::parse_json(conditions_text);
    if (conditions.ok() && conditions->is_array()) status["conditions"] = *conditions;
    status.erase("currentCPUUtilizationPercentage");
}

void drop_empty_annotations(Json& object) {
    const Json annotations = at(object, {"metadata", "annotations"});
    if (annotations.is_object() && annotations.empty()) object["metadata"].erase("annotations");
}

}  // namespace

base::Json autoscaler_to_v1(base::Json v2) {
    for (const char* name : kAutoscalerAnnotations) (void)take_annotation(v2, name);
    v2["apiVersion"] = "autoscaling/v1";
    if (at(v2, {"spec"}).is_object()) spec_to_v1(v2);
    status_to_v1(v2);
    drop_empty_annotations(v2);
    return v2;
}

base::Json autoscaler_from_v1(base::Json v1) {
    v1["apiVersion"] = "autoscaling/v2";
    spec_from_v1(v1);
    status_from_v1(v1);
    drop_empty_annotations(v1);
    return v1;
}

}  // namespace kubetab::api
