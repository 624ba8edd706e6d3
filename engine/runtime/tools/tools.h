// The network tools of images and of the learner's terminal. One tool per file; tools.cpp is the list.
#pragma once

#include <memory>
#include <string_view>

#include "engine/runtime/tools/place.h"
#include "engine/shell/command_table.h"
#include "engine/sim/process.h"

namespace kubetab::runtime {

// Adds what busybox brings along: nc, nslookup, ping, wget.
void add_busybox_network_tools(shell::CommandTable& table);
// Adds a tool that an image has besides, e.g. curl or dig; false when there is none of that name. The table
// outlives it.
bool add_network_tool(shell::CommandTable& table, std::string_view name);
bool is_network_tool(std::string_view name);
// curl on the learner's machine, which knows its own ports and, through `network`, those of the cluster. Both
// outlive the command.
std::unique_ptr<sim::Command> make_learners_curl(Network& network, const sim::LocalPorts& ports);

using StartTool = std::unique_ptr<sim::Process> (*)(const sim::Invocation& invocation, const Place& place);

std::unique_ptr<sim::Process> start_busybox_nslookup(const sim::Invocation& invocation, const Place& place);
std::unique_ptr<sim::Process> start_curl(const sim::Invocation& invocation, const Place& place);
std::unique_ptr<sim::Process> start_dig(const sim::Invocation& invocation, const Place& place);
std::unique_ptr<sim::Process> start_nc(const sim::Invocation& invocation, const Place& place);
std::unique_ptr<sim::Process> start_nslookup(const sim::Invocation& invocation, const Place& place);
std::unique_ptr<sim::Process> start_ping(const sim::Invocation& invocation, const Place& place);
std::unique_ptr<sim::Process> start_wget(const sim::Invocation& invocation, const Place& place);

}  // namespace kubetab::runtime
