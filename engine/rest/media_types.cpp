#include "engine/rest/media_types.h"

#include <map>

#include "engine/rest/http.h"

namespace kubetab::rest {
namespace {

using Parameters = std::map<std::string, std::string>;

std::string lower_case(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

// Takes what stands before the separator off the front.
std::string_view take_until(std::string_view& text, char separator) {
    const std::size_t at = text.find(separator);
    const std::string_view taken = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
    return trimmed(taken);
}

std::optional<Wanted::View> view_of(const Parameters& parameters) {
    const auto value = [&](const char* name) {
        const auto it = parameters.find(name);
        return it == parameters.end() ? std::string() : it->second;
    };
    const std::string as = value("as");
    if (as.empty()) return Wanted::View::Object;
    if (as == "APIGroupDiscoveryList") {
        if (value("g") != "apidiscovery.k8s.io" || value("v") != "v2") return std::nullopt;
        return Wanted::View::Discovery;
    }
    if (value("g") != "meta.k8s.io" || value("v") != "v1") return std::nullopt;
    if (as == "Table") return Wanted::View::Table;
    if (as == "PartialObjectMetadata" || as == "PartialObjectMetadataList") return Wanted::View::Partial;
    return std::nullopt;
}

std::optional<Wanted> clause(std::string_view text) {
    const std::string type = lower_case(take_until(text, ';'));
    Parameters parameters;
    while (!text.empty()) {
        std::string_view pair = take_until(text, ';');
        const std::string name = lower_case(take_until(pair, '='));
        parameters[name] = std::string(pair);
    }
    const bool json = type == "application/json" || type == "application/*" || type == "*/*";
    const bool protobuf = type == "application/vnd.kubernetes.protobuf";
    if (!json && !protobuf && type != "application/yaml") return std::nullopt;
    const std::optional<Wanted::View> view = view_of(parameters);
    if (!view) return std::nullopt;
    const bool shown = *view == Wanted::View::Object || *view == Wanted::View::Partial;
    if (protobuf) return shown ? std::optional(Wanted{Wanted::Form::Protobuf, *view}) : std::nullopt;
    return Wanted{json ? Wanted::Form::Json : Wanted::Form::Yaml, *view};
}

}  // namespace

std::optional<Wanted> negotiate(std::string_view accept) {
    if (trimmed(accept).empty()) return Wanted{};
    while (!accept.empty()) {
        if (const std::optional<Wanted> wanted = clause(take_until(accept, ','))) return wanted;
    }
    return std::nullopt;
}

std::string media_type(std::string_view content_type) {
    return lower_case(take_until(content_type, ';'));
}

}  // namespace kubetab::rest
