// Tables of the server (meta.k8s.io/v1 Table) as rows of text.
//
// upstream: cli-runtime/pkg/printers/tableprinter.go
#pragma once

#include <string>
#include <vector>

#include "engine/base/json.h"
#include "engine/kubectl/printers/tab_writer.h"

namespace kubetab::kubectl {

struct TableOptions {
    bool wide = false;
    bool headers = true;
    bool show_labels = false;
    bool with_namespace = false;  // NAMESPACE first
    std::string kind_prefix{};    // "deployment.apps" before each name, or ""
    std::vector<std::string> label_columns{};
    std::string event{};  // EVENT first, with this value, or ""
};

// The table's rows, the header first when asked for and there are rows. `columns` keeps the column
// definitions between the tables of a watch, whose later ones come without.
TableRows table_rows(const base::Json& table, const TableOptions& options, base::Json& columns);

}  // namespace kubetab::kubectl
