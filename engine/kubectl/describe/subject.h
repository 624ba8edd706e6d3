// What a description is made from: the object, the present moment, and a way to look up related objects.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/json.h"
#include "engine/base/status.h"
#include "engine/kubectl/describe/writer.h"
#include "engine/sim/time.h"

namespace kubetab::kubectl::describe {

using base::Json;

// Reads other objects from the server. Paths are REST paths, queries are decoded.
class Lookup {
public:
    virtual ~Lookup() = default;
    virtual base::Result<Json> get(const std::string& path) = 0;
    // The items of a list.
    virtual base::Result<std::vector<Json>> list(
        const std::string& path, const std::vector<std::pair<std::string, std::string>>& query) = 0;
};

struct Subject {
    const Json& object;
    Lookup& lookup;
    sim::Instant now{};
    bool show_events = true;

    std::string name() const { return base::text_at(object, {"metadata", "name"}); }
    std::string namespace_name() const { return base::text_at(object, {"metadata", "namespace"}); }
};

// Writes one kind of object.
using DescribeFunction = void (*)(const Subject&, Writer&);

// The function for a kind; the generic one for a kind without its own.
DescribeFunction find_describer(std::string_view group, std::string_view kind);

// The whole text of `kubectl describe` for one object. `group` is "" for core.
std::string describe(const Subject& subject, std::string_view group, std::string_view kind);

}  // namespace kubetab::kubectl::describe
