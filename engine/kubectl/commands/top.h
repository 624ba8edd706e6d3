// What `kubectl top node` and `kubectl top pod` share.
// upstream: staging/src/k8s.io/kubectl/pkg/cmd/top, pkg/metricsutil/metrics_printer.go
#pragma once

#include <string>
#include <vector>

#include "engine/kubectl/command.h"
#include "engine/kubectl/printers/tab_writer.h"
#include "engine/kubectl/rest.h"

namespace kubetab::kubectl {

inline constexpr std::string_view kMetricsPath = "/apis/metrics.k8s.io/v1beta1";

struct UsageAmount {
    std::int64_t cpu_milli = 0;
    std::int64_t memory_bytes = 0;
};

// The amounts under cpu and memory of an object.
UsageAmount amount_of(const base::Json& resources);
// "250m", "64Mi"
std::string cpu_cell(const UsageAmount& amount);
std::string memory_cell(const UsageAmount& amount);

// At most one name, and not with a selector; a known --sort-by; a server that has metrics.
base::Result<void> check_top(Context& context, std::string_view both_given);
// What is before in the order that --sort-by asks for: more comes first. False for equal ones.
bool sorts_before(const Context& context, const UsageAmount& a, const UsageAmount& b);
// The objects that name and selectors mean. `namespace_` is "" for all of them and for what has none.
base::Result<std::vector<base::Json>> read_metrics(Context& context, const std::string& resource,
                                                   const std::string& in_namespace);
QueryParameters top_query(const Context& context);
// Columns as wide as their widest cell, the last ones too.
void print_usage(Context& context, TableRows rows);

FlagTable top_flags();

}  // namespace kubetab::kubectl
