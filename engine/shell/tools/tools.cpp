#include "engine/shell/tools/tools.h"

#include "engine/shell/interpreter.h"
#include "engine/shell/shell_process.h"

namespace kubetab::shell {

void add_builtin_commands(CommandTable& table) {
    add_echo_tools(table);
    add_printf_tool(table);
    add_expr_tools(table);
    for (const char* external : {"yes", "seq", "clear", "expr"}) table.remove(external);
}

void add_tools(CommandTable& table, ToolSet set) {
    add_echo_tools(table);
    add_printf_tool(table);
    add_expr_tools(table);
    add_file_tools(table);
    add_ls_tool(table);
    add_copy_tools(table);
    add_find_tool(table);
    add_head_tools(table);
    add_sort_tools(table);
    add_grep_tools(table);
    add_column_tools(table);
    add_base64_tool(table);
    add_diff_tool(table);
    add_sed_tool(table);
    add_awk_tool(table);
    add_time_tools(table);
    add_truth_tools(table);
    add_run_tools(table);
    add_name_tools(table, set);
    add_help_tools(table, set);
    const Dialect dialect = set == ToolSet::Terminal ? Dialect::Bash : Dialect::Ash;
    table.add(make_shell_command("sh", table, dialect));
    if (set == ToolSet::Terminal) {
        table.add(make_shell_command("bash", table, dialect));
    } else {
        table.add(make_shell_command("ash", table, dialect));
    }
}

}  // namespace kubetab::shell
