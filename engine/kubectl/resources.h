// Resources: from "-f file", "TYPE NAME", "TYPE/NAME", -l and --all to the objects they mean.
//
// upstream: staging/src/k8s.io/cli-runtime/pkg/resource/builder.go, visitor.go
#pragma once

#include <string>
#include <vector>

#include "engine/kubectl/command.h"

namespace kubetab::kubectl {

// One object that a command works on.
struct Info {
    ApiResource resource{};
    std::string namespace_{};  // "" for cluster scope
    std::string name{};        // "" when only generateName is given
    base::Json object{};       // null until read
    std::string source{};      // the file it came from as the user wrote it ("STDIN" for -), or ""

    std::string path() const { return resource.item_path(namespace_, name); }
    // "deployment.apps/web"
    std::string label() const { return resource.qualified_singular() + "/" + name; }
};

struct ResourceQuery {
    std::vector<std::string> arguments{};  // "pods", "pods web", "deploy/web svc/db", "pods,services"
    std::vector<std::string> filenames{};  // files, directories, "-"
    bool recursive = false;
    std::string label_selector{};
    std::string field_selector{};
    bool all = false;               // types without names mean every object of the type
    bool allow_bare_types = false;  // types alone mean every object too (get, describe)
    bool all_namespaces = false;
    bool flatten = true;       // lists become their items
    bool refresh = false;      // objects from files are read again from the server
    bool local = false;        // never asks the server; files only
    bool single_type = false;  // refuses several types of resource
    bool continue_on_error = false;
    bool read_objects = true;  // names are read from the server; else only located
    std::string subresource{};
    bool allow_missing = false;    // --ignore-not-found
    bool as_tables = false;        // objects and lists come as Tables, one Info for each request
    bool hide_ended_pods = false;  // of lists of pods, as clients of 2017 did
    bool exported = false;         // without what belongs to this cluster, as servers of 2017 could
    bool full_rows = false;        // rows of tables hold whole objects
    bool keep_lists = false;       // a list is one Info, not its items
    int chunk_size = 500;          // objects per list request; 0 means all at once
    std::string nothing_given{};  // error when there is neither a file nor an argument; "" for the common one
};

struct Found {
    std::vector<Info> infos{};
    std::vector<base::Status> errors{};
    bool single_item = false;  // one object was asked for by name
};

// The filename flags, selector and arguments of the context, put into a query.
ResourceQuery query_of(const Context& context);

Found find_resources(Context& context, const ResourceQuery& query);

// Objects of files only, in order, without asking whether they exist. Namespaces are filled in.
Found read_manifests(Context& context, const ResourceQuery& query);

// kubectl's refusal when neither -f nor a type is given; `verb` as in "get".
base::Status missing_resource();

// "-f, -R, -k", "-l", and so on: flag tables that many commands share.
FlagTable filename_flags(std::string_view purpose);
FlagTable selector_flag();
FlagTable dry_run_flag();
FlagTable field_manager_flag(std::string_view manager);
FlagTable validate_flag();
FlagTable output_flags();

}  // namespace kubetab::kubectl
