// Writer: text in levels and columns, as `kubectl describe` lays it out.
//
// A level indents by two spaces. A tab ends a cell; cells that stand under each other in adjoining lines form
// a column as wide as its widest cell and two spaces. A line without that cell ends the column. upstream:
// staging/src/k8s.io/kubectl/pkg/describe/describe.go PrefixWriter; Go's text/tabwriter
#pragma once

#include <string>
#include <string_view>

namespace kubetab::kubectl::describe {

class Writer {
public:
    // Adds text after the indentation of `level`. The text may hold tabs and several lines; only its start is
    // indented.
    void write(int level, std::string_view text);
    // Adds text as it is.
    void add(std::string_view text) { pending_ += text; }
    // "Name:<tab>value" and a new line.
    void field(int level, std::string_view name, std::string_view value);
    // Ends all columns.
    void flush();
    // Everything written, laid out.
    std::string take();
    // Everything written since the last flush, with its tabs (`rollout history --revision` prints it so).
    std::string take_raw();

private:
    std::string pending_{};
    std::string done_{};
};

// Lays out tab-separated cells.
std::string align_columns(std::string_view text);

}  // namespace kubetab::kubectl::describe
