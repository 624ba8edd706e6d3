#include "engine/kubectl/resources.h"

#include <algorithm>
#include <utility>

#include "engine/kubectl/rest.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

// What the arguments say. upstream: builder.go ResourceTypeOrNameArgs
struct Arguments {
    std::vector<std::string> types{};  // "pods,svc" split
    std::vector<std::string> names{};
    std::vector<std::pair<std::string, std::string>> tuples{};  // TYPE/NAME
};

base::Result<Arguments> parse_tuples(const std::vector<std::string>& words) {
    Arguments result;
    for (const std::string& word : words) {
        const std::vector<std::string> parts = split(word, '/');
        if (parts.size() != 2)
            return client_error("arguments in resource/name form may not have more than one slash");
        if (parts[0].empty() || parts[1].empty() || parts[0].find(',') != std::string::npos) {
            return client_error("arguments in resource/name form must have a single resource and name");
        }
        result.tuples.emplace_back(parts[0], parts[1]);
    }
    return result;
}

base::Result<Arguments> parse_arguments(const std::vector<std::string>& words) {
    const auto with_slash = std::count_if(words.begin(), words.end(), [](const std::string& word) {
        return word.find('/') != std::string::npos;
    });
    if (with_slash > 0 && with_slash == static_cast<std::ptrdiff_t>(words.size())) return parse_tuples(words);
    if (with_slash > 0) {
        return client_error(
            "there is no need to specify a resource type as a separate argument when passing arguments in "
            "resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get "
            "resource "
            "resource/<resource_name>'");
    }
    Arguments result;
    if (words.empty()) return result;
    for (std::string& type : split(words.front(), ',')) {
        if (!type.empty()) result.types.push_back(std::move(type));
    }
    result.names.assign(words.begin() + 1, words.end());
    return result;
}

// "all" and other categories become their resources.
base::Result<std::vector<ApiResource>> resolve_types(Context& context,
                                                     const std::vector<std::string>& types) {
    const Discovery* discovery = TRY(context.discovery());
    std::vector<ApiResource> resources;
    const auto add = [&](const ApiResource& resource) {
        const bool known = std::any_of(resources.begin(), resources.end(), [&](const ApiResource& other) {
            return other.plural == resource.plural && other.group == resource.group &&
                   other.version == resource.version;
        });
        if (!known) resources.push_back(resource);
    };
    for (const std::string& type : types) {
        const std::vector<ApiResource> members = discovery->in_category(type);
        for (const ApiResource& member : members) add(member);
        if (members.empty()) add(TRY(discovery->find(type)));
    }
    return resources;
}

std::string resource_text(const ApiResource& resource) {
    return resource.group + "/" + resource.version + ", Resource=" + resource.plural;
}

// upstream: selector.go Selector.Visit
base::Status explain_list_error(base::Status status, const ApiResource& resource,
                                const ResourceQuery& query) {
    if (status.reason != base::Reason::BadRequest && status.reason != base::Reason::NotFound) return status;
    if (query.label_selector.empty() && query.field_selector.empty()) {
        status.message = "Unable to list " + quote(resource_text(resource)) + ": " + status.message;
    } else {
        status.message = "Unable to find " + quote(resource_text(resource)) + " that match label selector " +
                         quote(query.label_selector) + ", field selector " + quote(query.field_selector) +
                         ": " + status.message;
    }
    return status;
}

class Finder {
public:
    Finder(Context& context, const ResourceQuery& query) : context_(context), query_(query) {}

    Found find() {
        const base::Result<void> result = run();
        if (!result) found_.errors.push_back(result.error());
        return std::move(found_);
    }

private:
    base::Result<void> run() {
        const Arguments arguments = TRY(parse_arguments(query_.arguments));
        if (!query_.filenames.empty()) return find_in_files(arguments);
        const bool selects = query_.all || !query_.label_selector.empty() || !query_.field_selector.empty();
        const bool types_only = !arguments.types.empty() && arguments.names.empty();
        if (selects || (types_only && query_.allow_bare_types)) return find_by_selector(arguments);
        if (!arguments.tuples.empty()) return find_by_tuple(arguments);
        if (!arguments.names.empty()) return find_by_name(arguments);
        if (!arguments.types.empty()) {
            TRY(resolve_types(context_, arguments.types));
            return client_error("resource(s) were provided, but no name was specified");
        }
        return query_.nothing_given.empty() ? missing_resource() : client_error(query_.nothing_given);
    }

