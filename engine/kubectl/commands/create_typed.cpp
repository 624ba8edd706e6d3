#include "engine/kubectl/commands/create_typed.h"

#include <utility>

#include "engine/kubectl/commands/mutation.h"
#include "engine/kubectl/printer.h"
#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"
#include "engine/sim/file_system.h"

namespace kubetab::kubectl {
namespace {

using base::Json;
using Sources = std::vector<std::pair<std::string, std::string>>;

bool is_data_key(const std::string& key) {
    for (const char c : key) {
        const bool valid = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           c == '-' || c == '_' || c == '.';
        if (!valid) return false;
    }
    return !key.empty();
}

// `named` is the kind and the quoted name of the object.
base::Result<void> add_source(Sources& sources, const std::string& key, std::string value,
                              const std::string& named) {
    if (!is_data_key(key)) {
        return client_error(quote(key) + " is not a valid key name for a " +
                            named.substr(0, named.find(' ')) +
                            ": a valid config key must consist of alphanumeric characters, '-', '_' or '.' "
                            "(e.g. 'key.name',  "
                            "or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')");
    }
    for (const auto& [known, unused] : sources) {
        if (known != key) continue;
        return client_error("cannot add key " + quote(key) +
                            ", another key by that name already exists in Data for " + named);
    }
    sources.emplace_back(key, std::move(value));
    return {};
}

std::string base_name(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

// Go's text of an operating system error.
std::string reason_text(const base::Status& status) {
    std::string text = status.message;
    if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
    return text;
}

// upstream: create_configmap.go handleConfigMapFromFileSources
base::Result<void> add_files(const Context& context, Sources& sources, const std::string& named) {
    for (const std::string& source : context.flags.list("from-file")) {
        const std::size_t equals = source.find('=');
        const std::string path = equals == std::string::npos ? source : source.substr(equals + 1);
        if (path.empty())
            return client_error("file path for key name " + source.substr(0, equals) + " missing");
        if (equals == 0) return client_error("key name for file path " + path + " missing");
        const std::string absolute = sim::resolve(context.directory, path);
        const auto info = context.files.stat(absolute);
        if (!info) return client_error("error reading " + path + ": " + reason_text(info.error()));
        if (info->directory && equals != std::string::npos) {
            return client_error("cannot give a key name for a directory path");
        }
        if (!info->directory) {
            const auto text = context.files.read(absolute);
            if (!text) return client_error("error reading " + path + ": " + reason_text(text.error()));
            const std::string key = equals == std::string::npos ? base_name(path) : source.substr(0, equals);
            TRY(add_source(sources, key, *text, named));
            continue;
        }
        const auto entries = context.files.list(absolute);
        if (!entries)
            return client_error("error listing files in " + path + ": " + reason_text(entries.error()));
        for (const sim::FileInfo& entry : *entries) {
            if (entry.directory) continue;
            const auto text = context.files.read(absolute + "/" + entry.name);
            if (text.ok()) TRY(add_source(sources, entry.name, *text, named));
        }
    }
    return {};
}

base::Result<void> add_environment_files(const Context& context, Sources& sources, const std::string& named) {
    const std::vector<std::string>& files = context.flags.list("from-env-file");
    if (files.empty()) return {};
    if (!context.flags.list("from-file").empty() || !context.flags.list("from-literal").empty()) {
        return client_error("from-env-file cannot be combined with from-file or from-literal");
    }
    for (const std::string& file : files) {
        const auto text = context.files.read(sim::resolve(context.directory, file));
        if (!text) return client_error("error reading " + file + ": " + reason_text(text.error()));
        for (const std::string& whole : split(*text, '\n')) {
            const std::string line(trim(whole));
            if (line.empty() || line[0] == '#') continue;
            const std::size_t equals = line.find('=');
            const std::string key = line.substr(0, equals);
            std::string value;
            if (equals != std::string::npos) {
                value = line.substr(equals + 1);
            } else if (const auto known = context.environment.find(key); known != context.environment.end()) {
                value = known->second;
            } else {
                continue;
            }
            TRY(add_source(sources, key, value, named));
        }
    }
    return {};
}

}  // namespace

FlagTable typed_create_flags() {
    return FlagTable{{"save-config", 0, FlagType::Bool, "false",
                      "Save the configuration of the object in its annotation"}} +
           dry_run_flag() + field_manager_flag("kubectl-create") + output_flags() + validate_flag();
}

FlagTable source_flags() {
    return {
        {"append-hash", 0, FlagType::Bool, "false", "Not supported"},
        {"from-env-file", 0, FlagType::TextSlice, "", "File of lines key=value"},
        {"from-file", 0, FlagType::TextSlice, "",
         "File or directory whose content is a value, optionally key=file"},
        {"from-literal", 0, FlagType::TextArray, "", "A key and its value, e.g. mykey=somevalue"},
    };
}

base::Result<std::string> created_name(const Context& context) {
    if (context.arguments.size() == 1) return context.arguments.front();
    return usage_error(context.path(),
                       "exactly one NAME is required, got " + std::to_string(context.arguments.size()));
}

std::vector<std::string> take_command(Context& context) {
    if (context.arguments_before_dash < 0) return {};
    const auto split_at = context.arguments.begin() + context.arguments_before_dash;
    std::vector<std::string> command(split_at, context.arguments.end());
    context.arguments.erase(split_at, context.arguments.end());
    return command;
}

Json created_object(std::string_view api_version, std::string_view kind, const std::string& name) {
    return {{"apiVersion", api_version},
            {"kind", kind},
            {"metadata", {{"creationTimestamp", nullptr}, {"name", name}}}};
}

Outcome create_typed(Context& context, Json object, std::string_view what) {
    if (const auto output = check_output(context); !output) return output.error();
    const auto refused = refuse_flags(context, {{"append-hash", "give the object another name yourself"}});
    if (!refused) return refused.error();
    const auto dry_run = dry_run_of(context);
    if (!dry_run) return dry_run.error();
    const auto discovery = context.discovery();
    if (!discovery) return discovery.error();
    const std::string api_version = base::text_at(object, {"apiVersion"});
    const std::string kind = base::text_at(object, {"kind"});
    const ApiResource* resource = (*discovery)->find_kind(api_version, kind);
    if (resource == nullptr) {
        return client_error("no matches for kind " + quote(kind) + " in version " + quote(api_version));
    }
    Info info;
    info.resource = *resource;
    info.name = base::text_at(object, {"metadata", "name"});
    if (resource->namespaced) info.namespace_ = context.current_namespace;
    if (resource->namespaced && context.namespace_given) object["metadata"]["namespace"] = info.namespace_;
    if (context.flags.truth("save-config")) object = with_last_applied(object);
    if (*dry_run != DryRun::Client) {
        auto created = post_json(context, resource->collection_path(info.namespace_), object,
                                 write_parameters(context, *dry_run, "kubectl-create"));
        if (!created && what.empty()) return created.error();
        if (!created)
            return client_error("failed to create " + std::string(what) + " " + created.error().message);
        object = std::move(created).value();
    }
    if (const auto printed = print_result(context, info, object, "created"); !printed) return printed.error();
    return 0;
}

base::Result<Sources> sources_of(const Context& context, const std::string& kind) {
    Sources sources;
    const std::string named = kind + " " + quote(context.arguments.front());
    for (const std::string& literal : context.flags.list("from-literal")) {
        const std::size_t equals = literal.find('=');
        if (equals == std::string::npos || equals == 0) {
            return client_error("invalid literal source " + literal + ", expected key=value");
        }
        std::string value = literal.substr(equals + 1);
        // Quotes that the shell left around the value are taken off.
        if (value.size() >= 2 && value.front() == value.back() &&
            (value.front() == '"' || value.front() == '\'')) {
            value = value.substr(1, value.size() - 2);
        }
        TRY(add_source(sources, literal.substr(0, equals), value, named));
    }
    TRY(add_files(context, sources, named));
    TRY(add_environment_files(context, sources, named));
    return sources;
}

}  // namespace kubetab::kubectl
