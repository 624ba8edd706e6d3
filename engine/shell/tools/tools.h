// The tools by file, for the list in tools.cpp.
#pragma once

#include "engine/shell/command_table.h"

namespace kubetab::shell {

void add_awk_tool(CommandTable& table);
void add_base64_tool(CommandTable& table);
void add_column_tools(CommandTable& table);  // cut, tr
void add_copy_tools(CommandTable& table);    // cp, mv
void add_diff_tool(CommandTable& table);
void add_echo_tools(CommandTable& table);  // echo, yes, seq, clear
void add_expr_tools(CommandTable& table);  // expr, test, [
void add_file_tools(CommandTable& table);  // cat, tee, mkdir, rmdir, rm, touch, chmod
void add_find_tool(CommandTable& table);
void add_grep_tools(CommandTable& table);
void add_head_tools(CommandTable& table);               // head, tail
void add_help_tools(CommandTable& table, ToolSet set);  // help, which
void add_ls_tool(CommandTable& table);
void add_name_tools(CommandTable& table, ToolSet set);  // basename, dirname, whoami, uname and the like
void add_printf_tool(CommandTable& table);
void add_run_tools(CommandTable& table);  // env, xargs, watch, timeout
void add_sed_tool(CommandTable& table);
void add_sort_tools(CommandTable& table);   // sort, uniq, wc
void add_time_tools(CommandTable& table);   // sleep, date
void add_truth_tools(CommandTable& table);  // true, false

}  // namespace kubetab::shell
