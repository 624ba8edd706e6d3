#include "engine/kubectl/printers/table_printer.h"

#include "engine/kubectl/printers/json_text.h"
#include "engine/kubectl/text.h"

namespace kubetab::kubectl {
namespace {

using base::Json;

std::string upper(std::string text) {
    for (char& c : text) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return text;
}

bool is_shown(const Json& column, bool wide) {
    return wide || base::int_at(column, {"priority"}) == 0;
}

std::string cell_text(const Json& cell) {
    if (cell.is_null()) return "";
    std::string text = go_text(cell);
    if (const std::size_t line_break = text.find_first_of("\f\n\r"); line_break != std::string::npos) {
        text = text.substr(0, line_break) + "...";
    }
    return text;
}

std::string all_labels(const Json& row) {
    const Json* labels = base::find(row, {"object", "metadata", "labels"});
    if (labels == nullptr || !labels->is_object() || labels->empty()) return "<none>";
    std::string text;
    for (const auto& [key, value] : labels->items())
        text += (text.empty() ? "" : ",") + key + "=" + go_text(value);
    return text;
}

std::vector<std::string> header_of(const Json& columns, const TableOptions& options) {
    std::vector<std::string> row;
    if (!options.event.empty()) row.push_back("EVENT");
    if (options.with_namespace) row.push_back("NAMESPACE");
    for (const Json& column : columns) {
        if (is_shown(column, options.wide)) row.push_back(upper(base::text_at(column, {"name"})));
    }
    for (const std::string& label : options.label_columns)
        row.push_back(upper(label.substr(label.rfind('/') + 1)));
    if (options.show_labels) row.push_back("LABELS");
    return row;
}

std::vector<std::string> cells_of(const Json& row, const Json& columns, const TableOptions& options) {
    std::vector<std::string> cells;
    if (!options.event.empty()) cells.push_back(options.event);
    if (options.with_namespace) cells.push_back(base::text_at(row, {"object", "metadata", "namespace"}));
    const Json* values = base::find(row, "cells");
    for (std::size_t i = 0;
         values != nullptr && values->is_array() && i < values->size() && i < columns.size(); ++i) {
        if (!is_shown(columns[i], options.wide)) continue;
        std::string text = cell_text((*values)[i]);
        if (lower(base::text_at(columns[i], {"name"})) == "name" && !options.kind_prefix.empty()) {
            text = options.kind_prefix + "/" + text;
        }
        cells.push_back(std::move(text));
    }
    for (const std::string& label : options.label_columns) {
        const Json* value = base::find(row, {"object", "metadata", "labels", label});
        cells.push_back(value != nullptr ? go_text(*value) : "<none>");
    }
    if (options.show_labels) cells.push_back(all_labels(row));
    return cells;
}

}  // namespace

TableRows table_rows(const Json& table, const TableOptions& options, Json& columns) {
    if (const Json* defined = base::find(table, "columnDefinitions"); defined != nullptr && !defined->empty())
        columns = *defined;
    TableRows rows;
    const Json* items = base::find(table, "rows");
    if (items == nullptr || !items->is_array() || items->empty() || !columns.is_array()) return rows;
    if (options.headers) rows.push_back(header_of(columns, options));
    for (const Json& row : *items) rows.push_back(cells_of(row, columns, options));
    return rows;
}

}  // namespace kubetab::kubectl
