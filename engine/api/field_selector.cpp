// Field selectors, and the fields each kind can be selected by.
// upstream: staging/src/k8s.io/apimachinery/pkg/fields/selector.go; the kinds' ToSelectableFields
#include <algorithm>

#include "engine/api/batch.h"
#include "engine/api/custom/custom_resource.h"
#include "engine/api/kinds.h"
#include "engine/api/selectors.h"
#include "engine/api/validation/name_rules.h"
#include "engine/base/json.h"

namespace kubetab::api {
namespace {

using base::Reason;
using base::Result;
using base::Status;

Status bad(std::string message) {
    return base::failure(Reason::BadRequest, std::move(message));
}

// Splits at commas that no backslash stands before.
std::vector<std::string> split_terms(std::string_view text) {
    std::vector<std::string> terms;
    std::string term;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) {
            term += text[i];
            term += text[++i];
        } else if (text[i] == ',') {
            terms.push_back(std::move(term));
            term.clear();
        } else {
            term += text[i];
        }
    }
    terms.push_back(std::move(term));
    return terms;
}

// upstream: UnescapeValue
Result<std::string> unescaped(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == ',' || c == '=') {
            return bad("invalid field selector: unescaped character in value: " +
                       std::to_string(static_cast<unsigned char>(c)));
        }
        if (c == '\\') {
            const std::string_view next = text.substr(i + 1, 1);
            if (next != "\\" && next != "," && next != "=") {
                return bad("invalid field selector: invalid escape sequence: \\" + std::string(next));
            }
            ++i;
            result += next;
        } else {
            result += c;
        }
    }
    return result;
}

std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '\\' || c == ',' || c == '=') result += '\\';
        result += c;
    }
    return result;
}

// upstream: customresource_handler.go [selectableFields]
void add_custom_fields(const CustomVersion& version, const Object& object, base::StringMap& fields) {
    for (const SelectableField& selectable : version.selectable) {
        const base::Json value = value_at(object, selectable.jsonPath);
        std::string text = value.is_null() ? std::string() : value.dump();
        if (value.is_string()) text = value.get<std::string>();
        fields[std::string_view(selectable.jsonPath).substr(1)] = text;
    }
}

void add_pod_fields(const Pod& pod, base::StringMap& fields) {
    fields["spec.nodeName"] = pod.spec->nodeName;
    fields["spec.restartPolicy"] = pod.spec->shared->restartPolicy;
    fields["spec.schedulerName"] = pod.spec->shared->schedulerName;
    fields["spec.serviceAccountName"] = pod.spec->serviceAccountName;
    fields["spec.hostNetwork"] = pod.spec->shared->hostNetwork ? "true" : "false";
    fields["status.phase"] = pod.status.phase;
    fields["status.podIP"] = pod.status.podIP;
    fields["status.nominatedNodeName"] = pod.status.nominatedNodeName;
}

void add_event_fields(const Event& event, base::StringMap& fields) {
    const ObjectReference& object = event.involvedObject;
    fields["involvedObject.kind"] = object.kind;
    fields["involvedObject.namespace"] = object.namespace_;
    fields["involvedObject.name"] = object.name;
    fields["involvedObject.uid"] = object.uid;
    fields["involvedObject.apiVersion"] = object.apiVersion;
    fields["involvedObject.resourceVersion"] = object.resourceVersion;
    fields["involvedObject.fieldPath"] = object.fieldPath;
    fields["reason"] = event.reason;
    fields["reportingComponent"] =
        event.reportingComponent.empty() ? event.source.component : event.reportingComponent;
    fields["source"] = event.source.component.empty() ? event.reportingComponent : event.source.component;
    fields["type"] = event.type;
}

}  // namespace

// upstream: parseSelector
Result<FieldSelector> FieldSelector::parse(std::string_view text) {
    FieldSelector selector;
    for (const std::string& part : split_terms(text)) {
        if (part.empty()) continue;
        const std::size_t sign = part.find('=');
        if (sign == std::string::npos) {
            return bad("invalid selector: '" + std::string(text) + "'; can't understand '" + part + "'");
        }
        Term term;
        std::size_t value_at = sign + 1;
        std::size_t field_end = sign;
        if (sign > 0 && part[sign - 1] == '!') {
            term.equal = false;
            --field_end;
        } else if (part.substr(sign, 2) == "==") {
            ++value_at;
        }
        term.field = part.substr(0, field_end);
        term.value = TRY(unescaped(std::string_view(part).substr(value_at)));
        if (term.field == "spec.host") term.field = "spec.nodeName";
        selector.terms_.push_back(std::move(term));
    }
    return selector;
}

bool FieldSelector::matches(const base::StringMap& fields) const {
    return std::all_of(terms_.begin(), terms_.end(), [&](const Term& term) {
        return (fields.value_or(term.field, "") == term.value) == term.equal;
    });
}

std::string FieldSelector::text() const {
    std::vector<std::string> texts;
    for (const Term& term : terms_)
        texts.push_back(term.field + (term.equal ? "=" : "!=") + escaped(term.value));
    return joined(texts, ",");
}

Result<void> FieldSelector::check(const Kind& kind) const {
    const std::shared_ptr<Object> blank = kind.make();
    const base::StringMap known = selectable_fields(kind, *blank);
    for (const Term& term : terms_) {
        if (known.contains(term.field)) continue;
        // upstream: pkg/apis/core/v1/conversion.go words it with the field alone,
        // runtime.DefaultMetaV1FieldSelectorConversion names the fields that every kind has.
        const bool has_own = known.size() > (kind.namespaced ? 2U : 1U);
        if (has_own) return bad("field label not supported: " + term.field);
        return bad("\"" + term.field +
                   "\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
    }
    return {};
}

base::StringMap selectable_fields(const Kind& kind, const Object& object) {
    base::StringMap fields{{"metadata.name", object.metadata.name}};
    if (kind.namespaced) fields["metadata.namespace"] = object.metadata.namespace_;
    if (kind.custom != nullptr) add_custom_fields(*kind.custom, object, fields);
    if (&kind == &kind_of<Pod>()) add_pod_fields(static_cast<const Pod&>(object), fields);
    if (&kind == &kind_of<Event>()) add_event_fields(static_cast<const Event&>(object), fields);
    if (&kind == &kind_of<Node>()) {
        fields["spec.unschedulable"] = static_cast<const Node&>(object).spec.unschedulable ? "true" : "false";
    }
    if (&kind == &kind_of<Namespace>())
        fields["status.phase"] = static_cast<const Namespace&>(object).status.phase;
    if (&kind == &kind_of<Secret>()) fields["type"] = static_cast<const Secret&>(object).type;
    if (&kind == &kind_of<Job>()) {
        fields["status.successful"] = std::to_string(static_cast<const Job&>(object).status.succeeded);
    }
    if (&kind == &kind_of<Service>()) {
        const auto& service = static_cast<const Service&>(object);
        fields["spec.clusterIP"] = service.spec.clusterIP;
        fields["spec.type"] = service.spec.type;
    }
    return fields;
}

}  // namespace kubetab::api
