// Objects from files. upstream: cli-runtime/pkg/resource/visitor.go FileVisitor, StreamVisitor; mapper.go
#include <algorithm>
#include <memory>
#include <utility>

#include "engine/api/codec.h"
#include "engine/base/json_syntax.h"
#include "engine/base/yaml.h"
#include "engine/kubectl/known_manifests.h"
#include "engine/kubectl/resources.h"
#include "engine/kubectl/text.h"
#include "engine/sim/file_system.h"

namespace kubetab::kubectl {
namespace {

// A text to read objects from.
struct Source {
    std::string name{};  // as messages show it
    std::string text{};
};

bool is_manifest_name(std::string_view name) {
    return ends_with(name, ".json") || ends_with(name, ".yaml") || ends_with(name, ".yml");
}

std::string joined(std::string_view directory, std::string_view name) {
    return ends_with(directory, "/") ? std::string(directory) + std::string(name)
                                     : std::string(directory) + "/" + std::string(name);
}

void collect_directory(const Context& context, const std::string& directory, bool recursive,
                       std::vector<std::string>& into) {
    const auto entries = context.files.list(sim::resolve(context.directory, directory));
    if (!entries) return;
    for (const sim::FileInfo& entry : *entries) {
        const std::string path = joined(directory, entry.name);
        if (entry.directory) {
            if (recursive) collect_directory(context, path, recursive, into);
        } else if (is_manifest_name(entry.name)) {
            into.push_back(path);
        }
    }
}

base::Result<std::vector<std::string>> expand(const Context& context, const std::string& name,
                                              bool recursive) {
    if (!known_manifest(name).empty()) return std::vector<std::string>{name};
    if (starts_with(name, "http://") || starts_with(name, "https://")) {
        return client_error("unable to read URL \"" + name +
                            "\": there is no network outside the cluster here");
    }
    const auto info = context.files.stat(sim::resolve(context.directory, name));
    if (!info) return client_error("the path \"" + name + "\" does not exist");
    if (!info->directory) return std::vector<std::string>{name};
    std::vector<std::string> files;
    std::string directory = name;
    while (directory.size() > 1 && directory.back() == '/') directory.pop_back();
    collect_directory(context, directory, recursive, files);
    if (files.empty()) {
        return client_error("error reading [" + name +
                            "]: recognized file extensions are [.json .yaml .yml]");
    }
    return files;
}

// The failure is what follows "error parsing <name>: ".
base::Result<base::Json> json_document(std::string_view text) {
    if (const auto mistake = base::check_json_syntax(text)) {
        if (mistake->offset >= text.size() && ends_with(mistake->message, "end of JSON input")) {
            return client_error("unexpected EOF");
        }
        return client_error("json: offset " + std::to_string(mistake->offset) + ": " + mistake->message);
    }
    return base::parse_json(text);
}

base::Result<base::Json> yaml_document(std::string_view text) {
    auto document = base::parse_yaml(text);
    if (!document) return client_error("error converting YAML to JSON: " + document.error().message);
    return document;
}

bool validates(const Context& context) {
    if (!context.flags.has("validate")) return false;
    const std::string& value = context.flags.text("validate");
    return value != "false" && value != "ignore";
}

// upstream: kubectl/pkg/validation/schema.go; only what the server cannot check
base::Result<void> validate(const base::Json& document) {
    std::string problem;
    const std::string api_version = base::text_at(document, {"apiVersion"});
    if (!document.is_object()) problem = "invalid object to validate";
    else if (base::find(document, "apiVersion") == nullptr) problem = "apiVersion not set";
    else if (base::find(document, "kind") == nullptr) problem = "kind not set";
    else if (std::count(api_version.begin(), api_version.end(), '/') > 1) {
        problem = "unexpected GroupVersion string: " + api_version;
    }
    if (problem.empty()) return {};
    return client_error("error validating data: " + problem +
                        "; if you choose to ignore these errors, turn validation off with --validate=false");
}

// upstream: apimachinery/pkg/apis/meta/v1/unstructured UnstructuredJSONScheme, resource
// metadataValidatingDecoder
base::Result<void> check_decodes(const base::Json& document) {
    const std::string text = document.dump(-1, ' ', false, base::Json::error_handler_t::replace);
    if (!document.is_object())
        return client_error(
            "couldn't get version/kind; json parse error: json: cannot unmarshal " +
            std::string(document.is_array() ? "array" : document.type_name()) +
            " into Go value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind "
            "string \"json:\\\"kind,omitempty\\\"\" }");
    if (base::text_at(document, {"kind"}).empty())
        return client_error("Object 'Kind' is missing in '" + text + "'");
    if (base::text_at(document, {"apiVersion"}).empty()) {
        return client_error("Object 'apiVersion' is missing in '" + text + "'");
    }
    const base::Json* metadata = base::find(document, "metadata");
    if (metadata == nullptr || metadata->is_null()) return {};
    if (!metadata->is_object()) {
        return client_error("json: cannot unmarshal " +
                            std::string(metadata->is_array() ? "array" : metadata->type_name()) +
                            " into Go struct field PartialObjectMetadata.metadata of type v1.ObjectMeta");
    }
    api::ObjectMeta decoded;
    api::StrictIssues issues;
    const base::Result<void> result =
        api::decode(api::type_of<api::ObjectMeta>(), &decoded, *metadata, issues);
    if (result.ok()) return {};
    std::string message = result.error().message;
    // The decoder was not told where the metadata stands.
    constexpr std::string_view kField = "ObjectMeta.";
    if (const std::size_t at = message.find(kField); at != std::string::npos)
        message.insert(at + kField.size(), "metadata.");
    return client_error(message);
}

const ApiResource* mapping_of(const Discovery& discovery, const std::string& api_version,
                              const std::string& kind) {
    if (const ApiResource* exact = discovery.find_kind(api_version, kind)) return exact;
    for (const ApiResource& resource : discovery.all()) {
        if (resource.api_version() == api_version && lower(resource.kind) == kind) return &resource;
    }
    return nullptr;
}

class ManifestReader {
public:
    ManifestReader(Context& context, const ResourceQuery& query) : context_(context), query_(query) {}

