// Sorting of objects and table rows by a jsonpath (--sort-by).
//
// upstream: staging/src/k8s.io/kubectl/pkg/cmd/get/sorter.go
#pragma once

#include <string>
#include <vector>

#include "engine/base/json.h"
#include "engine/base/status.h"

namespace kubetab::kubectl {

// The order in which `objects` stand when sorted by `path` (as the user wrote it): indices, ties keep their
// place. Numbers, quantities, times and texts (with numbers in them by value) compare as upstream.
base::Result<std::vector<std::size_t>> sorted_order(const std::vector<const base::Json*>& objects,
                                                    const std::string& path);

}  // namespace kubetab::kubectl
