// Parts that many descriptions share: labels, annotations, selectors, times, conditions, events.
//
// upstream: staging/src/k8s.io/kubectl/pkg/describe/describe.go
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/kubectl/describe/subject.h"

namespace kubetab::kubectl::describe {

// A scalar as Go's %v prints it; "" for null and absent values.
std::string text_of(const Json* value);
// The scalar at a path, or `otherwise` when it is absent or null.
std::string value_at(const Json& object, std::initializer_list<std::string_view> path,
                     std::string_view otherwise = "");
bool truth_at(const Json& object, std::initializer_list<std::string_view> path);
// The array at a path; an empty one when it is absent.
const Json& array_at(const Json& object, std::initializer_list<std::string_view> path);
// The object at a path; an empty one when it is absent.
const Json& map_at(const Json& object, std::initializer_list<std::string_view> path);

std::string or_none(std::string text);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
// The scalars of an array, joined.
std::string join_values(const Json& array, std::string_view separator);

// "Thu, 17 Feb 2022 16:51:01 +0000" of an RFC 3339 text; an unset time is Go's zero time.
std::string date_of(const std::string& timestamp);
// "3m20s" since an RFC 3339 text, "<unknown>" when it is unset.
std::string age_of(const std::string& timestamp, sim::Instant now);

// "a=b,c=d", or "<none>".
std::string format_labels(const Json& labels);
// A labelSelector as text: "app=web,tier in (a,b)", "<none>".
std::string format_selector(const Json* label_selector);
// A labelSelector as the value of a labelSelector parameter.
std::string selector_query(const Json& label_selector);
bool matches(const Json& match_labels, const Json& labels);

// "Labels:" one per line under each other. `title` carries its own indentation.
void write_labels(Writer& writer, std::string_view title, const Json& labels);
void write_annotations(Writer& writer, std::string_view title, const Json& annotations);
// Name, Namespace (when there is one), in that order.
void write_name(const Subject& subject, Writer& writer);
void write_labels_and_annotations(const Subject& subject, Writer& writer);
// "Deployment/web" of the controlling owner, or "".
std::string controller_of(const Json& object);
// Conditions with Type, Status and Reason.
void write_condition_reasons(const Json& conditions, Writer& writer);

void write_tolerations(Writer& writer, std::string_view title, const Json& tolerations);
void write_taints(Writer& writer, std::string_view title, const Json& taints);

// The rows of a LimitRange: type, resource, min, max, defaults, ratio; "-" where nothing is set.
void write_limit_rows(const Json& limit_range, std::string_view indentation, Writer& writer);

// The events of an object, oldest first; nothing when they are not wanted.
void write_events(const Subject& subject, Writer& writer);
// The same for events already read.
void write_event_list(std::vector<Json> events, sim::Instant now, Writer& writer);
// Reads events by involvedObject fields.
std::vector<Json> read_events(const Subject& subject, std::string_view uid);

}  // namespace kubetab::kubectl::describe