    Found read() {
        for (const std::string& name : query_.filenames) {
            if (name == "-") {
                if (!read_source({"STDIN", context_.standard_input})) return std::move(found_);
                continue;
            }
            const auto files = expand(context_, name, query_.recursive);
            if (!files) {
                // A missing path is an error of the command line: nothing is read.
                found_.infos.clear();
                found_.errors = {files.error()};
                return std::move(found_);
            }
            found_.single_item = files->size() == 1 && (*files)[0] == name && query_.filenames.size() == 1;
            if (!read_files(*files)) return std::move(found_);
        }
        return std::move(found_);
    }

private:
    bool read_files(const std::vector<std::string>& files) {
        for (const std::string& file : files) {
            if (const std::string_view known = known_manifest(file); !known.empty()) {
                if (!read_source({file, std::string(known)})) return false;
                continue;
            }
            const auto text = context_.read_file(file);
            if (!text) {
                if (!note(text.error())) return false;
                continue;
            }
            if (!read_source({file, *text})) return false;
        }
        return true;
    }

    // False when the reading must stop.
    bool note(base::Status error) {
        found_.errors.push_back(std::move(error));
        return query_.continue_on_error;
    }

    // The documents before one that cannot be read count.
    bool read_source(const Source& source) {
        const std::string_view body = trim(source.text);
        if (starts_with(body, "{")) return read_document(json_document(body), source.name) != Reading::End;
        for (const std::string& part : base::split_yaml_documents(source.text)) {
            const Reading reading = read_document(yaml_document(part), source.name);
            if (reading != Reading::Goes) return reading == Reading::NextSource;
        }
        return true;
    }

