// The programs that images contain, by the name of their executable. One program per file; programs.cpp is
// the list.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/runtime/program.h"
#include "engine/shell/command_table.h"
#include "engine/shell/memory_files.h"
#include "engine/sim/process.h"

namespace kubetab::runtime {

// Whether a program does what it is for, or nothing, as on hollow nodes.
enum class Acting : std::uint8_t { Real, Pretended };
// Adds the program of that name; the name must be one of the list.
void add_program(shell::CommandTable& table, const std::string& name, Acting acting = Acting::Real);
// True for a name of the list.
bool is_program(std::string_view name);
// Adds the shell's tools as a container has them.
void add_container_tools(shell::CommandTable& table);
// Adds the files that come with a program, e.g. the page of a web server.
void put_program_files(shell::MemoryFiles& files, std::string_view program);

using StartProgram = std::unique_ptr<sim::Process> (*)(const sim::Invocation& invocation);

// Instead of any of the others, on a hollow node.
std::unique_ptr<sim::Process> start_hollow(const sim::Invocation& invocation);

std::unique_ptr<sim::Process> start_nginx(const sim::Invocation& invocation);
std::unique_ptr<sim::Process> start_httpd(const sim::Invocation& invocation);
std::unique_ptr<sim::Process> start_php_apache(const sim::Invocation& invocation);
std::unique_ptr<sim::Process> start_kuard(const sim::Invocation& invocation);
std::unique_ptr<sim::Process> start_hello_app(const sim::Invocation& invocation);
std::unique_ptr<sim::Process> start_http_echo(const sim::Invocation& invocation);
std::unique_ptr<sim::Process> start_node(const sim::Invocation& invocation);
std::unique_ptr<sim::Process> start_echoserver(const sim::Invocation& invocation);
std::unique_ptr<sim::Process> start_agnhost(const sim::Invocation& invocation);
std::unique_ptr<sim::Process> start_redis(const sim::Invocation& invocation);
std::unique_ptr<sim::Process> start_database(const sim::Invocation& invocation);
std::unique_ptr<sim::Process> start_daemon(const sim::Invocation& invocation);
std::unique_ptr<sim::Process> start_stress(const sim::Invocation& invocation);
std::unique_ptr<sim::Process> start_perl(const sim::Invocation& invocation);
std::unique_ptr<sim::Process> start_python(const sim::Invocation& invocation);

// A program that prints a text and ends.
std::unique_ptr<sim::Process> print_and_end(const sim::Invocation& invocation, Stream stream,
                                            std::string text, int exit_code);

// The value of a flag written as -name=value, --name=value, -name value or --name value; "" when absent.
std::string flag_value(const sim::Invocation& invocation, std::string_view name);
// A variable of the environment, or `otherwise`.
std::string variable(const sim::Invocation& invocation, const std::string& name,
                     std::string_view otherwise = {});

}  // namespace kubetab::runtime
