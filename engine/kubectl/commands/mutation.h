// What the commands that change objects share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/api/type.h"
#include "engine/kubectl/command.h"
#include "engine/kubectl/resources.h"

namespace kubetab::kubectl {

inline constexpr std::string_view kLastApplied = "kubectl.kubernetes.io/last-applied-configuration";

// The object as it stands in the last-applied annotation: compact JSON without that annotation, and a
// newline. upstream: kubectl/pkg/util/apply.go GetModifiedConfiguration
std::string last_applied_text(const base::Json& object);
// The object with that annotation set to its own text.
base::Json with_last_applied(const base::Json& object);

// The field table of an object's kind; nullptr for kinds we have none of (custom resources).
const api::Type* type_of_resource(const ApiResource& resource);

// Drops the objects that -l does not select; those of files are filtered here and not by the server.
base::Result<void> keep_selected(std::vector<Info>& infos, const std::string& selector);

// `Resource: "/v1, Resource=pods", GroupVersionKind: "/v1, Kind=Pod"` and a line with name and namespace.
std::string info_text(const Info& info);

// Refuses flags that the command knows but cannot do; each is `--name` plus why.
struct Unsupported {
    std::string_view flag;
    std::string_view why;
};
base::Result<void> refuse_flags(const Context& context, const std::vector<Unsupported>& flags);

}  // namespace kubetab::kubectl