    enum class Reading { Goes, NextSource, End };

    Reading read_document(const base::Result<base::Json>& document, const std::string& source) {
        const auto left = [this](base::Status error) {
            return note(std::move(error)) ? Reading::NextSource : Reading::End;
        };
        if (!document) return left(client_error("error parsing " + source + ": " + document.error().message));
        if (document->is_null()) return Reading::Goes;
        if (validates(context_)) {
            if (const auto valid = validate(*document); !valid) {
                return left(client_error("error validating " + quote(source) + ": " + valid.error().message));
            }
        }
        return add_document(*document, source) ? Reading::Goes : Reading::End;
    }

    bool add_document(const base::Json& document, const std::string& source) {
        if (const auto decodes = check_decodes(document); !decodes) {
            return note(client_error("unable to decode " + quote(source) + ": " + decodes.error().message));
        }
        const base::Json* items = base::find(document, "items");
        const bool is_list =
            ends_with(base::text_at(document, {"kind"}), "List") && items != nullptr && items->is_array();
        if (!is_list || !query_.flatten) return add_object(document, source);
        for (const base::Json& item : *items) {
            if (!add_document(item, source)) return false;
        }
        return true;
    }

    bool add_object(const base::Json& document, const std::string& source) {
        Info info;
        info.object = document;
        info.source = source;
        info.name = base::text_at(document, {"metadata", "name"});
        info.namespace_ = base::text_at(document, {"metadata", "namespace"});
        const std::string kind = base::text_at(document, {"kind"});
        const std::string api_version = base::text_at(document, {"apiVersion"});
        if (query_.local) {
            info.resource = local_resource(api_version, kind);
        } else {
            const auto discovery = context_.discovery();
            if (!discovery) return note(discovery.error());
            const ApiResource* resource = mapping_of(**discovery, api_version, kind);
            if (resource == nullptr) {
                return note(client_error("resource mapping not found for name: " + quote(info.name) +
                                         " namespace: " + quote(info.namespace_) + " from " + quote(source) +
                                         ": no matches for kind " + quote(kind) + " in version " +
                                         quote(api_version) + "\nensure CRDs are installed first"));
            }
            info.resource = *resource;
        }
        if (const auto placed = place(info); !placed) return note(placed.error());
        found_.infos.push_back(std::move(info));
        return true;
    }

    // Without a server a kind's resource is guessed. upstream: meta.UnsafeGuessKindToResource
    static ApiResource local_resource(const std::string& api_version, const std::string& kind) {
        ApiResource resource;
        const std::size_t slash = api_version.find('/');
        resource.group = slash == std::string::npos ? "" : api_version.substr(0, slash);
        resource.version = slash == std::string::npos ? api_version : api_version.substr(slash + 1);
        resource.kind = kind;
        resource.singular = lower(kind);
        resource.plural =
            ends_with(resource.singular, "s") ? resource.singular + "es" : resource.singular + "s";
        return resource;
    }

    // upstream: visitor.go SetNamespace, RequireNamespace
    base::Result<void> place(Info& info) const {
        if (!info.resource.namespaced) {
            info.namespace_.clear();
            return {};
        }
        if (query_.local) return {};
        const std::string& wanted = context_.current_namespace;
        if (info.namespace_.empty()) {
            info.namespace_ = wanted;
            info.object["metadata"]["namespace"] = wanted;
        } else if (context_.namespace_given && info.namespace_ != wanted) {
            return client_error("the namespace from the provided object " + quote(info.namespace_) +
                                " does not match the namespace " + quote(wanted) +
                                ". You must pass '--namespace=" + info.namespace_ +
                                "' to perform this operation.");
        }
        return {};
    }

    Context& context_;
    const ResourceQuery& query_;
    Found found_{};
};

}  // namespace

Found read_manifests(Context& context, const ResourceQuery& query) {
    return ManifestReader(context, query).read();
}

}  // namespace kubetab::kubectl
