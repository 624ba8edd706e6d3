// Printers: objects to text, by the -o of a command.
//
// upstream: staging/src/k8s.io/cli-runtime/pkg/genericclioptions, pkg/printers
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/kubectl/command.h"
#include "engine/kubectl/resources.h"

namespace kubetab::kubectl {

// Prints objects (not tables) in one of the machine forms: json, yaml, name, jsonpath=…, custom-columns=….
class ObjectPrinter {
public:
    virtual ~ObjectPrinter() = default;
    // The text of one object or list; `resource` names it (may be null for a List).
    virtual base::Result<std::string> print(const base::Json& object, const ApiResource* resource) = 0;
};

// "deployment.apps/web", from the object's own kind.
std::string object_label(const base::Json& object);

// The printer that `output` asks for.
// Failure: `unable to match a printer suitable for the output format "x", allowed formats are: …`.
base::Result<std::unique_ptr<ObjectPrinter>> make_printer(const Context& context, std::string_view output);

// The printer of -o go-template and its kin; `argument` is what follows "=".
base::Result<std::unique_ptr<ObjectPrinter>> make_template_printer(const Context& context,
                                                                   const std::string& form,
                                                                   const std::string& argument);

// Makes the context's printer from -o, so that a wrong form is refused before anything is changed.
base::Result<void> check_output(Context& context);

// What a command that changes objects prints for each: `deployment.apps/web scaled (dry run)`, or the object
// in the form that -o asks for.
base::Result<void> print_result(Context& context, const Info& info, const base::Json& object,
                                std::string_view operation);

// A table as kubectl lays it out: columns padded by three spaces. Rows may be shorter than the header.
std::string format_table(const std::vector<std::vector<std::string>>& rows);

}  // namespace kubetab::kubectl