    base::Result<void> find_in_files(const Arguments& arguments) {
        if (!arguments.types.empty() || !arguments.tuples.empty()) {
            return client_error(
                "when paths, URLs, or stdin is provided as input, you may not specify resource arguments as "
                "well");
        }
        found_ = read_manifests(context_, query_);
        if (!query_.refresh || query_.local) return {};
        std::vector<Info> wanted = std::exchange(found_.infos, {});
        for (Info& info : wanted) {
            if (!read(std::move(info))) break;
        }
        return {};
    }

    base::Result<std::vector<ApiResource>> single_type(const Arguments& arguments) {
        std::vector<ApiResource> resources = TRY(resolve_types(context_, arguments.types));
        if (query_.single_type && resources.size() > 1) {
            return client_error("you may only specify a single resource type");
        }
        return resources;
    }

    base::Result<void> find_by_selector(const Arguments& arguments) {
        if (!arguments.names.empty())
            return client_error("name cannot be provided when a selector is specified");
        if (!arguments.tuples.empty()) {
            return client_error(
                "selectors and the all flag cannot be used when passing resource/name arguments");
        }
        if (arguments.types.empty())
            return client_error("at least one resource must be specified to use a selector");
        for (const ApiResource& resource : TRY(single_type(arguments))) {
            const base::Result<base::Json> list = list_of(resource);
            if (!list) {
                found_.errors.push_back(explain_list_error(list.error(), resource, query_));
                if (!query_.continue_on_error) return {};
                continue;
            }
            if (query_.as_tables || query_.keep_lists) add_list(resource, *list);
            else add_items(resource, *list);
        }
        return {};
    }

    base::Result<base::Json> list_of(const ApiResource& resource) {
        QueryParameters parameters;
        std::string fields = query_.field_selector;
        if (query_.hide_ended_pods && resource.kind == "Pod" && resource.group.empty())
            fields += std::string(fields.empty() ? "" : ",") + "status.phase!=Succeeded,status.phase!=Failed";
        if (!fields.empty()) parameters.emplace_back("fieldSelector", fields);
        if (!query_.label_selector.empty()) parameters.emplace_back("labelSelector", query_.label_selector);
        const bool everywhere = query_.all_namespaces || !resource.namespaced;
        const std::string path = resource.collection_path(everywhere ? "" : context_.current_namespace);
        if (query_.full_rows) parameters.emplace_back("includeObject", "Object");
        const Listing listing{query_.as_tables, query_.full_rows ? 0 : query_.chunk_size};
        return list_pages(context_, path, parameters, listing);
    }

    void add_list(const ApiResource& resource, const base::Json& list) {
        Info info;
        info.resource = resource;
        info.object = list;
        found_.infos.push_back(std::move(info));
    }

    void add_items(const ApiResource& resource, const base::Json& list) {
        const base::Json* items = base::find(list, "items");
        if (items == nullptr || !items->is_array()) return;
        for (const base::Json& item : *items) {
            Info info;
            info.resource = resource;
            info.object = item;
            if (base::find(item, "kind") == nullptr) {
                info.object["kind"] = resource.kind;
                info.object["apiVersion"] = resource.api_version();
            }
            info.name = base::text_at(item, {"metadata", "name"});
            info.namespace_ = base::text_at(item, {"metadata", "namespace"});
            found_.infos.push_back(std::move(info));
        }
    }

    base::Result<Info> located(const ApiResource& resource, const std::string& name) {
        Info info;
        info.resource = resource;
        info.name = name;
        if (!resource.namespaced) return info;
        if (query_.all_namespaces) {
            return client_error("a resource cannot be retrieved by name across all namespaces");
        }
        info.namespace_ = context_.current_namespace;
        return info;
    }

    base::Result<void> find_by_tuple(const Arguments& arguments) {
        found_.single_item = arguments.tuples.size() == 1;
        std::vector<Info> infos;
        for (const auto& [type, name] : arguments.tuples) {
            const Discovery* discovery = TRY(context_.discovery());
            infos.push_back(TRY(located(TRY(discovery->find(type)), name)));
        }
        for (Info& info : infos) {
            if (!read(std::move(info))) break;
        }
        return {};
    }

    base::Result<void> find_by_name(const Arguments& arguments) {
        if (arguments.types.empty())
            return client_error("you must provide a resource and a resource name together");
        const std::vector<ApiResource> resources = TRY(resolve_types(context_, arguments.types));
        if (resources.size() > 1) return client_error("you must specify only one resource");
        found_.single_item = arguments.names.size() == 1;
        for (const std::string& name : arguments.names) {
            if (!read(TRY(located(resources.front(), name)))) break;
        }
        return {};
    }

