#include "engine/kubectl/printer.h"

namespace kubetab::kubectl {

base::Result<std::unique_ptr<ObjectPrinter>> make_template_printer(const Context&, const std::string& form,
                                                                   const std::string&) {
    // FIXME: Go templates are not implemented.
    return client_error("-o " + form + " is not supported here: use -o jsonpath='{.path}' or -o custom-columns=HEADER:.path");
}

}  // namespace kubetab::kubectl
