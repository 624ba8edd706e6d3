// What the `set` commands share: pod specs inside objects, and the change, patch, print cycle.
//
// upstream: staging/src/k8s.io/kubectl/pkg/cmd/set/helper.go
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/kubectl/printer.h"
#include "engine/kubectl/resources.h"
#include "engine/kubectl/rest.h"

namespace kubetab::kubectl {

// The pod spec inside an object: of a pod, of a template, of a cron job's job template. Null when there is
// none.
base::Json* pod_spec_of(base::Json& object);

// Changes a copy of an object; the failures are reported, and nothing is sent then.
using Change = std::function<std::vector<base::Status>(const Info& info, base::Json& object)>;

struct SetOperation {
    std::vector<std::string> resources{};  // the arguments that name objects
    std::string operation{};               // "image updated"
    std::string subject{};                 // "image", in errors
    Change change{};
};

// Finds the objects, changes each, sends a merge of the difference and prints the result. Objects that the
// change leaves alone are neither sent nor printed. Honours --local, --dry-run, -o, --all, -l and -f.
Outcome apply_to_all(Context& context, const SetOperation& operation);

// Flags of every `set` command.
FlagTable set_flags();

// The strategic merge patch that turns `before` into `after`, as far as `set` changes objects: lists of named
// elements are merged by name, everything else is replaced.
base::Json named_list_patch(const base::Json& before, const base::Json& after);

// Splits "TYPE/NAME… KEY=VALUE…" into resources and assignments. `is_assignment` tells them apart.
struct SplitArguments {
    std::vector<std::string> resources{};
    std::vector<std::string> assignments{};
};
SplitArguments split_assignments(const std::vector<std::string>& arguments,
                                 bool (*is_assignment)(const std::string& argument));

}  // namespace kubetab::kubectl
