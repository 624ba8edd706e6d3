// Deleting objects and waiting until they are gone: for `delete` and `replace --force`.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/kubectl/command.h"
#include "engine/kubectl/resources.h"
#include "engine/kubectl/rest.h"

namespace kubetab::kubectl {

struct DeletionOptions {
    std::int32_t grace_period_seconds = -1;  // below 0: the server's choice
    std::string propagation = "Background";  // Background, Foreground, Orphan
    DryRun dry_run = DryRun::None;
};

// An object that was deleted, by the uid that the server answered; it is gone when nothing, or another uid,
// has its name.
struct Doomed {
    Info info{};
    std::string uid{};
};

// Asks the server to delete it.
base::Result<Doomed> delete_info(Context& context, const Info& info, const DeletionOptions& options);

// Prints `pod "web" deleted`, or `pod/web` with -o name.
void print_deleted(Context& context, const Info& info, const DeletionOptions& options);

// A process that waits until all are gone, then does `then` and ends with the exit code it returns.
// After `timeout` (none: a week) it fails with `timed out waiting for the condition on pods/web`.
std::unique_ptr<sim::Process> wait_until_gone(Context& context, std::vector<Doomed> doomed,
                                              std::optional<sim::Duration> timeout,
                                              std::function<int()> then);

// --cascade. Failure: `invalid cascade value (x). Must be "background", "foreground", or "orphan"`.
base::Result<std::string> propagation_of(const Context& context);

// Prints the errors and returns the exit code.
int report(Context& context, const std::vector<base::Status>& errors);

}  // namespace kubetab::kubectl
