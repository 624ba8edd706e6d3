#include "engine/kubectl/commands/pairs.h"

#include "engine/kubectl/errors.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {

base::Result<Pairs> split_pairs(const std::vector<std::string>& arguments, std::string_view what) {
    Pairs pairs;
    for (const std::string& argument : arguments) {
        const bool is_pair = argument.find('=') != std::string::npos || ends_with(argument, "-");
        if (is_pair) {
            pairs.changes.push_back(argument);
        } else if (pairs.changes.empty()) {
            pairs.resources.push_back(argument);
        } else {
            return client_error("all resources must be specified before " + std::string(what) +
                                " changes: " + argument);
        }
    }
    return pairs;
}

base::Json metadata_map(const base::Json& object, std::string_view member) {
    const base::Json* found = base::find(object, {"metadata", member});
    return found != nullptr && found->is_object() ? *found : base::Json::object();
}

}  // namespace kubetab::kubectl