    QueryParameters row_parameters() const {
        if (query_.exported) return {{"export", "true"}};
        return query_.full_rows ? QueryParameters{{"includeObject", "Object"}} : QueryParameters{};
    }

    // Where not even the namespace is there, that is what to say. upstream:
    // cli-runtime/pkg/resource/visitor.go Info.Get
    base::Status why_missing(const Info& info, const base::Status& status) {
        const bool other = !info.namespace_.empty() && info.namespace_ != "default";
        if (status.reason != base::Reason::NotFound || !other) return status;
        const base::Result<base::Json> space = get_json(context_, "/api/v1/namespaces/" + info.namespace_);
        return !space && space.error().reason == base::Reason::NotFound ? space.error() : status;
    }

    // Reads the object of a located name. False when the search must stop.
    bool read(Info info) {
        if (!query_.read_objects) {
            found_.infos.push_back(std::move(info));
            return true;
        }
        const std::string path = info.path() + (query_.subresource.empty() ? "" : "/" + query_.subresource);
        base::Result<base::Json> object =
            info.name.empty() ? base::Result<base::Json>(client_error("resource name may not be empty"))
            : query_.as_tables
                ? get_table(context_, path, row_parameters())
                : get_json(context_, path, query_.exported ? row_parameters() : QueryParameters{});
        if (!object) {
            if (query_.allow_missing && object.error().reason == base::Reason::NotFound) return true;
            found_.errors.push_back(why_missing(info, object.error()));
            return query_.continue_on_error;
        }
        info.object = std::move(object.value());
        if (const std::string name = base::text_at(info.object, {"metadata", "name"}); !name.empty())
            info.name = name;
        found_.infos.push_back(std::move(info));
        return true;
    }

    Context& context_;
    const ResourceQuery& query_;
    Found found_{};
};

}  // namespace

ResourceQuery query_of(const Context& context) {
    ResourceQuery query;
    const Flags& flags = context.flags;
    query.arguments = context.arguments;
    if (flags.has("filename")) query.filenames = flags.list("filename");
    if (flags.has("recursive")) query.recursive = flags.truth("recursive");
    if (flags.has("selector")) query.label_selector = flags.text("selector");
    if (flags.has("field-selector")) query.field_selector = flags.text("field-selector");
    if (flags.has("all")) query.all = flags.truth("all");
    if (flags.has("all-namespaces")) query.all_namespaces = flags.truth("all-namespaces");
    if (flags.has("local")) query.local = flags.truth("local");
    if (flags.has("subresource")) query.subresource = flags.text("subresource");
    return query;
}

Found find_resources(Context& context, const ResourceQuery& query) {
    return Finder(context, query).find();
}

base::Status missing_resource() {
    return client_error(
        "You must provide one or more resources by argument or filename.\n"
        "Example resource specifications include:\n"
        "   '-f rsrc.yaml'\n"
        "   '--filename=rsrc.json'\n"
        "   '<resource> <name>'\n"
        "   '<resource>'");
}

FlagTable filename_flags(std::string_view purpose) {
    return {
        {"filename", 'f', FlagType::TextSlice, "",
         "Filename or directory that identifies the resource " + std::string(purpose)},
        {"kustomize", 'k', FlagType::Text, "", "Not supported"},
        {"recursive", 'R', FlagType::Bool, "false",
         "Process the directory used in -f, --filename recursively"},
    };
}

FlagTable selector_flag() {
    return {{"selector", 'l', FlagType::Text, "",
             "Selector (label query) to filter on, supports '=', '==', '!=', 'in' and 'notin'"}};
}

FlagTable dry_run_flag() {
    return {
        {"dry-run", 0, FlagType::Text, "none", "Must be \"none\", \"server\", or \"client\"", "unchanged"}};
}

FlagTable field_manager_flag(std::string_view manager) {
    return {{"field-manager", 0, FlagType::Text, std::string(manager),
             "Name of the manager used to track field ownership"}};
}

FlagTable validate_flag() {
    return {{"validate", 0, FlagType::Text, "strict",
             "Must be one of: strict (or true), warn, ignore (or false)", "strict"}};
}

FlagTable output_flags() {
    return {
        {"output", 'o', FlagType::Text, "",
         "Output format. One of: (json, yaml, name, jsonpath, jsonpath-as-json, custom-columns)"},
        {"allow-missing-template-keys", 0, FlagType::Bool, "true",
         "If true, ignore missing fields in templates"},
        {"show-managed-fields", 0, FlagType::Bool, "false",
         "If true, keep the managedFields when printing JSON or YAML"},
        {"template", 0, FlagType::Text, "", "Template of -o jsonpath"},
    };
}

}  // namespace kubetab::kubectl
